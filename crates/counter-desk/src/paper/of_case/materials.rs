//! 材料清单: every paper of the checklist as it stands now.

use counter_core::case::{Material, MaterialState};
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        material_list::{ListedMaterial, MaterialList, Original, Standing, material_list},
    },
};

use super::CaseFile;
use crate::paper::party;

pub(super) fn document(issue: Issue, file: &CaseFile<'_>) -> Document {
    let case = file.case;
    material_list(&MaterialList {
        issue,
        case_no: case.no.clone(),
        subject: party(&case.received.subject),
        decision: file.decision(),
        agent: file.agent_name().unwrap_or_default(),
        materials: case.materials.iter().map(listed).collect(),
    })
}

fn listed(material: &Material) -> ListedMaterial {
    let mark = &material.mark;
    let faulty = if let MaterialState::Faulty { reason } = &mark.state {
        Some(format!("需补：{reason}"))
    } else {
        None
    };
    ListedMaterial {
        name: material.name.clone(),
        standing: match &mark.state {
            MaterialState::Received => Standing::Received,
            MaterialState::Pending | MaterialState::Faulty { .. } => Standing::Missing,
            MaterialState::Waived { reason } => Standing::Waived { reason: reason.clone() },
            MaterialState::Refused { reason } => Standing::Refused { reason: reason.clone() },
        },
        original: original(material),
        copies: u32::from(mark.copy_kept),
        scans: u32::try_from(mark.scans.len()).unwrap_or(u32::MAX),
        note: faulty.or_else(|| {
            let returned = mark.returned.as_ref()?;
            Some(format!("原件 {} 退还{}", returned.on, returned.to))
        }),
    }
}

/// What was done with the original. A paper taken in of which neither a copy nor a scan is kept is the original itself.
fn original(material: &Material) -> Option<Original> {
    let mark = &material.mark;
    let is_all_there_is = mark.state == MaterialState::Received && !mark.copy_kept && mark.scans.is_empty();
    if mark.holds_original() {
        Some(Original::Held)
    } else if mark.original_seen || mark.returned.is_some() {
        Some(Original::Seen)
    } else {
        is_all_there_is.then_some(Original::Kept)
    }
}
