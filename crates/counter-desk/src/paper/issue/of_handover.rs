//! 交接单: cases that go from these hands to others, with what lies in them. Each of them keeps the list.

use counter_core::{
    case::{Case, CaseChange, MaterialState, running_limits},
    change::ChangeBody,
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
    pack::RuleBook,
};
use counter_documents::paper::handover_list::{HandedCase, Handover, handover_list};
use serde::Deserialize;

use super::{IssuePaperError, NewPaper, keep};
use crate::{Actor, Desk, case, paper::issue_of};

/// What is handed over, and to whom.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct HandoverInput {
    /// To which window or shift.
    pub to: String,
    /// Why, such as 交接班.
    pub occasion: String,
    /// Who takes, where it is known; signs by hand.
    pub taker: String,
    /// What else goes along.
    pub note: String,
    /// The numbers of the cases, in order.
    pub cases: Vec<String>,
}

/// Issues the list, once for all of its cases.
///
/// # Errors
/// [`IssuePaperError`]; `Missing` names the field that is empty.
pub fn issue_handover(desk: &Desk, actor: &Actor, input: &HandoverInput) -> Result<IssuedDocument, IssuePaperError> {
    let filled = |value: &str| Some(value.trim().to_owned()).filter(|value| !value.is_empty());
    let to = filled(&input.to).ok_or(IssuePaperError::Missing("to"))?;
    let occasion = filled(&input.occasion).ok_or(IssuePaperError::Missing("occasion"))?;
    if input.cases.is_empty() {
        return Err(IssuePaperError::Missing("cases"));
    }
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let mut handed = Vec::with_capacity(input.cases.len());
        for no in &input.cases {
            let case = case::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.clone()))?;
            handed.push(handed_case(&case, desk.rules()));
        }
        let issue = issue_of(desk, tx, actor, None, None)?;
        let number = tx.next_number(NumberFamily::Slip, desk.clock().today().year())?;
        let document = handover_list(&Handover {
            from: issue.office.clone(),
            giver: Some(issue.clerk.clone()),
            issue,
            number: Some(number.clone()),
            to,
            occasion,
            taker: filled(&input.taker),
            cases: handed,
            note: filled(&input.note),
        });
        let paper = NewPaper {
            kind: DocumentKind::HandoverList,
            number,
            pack: None,
            document: &document,
            says: None,
        };
        let issued = keep(desk, paper)?;
        for no in &input.cases {
            let document = issued.clone();
            tx.record(
                &act,
                case::lane(no),
                ChangeBody::Case(CaseChange::DocumentIssued { document }),
            )?;
        }
        Ok(issued)
    })
}

/// What lies in a case, and the limit that ends first.
fn handed_case(case: &Case, rules: &RuleBook) -> HandedCase {
    let count = |papers: usize| u32::try_from(papers).unwrap_or(u32::MAX);
    let received = case
        .materials
        .iter()
        .filter(|material| material.mark.state == MaterialState::Received);
    let held = case.materials.iter().filter(|material| material.mark.holds_original());
    let limits = running_limits(&case.clock(), rules);
    let next = limits
        .iter()
        .filter(|limit| limit.due_on.is_some())
        .min_by_key(|limit| limit.due_on);
    HandedCase {
        case_no: case.no.clone(),
        subject: case.received.subject.name.clone(),
        materials: count(received.count()),
        originals: count(held.count()),
        due: next.map(|limit| limit.label.clone()),
        due_on: next.and_then(|limit| limit.due_on),
        due_unverified: next.is_some_and(|limit| limit.unverified),
        note: case.has_gaps().then(|| format!("缺 {} 项材料", case.gaps().count())),
    }
}
