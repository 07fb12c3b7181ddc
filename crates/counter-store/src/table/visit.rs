//! Visits, projected from their lanes for the lists.

use counter_core::visit::{Visit, VisitEnd};
use rusqlite::{Row, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One visit in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VisitRow {
    /// Its number.
    pub no: String,
    /// For whom.
    pub subject_name: String,
    /// The subject's code.
    pub uscc: Option<String>,
    /// The number called.
    pub queue_number: Option<String>,
    /// Who stood at the counter.
    pub agent_name: Option<String>,
    /// The account that opened it.
    pub clerk: String,
    /// When it began, ms UTC.
    pub opened_at: i64,
    /// When it ended, ms UTC.
    pub ended_at: Option<i64>,
    /// How it ended.
    pub end: Option<VisitEnd>,
    /// How many cases were taken in.
    pub cases: u32,
}

/// The visits begun in `[from_at, to_at)`, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>, from_at: i64, to_at: i64) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE opened_at >= ? AND opened_at < ? ORDER BY opened_at DESC, no DESC",
        [from_at, to_at],
    )
}

/// The visits that have not ended, the oldest first.
///
/// # Errors
/// When the store cannot be read.
pub fn open(tx: &ReadTx<'_>) -> Result<Vec<VisitRow>, StoreError> {
    select(tx, "WHERE ended_at IS NULL ORDER BY opened_at, no", [])
}

fn select(tx: &ReadTx<'_>, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<VisitRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, subject_name, uscc, queue_number, agent_name, clerk, opened_at, ended_at, ending, cases FROM visit {condition}"
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<VisitRow> {
    Ok(VisitRow {
        no: row.get(0)?,
        subject_name: row.get(1)?,
        uscc: row.get(2)?,
        queue_number: row.get(3)?,
        agent_name: row.get(4)?,
        clerk: row.get(5)?,
        opened_at: row.get(6)?,
        ended_at: row.get(7)?,
        end: match row.get::<_, Option<String>>(8)? {
            None => None,
            Some(_) => Some(column::word(row, 8, end_from_word)?),
        },
        cases: column::count(row, 9)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, visit: &Visit) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO visit
             (no, subject_name, uscc, queue_number, agent_name, clerk, opened_at, ended_at, ending, cases)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            visit.no,
            visit.subject.name,
            visit.subject.uscc,
            visit.queue_number,
            visit.agent.as_ref().map(|agent| &agent.name),
            visit.clerk,
            visit.opened_at,
            visit.ended_at,
            visit.end.map(end_word),
            column::integer(visit.cases.len() as u64),
        ])?;
    Ok(())
}

fn end_word(end: VisitEnd) -> &'static str {
    match end {
        VisitEnd::Advice => "advice",
        VisitEnd::NotYet => "not_yet",
        VisitEnd::WrongDoor => "wrong_door",
        VisitEnd::NoRecord => "no_record",
        VisitEnd::Received => "received",
        VisitEnd::Continued => "continued",
    }
}

fn end_from_word(word: &str) -> Option<VisitEnd> {
    [
        VisitEnd::Advice,
        VisitEnd::NotYet,
        VisitEnd::WrongDoor,
        VisitEnd::NoRecord,
        VisitEnd::Received,
        VisitEnd::Continued,
    ]
    .into_iter()
    .find(|end| end_word(*end) == word)
}
