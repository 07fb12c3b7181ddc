//! A paper on the checklist of a case: brought, faulty, waived.

use counter_core::{
    case::{CaseChange, MaterialMark},
    change::ChangeBody,
};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Marks the paper `code` of the case `no`.
///
/// # Errors
/// When the case is already forwarded, does not know the paper, or it cannot be kept.
pub fn mark_material(desk: &Desk, actor: &Actor, no: &str, code: &str, mark: MaterialMark) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let body = ChangeBody::Case(CaseChange::MaterialMarked {
            code: code.to_owned(),
            mark,
        });
        tx.record(&act, super::lane(no), body)?;
        Ok(())
    })
}
