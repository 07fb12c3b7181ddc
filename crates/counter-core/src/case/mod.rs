//! Cases (办件): one applicant's request about one record, from the counter to the sites that show it.

mod aftermath;
mod apply;
mod change;
mod limit;
mod material;
mod verification;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use aftermath::{ArchiveVolume, DocumentServed, SITES, ServiceWay, SiteChecked};
pub use apply::apply;
pub use change::{CaseChange, DecisionOutcome};
pub use limit::{CaseClock, LimitExtension, RunningLimit, running_limits};
pub use material::{Hint, HintAnswer, Material, MaterialMark, MaterialState, OriginalReturned};
pub use verification::{Verification, VerificationResult};

use crate::{
    assess::Assessment,
    document_issue::{DocumentReprinted, IssuedDocument},
    record::Record,
    subject_snapshot::SubjectSnapshot,
};

/// What is fixed when the papers are taken in. A case keeps the pack it was received under.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CaseReceived {
    /// The visit it was taken in.
    pub visit: String,
    /// The applicant.
    pub subject: SubjectSnapshot,
    /// The key of the record at this counter, to find it again.
    pub record_key: String,
    /// The record as it was.
    pub record: Record,
    /// What the rules said that day.
    pub assessment: Assessment,
    /// The checklist.
    pub materials: Vec<Material>,
    /// The day.
    pub received_on: Date,
    /// Of which day the data were.
    pub data_as_of: Option<Date>,
    /// Whether the pack wants 信用核查 before the request is submitted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub verification_required: bool,
}

impl CaseReceived {
    /// The name the decision bears, where the applicant goes by another now.
    pub fn named_as(&self) -> Option<&str> {
        self.record.named_otherwise(&self.subject.name)
    }

    /// Whether it says only what every program reads.
    pub(crate) fn is_of_first_schema(&self) -> bool {
        !self.verification_required && self.materials.iter().all(|material| material.mark.is_of_first_schema())
    }
}

/// How far a case has come. Gaps stand beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CaseState {
    /// 已收件.
    Received,
    /// 待补正.
    GapsOpen,
    /// 已提交.
    Submitted,
    /// 认定单位已受理.
    Accepted,
    /// 认定单位不予受理.
    Declined,
    /// 已决定.
    Decided,
    /// 已撤下.
    TakenDown,
    /// 已撤回.
    Withdrawn,
    /// 已转介.
    Referred,
    /// 已结案.
    Closed,
    /// 已作废: taken in by mistake and taken back; the number stays given.
    Voided,
}

impl CaseState {
    /// Every state, in the order of a case's life.
    pub const ALL: [Self; 11] = [
        Self::Received,
        Self::GapsOpen,
        Self::Submitted,
        Self::Accepted,
        Self::Declined,
        Self::Decided,
        Self::TakenDown,
        Self::Withdrawn,
        Self::Referred,
        Self::Closed,
        Self::Voided,
    ];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::GapsOpen => "gaps_open",
            Self::Submitted => "submitted",
            Self::Accepted => "accepted",
            Self::Declined => "declined",
            Self::Decided => "decided",
            Self::TakenDown => "taken_down",
            Self::Withdrawn => "withdrawn",
            Self::Referred => "referred",
            Self::Closed => "closed",
            Self::Voided => "voided",
        }
    }

    /// The state named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// A case as it stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Case {
    /// Its number.
    pub no: String,
    /// What was fixed when it was taken in.
    pub received: CaseReceived,
    /// How far it has come, gaps aside.
    pub stage: CaseState,
    /// The checklist as it stands.
    pub materials: Vec<Material>,
    /// The papers issued about it, oldest first.
    pub documents: Vec<IssuedDocument>,
    /// Site, number and day of the submission.
    pub submission: Option<Submission>,
    /// How the authority decided.
    pub decision: Option<Decision>,
    /// What the authority asked for and is not yet answered.
    pub supplement_asked: Option<String>,
    /// Set when the record came again with other content: what differs.
    pub record_differences: Vec<String>,
    /// The last day named by a step; the next step cannot be before it.
    pub last_act_on: Date,
    /// What was told and answered where the applicant wants it forwarded with its gaps.
    #[serde(default)]
    pub insisted: Option<String>,
    /// The day the site handed it to the authority.
    #[serde(default)]
    pub pushed_on: Option<Date>,
    /// The day the authority accepted.
    #[serde(default)]
    pub accepted_on: Option<Date>,
    /// Limits that were moved, the latest last.
    #[serde(default)]
    pub extensions: Vec<LimitExtension>,
    /// 信用核查, in the order entered.
    #[serde(default)]
    pub verifications: Vec<Verification>,
    /// Looks at the sites, in the order entered.
    #[serde(default)]
    pub sites_checked: Vec<SiteChecked>,
    /// Papers that reached the applicant.
    #[serde(default)]
    pub served: Vec<DocumentServed>,
    /// Papers printed once more.
    #[serde(default)]
    pub reprints: Vec<DocumentReprinted>,
    /// Gaps that were not among those named the first time, by the codes of their papers.
    #[serde(default)]
    pub late_gaps: Vec<String>,
    /// The bound volume, once the case is archived.
    #[serde(default)]
    pub archive: Option<ArchiveVolume>,
}

/// 提交.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Submission {
    /// The site, in its own name.
    pub site: String,
    /// The number the site gave.
    pub number: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}

/// 决定.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Who decided.
    pub by: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
    /// How.
    pub outcome: DecisionOutcome,
    /// Why.
    pub reason: String,
}

impl Case {
    /// The state shown: a case still at the counter with papers missing is 待补正.
    pub fn state(&self) -> CaseState {
        if self.stage == CaseState::Received && self.has_gaps() {
            CaseState::GapsOpen
        } else {
            self.stage
        }
    }

    /// The papers that are missing or not as they must be.
    pub fn gaps(&self) -> impl Iterator<Item = &Material> {
        self.materials.iter().filter(|material| material.is_gap())
    }

    /// Whether it was decided that the record is repaired.
    pub fn is_repaired(&self) -> bool {
        let decision = self.decision.as_ref();
        decision.is_some_and(|decision| decision.outcome == DecisionOutcome::Repaired)
    }

    /// Whether the latest verification confirmed.
    pub fn is_verified(&self) -> bool {
        let latest = self.verifications.last();
        latest.is_some_and(|verification| verification.result == VerificationResult::Confirmed)
    }

    /// Whether the pack wants 信用核查 before the submission and none has confirmed yet.
    pub fn owes_verification(&self) -> bool {
        self.received.verification_required && !self.is_verified()
    }

    /// Whether the record is gone from `site` by the latest look at it.
    pub fn is_gone_from(&self, site: &str) -> bool {
        let latest = self.sites_checked.iter().rev().find(|looked| looked.site == site);
        latest.is_some_and(|looked| !looked.still_shown)
    }

    /// Whether any paper is missing.
    pub fn has_gaps(&self) -> bool {
        self.gaps().next().is_some()
    }
}
