//! 结班.

use counter_core::{change::ChangeBody, class::ClassChange};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Closes a class today: nobody is enrolled, withdrawn or signed in any more. Certificates may still be issued.
///
/// # Errors
/// When the class is unknown, closed already or has not begun, or it cannot be kept.
pub fn close_class(desk: &Desk, actor: &Actor, class: &str, note: Option<&str>) -> Result<(), RecordError> {
    let act = desk.act(actor);
    let on = desk.clock().today();
    let note = note.map(str::trim).filter(|note| !note.is_empty()).map(str::to_owned);
    desk.store().write(|tx| {
        tx.record(
            &act,
            super::lane(class),
            ChangeBody::Class(ClassChange::Closed { on, note }),
        )?;
        Ok(())
    })
}
