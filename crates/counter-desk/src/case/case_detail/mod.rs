//! One case on its own page.

mod acts;
mod history;

use acts::{acts_beside, next_acts};
use counter_core::{
    case::{
        ArchiveVolume, Case, CaseState, Decision, DocumentServed, Material, RunningLimit, SITES, SiteChecked,
        Submission, Verification, running_limits,
    },
    document_issue::{DocumentKind, DocumentReprinted, IssuedDocument},
};
use counter_store::{Delivery, StoreError};
use serde::Serialize;

pub use acts::ActKind;
pub use history::{HistoryEntry, ReceiptView};

use super::take_over_brought::{BroughtElsewhere, brought_elsewhere};
use crate::{Desk, objection::objection_list::pending_about, paper::of_case::offered, visit::visit_view};

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
    /// The name the decision bears, where the applicant goes by another now.
    pub named_as: Option<String>,
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
    /// The papers that can be issued as it stands, the likeliest first.
    pub offered: Vec<DocumentKind>,
    /// The acts that may come next.
    pub next_acts: Vec<ActKind>,
    /// What may be entered beside them, and leaves the case where it is.
    pub acts_beside: Vec<ActKind>,
    /// What was told and answered where the applicant wants it forwarded with its gaps.
    pub insisted: Option<String>,
    /// The day the site handed it to the authority.
    pub pushed_on: Option<String>,
    /// Whether the pack wants 信用核查 before the submission and none has confirmed yet.
    pub verification_owed: bool,
    /// 信用核查, in the order entered.
    pub verifications: Vec<Verification>,
    /// The sites the record stands on.
    pub sites: Vec<String>,
    /// Looks at the sites, in the order entered.
    pub sites_checked: Vec<SiteChecked>,
    /// Papers that reached the applicant.
    pub served: Vec<DocumentServed>,
    /// Papers printed once more.
    pub reprints: Vec<DocumentReprinted>,
    /// The names of papers that were found missing later, though nobody had said so the first time.
    pub late_gaps: Vec<String>,
    /// Papers that another window took in for it.
    pub brought: Vec<BroughtElsewhere>,
    /// The objection that is pending about its record.
    pub objection: Option<String>,
    /// The bound volume, once the case is archived.
    pub archive: Option<ArchiveVolume>,
    /// Everything that happened, oldest first.
    pub history: Vec<HistoryEntry>,
    /// Limits that run, each with its source.
    pub due: Vec<RunningLimit>,
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
        let due = running_limits(&case.clock(), desk.rules());
        let beside = Beside {
            delivery,
            agent,
            history,
            due,
            offered: offered(&case, &super::acts_of(tx, no)?),
            brought: brought_elsewhere(tx, &case)?,
            objection: pending_about(tx, &case.received.record_key)?,
        };
        Ok(Some(view(case, beside)))
    })
}

/// What is shown of a case beside its state.
struct Beside {
    delivery: Delivery,
    agent: Option<String>,
    history: Vec<HistoryEntry>,
    due: Vec<RunningLimit>,
    offered: Vec<DocumentKind>,
    brought: Vec<BroughtElsewhere>,
    objection: Option<String>,
}

fn view(case: Case, beside: Beside) -> CaseDetail {
    CaseDetail {
        state: case.state(),
        next_acts: next_acts(&case),
        acts_beside: acts_beside(&case, &beside.due),
        verification_owed: case.received.verification_required && !case.is_verified(),
        late_gaps: names_of(&case, &case.late_gaps),
        sites: SITES.map(str::to_owned).to_vec(),
        named_as: case.received.named_as().map(str::to_owned),
        delivery: beside.delivery,
        agent: beside.agent,
        history: beside.history,
        due: beside.due,
        offered: beside.offered,
        brought: beside.brought,
        objection: beside.objection,
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
        insisted: case.insisted,
        pushed_on: case.pushed_on.map(|day| day.to_string()),
        verifications: case.verifications,
        sites_checked: case.sites_checked,
        served: case.served,
        reprints: case.reprints,
        archive: case.archive,
    }
}

fn names_of(case: &Case, codes: &[String]) -> Vec<String> {
    let asked = case.materials.iter().filter(|material| codes.contains(&material.code));
    asked.map(|material| material.name.clone()).collect()
}
