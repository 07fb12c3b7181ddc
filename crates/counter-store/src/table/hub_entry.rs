//! The hub's log as far as it was read, entry by entry, as it came: handed back to a hub that lost its own.

use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubEntry {
    /// Its place in the district's log.
    pub log_index: u64,
    /// What it is, a word.
    pub kind: String,
    /// As it came.
    pub bytes: Vec<u8>,
}

/// The entries above `after`, at most `limit`.
///
/// # Errors
/// When the store cannot be read.
pub fn after(tx: &ReadTx<'_>, after: u64, limit: u32) -> Result<Vec<HubEntry>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT log_index, kind, bytes FROM hub_entry WHERE log_index > ? ORDER BY log_index LIMIT ?",
    )?;
    let rows = statement.query_map(params![column::integer(after), limit], |row| {
        Ok(HubEntry {
            log_index: column::count(row, 0)?,
            kind: row.get(1)?,
            bytes: row.get(2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put(tx: &WriteTx<'_>, log_index: u64, kind: &str, bytes: &[u8]) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("INSERT OR REPLACE INTO hub_entry (log_index, kind, bytes) VALUES (?, ?, ?)")?
        .execute(params![column::integer(log_index), kind, bytes])?;
    Ok(())
}
