//! What penalty and permit rows have in common: how they are written, found and read.

use counter_core::publicity::{ContentHash, RowKey, RowKind, StoredRow};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A row on its way into the store.
#[derive(Clone, Copy, Debug)]
pub struct NewRow<'n> {
    /// Names the decision.
    pub key: RowKey,
    /// Names what the row says.
    pub content: ContentHash,
    /// Whose it is.
    pub subject_id: i64,
    /// 文号.
    pub document_no: Option<&'n str>,
    /// 决定日期.
    pub decided_on: Option<Date>,
    /// Every filled field, as JSON.
    pub cells: &'n str,
    /// What stood in the file where it differs, as JSON.
    pub originals: Option<&'n str>,
    /// Why it is kept for check, a JSON array; `None` where it is fit for reporting.
    pub check_notes: Option<&'n str>,
    /// Reported late (V06).
    pub late: bool,
    /// The file.
    pub run_id: i64,
    /// The sheet.
    pub sheet: &'n str,
    /// The row's number as a person sees it.
    pub row: u32,
}

/// A row as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRow {
    /// Names the decision: 32 hexadecimal digits, the same at every counter.
    pub key: String,
    /// Whose it is.
    pub subject_id: i64,
    /// What it says.
    pub row: StoredRow,
    /// 决定日期, where it is a date.
    pub decided_on: Option<Date>,
    /// What stood in the file where it differs: code and original.
    pub originals: Vec<(String, String)>,
    /// Why it is kept for check; empty where it is fit for reporting.
    pub check_notes: Vec<String>,
    /// Reported late (V06).
    pub late: bool,
    /// The record typed in by hand that is the same decision.
    pub entered_key: Option<String>,
    /// The file it came in.
    pub source: String,
    /// 数据截至 of that file.
    pub data_as_of: Option<Date>,
    /// The sheet.
    pub sheet: String,
    /// The row's number as a person sees it.
    pub row_number: u32,
}

impl KeptRow {
    /// 待核记录.
    pub fn is_kept_for_check(&self) -> bool {
        !self.check_notes.is_empty()
    }
}

/// Keeps the pages of a bulk of rows in memory until they are committed: otherwise each is encrypted and
/// written several times. `false` goes back to the size of every day.
///
/// # Errors
/// When the store refuses.
pub fn keep_in_memory(tx: &WriteTx<'_>, keep: bool) -> Result<(), StoreError> {
    // KiB, and negative for SQLite to take it so; the small one is that of the connection.
    tx.connection().execute_batch(if keep {
        "PRAGMA cache_size = -262144"
    } else {
        "PRAGMA cache_size = -16000"
    })?;
    Ok(())
}

/// The key of a record, as lanes and cases name it.
pub fn key_text(key: RowKey) -> String {
    hex::encode(key.0)
}

/// The key named by [`key_text`].
pub fn key_from_text(text: &str) -> Option<RowKey> {
    let mut bytes = [0; 16];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(RowKey(bytes))
}

/// A row that is there already.
#[derive(Clone, Debug)]
pub struct ExistingRow {
    /// Its number in the table.
    pub id: i64,
    /// What it says.
    pub content: ContentHash,
    /// Whose it is.
    pub subject_id: i64,
    /// Whether the hub publishes it and it stands so.
    pub is_of_hub: bool,
}

pub(super) fn find(tx: &ReadTx<'_>, sql: &str, key: RowKey) -> Result<Option<ExistingRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(sql)?;
    Ok(statement
        .query_row([key.0.as_slice()], |row| {
            Ok(ExistingRow {
                id: row.get(0)?,
                content: ContentHash(row.get(1)?),
                subject_id: row.get(2)?,
                is_of_hub: row.get(3)?,
            })
        })
        .optional()?)
}

pub(super) fn write(tx: &WriteTx<'_>, sql: &str, row: &NewRow<'_>) -> Result<(), StoreError> {
    tx.connection().prepare_cached(sql)?.execute(params![
        row.key.0.as_slice(),
        row.content.0.as_slice(),
        row.subject_id,
        row.document_no,
        row.decided_on.map(|day| day.to_string()),
        row.cells,
        row.originals,
        row.check_notes,
        row.late,
        row.run_id,
        row.sheet,
        row.row,
    ])?;
    Ok(())
}

pub(super) fn rows(
    tx: &ReadTx<'_>,
    kind: RowKind,
    sql: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<KeptRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(sql)?;
    let rows = statement.query_map(parameters, |row| read(row, kind))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Reads `key, subject_id, cells, decided_on, originals, check_notes, late, entered_key, file_name, data_as_of, sheet, row`.
fn read(row: &Row<'_>, kind: RowKind) -> rusqlite::Result<KeptRow> {
    let key: [u8; 16] = row.get(0)?;
    let notes: Option<String> = row.get(5)?;
    Ok(KeptRow {
        key: hex::encode(key),
        subject_id: row.get(1)?,
        row: column::text(row, 2, |json| StoredRow::from_json(kind, json))?,
        // A text that is no date stays in the cells; here only days.
        decided_on: column::optional_day(row, 3)?,
        originals: match row.get::<_, Option<String>>(4)? {
            None => Vec::new(),
            Some(_) => column::text(row, 4, |json| {
                serde_json::from_str::<std::collections::BTreeMap<String, String>>(json)
            })?
            .into_iter()
            .collect(),
        },
        check_notes: match notes {
            None => Vec::new(),
            Some(_) => column::text(row, 5, |json| serde_json::from_str(json))?,
        },
        late: row.get(6)?,
        entered_key: row.get(7)?,
        source: row.get(8)?,
        data_as_of: column::optional_day(row, 9)?,
        sheet: row.get(10)?,
        row_number: row.get(11)?,
    })
}
