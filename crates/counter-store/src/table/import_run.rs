//! Files that were read in, and what became of their rows.

use counter_core::publicity::FileKind;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// What became of the rows of a file.
/// `read = accepted + accepted_with_warnings + kept_for_check + duplicates + updated`; `skipped` stands apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of data.
    pub read: u64,
    /// Taken without a warning.
    pub accepted: u64,
    /// Taken, with something a person should look at.
    pub accepted_with_warnings: u64,
    /// Kept for check: they break a rule of the reporting standard.
    pub kept_for_check: u64,
    /// There already, with the same content or in the same file.
    pub duplicates: u64,
    /// There already with other content.
    pub updated: u64,
    /// Blank rows, explanations, rows that name no subject.
    pub skipped: u64,
}

/// One file read in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportRun {
    /// Its number.
    pub id: i64,
    /// The file's name, without folders.
    pub file_name: String,
    /// SHA-256 of the file, 64 hexadecimal digits.
    pub sha256: String,
    /// Rows of which kind.
    pub kind: FileKind,
    /// The editions found, such as `2018`; several joined by `+`.
    pub layout: String,
    /// 数据截至.
    pub data_as_of: Option<Date>,
    /// Decisions before this day were reported late.
    pub late_before: Option<Date>,
    /// What became of the rows.
    pub counts: RowCounts,
    /// The account that imported it.
    pub imported_by: String,
    /// When, ms UTC.
    pub imported_at: i64,
}

const READ: &str = "SELECT id, file_name, sha256, kind, layout, data_as_of, late_before, read_rows, accepted,
    accepted_with_warnings, kept_for_check, duplicates, updated, skipped, imported_by, imported_at FROM import_run";

/// The number of the next run.
///
/// # Errors
/// When the store cannot be read.
pub fn next_id(tx: &ReadTx<'_>) -> Result<i64, StoreError> {
    Ok(tx
        .connection()
        .query_row("SELECT coalesce(max(id), 0) + 1 FROM import_run", [], |row| row.get(0))?)
}

/// Keeps a run.
///
/// # Errors
/// When the store cannot keep it.
pub fn insert(tx: &WriteTx<'_>, run: &ImportRun) -> Result<(), StoreError> {
    let counts = run.counts;
    tx.connection().execute(
        "INSERT INTO import_run (id, file_name, sha256, kind, layout, data_as_of, late_before, read_rows, accepted,
            accepted_with_warnings, kept_for_check, duplicates, updated, skipped, imported_by, imported_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        params![
            run.id,
            run.file_name,
            run.sha256,
            run.kind.as_str(),
            run.layout,
            run.data_as_of.map(|day| day.to_string()),
            run.late_before.map(|day| day.to_string()),
            column::integer(counts.read),
            column::integer(counts.accepted),
            column::integer(counts.accepted_with_warnings),
            column::integer(counts.kept_for_check),
            column::integer(counts.duplicates),
            column::integer(counts.updated),
            column::integer(counts.skipped),
            run.imported_by,
            run.imported_at,
        ],
    )?;
    Ok(())
}

/// Keeps what a run says of itself anew: the one that stands for a dataset of the hub moves with its versions.
///
/// # Errors
/// When the store cannot keep it.
pub fn replace(tx: &WriteTx<'_>, run: &ImportRun) -> Result<(), StoreError> {
    tx.connection()
        .execute("DELETE FROM import_run WHERE id = ?", [run.id])?;
    insert(tx, run)
}

/// The newest runs, at most `limit`.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>, limit: u32) -> Result<Vec<ImportRun>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached(&format!("{READ} ORDER BY id DESC LIMIT ?"))?;
    let rows = statement.query_map([limit], read)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The run numbered `id`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, id: i64) -> Result<Option<ImportRun>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!("{READ} WHERE id = ?"))?;
    Ok(statement.query_row([id], read).optional()?)
}

fn read(row: &Row<'_>) -> rusqlite::Result<ImportRun> {
    Ok(ImportRun {
        id: row.get(0)?,
        file_name: row.get(1)?,
        sha256: row.get(2)?,
        kind: column::word(row, 3, FileKind::from_word)?,
        layout: row.get(4)?,
        data_as_of: column::optional_day(row, 5)?,
        late_before: column::optional_day(row, 6)?,
        counts: RowCounts {
            read: column::count(row, 7)?,
            accepted: column::count(row, 8)?,
            accepted_with_warnings: column::count(row, 9)?,
            kept_for_check: column::count(row, 10)?,
            duplicates: column::count(row, 11)?,
            updated: column::count(row, 12)?,
            skipped: column::count(row, 13)?,
        },
        imported_by: row.get(14)?,
        imported_at: row.get(15)?,
    })
}
