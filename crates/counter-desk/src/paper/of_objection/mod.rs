//! The papers about one objection: its form, the letter to the provider, the reply.

use counter_core::{
    document_issue::DocumentKind,
    objection::{Objection, ObjectionState},
    pack::RuleBook,
    visit::Agent,
};
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        inquiry_letter::{self, inquiry_letter},
        objection_form::{Ground, ObjectionForm, objection_form},
        objection_reply::{self, objection_reply},
    },
};

use super::{basis, party, place::Place};

mod words;

/// What the papers of an objection are made from.
pub(super) struct ObjectionFile<'a> {
    pub(super) objection: &'a Objection,
    /// Who stood at the counter.
    pub(super) agent: Option<&'a Agent>,
    pub(super) rules: &'a RuleBook,
    pub(super) place: &'a Place,
    /// The name of its door.
    pub(super) door: String,
}

/// The kinds of papers there are to issue as it stands, the likeliest first.
pub(crate) fn offered(objection: &Objection) -> Vec<DocumentKind> {
    use ObjectionState::{Accepted, Closed, Decided, Declined, Inquiring, Withdrawn};
    let is_of = |states: &[ObjectionState]| states.contains(&objection.stage);
    [
        (
            DocumentKind::ObjectionReply,
            is_of(&[Declined, Decided, Withdrawn, Closed]),
        ),
        (DocumentKind::InquiryLetter, is_of(&[Accepted, Inquiring])),
        (DocumentKind::ObjectionForm, true),
    ]
    .into_iter()
    .filter_map(|(kind, is_offered)| is_offered.then_some(kind))
    .collect()
}

impl ObjectionFile<'_> {
    /// The paper of `kind`; `None` where there is none of it as the objection stands.
    pub(super) fn document(&self, issue: Issue, kind: DocumentKind) -> Option<Document> {
        if !offered(self.objection).contains(&kind) {
            return None;
        }
        if kind == DocumentKind::ObjectionForm {
            return Some(self.form(issue));
        }
        if kind == DocumentKind::InquiryLetter {
            return Some(self.letter(issue));
        }
        self.reply(issue)
    }

    fn form(&self, issue: Issue) -> Document {
        let received = &self.objection.received;
        let joined = |side: fn(&counter_core::objection::DisputedItem) -> &String| {
            let items = received.disputed.iter().filter(|item| !side(item).is_empty());
            let lines: Vec<String> = items.map(|item| format!("{}：{}", item.item, side(item))).collect();
            (!lines.is_empty()).then(|| lines.join("\n"))
        };
        objection_form(&ObjectionForm {
            issue,
            objection_no: Some(self.objection.no.clone()),
            subject: Some(received.subject.name.clone()),
            uscc: received.subject.uscc.clone(),
            legal_representative: received.record.legal_representative.clone(),
            agent: self.agent.map(|agent| agent.name.clone()),
            agent_phone: None,
            address: None,
            record: received.record.document_no.clone(),
            provider: received.record.authority_name.clone(),
            shown_at: Some(self.door.clone()),
            grounds: received
                .grounds
                .iter()
                .map(|ground| words::ground(*ground))
                .collect::<Vec<Ground>>(),
            as_shown: joined(|item| &item.as_shown),
            as_claimed: joined(|item| &item.as_claimed),
            facts: Some(received.facts.clone()),
            evidence: self.evidence(),
        })
    }

    fn letter(&self, issue: Issue) -> Document {
        let received = &self.objection.received;
        let asked = self
            .objection
            .inquiries
            .iter()
            .rev()
            .find(|inquiry| inquiry.reply.is_none());
        let provider = asked
            .map(|inquiry| inquiry.to.clone())
            .or_else(|| received.record.authority_name.clone());
        let limit = self.rules.value(&received.pack, "limit.inquiry_reply");
        inquiry_letter(&inquiry_letter::Inquiry {
            contact: self.place.contact().unwrap_or_else(|| format!("{}。", issue.office)),
            issue,
            number: format!("{}-{}", self.objection.no, self.objection.inquiries.len().max(1)),
            provider: provider.unwrap_or_else(|| "信息提供单位".to_owned()),
            subject: party(&received.subject),
            objection_no: self.objection.no.clone(),
            objected_on: received.received_on,
            record: self.record(),
            disputed: received
                .disputed
                .iter()
                .map(|item| inquiry_letter::Disputed {
                    item: item.item.clone(),
                    as_shown: item.as_shown.clone(),
                    as_claimed: item.as_claimed.clone(),
                })
                .collect(),
            evidence: self.evidence(),
            limit: limit.as_ref().map_or_else(
                || "收到本函后尽早".to_owned(),
                |limit| format!("收到本函之日起 {}内", limit.display),
            ),
            limit_basis: limit
                .iter()
                .map(|limit| basis(&limit.source, &limit.article, limit.status))
                .collect(),
            qr_text: None,
        })
    }

    /// `None` while nothing came of it.
    fn reply(&self, issue: Issue) -> Option<Document> {
        let received = &self.objection.received;
        let (outcome, decided_by, decided_on) = words::outcome(self.objection)?;
        let disputed = received
            .disputed
            .iter()
            .map(|item| item.item.as_str())
            .collect::<Vec<_>>()
            .join("、");
        Some(objection_reply(&objection_reply::ObjectionReply {
            issue,
            objection_no: self.objection.no.clone(),
            subject: party(&received.subject),
            objected_on: received.received_on,
            record: self.record(),
            provider: received.record.authority_name.clone().unwrap_or_default(),
            disputed,
            changes: words::changes(self.objection),
            outcome,
            decided_by,
            decided_on,
            reasons: words::reasons(self.objection),
            sites: Vec::new(),
            remedies: Vec::new(),
            contact: self.place.contact(),
            qr_text: None,
        }))
    }

    /// The disputed information: the decision's number.
    fn record(&self) -> String {
        let record = &self.objection.received.record;
        record
            .document_no
            .clone()
            .unwrap_or_else(|| record.kind().label().to_owned())
    }

    /// The names of the papers brought.
    fn evidence(&self) -> Vec<String> {
        let brought = self.objection.materials.iter().filter(|material| {
            material.code != "form" && material.mark.state == counter_core::case::MaterialState::Received
        });
        brought.map(|material| material.name.clone()).collect()
    }
}
