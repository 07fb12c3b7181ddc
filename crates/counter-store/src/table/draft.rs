//! What is being typed, so that a power cut takes nothing from anyone. Outside the chain, never sent.

use rusqlite::{OptionalExtension, params};

use crate::{ReadTx, StoreError, WriteTx};

/// A form as it was when it was last saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The form's own shape, as JSON.
    pub json: String,
    /// When, ms UTC.
    pub updated_at: i64,
}

/// The draft filed under `key`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, key: &str) -> Result<Option<Draft>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT json, updated_at FROM draft WHERE key = ?")?;
    Ok(statement
        .query_row([key], |row| {
            Ok(Draft {
                json: row.get(0)?,
                updated_at: row.get(1)?,
            })
        })
        .optional()?)
}

/// The keys that begin with `prefix`, the latest saved first.
///
/// # Errors
/// When the store cannot be read.
pub fn keys(tx: &ReadTx<'_>, prefix: &str) -> Result<Vec<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT key FROM draft WHERE substr(key, 1, length(?1)) = ?1 ORDER BY updated_at DESC, key")?;
    let keys = statement.query_map([prefix], |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// The drafts of visits that ended before `before_at`, ms UTC.
///
/// # Errors
/// When the store cannot be read.
pub fn keys_of_visits_ended(tx: &ReadTx<'_>, before_at: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT key FROM draft WHERE key LIKE 'visit:%'
            AND (SELECT ended_at FROM visit WHERE no = substr(key, 7)) < ? ORDER BY key",
    )?;
    let keys = statement.query_map([before_at], |row| row.get(0))?;
    Ok(keys.collect::<Result<_, _>>()?)
}

/// Saves a draft over the one before.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, key: &str, json: &str, updated_at: i64) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("INSERT OR REPLACE INTO draft (key, json, updated_at) VALUES (?, ?, ?)")?
        .execute(params![key, json, updated_at])?;
    Ok(())
}

/// Forgets a draft: its form was sent off or thrown away.
///
/// # Errors
/// When the store cannot keep it.
pub fn delete(tx: &WriteTx<'_>, key: &str) -> Result<(), StoreError> {
    tx.connection().execute("DELETE FROM draft WHERE key = ?", [key])?;
    Ok(())
}
