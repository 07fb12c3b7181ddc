//! The lives of this database, and up to where the hub's receipts cover each.

use counter_core::{change::IncarnationId, incarnation::ParentHead};
use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

pub(crate) struct NewIncarnation<'a> {
    pub(crate) id: IncarnationId,
    pub(crate) number_tag: &'a str,
    pub(crate) parent: Option<&'a ParentHead>,
    pub(crate) opened_at: i64,
}

pub(crate) fn insert(tx: &WriteTx<'_>, new: &NewIncarnation<'_>) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT INTO incarnation (id, ordinal, number_tag, parent, parent_seq, parent_hash, opened_at)
         VALUES (?, (SELECT coalesce(max(ordinal), 0) + 1 FROM incarnation), ?, ?, ?, ?, ?)",
        params![
            new.id.0,
            new.number_tag,
            new.parent.map(|parent| parent.incarnation.0),
            new.parent.map(|parent| column::integer(parent.seq)),
            new.parent.map(|parent| parent.hash.0),
            new.opened_at
        ],
    )?;
    Ok(())
}

/// A life this database had lost.
pub(crate) struct LostLife<'a> {
    pub(crate) id: IncarnationId,
    pub(crate) number_tag: &'a str,
    pub(crate) parent: Option<&'a ParentHead>,
    pub(crate) opened_at: i64,
}

/// Enters a lost life before all others, so that it never writes.
pub(crate) fn insert_lost(tx: &WriteTx<'_>, lost: &LostLife<'_>) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT INTO incarnation (id, ordinal, number_tag, parent, parent_seq, parent_hash, opened_at)
         VALUES (?, (SELECT min(ordinal) - 1 FROM incarnation), ?, ?, ?, ?, ?)",
        params![
            lost.id.0,
            lost.number_tag,
            lost.parent.map(|parent| parent.incarnation.0),
            lost.parent.map(|parent| column::integer(parent.seq)),
            lost.parent.map(|parent| parent.hash.0),
            lost.opened_at
        ],
    )?;
    Ok(())
}

pub(crate) fn has_tag(tx: &ReadTx<'_>, tag: &str) -> Result<bool, StoreError> {
    Ok(tx.connection().query_row(
        "SELECT EXISTS (SELECT 1 FROM incarnation WHERE number_tag = ?)",
        [tag],
        |row| row.get(0),
    )?)
}

/// Up to where receipts cover the life without a hole; 0 before the first.
pub(crate) fn recorded_to(tx: &ReadTx<'_>, id: IncarnationId) -> Result<Option<u64>, StoreError> {
    Ok(tx
        .connection()
        .query_row("SELECT recorded_to FROM incarnation WHERE id = ?", [id.0], |row| {
            column::count(row, 0)
        })
        .optional()?)
}

/// Every life, with up to where receipts cover it.
pub(crate) fn all_recorded_to(tx: &ReadTx<'_>) -> Result<Vec<(IncarnationId, u64)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id, recorded_to FROM incarnation")?;
    let rows = statement.query_map([], |row| Ok((column::incarnation(row, 0)?, column::count(row, 1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn set_recorded_to(tx: &WriteTx<'_>, id: IncarnationId, to: u64) -> Result<(), StoreError> {
    tx.connection().execute(
        "UPDATE incarnation SET recorded_to = ? WHERE id = ?",
        params![column::integer(to), id.0],
    )?;
    Ok(())
}
