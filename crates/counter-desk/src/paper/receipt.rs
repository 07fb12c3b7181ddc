//! 收件回执: every case of a visit, the papers taken, and a code that names them.

use counter_core::{
    case::{Case, MaterialMark, MaterialState},
    visit::Visit,
};
use counter_documents::{
    document::Document,
    paper::{
        self, Issue, MaterialForm,
        acceptance_receipt::{Case as ReceiptCase, Receipt, acceptance_receipt},
    },
};

use super::{door, party};

pub(super) fn document(issue: Issue, visit: &Visit, cases: &[Case], code: String) -> Document {
    let line = |case: &Case| ReceiptCase {
        case_no: case.no.clone(),
        matter: case
            .received
            .record
            .document_no
            .clone()
            .unwrap_or_else(|| "（无文号）".to_owned()),
        authority: case.received.record.authority_name.clone().unwrap_or_default(),
        gaps: u32::try_from(case.gaps().count()).unwrap_or(u32::MAX),
        door: door(&case.received.assessment),
    };
    acceptance_receipt(&Receipt {
        issue,
        visit_no: visit.no.clone(),
        subject: party(&visit.subject),
        agent: visit.agent.as_ref().map(|agent| agent.name.clone()).unwrap_or_default(),
        cases: cases.iter().map(line).collect(),
        materials: taken(cases),
        qr_text: Some(code),
    })
}

/// The papers taken over all cases, alike ones counted together.
pub(super) fn taken(cases: &[Case]) -> Vec<paper::Material> {
    let materials = cases.iter().flat_map(|case| &case.materials);
    counted(materials.map(|material| (material.name.as_str(), &material.mark)))
}

/// The papers that were received, alike ones counted together.
pub(super) fn counted<'m>(papers: impl Iterator<Item = (&'m str, &'m MaterialMark)>) -> Vec<paper::Material> {
    let mut taken: Vec<paper::Material> = Vec::new();
    for (name, mark) in papers {
        let Some(form) = form(mark) else { continue };
        match taken.iter_mut().find(|known| known.name == name && known.form == form) {
            Some(known) => known.copies += 1,
            None => taken.push(paper::Material {
                name: name.to_owned(),
                copies: 1,
                form,
            }),
        }
    }
    taken
}

fn form(mark: &MaterialMark) -> Option<MaterialForm> {
    if mark.state != MaterialState::Received {
        return None;
    }
    Some(if mark.copy_kept {
        MaterialForm::Copy
    } else if mark.original_seen {
        MaterialForm::OriginalSeen
    } else if !mark.scans.is_empty() {
        MaterialForm::Scan
    } else {
        MaterialForm::Original
    })
}
