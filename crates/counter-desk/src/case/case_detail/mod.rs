//! One case on its own page.

mod history;

use counter_core::{
    case::{Case, CaseState, Decision, DecisionOutcome, Material, RunningLimit, Submission, running_limits},
    document_issue::IssuedDocument,
};
use counter_store::{Delivery, StoreError};
use serde::Serialize;

pub(crate) use history::detail as said;
pub use history::{HistoryEntry, ReceiptView};

use crate::{Desk, visit::visit_view};

/// A case with its history.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CaseDetail {
    /// Its number.
    pub no: String,
    /// How far it is.
    pub state: CaseState,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// The applicant then.
    pub subject_name: String,
    /// The applicant's code.
    pub uscc: Option<String>,
    /// The number of the visit.
    pub visit: String,
    /// Who stood at the counter.
    pub agent: Option<String>,
    /// The key of the record at this counter.
    pub record_key: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The pack it is handled under.
    pub pack: Option<String>,
    /// Where the request has to go.
    pub front_door: Option<counter_core::pack::Door>,
    /// The day it was taken in.
    pub received_on: String,
    /// The checklist.
    pub materials: Vec<Material>,
    /// Site, number and day.
    pub submission: Option<Submission>,
    /// The authority's decision.
    pub decision: Option<Decision>,
    /// What the authority asks for.
    pub supplement_asked: Option<String>,
    /// What differs since the record came again.
    pub record_differences: Vec<String>,
    /// The papers issued.
    pub documents: Vec<IssuedDocument>,
    /// The acts that may come next.
    pub next_acts: Vec<ActKind>,
    /// Everything that happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Limits that run, each with its source.
    pub due: Vec<RunningLimit>,
}

/// An act that can be entered on a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ActKind {
    /// 已提交.
    Submit,
    /// 认定单位受理.
    Accept,
    /// 认定单位不予受理.
    Decline,
    /// 认定单位要求补充.
    AskSupplement,
    /// 认定单位决定.
    Decide,
    /// 已撤下.
    TakeDown,
    /// 撤回.
    Withdraw,
    /// 转介.
    Refer,
    /// 结案.
    Close,
}

/// The case numbered `no`.
///
/// # Errors
/// When the store cannot be read.
pub fn case_detail(desk: &Desk, no: &str) -> Result<Option<CaseDetail>, StoreError> {
    desk.store().read(|tx| {
        let Some(case) = super::load(tx, no)? else {
            return Ok(None);
        };
        let delivery = tx.delivery(&super::lane(no))?.unwrap_or(Delivery::Saved);
        let agent = visit_view::load(tx, &case.received.visit)?
            .and_then(|visit| visit.agent)
            .map(|agent| agent.name);
        let history = history::of(tx, no)?;
        let due = running_limits(&case, desk.rules());
        Ok(Some(view(case, delivery, agent, history, due)))
    })
}

fn view(
    case: Case,
    delivery: Delivery,
    agent: Option<String>,
    history: Vec<HistoryEntry>,
    due: Vec<RunningLimit>,
) -> CaseDetail {
    CaseDetail {
        state: case.state(),
        next_acts: next_acts(&case),
        delivery,
        agent,
        history,
        due,
        no: case.no,
        subject_name: case.received.subject.name,
        uscc: case.received.subject.uscc,
        visit: case.received.visit,
        record_key: case.received.record_key,
        decision_number: case.received.record.document_no,
        authority: case.received.record.authority_name,
        pack: case.received.assessment.pack,
        front_door: case.received.assessment.front_door,
        received_on: case.received.received_on.to_string(),
        materials: case.materials,
        submission: case.submission,
        decision: case.decision,
        supplement_asked: case.supplement_asked,
        record_differences: case.record_differences,
        documents: case.documents,
    }
}

/// What may follow; the reducer has the last word.
fn next_acts(case: &Case) -> Vec<ActKind> {
    use ActKind::{Accept, AskSupplement, Close, Decide, Decline, Refer, Submit, TakeDown, Withdraw};
    match case.state() {
        CaseState::Received => vec![Submit, Refer, Withdraw],
        CaseState::GapsOpen => vec![Refer, Withdraw],
        CaseState::Submitted => vec![Accept, Decline, AskSupplement, Decide, Withdraw],
        CaseState::Accepted => vec![Decide, AskSupplement, Withdraw],
        CaseState::Decided => match case.decision.as_ref().map(|decision| decision.outcome) {
            Some(DecisionOutcome::Repaired) => vec![TakeDown, Close],
            Some(DecisionOutcome::Refused) | None => vec![Close],
        },
        CaseState::Declined | CaseState::TakenDown | CaseState::Withdrawn | CaseState::Referred => vec![Close],
        CaseState::Closed => Vec::new(),
    }
}
