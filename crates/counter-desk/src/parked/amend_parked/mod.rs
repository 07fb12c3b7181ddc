//! 重新办理: what no lane took is done again, on the lane as it is now, in place of the parked change.

use counter_core::change::ChangeBody;
use jiff::civil::Date;

use super::{SettleError, find, parked_list};
use crate::{Actor, Desk};

/// Does the parked change `id` again as it was; an act on a case on another day where `on` names one (an ISO date).
///
/// # Errors
/// [`SettleError`]; where the lane does not take it now either, it stays parked.
pub fn amend_parked(desk: &Desk, actor: &Actor, id: &str, on: Option<&str>) -> Result<(), SettleError> {
    let on = on.map(|text| day(text, desk.clock().today())).transpose()?;
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let parked = find(tx, actor, id)?;
        let body = parked.stored.decode().map_err(|_| SettleError::NotAgain)?.body;
        if !parked_list::can_be_done_again(&body, &parked_list::why_of(&parked)) {
            return Err(SettleError::NotAgain);
        }
        tx.amend(&act, &parked.reference(), dated(body, on)?)?;
        Ok(())
    })
}

fn dated(body: ChangeBody, on: Option<Date>) -> Result<ChangeBody, SettleError> {
    match (body, on) {
        (body, None) => Ok(body),
        (ChangeBody::Case(body), Some(on)) => Ok(ChangeBody::Case(body.dated(on).ok_or(SettleError::NotAgain)?)),
        (_, Some(_)) => Err(SettleError::NotAgain),
    }
}

fn day(text: &str, today: Date) -> Result<Date, SettleError> {
    counter_core::record::parse_date(text)
        .filter(|on| *on <= today)
        .ok_or_else(|| SettleError::BadDate(text.to_owned()))
}
