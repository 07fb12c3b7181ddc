//! Records that people at the counter entered or answered questions about, projected from their lanes.

use counter_core::record_entry::EnteredRecord;
use rusqlite::{Row, params};

use crate::{ReadTx, StoreError, WriteTx};

/// One record in a list. The whole of it is the state of its lane.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EnteredRecordRow {
    /// The key of the record at this counter: the id of its lane.
    pub key: String,
    /// Whether it was typed in (手工录入·未核对) rather than imported and answered for.
    pub by_hand: bool,
    /// Whose it is.
    pub subject_name: Option<String>,
    /// The subject's code.
    pub uscc: Option<String>,
    /// 文号.
    pub decision_number: Option<String>,
    /// The file that later brought it.
    pub merged_from: Option<String>,
    /// When it was last changed, ms UTC.
    pub updated_at: i64,
}

/// The records of a subject, by its code or, where it has none, by its name.
///
/// # Errors
/// When the store cannot be read.
pub fn of_subject(tx: &ReadTx<'_>, uscc: Option<&str>, name: &str) -> Result<Vec<EnteredRecordRow>, StoreError> {
    match uscc {
        Some(uscc) => select(tx, "WHERE uscc = ? ORDER BY key", [uscc]),
        None => select(tx, "WHERE uscc IS NULL AND subject_name = ? ORDER BY key", [name]),
    }
}

/// The typed-in records that no import has brought yet: an import looks among them for its own.
///
/// # Errors
/// When the store cannot be read.
pub fn unmerged(tx: &ReadTx<'_>) -> Result<Vec<EnteredRecordRow>, StoreError> {
    select(tx, "WHERE by_hand AND merged_from IS NULL ORDER BY key", [])
}

fn select(
    tx: &ReadTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<EnteredRecordRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT key, by_hand, subject_name, uscc, decision_number, merged_from, updated_at FROM entered_record {condition}"
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<EnteredRecordRow> {
    Ok(EnteredRecordRow {
        key: row.get(0)?,
        by_hand: row.get(1)?,
        subject_name: row.get(2)?,
        uscc: row.get(3)?,
        decision_number: row.get(4)?,
        merged_from: row.get(5)?,
        updated_at: row.get(6)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, key: &str, entered: &EnteredRecord, updated_at: i64) -> Result<(), StoreError> {
    let record = &entered.record;
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO entered_record
             (key, by_hand, subject_name, uscc, decision_number, merged_from, updated_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            key,
            entered.by_hand,
            record.subject_name,
            record.uscc,
            record.document_no,
            entered.merged_from,
            updated_at,
        ])?;
    Ok(())
}
