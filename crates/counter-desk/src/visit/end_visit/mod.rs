//! An applicant leaves.

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    visit::{VisitChange, VisitEnd},
};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Ends the visit `no` with `end`.
///
/// # Errors
/// When the visit is not open or it cannot be kept.
pub fn end_visit(desk: &Desk, actor: &Actor, no: &str, end: VisitEnd) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        tx.record(
            &act,
            Lane::new(LaneKind::Visit, no),
            ChangeBody::Visit(VisitChange::Ended { end }),
        )?;
        Ok(())
    })
}
