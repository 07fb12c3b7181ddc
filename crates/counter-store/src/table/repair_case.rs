//! Cases, projected from their lanes for the lists. Where each is delivered to follows from the receipts.

use counter_core::{
    case::{Case, CaseClock, CaseState, LimitExtension},
    delivery::Delivery,
};
use jiff::civil::Date;
use rusqlite::{Row, params, params_from_iter, types::Value};

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

/// A case that is under way, with what its limits run from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RunningCase {
    /// Its number.
    pub no: String,
    /// The applicant then.
    pub subject_name: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// Which site takes the request.
    pub front_door: Option<String>,
    /// Whether it owes its 信用核查 before it can be submitted.
    pub verification_owed: bool,
    /// What its limits run from.
    pub clock: CaseClock,
}

/// The states of a case that is under way.
const UNDER_WAY: &str = "('received', 'gaps_open', 'submitted', 'accepted', 'decided')";

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
    /// Only with this text in its number, its applicant, its document or its authority.
    pub text: Option<&'a str>,
    /// Leaves out the first so many.
    pub after: u32,
    /// At most so many; all where none is named.
    pub limit: Option<u32>,
}

/// The cases wanted, the latest received first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>, filter: &CaseFilter<'_>) -> Result<Vec<CaseRow>, StoreError> {
    let (wanted, mut values) = filter.condition();
    let limit = filter.limit.map_or(-1, i64::from);
    values.extend([limit.into(), i64::from(filter.after).into()]);
    // Found first: a row that is not shown is not asked where it is delivered to.
    let order = "ORDER BY received_on DESC, no DESC";
    select(
        tx,
        &format!("WHERE no IN (SELECT no FROM repair_case WHERE {wanted} {order} LIMIT ? OFFSET ?) {order}"),
        params_from_iter(values),
    )
}

impl CaseFilter<'_> {
    /// The state, as SQL. All that a text is looked for in stands in the index of the days; by that of the states its rows
    /// would be read one by one, hence the sign that keeps from using it.
    fn state(&self) -> &'static str {
        if self.text.is_some() { "+state" } else { "state" }
    }

    /// Only what is asked for stands in the condition, so that the index of each column is used.
    fn condition(&self) -> (String, Vec<Value>) {
        let mut wanted = vec!["TRUE".to_owned()];
        let mut values: Vec<Value> = Vec::new();
        if !self.states.is_empty() {
            wanted.push(format!(
                "{} IN ({})",
                self.state(),
                vec!["?"; self.states.len()].join(", ")
            ));
            values.extend(self.states.iter().map(|state| Value::from(state.as_str().to_owned())));
        }
        let columns = [
            ("uscc", self.uscc),
            ("record_key", self.record_key),
            ("visit", self.visit),
        ];
        for (column, value) in columns {
            if let Some(value) = value {
                wanted.push(format!("{column} = ?"));
                values.push(value.to_owned().into());
            }
        }
        if let Some(text) = self.text {
            let held = ["no", "subject_name", "decision_number", "authority"].map(|held| {
                values.push(anywhere(text).into());
                format!("{held} LIKE ? ESCAPE '\\'")
            });
            wanted.push(format!("({})", held.join(" OR ")));
        }
        (wanted.join(" AND "), values)
    }
}

/// The pattern of what holds `text`, in whichever case its letters are.
fn anywhere(text: &str) -> String {
    let literally = text.replace('\\', r"\\").replace('%', r"\%").replace('_', r"\_");
    format!("%{literally}%")
}

/// How many cases `filter` wants in each state; states without one are left out.
///
/// # Errors
/// When the store cannot be read.
pub fn counts(tx: &ReadTx<'_>, filter: &CaseFilter<'_>) -> Result<Vec<(CaseState, u32)>, StoreError> {
    let (wanted, values) = filter.condition();
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT state, count(*) FROM repair_case WHERE {wanted} GROUP BY {}",
        filter.state()
    ))?;
    let rows = statement.query_map(params_from_iter(values), |row| {
        Ok((column::word(row, 0, CaseState::from_word)?, column::count(row, 1)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Every case under way, the one received first in front.
///
/// # Errors
/// When the store cannot be read.
pub fn under_way(tx: &ReadTx<'_>) -> Result<Vec<RunningCase>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, subject_name, decision_number, authority, front_door,
                pack, state, gaps_named, received_on, submitted_on, pushed_on, accepted_on, repaired_on, extensions,
                verification_owed
         FROM repair_case WHERE state IN {UNDER_WAY} ORDER BY received_on, no"
    ))?;
    let rows = statement.query_map([], |row| {
        Ok(RunningCase {
            no: row.get(0)?,
            subject_name: row.get(1)?,
            decision_number: row.get(2)?,
            authority: row.get(3)?,
            front_door: row.get(4)?,
            verification_owed: row.get(14)?,
            clock: CaseClock {
                pack: row.get(5)?,
                state: column::word(row, 6, CaseState::from_word)?,
                gaps_named: row.get(7)?,
                received_on: column::day(row, 8)?,
                submitted_on: column::optional_day(row, 9)?,
                pushed_on: column::optional_day(row, 10)?,
                accepted_on: column::optional_day(row, 11)?,
                repaired_on: column::optional_day(row, 12)?,
                extensions: extensions(row, 13)?,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn extensions(row: &Row<'_>, at: usize) -> rusqlite::Result<Vec<LimitExtension>> {
    match row.get::<_, Option<String>>(at)? {
        None => Ok(Vec::new()),
        Some(_) => column::word(row, at, |text| serde_json::from_str(text).ok()),
    }
}

/// How many cases were received in `[from, to]`, and at how many of them a gap showed later that was not named the first
/// time.
///
/// # Errors
/// When the store cannot be read.
pub fn late_gaps(tx: &ReadTx<'_>, from: Date, to: Date) -> Result<(u32, u32), StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT (SELECT count(*) FROM repair_case WHERE received_on BETWEEN ?1 AND ?2),
                (SELECT count(*) FROM repair_case WHERE received_on BETWEEN ?1 AND ?2 AND late_gaps > 0)",
    )?;
    let days = params![from.to_string(), to.to_string()];
    Ok(statement.query_row(days, |row| Ok((column::count(row, 0)?, column::count(row, 1)?)))?)
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

fn select(tx: &ReadTx<'_>, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<CaseRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT no, state, {}, visit, subject_name, uscc, record_key, decision_number, authority,
                pack, front_door, verdict, received_on, submitted_on, last_act_on, gaps, record_changed, data_as_of
         FROM repair_case {condition}",
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
    let clock = case.clock();
    let extensions = (!clock.extensions.is_empty())
        .then(|| serde_json::to_string(&clock.extensions).expect("extensions are plain data"));
    let word = |key: &str| assessment.get(key).and_then(serde_json::Value::as_str);
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO repair_case
             (no, state, visit, subject_name, uscc, record_key, decision_number, authority, pack, front_door, verdict,
              received_on, submitted_on, last_act_on, gaps, record_changed, data_as_of, pushed_on, accepted_on,
              repaired_on, gaps_named, extensions, late_gaps, verification_owed)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
            clock.pushed_on.map(|day| day.to_string()),
            clock.accepted_on.map(|day| day.to_string()),
            clock.repaired_on.map(|day| day.to_string()),
            clock.gaps_named,
            extensions,
            column::integer(case.late_gaps.len() as u64),
            case.owes_verification(),
        ])?;
    Ok(())
}
