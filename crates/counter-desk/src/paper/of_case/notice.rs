//! 一次性告知书: the notice of all gaps of a case.

use counter_core::case::{Material, MaterialState};
use counter_documents::{
    document::Document,
    paper::{
        Basis, Issue,
        supplement_notice::{Case as NoticeCase, Gap, Notice, supplement_notice},
    },
};

use super::CaseFile;
use crate::paper::{door, party, receipt::taken};

pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Document {
    let case = file.case;
    let assessment = &case.received.assessment;
    supplement_notice(&Notice {
        issue,
        number: case.no.clone(),
        subject: party(&case.received.subject),
        applied_on: case.received.received_on,
        cases: vec![NoticeCase {
            case_no: case.no.clone(),
            decision_no: file.document_no(),
            authority: case.received.record.authority_name.clone().unwrap_or_default(),
            verdict: assessment.verdict.label().to_owned(),
            door: door(assessment),
        }],
        gaps: case.gaps().map(gap).collect(),
        taken: taken(std::slice::from_ref(case), file.rules),
        contact: file.place.contact(),
        qr_text: Some(file.code.clone()),
    })
}

/// A paper that is missing or not as it must be, and how to make that good.
pub(super) fn gap(material: &Material) -> Gap {
    Gap {
        case_no: None,
        item: match &material.mark.state {
            MaterialState::Faulty { reason } | MaterialState::Refused { reason } => {
                format!("{}：{reason}", material.name)
            }
            MaterialState::Pending | MaterialState::Received | MaterialState::Waived { .. } => material.name.clone(),
        },
        remedy: material.how_to.clone(),
        basis: vec![Basis {
            source: material.basis.clone(),
            unverified: material.unverified,
        }],
    }
}
