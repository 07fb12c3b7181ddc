//! A paper on the checklist of an objection: brought, faulty, waived.

use counter_core::{case::MaterialMark, change::ChangeBody, objection::ObjectionChange};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Marks the paper `code` of the objection `no`.
///
/// # Errors
/// When the objection is passed on already, does not know the paper, or it cannot be kept.
pub fn mark_objection_material(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    code: &str,
    mark: MaterialMark,
) -> Result<(), RecordError> {
    let act = desk.act(actor);
    let code = code.to_owned();
    desk.store().write(|tx| {
        let body = ChangeBody::Objection(ObjectionChange::MaterialMarked { code, mark });
        tx.record(&act, super::lane(no), body)?;
        Ok(())
    })
}
