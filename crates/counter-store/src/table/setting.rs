//! Choices of this computer, such as the profile it was set up with. They never leave it.

use rusqlite::OptionalExtension;

use crate::{ReadTx, StoreError, WriteTx};

/// The choice filed under `key`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT value FROM setting WHERE key = ?")?;
    Ok(statement.query_row([key], |row| row.get(0)).optional()?)
}

/// Files `value` under `key`.
///
/// # Errors
/// When the store cannot keep it.
pub fn set(tx: &WriteTx<'_>, key: &str, value: &str) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO setting (key, value) VALUES (?, ?)",
        [key, value],
    )?;
    Ok(())
}
