//! The papers about one case, and which of them there are to issue as it stands.

mod application;
mod closing;
mod commitment;
mod correction;
mod guide;
mod materials;
mod notice;
mod offered;
mod reply;
mod representative;
mod service;

use counter_core::{
    case::{Case, CaseChange},
    document_issue::DocumentKind,
    pack::{CitedValue, RuleBook},
    visit::Agent,
};
use counter_documents::{
    document::Document,
    paper::{Basis, Decision, Issue, advice_slip::Reason},
};

pub(super) use commitment::commitment;
pub(crate) use offered::offered;

use super::{basis, decision_of, place::Place};

/// What the papers of a case are made from.
pub(super) struct CaseFile<'a> {
    pub(super) case: &'a Case,
    /// Its acts as they were entered, oldest first; see [`crate::case::acts_of`].
    pub(super) acts: &'a [CaseChange],
    /// Who stood at the counter.
    pub(super) agent: Option<&'a Agent>,
    /// Whether its record was typed in.
    pub(super) by_hand: bool,
    /// The objection that is pending about its record.
    pub(super) objection: Option<String>,
    pub(super) rules: &'a RuleBook,
    /// Where the counter is.
    pub(super) place: &'a Place,
    /// The signed code; see [`super::slip_code`].
    pub(super) code: String,
}

impl CaseFile<'_> {
    /// The paper of `kind`; `None` where there is none of it as the case stands.
    pub(super) fn document(&self, issue: Issue, kind: DocumentKind) -> Option<Document> {
        if !offered(self.case, self.acts).contains(&kind) {
            return None;
        }
        match kind {
            DocumentKind::SupplementNotice => Some(notice::document(issue, self)),
            DocumentKind::Commitment => Some(commitment(
                issue,
                Some(&self.case.no),
                &self.case.received.subject,
                &self.case.received.record,
                self.decision(),
            )),
            DocumentKind::CorrectionNotice => correction::document(issue, self),
            DocumentKind::ApplicationForm => Some(application::document(issue, self)),
            DocumentKind::RepresentativeIdentity => Some(representative::document(issue, self)),
            DocumentKind::MaterialList => Some(materials::document(issue, self)),
            DocumentKind::ServiceReturn => Some(service::document(issue, self)),
            DocumentKind::ClosingNotice => closing::document(issue, self),
            DocumentKind::SubmissionGuide => guide::document(issue, self),
            DocumentKind::AuthorityAcceptance => reply::acceptance(issue, self),
            DocumentKind::AuthorityDeclination => reply::declination(issue, self),
            DocumentKind::AcceptanceReceipt
            | DocumentKind::AdviceSlip
            | DocumentKind::ReferralSlip
            | DocumentKind::Authorization
            | DocumentKind::TrainingCertificate
            | DocumentKind::RecoverySheet
            | DocumentKind::HandoverList
            | DocumentKind::ArchiveVolume
            | DocumentKind::ObjectionForm
            | DocumentKind::InquiryLetter
            | DocumentKind::ObjectionReply
            | DocumentKind::ContinuationReceipt => None,
        }
    }

    fn decision(&self) -> Decision {
        let received = &self.case.received;
        decision_of(
            &received.record,
            received.named_as(),
            self.by_hand,
            self.objection.clone(),
        )
    }

    /// 文号 of the record.
    fn document_no(&self) -> String {
        self.decision().number
    }

    fn agent_name(&self) -> Option<String> {
        self.agent.map(|agent| agent.name.clone())
    }

    /// A value of the pack the case is handled under.
    fn value(&self, key: &str) -> Option<CitedValue> {
        let pack = self.case.received.assessment.pack.as_deref()?;
        self.rules.value(pack, key)
    }

    /// What whoever disagrees can do, as the pack says it.
    fn remedies(&self) -> Vec<Reason> {
        let ways = ["objection.way"].into_iter().filter_map(|key| self.value(key));
        ways.map(|value| Reason {
            basis: self.basis(&value),
            text: format!("{}。", value.display.trim_end_matches('。')),
        })
        .collect()
    }

    fn basis(&self, value: &CitedValue) -> Basis {
        basis(&value.source, &value.article, value.status)
    }
}
