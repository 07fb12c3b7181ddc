//! 补正告知: what the authority asks for after the submission, passed on.

use counter_core::case::CaseChange;
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        correction_notice::{Case as SubmittedCase, Correction, correction_notice},
        supplement_notice::Gap,
    },
};

use super::{CaseFile, notice::gap};
use crate::paper::party;

/// `None` where nobody asked for anything.
pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Option<Document> {
    let case = file.case;
    let asked = file.acts.iter().rev().find_map(|act| {
        if let CaseChange::SupplementAsked { by, on, reason } = act {
            Some((by, *on, reason))
        } else {
            None
        }
    });
    let (by, on, reason) = asked?;
    let in_words = Gap {
        case_no: None,
        item: reason.clone(),
        remedy: "照要求补齐后交到下列地点；已收的材料不必再交".to_owned(),
        basis: Vec::new(),
    };
    Some(correction_notice(&Correction {
        bring_to: file.place.bring_to(&issue.office),
        issue,
        number: case.no.clone(),
        subject: party(&case.received.subject),
        cases: vec![SubmittedCase {
            case_no: case.no.clone(),
            decision_no: file.document_no(),
            door: case
                .submission
                .as_ref()
                .map(|submission| submission.site.clone())
                .unwrap_or_default(),
            submitted_on: case.submission.as_ref().map(|submission| submission.on),
        }],
        asked_by: by.clone(),
        asked_on: on,
        wanted: std::iter::once(in_words).chain(case.gaps().map(gap)).collect(),
        due_on: None,
        due_unverified: false,
        contact: file.place.contact(),
        qr_text: Some(file.code.clone()),
    }))
}
