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

/// Enters the life that writes from now on.
pub(crate) fn insert(tx: &WriteTx<'_>, new: &NewIncarnation<'_>) -> Result<(), StoreError> {
    insert_at(tx, new, "SELECT coalesce(max(ordinal), 0) + 1 FROM incarnation")
}

/// Enters a life this database had lost before all others, so that it never writes.
pub(crate) fn insert_lost(tx: &WriteTx<'_>, lost: &NewIncarnation<'_>) -> Result<(), StoreError> {
    insert_at(tx, lost, "SELECT min(ordinal) - 1 FROM incarnation")
}

fn insert_at(tx: &WriteTx<'_>, life: &NewIncarnation<'_>, ordinal: &str) -> Result<(), StoreError> {
    tx.connection().execute(
        &format!(
            "INSERT INTO incarnation (id, ordinal, number_tag, parent, parent_seq, parent_hash, opened_at)
             VALUES (?, ({ordinal}), ?, ?, ?, ?, ?)"
        ),
        params![
            life.id.0,
            life.number_tag,
            life.parent.map(|parent| parent.incarnation.0),
            life.parent.map(|parent| column::integer(parent.seq)),
            life.parent.map(|parent| parent.hash.0),
            life.opened_at
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
