//! Cases, projected from their lanes for the lists. Where each is delivered to follows from the receipts.

use counter_core::{
    case::{Case, CaseState},
    delivery::Delivery,
};
use jiff::civil::Date;
use rusqlite::{Row, params};

use super::{column, lane::delivery_of};
use crate::{ReadTx, StoreError, WriteTx};

/// One case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseRow {
    /// Its number.
    pub no: String,
    /// How far it is, gaps included.
    pub state: CaseState,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// The visit it was taken in.
    pub visit: String,
    /// The applicant then.
    pub subject_name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The key of the record at this counter.
    pub record_key: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The rule pack it is handled under.
    pub pack: Option<String>,
    /// Which site takes the request.
    pub front_door: Option<String>,
    /// What the rules said when it was taken in.
    pub verdict: String,
    /// The day it was taken in.
    pub received_on: Date,
    /// The day it was submitted to the site.
    pub submitted_on: Option<Date>,
    /// The last day named by an act.
    pub last_act_on: Date,
    /// How many papers are missing.
    pub gaps: u32,
    /// Whether the record came again with other content.
    pub record_changed: bool,
    /// Of which day the data were.
    pub data_as_of: Option<Date>,
}

/// Which cases are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter<'a> {
    /// Only these states; empty for all.
    pub states: &'a [CaseState],
    /// Only of this subject code.
    pub uscc: Option<&'a str>,
    /// Only about this record.
    pub record_key: Option<&'a str>,
    /// Only taken in this visit.
    pub visit: Option<&'a str>,
}

/// The cases wanted, the latest received first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>, filter: &CaseFilter<'_>) -> Result<Vec<CaseRow>, StoreError> {
    let states: Vec<&str> = filter.states.iter().map(|state| state.as_str()).collect();
    let states = serde_json::to_string(&states).expect("words");
    select(
        tx,
        "WHERE (?1 = '[]' OR state IN (SELECT value FROM json_each(?1))) AND (?2 IS NULL OR uscc = ?2)
           AND (?3 IS NULL OR record_key = ?3) AND (?4 IS NULL OR visit = ?4)",
        params![states, filter.uscc, filter.record_key, filter.visit],
    )
}

/// How many cases are in one of `states`.
///
/// # Errors
/// When the store cannot be read.
pub fn count(tx: &ReadTx<'_>, states: &[CaseState]) -> Result<u32, StoreError> {
    let states: Vec<&str> = states.iter().map(|state| state.as_str()).collect();
    let states = serde_json::to_string(&states).expect("words");
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT count(*) FROM repair_case WHERE state IN (SELECT value FROM json_each(?))")?;
    Ok(statement.query_row([states], |row| column::count(row, 0))?)
}

/// One case.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, no: &str) -> Result<Option<CaseRow>, StoreError> {
    Ok(select(tx, "WHERE no = ?", [no])?.into_iter().next())
}

/// How many cases stand in each state, for the task list. States without a case are left out.
///
/// # Errors
/// When the store cannot be read.
pub fn counts(tx: &ReadTx<'_>) -> Result<Vec<(CaseState, u32)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT state, count(*) FROM repair_case GROUP BY state")?;
    let rows = statement.query_map([], |row| {
        Ok((column::word(row, 0, CaseState::from_word)?, column::count(row, 1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn select(tx: &ReadTx<'_>, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<CaseRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, state, {}, visit, subject_name, uscc, record_key, decision_number, authority,
                pack, front_door, verdict, received_on, submitted_on, last_act_on, gaps, record_changed, data_as_of
         FROM repair_case {condition} ORDER BY received_on DESC, no DESC",
        delivery_of("'case'", "repair_case.no")
    ))?;
    let rows = statement.query_map(parameters, read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn read_row(row: &Row<'_>) -> rusqlite::Result<CaseRow> {
    Ok(CaseRow {
        no: row.get(0)?,
        state: column::word(row, 1, CaseState::from_word)?,
        delivery: column::word(row, 2, Delivery::from_word)?,
        visit: row.get(3)?,
        subject_name: row.get(4)?,
        uscc: row.get(5)?,
        record_key: row.get(6)?,
        decision_number: row.get(7)?,
        authority: row.get(8)?,
        pack: row.get(9)?,
        front_door: row.get(10)?,
        verdict: row.get(11)?,
        received_on: column::day(row, 12)?,
        submitted_on: column::optional_day(row, 13)?,
        last_act_on: column::day(row, 14)?,
        gaps: column::count(row, 15)?,
        record_changed: row.get(16)?,
        data_as_of: column::optional_day(row, 17)?,
    })
}

pub(crate) fn put(tx: &WriteTx<'_>, case: &Case) -> Result<(), StoreError> {
    let received = &case.received;
    let assessment = serde_json::to_value(&received.assessment).expect("an assessment is plain data");
    let word = |key: &str| assessment.get(key).and_then(serde_json::Value::as_str);
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO repair_case
             (no, state, visit, subject_name, uscc, record_key, decision_number, authority, pack, front_door, verdict,
              received_on, submitted_on, last_act_on, gaps, record_changed, data_as_of)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            case.no,
            case.state().as_str(),
            received.visit,
            received.subject.name,
            received.subject.uscc,
            received.record_key,
            received.record.document_no,
            received.record.authority_name,
            word("pack"),
            word("front_door"),
            word("verdict").unwrap_or("undetermined"),
            received.received_on.to_string(),
            case.submission.as_ref().map(|submission| submission.on.to_string()),
            case.last_act_on.to_string(),
            column::integer(case.gaps().count() as u64),
            !case.record_differences.is_empty(),
            received.data_as_of.map(|day| day.to_string()),
        ])?;
    Ok(())
}
