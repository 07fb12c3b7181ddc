//! An applicant sits down.

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    number::NumberFamily,
    subject_snapshot::SubjectSnapshot,
    visit::VisitChange,
};
use counter_store::{ActContext, RecordError, WriteTx};

use crate::{Actor, Desk, date_of};

/// Opens a visit for `subject` and answers its number.
///
/// # Errors
/// When it cannot be kept.
pub fn open_visit(
    desk: &Desk,
    actor: &Actor,
    subject: SubjectSnapshot,
    queue_number: Option<String>,
) -> Result<String, RecordError> {
    let act = desk.act(actor);
    let year = desk.clock().today().year();
    desk.store().write(|tx| open(tx, &act, year, subject, queue_number))
}

pub(crate) fn open(
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    year: i16,
    subject: SubjectSnapshot,
    queue_number: Option<String>,
) -> Result<String, RecordError> {
    debug_assert!(jiff::Timestamp::from_millisecond(act.made_at).is_ok_and(|at| date_of(at).year() == year));
    let no = tx.next_number(NumberFamily::Visit, year)?;
    let body = ChangeBody::Visit(VisitChange::Opened { subject, queue_number });
    tx.record(act, Lane::new(LaneKind::Visit, &no), body)?;
    Ok(no)
}
