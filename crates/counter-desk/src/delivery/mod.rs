//! How much of this counter's work the district platform has confirmed.

use counter_store::{StoreError, table::hub_binding};
use serde::Serialize;

use crate::Desk;

/// What the chip in the top bar tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DeliveryStatus {
    /// Changes without a receipt.
    pub unsent: u32,
    /// When the oldest of them was made, ms UTC.
    #[specta(type = Option<f64>)]
    pub oldest_unsent_at: Option<i64>,
    /// 待处理: changes that no lane at the hub took and nobody dealt with.
    pub parked: u32,
    /// When the hub last answered, ms UTC.
    #[specta(type = Option<f64>)]
    pub last_contact_at: Option<i64>,
    /// The hub's address, once bound.
    pub hub: Option<String>,
}

/// The status now.
///
/// # Errors
/// When the store cannot be read.
pub fn status(desk: &Desk) -> Result<DeliveryStatus, StoreError> {
    desk.store().read(|tx| {
        let outbox = tx.outbox()?;
        let binding = hub_binding::get(tx)?;
        Ok(DeliveryStatus {
            unsent: u32::try_from(outbox.changes).unwrap_or(u32::MAX),
            oldest_unsent_at: outbox.oldest_made_at,
            parked: u32::try_from(outbox.refused + outbox.waiting).unwrap_or(u32::MAX),
            last_contact_at: binding.as_ref().and_then(|binding| binding.contacted_at),
            hub: binding.map(|binding| binding.url),
        })
    })
}
