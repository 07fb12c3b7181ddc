//! What is being typed, kept so that nothing typed is lost. Drafts stand outside the chain.

use counter_core::calendar::beginning_in_china;
use counter_store::{StoreError, table::draft};
use serde::Serialize;

use crate::Desk;

/// A draft as it was last kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DraftView {
    /// What was typed, in the shape of its screen.
    pub json: String,
    /// When it was kept, ms UTC.
    #[specta(type = f64)]
    pub saved_at: i64,
}

/// Keeps a draft; when this returns it is on the disk. Answers the instant, ms UTC.
///
/// # Errors
/// When the store cannot keep it.
pub fn save(desk: &Desk, key: &str, json: &str) -> Result<i64, StoreError> {
    let now = desk.clock().now_ms();
    desk.store().write(|tx| draft::put(tx, key, json, now))?;
    Ok(now)
}

/// The draft kept under `key`.
///
/// # Errors
/// When the store cannot be read.
pub fn load(desk: &Desk, key: &str) -> Result<Option<DraftView>, StoreError> {
    let found = desk.store().read(|tx| draft::get(tx, key))?;
    Ok(found.map(|draft| DraftView {
        json: draft.json,
        saved_at: draft.updated_at,
    }))
}

/// Forgets what was typed for visits that ended on an earlier day. Until then an end may be taken back, and what was typed
/// stands there again. Writes nothing where there is nothing to forget.
///
/// # Errors
/// When the store cannot keep that.
pub fn forget_ended_visits(desk: &Desk) -> Result<(), StoreError> {
    let today = beginning_in_china(desk.clock().today()).unwrap_or(0);
    let keys = desk.store().read(|tx| draft::keys_of_visits_ended(tx, today))?;
    if keys.is_empty() {
        return Ok(());
    }
    desk.store()
        .write(|tx| keys.iter().try_for_each(|key| draft::delete(tx, key)))
}

/// Forgets a draft.
///
/// # Errors
/// When the store cannot keep that.
pub fn discard(desk: &Desk, key: &str) -> Result<(), StoreError> {
    desk.store().write(|tx| draft::delete(tx, key))
}
