//! 授权委托书: handed out to whoever came without authority, filled in as far as it is known.

use counter_core::{
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
    visit::VisitChange,
};
use counter_documents::paper::authorization::{Authorization, authorization};

use super::{IssuePaperError, NewPaper, keep, on_visit};
use crate::{Actor, Desk, paper::issue_of, record::source, visit::visit_view};

/// 授权委托书 for the subject of the visit `no`, about the records named by their keys; who is to act is left blank.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_authorization(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    records: &[String],
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let visit = visit_view::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
        let mut decisions = Vec::new();
        let mut legal_representative = None;
        for key in records {
            let sourced = source::load(tx, key)?.ok_or_else(|| IssuePaperError::Unknown(key.clone()))?;
            decisions.extend(sourced.record.document_no);
            legal_representative = legal_representative.or(sourced.record.legal_representative);
        }
        let number = tx.next_number(NumberFamily::Slip, desk.clock().today().year())?;
        let document = authorization(&Authorization {
            issue: issue_of(desk, tx, actor, None, None)?,
            principal: Some(visit.subject.name.clone()),
            uscc: visit.subject.uscc.clone(),
            legal_representative,
            agent: None,
            agent_id_no: None,
            agent_phone: None,
            decisions,
            valid_until: None,
        });
        let issued = keep(
            desk,
            NewPaper {
                kind: DocumentKind::Authorization,
                number,
                pack: None,
                document: &document,
                says: None,
            },
        )?;
        let document = issued.clone();
        on_visit(tx, &act, no, VisitChange::DocumentIssued { document })?;
        Ok(issued)
    })
}
