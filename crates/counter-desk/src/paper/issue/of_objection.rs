//! Papers of one objection; see [`crate::paper::of_objection`].

use counter_core::{
    change::ChangeBody,
    document_issue::{DocumentKind, IssuedDocument},
    objection::ObjectionChange,
};

use super::{IssuePaperError, Issued, Repeatable};
use crate::{
    Actor, Desk, objection,
    objection::objection_rules::door_label,
    paper::{issue_of, of_objection::ObjectionFile, place},
    visit::visit_view,
};

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
        let paper = Repeatable {
            kind,
            number: no,
            pack,
            before: &objection.documents,
        };
        let document = |issue| file.document(issue, kind).ok_or(IssuePaperError::NotHere(kind));
        let issued = match paper.issue(desk, issue, document)? {
            Issued::Before(known) => return Ok(known),
            Issued::New(issued) => issued,
        };
        let document = issued.clone();
        let body = ChangeBody::Objection(ObjectionChange::DocumentIssued { document });
        tx.record(&act, objection::lane(no), body)?;
        Ok(issued)
    })
}
