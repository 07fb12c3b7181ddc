//! The hub this counter is enrolled with, and how far its log was read.

use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// An enrolment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubBinding {
    /// Its address.
    pub url: String,
    /// Its key, pinned when the counter was enrolled.
    pub hub_key: Vec<u8>,
    /// The life of its database that was last heard.
    pub hub_incarnation: Option<Vec<u8>>,
    /// What the hub signed over the counter's key, as it came.
    pub delegation: Vec<u8>,
    /// Until when that holds, ms UTC.
    pub delegated_until_at: i64,
    /// The last entry of its log that was read; 0 before the first.
    pub cursor: u64,
    /// When the counter was enrolled, ms UTC.
    pub bound_at: i64,
    /// When the hub was last heard, ms UTC.
    pub contacted_at: Option<i64>,
}

/// The enrolment, once there is one.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>) -> Result<Option<HubBinding>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT url, hub_key, hub_incarnation, delegation, delegated_until_at, cursor, bound_at, contacted_at FROM hub_binding",
    )?;
    Ok(statement
        .query_row([], |row| {
            Ok(HubBinding {
                url: row.get(0)?,
                hub_key: row.get(1)?,
                hub_incarnation: row.get(2)?,
                delegation: row.get(3)?,
                delegated_until_at: row.get(4)?,
                cursor: column::count(row, 5)?,
                bound_at: row.get(6)?,
                contacted_at: row.get(7)?,
            })
        })
        .optional()?)
}

/// Enrols, or replaces the enrolment.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, binding: &HubBinding) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO hub_binding
         (id, url, hub_key, hub_incarnation, delegation, delegated_until_at, cursor, bound_at, contacted_at)
         VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            binding.url,
            binding.hub_key,
            binding.hub_incarnation,
            binding.delegation,
            binding.delegated_until_at,
            column::integer(binding.cursor),
            binding.bound_at,
            binding.contacted_at
        ],
    )?;
    Ok(())
}

/// Notes how far the log of `hub_incarnation` was read; never back within one life of it.
pub(crate) fn advance_cursor(tx: &WriteTx<'_>, hub_incarnation: &[u8], cursor: u64) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE hub_binding SET cursor = max(cursor, ?2) WHERE hub_incarnation = ?1",
        params![hub_incarnation, column::integer(cursor)],
    )?;
    Ok(())
}

/// Goes on reading at `cursor` of the log of `hub_incarnation`, wherever it was read before.
///
/// # Errors
/// When the store cannot keep it.
pub fn set_cursor(tx: &WriteTx<'_>, hub_incarnation: &[u8], cursor: u64) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE hub_binding SET hub_incarnation = ?, cursor = ?",
        params![hub_incarnation, column::integer(cursor)],
    )?;
    Ok(())
}

/// Keeps a newer delegation.
///
/// # Errors
/// When the store cannot keep it.
pub fn renew(tx: &WriteTx<'_>, delegation: &[u8], delegated_until_at: i64) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE hub_binding SET delegation = ?, delegated_until_at = ?",
        params![delegation, delegated_until_at],
    )?;
    Ok(())
}

/// Notes that the hub was heard.
///
/// # Errors
/// When the store cannot keep it.
pub fn note_contact(tx: &WriteTx<'_>, at: i64) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE hub_binding SET contacted_at = max(coalesce(contacted_at, ?1), ?1)",
        [at],
    )?;
    Ok(())
}
