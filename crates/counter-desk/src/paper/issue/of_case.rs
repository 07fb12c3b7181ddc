//! Papers of one case, such as 一次性告知书 and 办结通知; see [`crate::paper::of_case`].

use counter_core::{
    case::{Case, CaseChange},
    change::ChangeBody,
    document_issue::{DocumentKind, IssuedDocument},
};
use counter_documents::{document::Document, paper::Issue};
use counter_store::ReadTx;

use super::{IssuePaperError, Issued, Repeatable};
use crate::{
    Actor, Desk, case,
    objection::objection_list::pending_about,
    paper::{issue_of, of_case::CaseFile, place, slip_code::slip_code},
    record::source,
    visit::visit_view,
};

/// A paper of a case. As long as it would say the same, also on a later day or asked for by somebody
/// else, the answer is the one that was issued: the same bytes.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_case_paper(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    kind: DocumentKind,
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let case = case::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
        let pack = case.received.assessment.pack.clone();
        let issue = issue_of(desk, tx, actor, pack.clone(), case.received.data_as_of)?;
        let paper = Repeatable {
            kind,
            number: &case.no,
            pack,
            before: &case.documents,
        };
        let issued = match paper.issue(desk, issue, |issue| document(desk, tx, issue, &case, kind))? {
            Issued::Before(known) => return Ok(known),
            Issued::New(issued) => issued,
        };
        let body = ChangeBody::Case(CaseChange::DocumentIssued {
            document: issued.clone(),
        });
        tx.record(&act, case::lane(no), body)?;
        Ok(issued)
    })
}

fn document(
    desk: &Desk,
    tx: &ReadTx<'_>,
    issue: Issue,
    case: &Case,
    kind: DocumentKind,
) -> Result<Document, IssuePaperError> {
    let received = &case.received;
    let only = std::slice::from_ref(case);
    let visit = visit_view::load(tx, &received.visit)?;
    let file = CaseFile {
        case,
        acts: &case::acts_of(tx, &case.no)?,
        agent: visit.as_ref().and_then(|visit| visit.agent.as_ref()),
        by_hand: source::load(tx, &received.record_key)?.is_some_and(|record| record.by_hand),
        objection: pending_about(tx, &received.record_key)?,
        rules: desk.rules(),
        place: &place::load(tx)?,
        code: slip_code(tx, &case.no, &received.subject, issue.issued_on, only)?,
    };
    file.document(issue, kind).ok_or(IssuePaperError::NotHere(kind))
}
