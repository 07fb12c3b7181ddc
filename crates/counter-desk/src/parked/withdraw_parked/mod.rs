//! 不再办理: what no lane took is given up, with a reason. It stays in the log.

use super::{SettleError, find};
use crate::{Actor, Desk};

/// Gives the parked change `id` up.
///
/// # Errors
/// [`SettleError`]; it stays parked.
pub fn withdraw_parked(desk: &Desk, actor: &Actor, id: &str, reason: &str) -> Result<(), SettleError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(SettleError::NoReason);
    }
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let parked = find(tx, actor, id)?;
        tx.withdraw(&act, &parked.reference(), reason)?;
        Ok(())
    })
}
