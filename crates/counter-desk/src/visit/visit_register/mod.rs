//! 来访登记簿: who is here, who is expected, who was here today.

use counter_core::{
    account::Role,
    calendar::{beginning_in_china, day_after},
    visit::VisitEnd,
};
use counter_store::{
    ReadTx, StoreError,
    table::visit::{self, BusyAgent, VisitRow},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{Actor, Desk};

/// For how many subjects somebody must have stood at the counter to be named, and within how many days.
const BUSY_SUBJECTS: u32 = 3;
const BUSY_DAYS: i64 = 90;
const DAY_MS: i64 = 86_400_000;

/// The register of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitRegister {
    /// The day.
    pub day: String,
    /// At the counter or waiting, the first to come in front.
    pub here: Vec<RegisteredVisit>,
    /// Appointments whose applicants have not come, the nearest first.
    pub expected: Vec<RegisteredVisit>,
    /// Over today, the latest first.
    pub over: Vec<RegisteredVisit>,
    /// People who came for several subjects within 90 days, where a lead looks.
    pub busy_agents: Vec<BusyAgentView>,
}

/// One visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RegisteredVisit {
    /// Its number.
    pub no: String,
    /// The applicant.
    pub subject_name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The number called.
    pub queue_number: Option<String>,
    /// Who stands or stood at the counter.
    pub agent_name: Option<String>,
    /// When it began, ms UTC.
    #[specta(type = f64)]
    pub opened_at: i64,
    /// When it ended, ms UTC.
    #[specta(type = Option<f64>)]
    pub ended_at: Option<i64>,
    /// How it ended.
    pub end: Option<VisitEnd>,
    /// How many cases were taken in.
    pub cases: u32,
    /// The day it was agreed on for.
    pub booked_on: Option<String>,
    /// The time agreed on.
    pub booked_time: Option<String>,
    /// Whether the day it was agreed on for is over and nobody came.
    pub missed: bool,
}

/// Somebody who came for several subjects.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BusyAgentView {
    /// 姓名.
    pub name: String,
    /// The identity number with the middle hidden.
    pub id_masked: Option<String>,
    /// For how many subjects.
    pub subjects: u32,
}

/// The register of today, as `actor` may see it.
///
/// # Errors
/// When the store cannot be read.
pub fn visit_register(desk: &Desk, actor: &Actor) -> Result<VisitRegister, StoreError> {
    let today = desk.clock().today();
    let begins = |day: Date| beginning_in_china(day).unwrap_or(i64::MAX);
    let (from, to) = (begins(today), begins(day_after(today, 1)));
    let for_a_lead = actor
        .roles
        .iter()
        .any(|role| matches!(role, Role::Lead | Role::Administrator));
    let row = |row: VisitRow| registered(row, today);
    desk.store().read(|tx| {
        Ok(VisitRegister {
            day: today.to_string(),
            here: visit::open(tx)?.into_iter().map(row).collect(),
            expected: visit::expected(tx)?.into_iter().map(row).collect(),
            over: visit::ended(tx, from, to)?.into_iter().map(row).collect(),
            busy_agents: if for_a_lead { busy_agents(tx, from)? } else { Vec::new() },
        })
    })
}

fn busy_agents(tx: &ReadTx<'_>, today_at: i64) -> Result<Vec<BusyAgentView>, StoreError> {
    let found = visit::busy_agents(tx, today_at - BUSY_DAYS * DAY_MS, BUSY_SUBJECTS)?;
    Ok(found.into_iter().map(BusyAgentView::from).collect())
}

fn registered(row: VisitRow, today: Date) -> RegisteredVisit {
    RegisteredVisit {
        no: row.no,
        subject_name: row.subject_name,
        uscc: row.uscc,
        queue_number: row.queue_number,
        agent_name: row.agent_name,
        opened_at: row.opened_at,
        ended_at: row.ended_at,
        end: row.end,
        cases: row.cases,
        missed: row.booked_on.is_some_and(|on| on < today),
        booked_on: row.booked_on.map(|on| on.to_string()),
        booked_time: row.booked_time,
    }
}

impl From<BusyAgent> for BusyAgentView {
    fn from(agent: BusyAgent) -> Self {
        Self {
            name: agent.name,
            id_masked: agent.id_masked,
            subjects: agent.subjects,
        }
    }
}
