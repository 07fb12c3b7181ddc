//! Papers of one objection; see [`crate::paper::of_objection`].

use counter_core::{
    change::ChangeBody,
    document_issue::{DocumentKind, IssuedDocument},
    objection::ObjectionChange,
};

use super::{IssuePaperError, NewPaper, UNDATED, keep, says};
use crate::{
    Actor, Desk, objection,
    objection::objection_rules::door_label,
    paper::{issue_of, of_objection::ObjectionFile, place},
    visit::visit_view,
};
use counter_documents::paper::Issue;

/// A paper of an objection. As long as it would say the same, the answer is the one that was issued: the same bytes.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_objection_paper(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    kind: DocumentKind,
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let objection = objection::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
        let received = &objection.received;
        let pack = Some(received.pack.clone());
        let issue = issue_of(desk, tx, actor, pack.clone(), None)?;
        let visit = visit_view::load(tx, &received.visit)?;
        let file = ObjectionFile {
            objection: &objection,
            agent: visit.as_ref().and_then(|visit| visit.agent.as_ref()),
            rules: desk.rules(),
            place: &place::load(tx)?,
            door: door_label(desk, &received.pack, received.door),
        };
        let undated = Issue {
            issued_on: UNDATED,
            clerk: String::new(),
            ..issue.clone()
        };
        let document = |issue| file.document(issue, kind).ok_or(IssuePaperError::NotHere(kind));
        let says = says(desk, &document(undated)?)?;
        let same = |known: &&IssuedDocument| known.kind == kind && known.says.as_deref() == Some(says.as_str());
        if let Some(known) = objection.documents.iter().rev().find(same) {
            return Ok(known.clone());
        }
        let paper = NewPaper {
            kind,
            number: no.to_owned(),
            pack,
            document: &document(issue)?,
            says: Some(says),
        };
        let issued = keep(desk, paper)?;
        let document = issued.clone();
        let body = ChangeBody::Objection(ObjectionChange::DocumentIssued { document });
        tx.record(&act, objection::lane(no), body)?;
        Ok(issued)
    })
}
