//! What was left of a sitting's time when it was last saved, so that a crash costs a trainee nothing.

use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A sitting's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExamClock {
    /// Exam time left, in milliseconds.
    pub left_ms: u64,
    /// When that was, ms UTC.
    pub saved_at: i64,
}

/// The clock of a sitting, once it was saved.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, session: &str) -> Result<Option<ExamClock>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT left_ms, saved_at FROM exam_clock WHERE session = ?")?;
    Ok(statement
        .query_row([session], |row| {
            Ok(ExamClock {
                left_ms: column::count(row, 0)?,
                saved_at: row.get(1)?,
            })
        })
        .optional()?)
}

/// Saves the clock of a sitting. Exam time never grows again: of two values the smaller is kept.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, session: &str, clock: ExamClock) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT INTO exam_clock (session, left_ms, saved_at) VALUES (?, ?, ?) ON CONFLICT (session) DO UPDATE
             SET left_ms = min(left_ms, excluded.left_ms), saved_at = excluded.saved_at",
        )?
        .execute(params![session, column::integer(clock.left_ms), clock.saved_at])?;
    Ok(())
}
