//! The whole telephone number of somebody who came, to call or to copy.

use counter_store::StoreError;

use crate::{Desk, visit, visit::visit_view};

/// The number left at the visit `no`; `None` where none was, or its key was destroyed.
///
/// # Errors
/// When the store cannot be read.
pub fn call_number(desk: &Desk, no: &str) -> Result<Option<String>, StoreError> {
    desk.store().read(|tx| {
        let agent = visit_view::load(tx, no)?.and_then(|visit| visit.agent);
        let Some(sealed) = agent.and_then(|agent| agent.phone) else {
            return Ok(None);
        };
        let plain = tx.unseal(&visit::lane(no), &sealed)?;
        Ok(plain.map(|plain| plain.to_string()))
    })
}
