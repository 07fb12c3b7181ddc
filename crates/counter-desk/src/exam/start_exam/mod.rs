//! 开考.

use counter_core::{change::ChangeBody, exam::ExamChange};
use counter_store::{
    RecordError,
    table::exam_clock::{self, ExamClock},
};

use crate::{Actor, Desk};

/// Starts the sitting `no`; the whole time is left. The caller starts its clock at 0.
///
/// # Errors
/// When there is no such sitting, it was started before, or it cannot be kept.
pub fn start_exam(desk: &Desk, actor: &Actor, no: &str) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let time_ms = super::existing(tx, no)?.drawn.time_ms();
        tx.record(&act, super::lane(no), ChangeBody::Exam(ExamChange::Started))?;
        exam_clock::put(
            tx,
            no,
            ExamClock {
                left_ms: time_ms,
                saved_at: act.made_at,
            },
        )?;
        Ok(())
    })
}
