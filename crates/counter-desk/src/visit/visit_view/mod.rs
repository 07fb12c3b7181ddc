//! A visit as the screen shows it.

use counter_core::{
    change::{Lane, LaneKind},
    document_issue::IssuedDocument,
    lane_state::LaneState,
    visit::{Agent, AgentCapacity, AuthorityProof, Visit, VisitEnd},
};
use counter_store::{ReadTx, StoreError, table::visit};
use serde::Serialize;

use crate::Desk;

/// A visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct VisitView {
    /// Its number.
    pub no: String,
    /// The applicant's name then.
    pub subject_name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The number called.
    pub queue_number: Option<String>,
    /// Who stands at the counter, once kept.
    pub agent: Option<AgentView>,
    /// The cases taken in.
    pub cases: Vec<String>,
    /// The papers of the visit as a whole.
    pub documents: Vec<IssuedDocument>,
    /// How it ended, once it has.
    pub end: Option<VisitEnd>,
    /// When it began, ms UTC.
    #[specta(type = f64)]
    pub opened_at: i64,
}

/// The agent, numbers masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AgentView {
    /// 姓名.
    pub name: String,
    /// In which capacity.
    pub capacity: AgentCapacity,
    /// Whether an identity paper was looked at.
    pub identity_checked: bool,
    /// How the authority to act was shown.
    pub authority: AuthorityProof,
    /// The identity number with the middle hidden.
    pub id_number_masked: Option<String>,
    /// The telephone number with the middle hidden.
    pub phone_masked: Option<String>,
}

impl From<Agent> for AgentView {
    fn from(agent: Agent) -> Self {
        Self {
            name: agent.name,
            capacity: agent.capacity,
            identity_checked: agent.identity_checked,
            authority: agent.authority,
            id_number_masked: agent.id_number_masked,
            phone_masked: agent.phone_masked,
        }
    }
}

impl From<Visit> for VisitView {
    fn from(visit: Visit) -> Self {
        Self {
            no: visit.no,
            subject_name: visit.subject.name,
            uscc: visit.subject.uscc,
            queue_number: visit.queue_number,
            agent: visit.agent.map(AgentView::from),
            cases: visit.cases,
            documents: visit.documents,
            end: visit.end,
            opened_at: visit.opened_at,
        }
    }
}

/// The visit numbered `no`.
///
/// # Errors
/// When the store cannot be read.
pub fn visit_view(desk: &Desk, no: &str) -> Result<Option<VisitView>, StoreError> {
    desk.store().read(|tx| Ok(load(tx, no)?.map(VisitView::from)))
}

/// The visits that have not ended, newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn open_visits(desk: &Desk) -> Result<Vec<VisitView>, StoreError> {
    desk.store().read(|tx| {
        let mut views = Vec::new();
        for row in visit::open(tx)? {
            views.extend(load(tx, &row.no)?.map(VisitView::from));
        }
        Ok(views)
    })
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<Visit>, StoreError> {
    match tx.lane(&Lane::new(LaneKind::Visit, no))? {
        Some(LaneState::Visit(visit)) => Ok(Some(visit)),
        Some(_) | None => Ok(None),
    }
}
