//! The keys that personal numbers of a lane are sealed under. Destroying one erases the numbers; the chain stays whole.

use counter_core::change::Lane;
use rusqlite::{OptionalExtension, params};
use zeroize::Zeroizing;

use crate::{ReadTx, StoreError, WriteTx};

/// The key of a lane: `None` when there is none or it was destroyed. The hub is given it with the change.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, lane: &Lane) -> Result<Option<Zeroizing<[u8; 32]>>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT key FROM lane_key WHERE kind = ? AND id = ?")?;
    let key: Option<Option<[u8; 32]>> = statement
        .query_row(params![lane.kind.as_str(), lane.id], |row| row.get(0))
        .optional()?;
    Ok(key.flatten().map(Zeroizing::new))
}

/// Whether the lane's key was destroyed.
///
/// # Errors
/// When the store cannot be read.
pub fn is_destroyed(tx: &ReadTx<'_>, lane: &Lane) -> Result<bool, StoreError> {
    Ok(tx.connection().query_row(
        "SELECT EXISTS (SELECT 1 FROM lane_key WHERE kind = ? AND id = ? AND key IS NULL)",
        params![lane.kind.as_str(), lane.id],
        |row| row.get(0),
    )?)
}

/// Keeps a key for a lane that has none; a destroyed one does not come back.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, lane: &Lane, key: &[u8; 32]) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT INTO lane_key (kind, id, key) VALUES (?, ?, ?) ON CONFLICT (kind, id) DO NOTHING",
        params![lane.kind.as_str(), lane.id, key],
    )?;
    Ok(())
}

/// Destroys the key of a lane: what was sealed under it cannot be read any more, by anyone.
///
/// # Errors
/// When the store cannot keep it.
pub fn destroy(tx: &WriteTx<'_>, lane: &Lane, destroyed_at: i64) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT INTO lane_key (kind, id, key, destroyed_at) VALUES (?1, ?2, NULL, ?3)
         ON CONFLICT (kind, id) DO UPDATE SET key = NULL, destroyed_at = coalesce(destroyed_at, ?3)",
        params![lane.kind.as_str(), lane.id, destroyed_at],
    )?;
    Ok(())
}
