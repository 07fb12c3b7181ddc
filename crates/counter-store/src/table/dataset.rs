//! What reference data is loaded, from where and of which day: every list and verdict shows it.

use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One kind of reference data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dataset {
    /// Such as `penalty`, `permit`, `subject`.
    pub kind: String,
    /// Where it came from, in words.
    pub source: String,
    /// 数据截至: the last day it speaks of.
    pub data_as_of: Option<Date>,
    /// How many rows.
    pub rows: u64,
    /// When it was loaded, ms UTC.
    pub loaded_at: i64,
}

/// The data of one kind, once loaded.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, kind: &str) -> Result<Option<Dataset>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT kind, source, data_as_of, rows, loaded_at FROM dataset WHERE kind = ?")?;
    Ok(statement.query_row([kind], read_row).optional()?)
}

/// Everything loaded, by kind.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<Dataset>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT kind, source, data_as_of, rows, loaded_at FROM dataset ORDER BY kind")?;
    let rows = statement.query_map([], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Says what is loaded now.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, dataset: &Dataset) -> Result<(), StoreError> {
    tx.connection().execute(
        "INSERT OR REPLACE INTO dataset (kind, source, data_as_of, rows, loaded_at) VALUES (?, ?, ?, ?, ?)",
        params![
            dataset.kind,
            dataset.source,
            dataset.data_as_of.map(|day| day.to_string()),
            column::integer(dataset.rows),
            dataset.loaded_at
        ],
    )?;
    Ok(())
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<Dataset> {
    Ok(Dataset {
        kind: row.get(0)?,
        source: row.get(1)?,
        data_as_of: column::optional_day(row, 2)?,
        rows: column::count(row, 3)?,
        loaded_at: row.get(4)?,
    })
}
