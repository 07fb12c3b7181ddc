//! What is being typed, kept so that nothing typed is lost. Drafts stand outside the chain.

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

/// Forgets a draft.
///
/// # Errors
/// When the store cannot keep that.
pub fn discard(desk: &Desk, key: &str) -> Result<(), StoreError> {
    desk.store().write(|tx| draft::delete(tx, key))
}
