//! What was wrong with the rows of a file. Late rows (V06) are told from the rows themselves.

use counter_core::publicity::{Finding, Level, Rule};
use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// Keeps a finding of a run.
///
/// # Errors
/// When the store cannot keep it.
pub fn insert(tx: &WriteTx<'_>, run: i64, ordinal: usize, finding: &Finding) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT INTO import_finding (run_id, ordinal, sheet, row, column, rule, level, message, original, corrected)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            run,
            column::integer(ordinal as u64),
            finding.sheet,
            finding.row,
            finding.column,
            finding.rule.as_str(),
            finding.level.as_str(),
            finding.message,
            finding.original,
            finding.corrected,
        ])?;
    Ok(())
}

/// The findings of a run in the order of its rows.
///
/// # Errors
/// When the store cannot be read.
pub fn of_run(tx: &ReadTx<'_>, run: i64) -> Result<Vec<Finding>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT sheet, row, column, rule, level, message, original, corrected FROM import_finding
         WHERE run_id = ? ORDER BY ordinal",
    )?;
    let findings = statement.query_map([run], |row| {
        Ok(Finding {
            sheet: row.get(0)?,
            row: row.get(1)?,
            column: row.get(2)?,
            rule: column::word(row, 3, Rule::from_word)?,
            level: column::word(row, 4, Level::from_word)?,
            message: row.get(5)?,
            original: row.get(6)?,
            corrected: row.get(7)?,
        })
    })?;
    Ok(findings.collect::<Result<_, _>>()?)
}
