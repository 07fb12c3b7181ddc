//! The hub's receipts as it signed them: a lost reply brings the same bytes again.

use counter_core::change::IncarnationId;
use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{NewReceipt, ReadTx, StoreError, WriteTx};

/// What a kept receipt says of the changes it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptFacts {
    /// Its place in the hub's log.
    pub log_index: u64,
    /// When the hub recorded them, ms UTC, by its own clock.
    pub recorded_at: i64,
    /// The life of the hub's database, 16 bytes.
    pub hub_incarnation: Vec<u8>,
}

/// Keeps a receipt; false when it was kept before.
pub(crate) fn insert(tx: &WriteTx<'_>, new: &NewReceipt<'_>) -> Result<bool, StoreError> {
    let inserted = tx
        .connection()
        .prepare_cached(
            "INSERT INTO receipt (counter, incarnation, from_seq, to_seq, hash, hub_incarnation, log_index, head, recorded_at, bytes)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (bytes) DO NOTHING",
        )?
        .execute(params![
            new.counter.0,
            new.incarnation.0,
            column::integer(new.from),
            column::integer(new.to),
            new.hash.0,
            new.hub_incarnation,
            column::integer(new.log_index),
            new.head,
            new.recorded_at,
            new.bytes,
        ])?;
    Ok(inserted == 1)
}

/// How far receipts cover a life without a hole, going on from `recorded_to`.
pub(crate) fn reach(tx: &ReadTx<'_>, incarnation: IncarnationId, recorded_to: u64) -> Result<u64, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT max(to_seq) FROM receipt WHERE incarnation = ?1 AND from_seq <= ?2 + 1 AND to_seq > ?2 AND lost_at IS NULL",
    )?;
    let mut reached = recorded_to;
    while let Some(next) = statement.query_row(params![incarnation.0, column::integer(reached)], |row| {
        column::optional_count(row, 0)
    })? {
        reached = next;
    }
    Ok(reached)
}

/// The receipts of a life that reach above `above` prove nothing any more: their hub was restored and lost what they cover.
pub(crate) fn lose(tx: &WriteTx<'_>, incarnation: IncarnationId, above: u64, lost_at: i64) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("UPDATE receipt SET lost_at = ?3 WHERE incarnation = ?1 AND to_seq > ?2 AND lost_at IS NULL")?
        .execute(params![incarnation.0, column::integer(above), lost_at])?;
    Ok(())
}

/// A lost receipt that holds again; false where it was not lost.
pub(crate) fn find_again(tx: &WriteTx<'_>, bytes: &[u8]) -> Result<bool, StoreError> {
    let found = tx
        .connection()
        .prepare_cached("UPDATE receipt SET lost_at = NULL WHERE bytes = ? AND lost_at IS NOT NULL")?
        .execute([bytes])?;
    Ok(found == 1)
}

impl ReadTx<'_> {
    /// The newest receipt, as the hub signed it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn newest_receipt(&self) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self
            .connection()
            .prepare_cached("SELECT bytes FROM receipt ORDER BY log_index DESC LIMIT 1")?;
        Ok(statement.query_row([], |row| row.get(0)).optional()?)
    }

    /// The receipt that covers a change, as the hub signed it.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn receipt_covering(&self, incarnation: IncarnationId, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT bytes FROM receipt WHERE incarnation = ?1 AND from_seq <= ?2 AND to_seq >= ?2 AND lost_at IS NULL ORDER BY id LIMIT 1",
        )?;
        Ok(statement
            .query_row(params![incarnation.0, column::integer(seq)], |row| row.get(0))
            .optional()?)
    }

    /// What the receipt says that covers a change.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn receipt_of(&self, incarnation: IncarnationId, seq: u64) -> Result<Option<ReceiptFacts>, StoreError> {
        let mut statement = self.connection().prepare_cached(
            "SELECT log_index, recorded_at, hub_incarnation FROM receipt
             WHERE incarnation = ?1 AND from_seq <= ?2 AND to_seq >= ?2 AND lost_at IS NULL ORDER BY id LIMIT 1",
        )?;
        let facts = statement.query_row(params![incarnation.0, column::integer(seq)], |row| {
            Ok(ReceiptFacts {
                log_index: column::count(row, 0)?,
                recorded_at: row.get(1)?,
                hub_incarnation: row.get(2)?,
            })
        });
        Ok(facts.optional()?)
    }
}
