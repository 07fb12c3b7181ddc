//! 收件回执: every case of a visit, the papers taken, and a code that names them.

use counter_core::{
    case::{Case, MaterialMark, MaterialState},
    pack::RuleBook,
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
use crate::case::checklist::of_subject;

pub(super) fn document(issue: Issue, visit: &Visit, cases: &[Case], code: String, rules: &RuleBook) -> Document {
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
        materials: taken(cases, rules),
        qr_text: Some(code),
    })
}

/// The papers taken over all cases, alike ones counted together.
pub(super) fn taken(cases: &[Case], rules: &RuleBook) -> Vec<paper::Material> {
    let mut papers: Vec<(&str, &MaterialMark)> = Vec::new();
    for case in cases {
        let serves_all = of_subject(&case.received.assessment, rules);
        for material in &case.materials {
            let paper = (material.name.as_str(), &material.mark);
            // One that serves all was handed in once, however many cases have it.
            if !(serves_all.contains(&material.code) && papers.contains(&paper)) {
                papers.push(paper);
            }
        }
    }
    counted(papers.into_iter())
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

#[cfg(test)]
mod tests {
    use counter_core::{
        assess::{PackChoice, assess},
        case::{CaseReceived, CaseState},
        record::Record,
        subject_snapshot::SubjectSnapshot,
    };
    use jiff::civil::date;

    use super::*;
    use crate::case::checklist::checklist;

    /// A case whose papers were all brought, in the state the reducer begins with.
    fn case(no: &str, rules: &RuleBook) -> Case {
        let on = date(2026, 11, 24);
        let record = Record::from_json(&serde_json::json!({
            "CF_XDR_MC": "某公司", "CF_WSH": no, "CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10",
            "CF_CFJG": "广州市越秀区住房和建设局", "fulfilled": true, "rectified": true, "committed": true, "published": true,
        }))
        .unwrap();
        let assessment = assess(&record, on, &PackChoice::Auto, rules).unwrap();
        let mut materials = checklist(&record, &assessment, rules);
        for material in &mut materials {
            material.mark.state = MaterialState::Received;
        }
        let received = CaseReceived {
            visit: "V".into(),
            subject: SubjectSnapshot {
                uscc: None,
                name: "某公司".into(),
            },
            record_key: no.into(),
            record,
            assessment,
            materials: materials.clone(),
            received_on: on,
            data_as_of: None,
            verification_required: false,
        };
        serde_json::from_value(serde_json::json!({
            "no": no, "received": received, "stage": CaseState::Received, "materials": materials, "documents": [],
            "submission": null, "decision": null, "supplement_asked": null, "record_differences": [],
            "last_act_on": on,
        }))
        .unwrap()
    }

    #[test]
    fn a_paper_that_serves_all_cases_is_counted_once_and_every_other_for_its_own() {
        let rules = RuleBook::shipped();
        let cases = ["一", "二", "三"].map(|no| case(no, &rules));
        let copies = |name: &str, cases: &[Case]| {
            let taken = taken(cases, &rules);
            let of_name = taken.into_iter().filter(|paper| paper.name.contains(name));
            of_name.map(|paper| paper.copies).sum::<u32>()
        };
        assert_eq!(copies("授权委托书", &cases), 1);
        assert_eq!(copies("信用承诺书", &cases), 3);
        // Brought for one case apart, another one lies there.
        let mut apart = cases;
        for material in &mut apart[2].materials {
            material.mark.copy_kept = true;
        }
        assert_eq!(copies("授权委托书", &apart), 2);
    }
}
