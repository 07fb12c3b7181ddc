//! 考场异常: the window lost the focus, left full screen, or the proctor saw something.

use counter_core::{
    change::ChangeBody,
    exam::{ExamChange, IncidentKind},
};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Keeps an incident for the proctor to see.
///
/// # Errors
/// When the sitting does not run, the time is over, or it cannot be kept.
pub fn report_incident(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    kind: IncidentKind,
    detail: Option<&str>,
    elapsed_ms: u64,
) -> Result<(), RecordError> {
    let act = desk.act(actor);
    let detail = detail
        .map(str::trim)
        .filter(|detail| !detail.is_empty())
        .map(str::to_owned);
    desk.store().write(|tx| {
        tx.record(
            &act,
            super::lane(no),
            ChangeBody::Exam(ExamChange::Incident {
                kind,
                detail,
                elapsed_ms,
            }),
        )?;
        Ok(())
    })
}
