//! 行政处罚信息 as imported.

use counter_core::publicity::{RowKey, RowKind};
use jiff::civil::Date;
use rusqlite::params;

use super::publicity_row::{self, ExistingRow, KeptRow, NewRow, key_from_text};
use crate::{ReadTx, StoreError, WriteTx};

const READ: &str =
    "SELECT p.key, p.subject_id, p.cells, p.decided_on, p.originals, p.check_notes, p.late, p.entered_key,
    r.file_name, r.data_as_of, p.sheet, p.row FROM penalty p JOIN import_run r ON r.id = p.run_id";

/// The row of this decision, if it is there.
///
/// # Errors
/// When the store cannot be read.
pub fn find(tx: &ReadTx<'_>, key: RowKey) -> Result<Option<ExistingRow>, StoreError> {
    publicity_row::find(
        tx,
        "SELECT id, content, subject_id, of_hub = 1 FROM penalty WHERE key = ?",
        key,
    )
}

/// Keeps a new row.
///
/// # Errors
/// When the store cannot keep it.
pub fn insert(tx: &WriteTx<'_>, row: &NewRow<'_>) -> Result<(), StoreError> {
    publicity_row::write(
        tx,
        "INSERT INTO penalty (key, content, subject_id, document_no, decided_on, cells, originals, check_notes, late,
            run_id, sheet, row) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        row,
    )
}

/// Replaces what the row of this decision says. Where the hub publishes it too, a file stands in for it from now on.
///
/// # Errors
/// When the store cannot keep it.
pub fn update(tx: &WriteTx<'_>, row: &NewRow<'_>) -> Result<(), StoreError> {
    publicity_row::write(
        tx,
        "UPDATE penalty SET content = ?2, subject_id = ?3, document_no = ?4, decided_on = ?5, cells = ?6, originals = ?7,
            check_notes = ?8, late = ?9, run_id = ?10, sheet = ?11, row = ?12,
            of_hub = iif(of_hub = 0, 0, 2) WHERE key = ?1",
        row,
    )
}

/// Says which record typed in by hand the row is.
///
/// # Errors
/// When the store cannot keep it.
pub fn set_entered_key(tx: &WriteTx<'_>, key: RowKey, entered_key: &str) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("UPDATE penalty SET entered_key = ? WHERE key = ?")?
        .execute(params![entered_key, key.0.as_slice()])?;
    Ok(())
}

/// The penalties of a subject, the newest decision first.
///
/// # Errors
/// When the store cannot be read.
pub fn of_subject(tx: &ReadTx<'_>, subject: i64) -> Result<Vec<KeptRow>, StoreError> {
    let sql = format!("{READ} WHERE p.subject_id = ? ORDER BY p.decided_on DESC, p.id");
    publicity_row::rows(tx, RowKind::Penalty, &sql, [subject])
}

/// The penalty of this key.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, key: &str) -> Result<Option<KeptRow>, StoreError> {
    let Some(key) = key_from_text(key) else { return Ok(None) };
    let sql = format!("{READ} WHERE p.key = ?");
    Ok(publicity_row::rows(tx, RowKind::Penalty, &sql, [key.0.as_slice()])?.pop())
}

/// 待核记录 of all subjects, the newest first, at most `limit`.
///
/// # Errors
/// When the store cannot be read.
pub fn kept_for_check(tx: &ReadTx<'_>, limit: u32) -> Result<Vec<KeptRow>, StoreError> {
    let sql = format!("{READ} WHERE p.check_notes IS NOT NULL ORDER BY p.id DESC LIMIT ?");
    publicity_row::rows(tx, RowKind::Penalty, &sql, [limit])
}

/// How many penalties there are.
///
/// # Errors
/// When the store cannot be read.
pub fn count(tx: &ReadTx<'_>) -> Result<u64, StoreError> {
    Ok(tx
        .connection()
        .query_row("SELECT count(*) FROM penalty", [], |row| super::column::count(row, 0))?)
}

/// The rows of a run that were reported late: sheet, row number and day of the decision.
///
/// # Errors
/// When the store cannot be read.
pub fn late_of_run(tx: &ReadTx<'_>, run: i64) -> Result<Vec<(String, u32, String)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT sheet, row, decided_on FROM penalty WHERE run_id = ? AND late = 1 ORDER BY id")?;
    let rows = statement.query_map([run], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest decisions, at most `limit`.
///
/// # Errors
/// When the store cannot be read.
pub fn newest(tx: &ReadTx<'_>, limit: u32) -> Result<Vec<KeptRow>, StoreError> {
    let sql = format!("{READ} ORDER BY p.decided_on DESC, p.id LIMIT ?");
    publicity_row::rows(tx, RowKind::Penalty, &sql, [limit])
}

/// The keys of the decisions made from `from` to `to`.
///
/// # Errors
/// When the store cannot be read.
pub fn decided_between(tx: &ReadTx<'_>, from: Date, to: Date) -> Result<Vec<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT lower(hex(key)) FROM penalty WHERE decided_on BETWEEN ? AND ?")?;
    let rows = statement.query_map(params![from.to_string(), to.to_string()], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}
