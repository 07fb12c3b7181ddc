//! Sittings, projected from their lanes for the lists.

use counter_core::exam::{ExamSession, ExamStage};
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One sitting in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExamSessionRow {
    /// Its number.
    pub no: String,
    /// The number of the class.
    pub class: String,
    /// The trainee's id in the class.
    pub trainee: String,
    /// 姓名.
    pub trainee_name: String,
    /// The enterprise.
    pub subject_name: String,
    /// 1 for the first sitting.
    pub attempt: u16,
    /// How far it has come.
    pub stage: ExamStage,
    /// The day the paper was drawn.
    pub drawn_on: Date,
    /// When it was started, ms UTC.
    pub started_at: Option<i64>,
    /// When it was handed in, ms UTC.
    pub ended_at: Option<i64>,
    /// The points reached.
    pub score: Option<u32>,
    /// The points of a paper without a mistake.
    pub out_of: Option<u32>,
    /// Whether the pass mark is reached.
    pub passed: Option<bool>,
}

/// The sittings of a class, by trainee and attempt.
///
/// # Errors
/// When the store cannot be read.
pub fn of_class(tx: &ReadTx<'_>, class: &str) -> Result<Vec<ExamSessionRow>, StoreError> {
    select(tx, "WHERE class = ? ORDER BY trainee, attempt, no", [class])
}

/// The sittings that were started and not handed in: after a crash they go on.
///
/// # Errors
/// When the store cannot be read.
pub fn running(tx: &ReadTx<'_>) -> Result<Vec<ExamSessionRow>, StoreError> {
    select(
        tx,
        "WHERE stage = ? ORDER BY started_at, no",
        [ExamStage::Running.as_str()],
    )
}

fn select(
    tx: &ReadTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<ExamSessionRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, class, trainee, trainee_name, subject_name, attempt, stage, drawn_on, started_at, ended_at, score, out_of, passed
         FROM exam_session {condition}"
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<ExamSessionRow> {
    Ok(ExamSessionRow {
        no: row.get(0)?,
        class: row.get(1)?,
        trainee: row.get(2)?,
        trainee_name: row.get(3)?,
        subject_name: row.get(4)?,
        attempt: column::count(row, 5)?,
        stage: column::word(row, 6, |word| {
            [
                ExamStage::Drawn,
                ExamStage::Running,
                ExamStage::HandedIn,
                ExamStage::Scored,
            ]
            .into_iter()
            .find(|stage| stage.as_str() == word)
        })?,
        drawn_on: column::day(row, 7)?,
        started_at: row.get(8)?,
        ended_at: row.get(9)?,
        score: column::optional_count(row, 10)?,
        out_of: column::optional_count(row, 11)?,
        passed: row.get(12)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, session: &ExamSession) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO exam_session
             (no, class, trainee, trainee_name, subject_name, attempt, stage, drawn_on, started_at, ended_at, score, out_of, passed)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            session.no,
            session.drawn.class,
            session.drawn.trainee,
            session.drawn.trainee_name,
            session.drawn.subject.name,
            session.drawn.attempt,
            session.stage().as_str(),
            session.drawn.drawn_on.to_string(),
            session.started_at,
            session.handed_in.as_ref().map(|handed_in| handed_in.at),
            session.result.map(|result| result.score),
            session.result.map(|result| result.out_of),
            session.result.map(|result| result.passed),
        ])?;
    Ok(())
}
