//! Reference data from the hub: what it publishes, what of it came, and what is taken over.

use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A version that is taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenOver {
    /// Such as `penalty`.
    pub kind: String,
    /// Its number at the hub.
    pub version: u64,
    /// The name of its manifest, which is kept as a chunk.
    pub manifest: [u8; 32],
    /// The run its rows name as where they came from, for kinds that have rows of the credit file.
    pub run_id: Option<i64>,
    /// When, ms UTC.
    pub taken_over_at: i64,
}

/// What the hub publishes, as it signed it and as this counter believed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedList {
    /// The signed list.
    pub bytes: Vec<u8>,
    /// When the hub was asked, ms UTC.
    pub asked_at: i64,
    /// The hub has published something since.
    pub outdated: bool,
}

/// The list believed last.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Option<PublishedList>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT bytes, asked_at, outdated FROM hub_dataset_list")?;
    let found = statement.query_row([], |row| {
        Ok(PublishedList {
            bytes: row.get(0)?,
            asked_at: row.get(1)?,
            outdated: row.get(2)?,
        })
    });
    Ok(found.optional()?)
}

/// Keeps a list that was believed.
///
/// # Errors
/// When the store cannot keep it.
pub fn put_list(tx: &WriteTx<'_>, bytes: &[u8], asked_at: i64) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO hub_dataset_list (id, bytes, asked_at, outdated) VALUES (1, ?, ?, 0)",
        params![bytes, asked_at],
    )?;
    Ok(())
}

/// The hub says that it has published something.
///
/// # Errors
/// When the store cannot keep it.
pub fn mark_outdated(tx: &WriteTx<'_>) -> Result<(), StoreError> {
    tx.connection()
        .execute("UPDATE hub_dataset_list SET outdated = 1", [])?;
    Ok(())
}

/// What is taken over of this kind.
///
/// # Errors
/// When the store cannot be read.
pub fn taken_over(tx: &ReadTx<'_>, kind: &str) -> Result<Option<TakenOver>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT kind, version, manifest, run_id, taken_over_at FROM hub_dataset WHERE kind = ?")?;
    let found = statement.query_row([kind], |row| {
        Ok(TakenOver {
            kind: row.get(0)?,
            version: column::count(row, 1)?,
            manifest: row.get(2)?,
            run_id: row.get(3)?,
            taken_over_at: row.get(4)?,
        })
    });
    Ok(found.optional()?)
}

/// Says what is taken over now.
///
/// # Errors
/// When the store cannot keep it.
pub fn put_taken_over(tx: &WriteTx<'_>, row: &TakenOver) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO hub_dataset (kind, version, manifest, run_id, taken_over_at) VALUES (?, ?, ?, ?, ?)",
        params![
            row.kind,
            column::integer(row.version),
            row.manifest.as_slice(),
            row.run_id,
            row.taken_over_at
        ],
    )?;
    Ok(())
}

/// The bytes of a chunk or manifest, if it came.
///
/// # Errors
/// When the store cannot be read.
pub fn chunk(tx: &ReadTx<'_>, sha256: &[u8; 32]) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT bytes FROM hub_chunk WHERE sha256 = ?")?;
    Ok(statement.query_row([sha256.as_slice()], |row| row.get(0)).optional()?)
}

/// Whether a chunk came.
///
/// # Errors
/// When the store cannot be read.
pub fn has_chunk(tx: &ReadTx<'_>, sha256: &[u8; 32]) -> Result<bool, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM hub_chunk WHERE sha256 = ?)")?;
    Ok(statement.query_row([sha256.as_slice()], |row| row.get(0))?)
}

/// Keeps a chunk whose bytes were held against its name.
///
/// # Errors
/// When the store cannot keep it.
pub fn put_chunk(tx: &WriteTx<'_>, sha256: &[u8; 32], bytes: &[u8]) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("INSERT OR IGNORE INTO hub_chunk (sha256, bytes) VALUES (?, ?)")?
        .execute(params![sha256.as_slice(), bytes])?;
    Ok(())
}

/// Forgets a chunk that no version in use names.
///
/// # Errors
/// When the store cannot forget it.
pub fn forget_chunk(tx: &WriteTx<'_>, sha256: &[u8; 32]) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM hub_chunk WHERE sha256 = ?")?
        .execute([sha256.as_slice()])?;
    Ok(())
}
