//! 退班.

use counter_core::{
    change::ChangeBody,
    class::ClassChange,
    refusal::{Refusal, RefusalCode},
};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Takes a trainee off the list; what was done stays readable.
///
/// # Errors
/// When the class or trainee is unknown, the trainee has left already, no reason is given, or it cannot be kept.
pub fn withdraw_trainee(
    desk: &Desk,
    actor: &Actor,
    class: &str,
    trainee: &str,
    reason: &str,
) -> Result<(), RecordError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(RecordError::Refused(Refusal::new(RefusalCode::Contradiction, "reason")));
    }
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let change = ClassChange::TraineeWithdrawn {
            trainee: trainee.to_owned(),
            reason: reason.to_owned(),
        };
        tx.record(&act, super::lane(class), ChangeBody::Class(change))?;
        Ok(())
    })
}
