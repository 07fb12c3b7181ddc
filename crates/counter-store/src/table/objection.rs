//! 异议: one row an objection, told from its state.

use counter_core::objection::{Objection, ObjectionDoor, ObjectionState};
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::{column, lane::delivery_of};
use crate::{Delivery, ReadTx, StoreError, WriteTx};

/// An objection in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ObjectionRow {
    /// Its number.
    pub no: String,
    /// How far it is, gaps included.
    pub state: ObjectionState,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// Who objects.
    pub subject_name: String,
    /// The subject's code.
    pub uscc: Option<String>,
    /// The key of the record.
    pub record_key: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// Who provided the information.
    pub authority: Option<String>,
    /// Where it is raised.
    pub door: ObjectionDoor,
    /// The day it was taken in.
    pub received_on: Date,
    /// The day of its last step.
    pub last_act_on: Date,
}

/// Every objection, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<ObjectionRow>, StoreError> {
    select(tx, "ORDER BY received_on DESC, no DESC", [])
}

/// The objections about the record `key`, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn about(tx: &ReadTx<'_>, key: &str) -> Result<Vec<ObjectionRow>, StoreError> {
    select(tx, "WHERE record_key = ? ORDER BY received_on DESC, no DESC", [key])
}

fn select(
    tx: &ReadTx<'_>,
    condition: &str,
    parameters: impl rusqlite::Params,
) -> Result<Vec<ObjectionRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, state, {}, subject_name, uscc, record_key, decision_number, authority, door, received_on, last_act_on
         FROM objection {condition}",
        delivery_of("'objection'", "objection.no")
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<ObjectionRow> {
    Ok(ObjectionRow {
        no: row.get(0)?,
        state: column::word(row, 1, ObjectionState::from_word)?,
        delivery: column::word(row, 2, Delivery::from_word)?,
        subject_name: row.get(3)?,
        uscc: row.get(4)?,
        record_key: row.get(5)?,
        decision_number: row.get(6)?,
        authority: row.get(7)?,
        door: column::word(row, 8, ObjectionDoor::from_code)?,
        received_on: column::day(row, 9)?,
        last_act_on: column::day(row, 10)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, objection: &Objection) -> Result<(), StoreError> {
    let received = &objection.received;
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO objection
             (no, state, subject_name, uscc, record_key, decision_number, authority, door, received_on, last_act_on)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            objection.no,
            objection.state().as_str(),
            received.subject.name,
            received.subject.uscc,
            received.record_key,
            received.record.document_no,
            received.record.authority_name,
            received.door.code(),
            received.received_on.to_string(),
            objection.last_act_on.to_string(),
        ])?;
    Ok(())
}
