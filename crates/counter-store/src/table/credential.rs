//! How a person proves to be the holder of an account. Never sent: another counter has credentials of its own.

use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{PasswordHash, ReadTx, StoreError, WriteTx};

/// The credential of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The password, hashed.
    pub hash: PasswordHash,
    /// When it was set, ms UTC.
    pub changed_at: i64,
    /// Wrong passwords since the last right one.
    pub failures: u32,
    /// Until when signing in is barred, ms UTC.
    pub locked_until_at: Option<i64>,
}

/// The credential of `account`, once it has one.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, account: &str) -> Result<Option<Credential>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT hash, changed_at, failures, locked_until_at FROM credential WHERE account = ?")?;
    Ok(statement
        .query_row([account], |row| {
            Ok(Credential {
                hash: PasswordHash::from_stored(row.get(0)?),
                changed_at: row.get(1)?,
                failures: column::count(row, 2)?,
                locked_until_at: row.get(3)?,
            })
        })
        .optional()?)
}

/// Sets the password of `account`; failures and lock are forgotten.
///
/// # Errors
/// When the store cannot keep it.
pub fn set(tx: &WriteTx<'_>, account: &str, hash: &PasswordHash, changed_at: i64) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO credential (account, hash, changed_at) VALUES (?, ?, ?)",
        params![account, hash.as_str(), changed_at],
    )?;
    Ok(())
}

/// Counts a wrong password, and bars signing in until `locked_until_at` where that is given.
///
/// # Errors
/// When the store cannot keep it.
pub fn note_failure(tx: &WriteTx<'_>, account: &str, locked_until_at: Option<i64>) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE credential SET failures = failures + 1, locked_until_at = coalesce(?, locked_until_at) WHERE account = ?",
        params![locked_until_at, account],
    )?;
    Ok(())
}

/// Forgets wrong passwords and lock: the right one was given.
///
/// # Errors
/// When the store cannot keep it.
pub fn note_success(tx: &WriteTx<'_>, account: &str) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE credential SET failures = 0, locked_until_at = NULL WHERE account = ?",
        [account],
    )?;
    Ok(())
}
