//! 续办回执: what was brought today for earlier cases, and what is still missing.

use counter_core::{
    document_issue::{DocumentKind, IssuedDocument},
    visit::{ContinuedCase, VisitChange},
};
use counter_documents::paper::continuation_receipt::{Case as OnPaper, Continuation, continuation_receipt};

use super::{IssuePaperError, NewPaper, keep, on_visit};
use crate::{
    Actor, Desk, case,
    paper::{issue_of, party, receipt::counted, slip_code::slip_code},
    visit::visit_view,
};

/// 续办回执 of the visit `no`. Asked again it answers the one that was issued: the same bytes.
///
/// # Errors
/// [`IssuePaperError`]; `NotHere` where the visit went on with no case.
pub fn issue_continuation_receipt(desk: &Desk, actor: &Actor, no: &str) -> Result<IssuedDocument, IssuePaperError> {
    let kind = DocumentKind::ContinuationReceipt;
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let visit = visit_view::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
        if let Some(known) = visit.documents.iter().find(|document| document.kind == kind) {
            return Ok(known.clone());
        }
        if visit.continued.is_empty() {
            return Err(IssuePaperError::NotHere(kind));
        }
        let mut known = Vec::with_capacity(visit.continued.len());
        for continued in &visit.continued {
            known.extend(case::load(tx, &continued.case)?);
        }
        let issue = issue_of(desk, tx, actor, None, None)?;
        // A case that is not known here has its code on the slip it came with.
        let code = if known.len() == visit.continued.len() {
            Some(slip_code(tx, no, &visit.subject, issue.issued_on, &known)?)
        } else {
            None
        };
        let papers = visit.continued.iter().flat_map(|continued| &continued.brought);
        let brought = papers.map(|paper| (paper.name.as_str(), &paper.mark));
        let document = continuation_receipt(&Continuation {
            issue,
            visit_no: no.to_owned(),
            subject: party(&visit.subject),
            agent: visit.agent.as_ref().map(|agent| agent.name.clone()).unwrap_or_default(),
            cases: visit.continued.iter().map(on_paper).collect(),
            brought: counted(brought),
            qr_text: code,
        });
        let paper = NewPaper {
            kind,
            number: no.to_owned(),
            pack: None,
            document: &document,
            says: None,
        };
        let issued = keep(desk, paper)?;
        let document = issued.clone();
        on_visit(tx, &act, no, VisitChange::DocumentIssued { document })?;
        Ok(issued)
    })
}

fn on_paper(continued: &ContinuedCase) -> OnPaper {
    OnPaper {
        case_no: continued.case.clone(),
        matter: continued.document_no.clone().unwrap_or_else(|| "（无文号）".to_owned()),
        gaps: continued.missing.clone(),
        elsewhere: continued.slip.is_some(),
    }
}
