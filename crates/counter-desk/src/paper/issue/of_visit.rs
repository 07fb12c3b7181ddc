//! 收件回执: what was received in one visit.

use counter_core::{
    document_issue::{DocumentKind, IssuedDocument},
    visit::VisitChange,
};

use super::{IssuePaperError, NewPaper, keep, on_visit};
use crate::{
    Actor, Desk, case,
    paper::{issue_of, receipt, slip_code::slip_code},
    visit::visit_view,
};

/// 收件回执 of a visit. Asked again it answers the one that was issued: the same bytes.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_visit_receipt(desk: &Desk, actor: &Actor, no: &str) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let visit = visit_view::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
        if let Some(known) = visit
            .documents
            .iter()
            .find(|document| document.kind == DocumentKind::AcceptanceReceipt)
        {
            return Ok(known.clone());
        }
        let mut cases = Vec::with_capacity(visit.cases.len());
        for no in &visit.cases {
            cases.push(case::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.clone()))?);
        }
        let Some(first) = cases.first() else {
            return Err(IssuePaperError::NotHere(DocumentKind::AcceptanceReceipt));
        };
        let pack = first.received.assessment.pack.clone();
        let data_as_of = cases.iter().filter_map(|case| case.received.data_as_of).max();
        let issue = issue_of(desk, tx, actor, pack.clone(), data_as_of)?;
        let code = slip_code(tx, &visit.no, &visit.subject, desk.clock().today(), &cases)?;
        let document = receipt::document(issue, &visit, &cases, code, desk.rules());
        let issued = keep(
            desk,
            NewPaper {
                kind: DocumentKind::AcceptanceReceipt,
                number: visit.no.clone(),
                pack,
                document: &document,
                says: None,
            },
        )?;
        on_visit(
            tx,
            &act,
            &visit.no,
            VisitChange::DocumentIssued {
                document: issued.clone(),
            },
        )?;
        Ok(issued)
    })
}
