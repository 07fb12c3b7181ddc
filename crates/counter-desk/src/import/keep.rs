//! Keeping a row that is there already, the reasons it is kept for check, and the day of the data.

use std::fmt::Write;

use counter_core::publicity::{CheckedRow, Finding, Level, RowKind, StoredRow};
use counter_store::{
    ActContext, StoreError, WriteTx,
    table::{
        self,
        dataset::{self, Dataset},
        import_run::ImportRun,
        publicity_row::{ExistingRow, NewRow, key_text},
    },
};
use jiff::civil::Date;

use super::{ImportError, case_flag};

/// Replaces a row, and says what differs on the cases about it.
pub(super) fn update(
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    source: &str,
    kind: RowKind,
    new: &NewRow<'_>,
    checked: &CheckedRow<'_>,
    existing: &ExistingRow,
) -> Result<(), ImportError> {
    // Other content under the same key keeps its subject: the key holds the subject's code.
    let new = NewRow {
        subject_id: existing.subject_id,
        ..*new
    };
    match kind {
        RowKind::Permit => table::permit::update(tx, &new)?,
        RowKind::Penalty => {
            let key = key_text(new.key);
            let before = table::penalty::get(tx, &key)?;
            table::penalty::update(tx, &new)?;
            if let Some(before) = before {
                let differences = StoredRow::differences(&before.row, &checked.row);
                for key in std::iter::once(&key).chain(&before.entered_key) {
                    case_flag::flag(tx, act, key, source, &differences)?;
                }
            }
        }
    }
    Ok(())
}

pub(super) fn put_dataset(tx: &WriteTx<'_>, kind: RowKind, run: &ImportRun) -> Result<(), StoreError> {
    let rows = match kind {
        RowKind::Penalty => table::penalty::count(tx)?,
        RowKind::Permit => table::permit::count(tx)?,
    };
    let before = dataset::get(tx, kind.as_str())?.and_then(|before| before.data_as_of);
    dataset::put(
        tx,
        &Dataset {
            kind: kind.as_str().to_owned(),
            source: run.file_name.clone(),
            data_as_of: run.data_as_of.max(before),
            rows,
            loaded_at: run.imported_at,
        },
    )
}

/// The rejections of a row as a JSON array; one sentence that says so where the whole sheet lacks a column.
pub(super) fn write_notes(findings: &[Finding], out: &mut String) {
    let mut notes: Vec<&str> = findings
        .iter()
        .filter(|finding| finding.level == Level::Reject)
        .map(|finding| finding.message.as_str())
        .collect();
    if notes.is_empty() {
        notes.push("所在工作表缺少必填列");
    }
    out.push('[');
    for (at, note) in notes.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        // A text is always JSON, and writing to a string does not fail.
        let _ = write!(out, "{comma}{}", serde_json::Value::from(*note));
    }
    out.push(']');
}

/// The day in a file's name: 双公示-处罚-20261120.xlsx, 2026-11-20.csv.
pub(super) fn day_in_name(name: &str) -> Option<Date> {
    let digits: String = name.chars().filter(|c| !matches!(c, '-' | '_' | '.')).collect();
    let runs = digits.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() == 8).find_map(|run| {
        let (year, rest) = run.split_at(4);
        let (month, day) = rest.split_at(2);
        let day = Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()?;
        (2000..2100).contains(&day.year()).then_some(day)
    })
}
