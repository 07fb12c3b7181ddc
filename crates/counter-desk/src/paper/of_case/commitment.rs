//! The papers about one case: the notice of all its gaps, and the pre-filled commitment.

use counter_core::{
    case::{Case, Material, MaterialState},
    record::Record,
    subject_snapshot::SubjectSnapshot,
};
use counter_documents::{
    document::Document,
    paper::{
        Basis, Issue,
        commitment::{self, Commitment},
        supplement_notice::{Case as NoticeCase, Gap, Notice, supplement_notice},
    },
};

use super::{decision_of, door, party, receipt::taken};

pub(super) fn notice(issue: Issue, case: &Case, code: String) -> Document {
    let gap = |material: &Material| Gap {
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
    };
    let assessment = &case.received.assessment;
    supplement_notice(&Notice {
        issue,
        number: case.no.clone(),
        subject: party(&case.received.subject),
        applied_on: case.received.received_on,
        cases: vec![NoticeCase {
            case_no: case.no.clone(),
            decision_no: case
                .received
                .record
                .document_no
                .clone()
                .unwrap_or_else(|| "（无文号）".to_owned()),
            authority: case.received.record.authority_name.clone().unwrap_or_default(),
            verdict: assessment.verdict.label().to_owned(),
            door: door(assessment),
        }],
        gaps: case.gaps().map(gap).collect(),
        taken: taken(std::slice::from_ref(case)),
        contact: None,
        qr_text: Some(code),
    })
}

pub(super) fn commitment(
    issue: Issue,
    case_no: Option<&str>,
    subject: &SubjectSnapshot,
    record: &Record,
    by_hand: bool,
) -> Document {
    let decision = decision_of(record, by_hand);
    commitment::commitment(&Commitment {
        issue,
        case_no: case_no.map(str::to_owned),
        addressee: decision.authority.clone(),
        subject: party(subject),
        legal_representative: record.legal_representative.clone(),
        decision,
    })
}
