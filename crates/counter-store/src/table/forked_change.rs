//! What a life wrote under numbers that another copy of the database had used before, as it was hashed.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, StoredChange, WriteTx};

/// A change that stands in the log again under another number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForkedChange {
    /// Where it was made.
    pub counter: CounterCode,
    /// In the life that forked.
    pub incarnation: IncarnationId,
    /// Its number there.
    pub seq: u64,
    /// Its hash.
    pub hash: ChangeHash,
    /// As it was hashed.
    pub bytes: Vec<u8>,
    /// Where it was carried to: a life and a number. `None` for the opening of a life, which is not carried.
    pub carried_to: Option<(IncarnationId, u64)>,
}

/// Every change that was moved, in the order it was written.
///
/// # Errors
/// When the store cannot be read.
pub fn all(tx: &ReadTx<'_>) -> Result<Vec<ForkedChange>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT counter, incarnation, seq, hash, bytes, carried_incarnation, carried_seq FROM forked_change ORDER BY rowid",
    )?;
    let rows = statement.query_map([], |row| {
        let carried: Option<[u8; 16]> = row.get(5)?;
        Ok(ForkedChange {
            counter: CounterCode(row.get(0)?),
            incarnation: column::incarnation(row, 1)?,
            seq: column::count(row, 2)?,
            hash: column::hash(row, 3)?,
            bytes: row.get(4)?,
            carried_to: carried.map(IncarnationId).zip(column::optional_count(row, 6)?),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Takes a change out of the log and keeps it here.
pub(crate) fn move_out(tx: &WriteTx<'_>, change: &StoredChange, moved_at: i64) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT INTO forked_change (counter, incarnation, seq, hash, bytes, moved_at) VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            change.counter.0,
            change.incarnation.0,
            column::integer(change.seq),
            change.stored.hash.0,
            change.stored.bytes,
            moved_at
        ])?;
    for statement in [
        "DELETE FROM cited_attachment WHERE change_id = ?",
        // It settles again under its new number.
        "UPDATE change SET settled_at = NULL, settled_by = NULL WHERE settled_by = ?",
        "DELETE FROM change WHERE id = ?",
    ] {
        tx.connection().prepare_cached(statement)?.execute([change.id])?;
    }
    Ok(())
}

/// Notes under which number the act stands in the log again.
pub(crate) fn note_carried(
    tx: &WriteTx<'_>,
    change: &StoredChange,
    incarnation: IncarnationId,
    seq: u64,
) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "UPDATE forked_change SET carried_incarnation = ?, carried_seq = ? WHERE incarnation = ? AND seq = ? AND hash = ?",
        )?
        .execute(params![
            incarnation.0,
            column::integer(seq),
            change.incarnation.0,
            column::integer(change.seq),
            change.stored.hash.0
        ])?;
    Ok(())
}
