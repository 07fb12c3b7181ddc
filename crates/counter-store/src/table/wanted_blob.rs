//! Files cited by changes of this counter that came back from the hub, still to be fetched from there.

use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A file the hub has and this computer lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedBlob {
    /// SHA-256 of its content, hexadecimal.
    pub sha256: String,
    /// Its length in bytes, by the change that cites it.
    pub length: u64,
}

/// Every file that is still wanted.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &ReadTx<'_>) -> Result<Vec<WantedBlob>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT sha256, length FROM wanted_blob ORDER BY sha256")?;
    let rows = statement.query_map([], |row| {
        Ok(WantedBlob {
            sha256: row.get(0)?,
            length: column::count(row, 1)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The file is here now, or nobody has it.
///
/// # Errors
/// When the store cannot keep it.
pub fn forget(tx: &WriteTx<'_>, sha256: &str) -> Result<(), StoreError> {
    tx.connection()
        .execute("DELETE FROM wanted_blob WHERE sha256 = ?", [sha256])?;
    Ok(())
}

pub(crate) fn put(tx: &WriteTx<'_>, sha256: &str, length: u64) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR IGNORE INTO wanted_blob (sha256, length) VALUES (?, ?)",
        params![sha256, column::integer(length)],
    )?;
    Ok(())
}
