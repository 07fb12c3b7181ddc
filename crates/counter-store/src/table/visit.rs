//! Visits, projected from their lanes for the lists.

use counter_core::visit::{Visit, VisitEnd};
use jiff::civil::Date;
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
    /// The day it was agreed on for, where it began with an appointment.
    pub booked_on: Option<Date>,
    /// The time agreed on, such as `09:30`.
    pub booked_time: Option<String>,
}

/// Somebody who stood at the counter for several subjects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BusyAgent {
    /// 姓名.
    pub name: String,
    /// The identity number with the middle hidden, where it was given.
    pub id_masked: Option<String>,
    /// For how many subjects.
    pub subjects: u32,
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

/// The visits over in `[from_at, to_at)`, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn ended(tx: &ReadTx<'_>, from_at: i64, to_at: i64) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE ended_at >= ? AND ended_at < ? ORDER BY ended_at DESC, no DESC",
        [from_at, to_at],
    )
}

/// The appointments whose applicants have not come, the nearest first.
///
/// # Errors
/// When the store cannot be read.
pub fn expected(tx: &ReadTx<'_>) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE awaited = 1 AND cancelled = 0 ORDER BY booked_on, booked_time IS NULL, booked_time, no",
        [],
    )
}

/// The visits of a subject at which somebody was recorded, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn with_agent_of(tx: &ReadTx<'_>, uscc: Option<&str>, name: &str, limit: u32) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE uscc IS ?1 AND (?1 IS NOT NULL OR subject_name = ?2) AND agent_name IS NOT NULL
         ORDER BY opened_at DESC LIMIT ?3",
        params![uscc, name, limit],
    )
}

/// The visits since `from_at` at which a day to come was told, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn told_a_day(tx: &ReadTx<'_>, from_at: i64) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE ended_at >= ? AND ending = 'not_yet' ORDER BY ended_at DESC",
        [from_at],
    )
}

/// Who stood at the counter for at least `least` subjects since `from_at`, the busiest first.
///
/// # Errors
/// When the store cannot be read.
pub fn busy_agents(tx: &ReadTx<'_>, from_at: i64, least: u32) -> Result<Vec<BusyAgent>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "WITH often AS (SELECT agent_name AS name, agent_id_masked AS id FROM visit
            WHERE agent_name IS NOT NULL AND opened_at >= ?1 GROUP BY agent_name, agent_id_masked HAVING count(*) >= ?2)
         SELECT name, id, (SELECT count(DISTINCT coalesce(uscc, subject_name)) FROM visit
            WHERE agent_name = often.name AND agent_id_masked IS often.id AND opened_at >= ?1) AS subjects
         FROM often WHERE subjects >= ?2 ORDER BY subjects DESC, name LIMIT 20",
    )?;
    let rows = statement.query_map(params![from_at, least], |row| {
        Ok(BusyAgent {
            name: row.get(0)?,
            id_masked: row.get(1)?,
            subjects: column::count(row, 2)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The visits at which somebody is or was, and that have not ended, the oldest first.
///
/// # Errors
/// When the store cannot be read.
pub fn open(tx: &ReadTx<'_>) -> Result<Vec<VisitRow>, StoreError> {
    select(
        tx,
        "WHERE ended_at IS NULL AND awaited = 0 AND cancelled = 0 ORDER BY opened_at, no",
        [],
    )
}

fn select(tx: &ReadTx<'_>, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<VisitRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, subject_name, uscc, queue_number, agent_name, clerk, opened_at, ended_at, ending, cases,
                booked_on, booked_time
         FROM visit {condition}"
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
        booked_on: column::optional_day(row, 10)?,
        booked_time: row.get(11)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, visit: &Visit) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO visit
             (no, subject_name, uscc, queue_number, agent_name, clerk, opened_at, ended_at, ending, cases,
              booked_on, booked_time, awaited, cancelled, agent_id_masked)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            visit.booking.as_ref().map(|booking| booking.on.to_string()),
            visit
                .booking
                .as_ref()
                .and_then(|booking| booking.time)
                .map(|time| time.strftime("%H:%M").to_string()),
            visit.awaited,
            visit.cancelled.is_some(),
            visit.agent.as_ref().and_then(|agent| agent.id_number_masked.as_ref()),
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
