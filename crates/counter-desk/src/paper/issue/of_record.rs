//! Papers about one record, before there is a case: 咨询单, 转介单, 信用承诺书.

use counter_core::{
    assess::{Assessment, PackChoice, Verdict, assess},
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
    visit::{VisitChange, VisitEnd},
};
use counter_store::{ActContext, WriteTx};

use super::{IssuePaperError, NewPaper, keep, on_visit};
use crate::{
    Actor, Desk,
    office::office_for,
    paper::{advice, decision, issue_of, of_case, referral},
    record::{
        bankruptcy::bankruptcy_path,
        source::{self, SourcedRecord},
    },
    visit::{open_visit, visit_view},
};

/// 咨询单 or 转介单 about a record. On `visit` it is one of its papers; without one it is a visit of its own,
/// which ends with the slip.
///
/// # Errors
/// [`IssuePaperError`]; no visit is left open then.
pub fn issue_slip(
    desk: &Desk,
    actor: &Actor,
    record: &str,
    kind: DocumentKind,
    visit: Option<&str>,
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    let today = desk.clock().today();
    desk.store().write(|tx| {
        let sourced = source::load(tx, record)?.ok_or_else(|| IssuePaperError::Unknown(record.to_owned()))?;
        let assessment = assess(&sourced.record, today, &PackChoice::Auto, desk.rules())?;
        let number = tx.next_number(NumberFamily::Slip, today.year())?;
        let issue = issue_of(desk, tx, actor, assessment.pack.clone(), sourced.data_as_of)?;
        let document = if kind == DocumentKind::AdviceSlip {
            advice::document(issue, &number, &sourced, &assessment, today)
        } else if kind == DocumentKind::ReferralSlip {
            let of_kind = desk.rules().authorities().referral(&sourced.record);
            let whereabouts = office_for(tx, &sourced.record, of_kind)?;
            referral::document(issue, &number, &sourced, &assessment, desk.rules(), whereabouts)
        } else {
            return Err(IssuePaperError::NotHere(kind));
        };
        let issued = keep(
            desk,
            NewPaper {
                kind,
                number,
                pack: assessment.pack.clone(),
                document: &document,
                says: None,
            },
        )?;
        hand_over(desk, tx, &act, &sourced, visit, &issued, end_of(&assessment, kind))?;
        Ok(issued)
    })
}

/// 转介单 of a subject with a ruling on its reorganisation or composition; on `visit`, or as a visit of its own.
///
/// # Errors
/// [`IssuePaperError`]; `NotHere` where the rules tell no such path.
pub fn issue_bankruptcy_slip(
    desk: &Desk,
    actor: &Actor,
    record: &str,
    visit: Option<&str>,
) -> Result<IssuedDocument, IssuePaperError> {
    let kind = DocumentKind::ReferralSlip;
    let path = bankruptcy_path(desk.rules()).ok_or(IssuePaperError::NotHere(kind))?;
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let sourced = source::load(tx, record)?.ok_or_else(|| IssuePaperError::Unknown(record.to_owned()))?;
        let number = tx.next_number(NumberFamily::Slip, desk.clock().today().year())?;
        let issue = issue_of(desk, tx, actor, None, sourced.data_as_of)?;
        let document = referral::of_bankruptcy(issue, &number, &sourced, path);
        let paper = NewPaper {
            kind,
            number,
            pack: None,
            document: &document,
            says: None,
        };
        let issued = keep(desk, paper)?;
        hand_over(desk, tx, &act, &sourced, visit, &issued, VisitEnd::WrongDoor)?;
        Ok(issued)
    })
}

/// 信用承诺书 about a record, pre-filled, before there is a case; on `visit`, or as a visit of its own.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_commitment(
    desk: &Desk,
    actor: &Actor,
    record: &str,
    visit: Option<&str>,
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let sourced = source::load(tx, record)?.ok_or_else(|| IssuePaperError::Unknown(record.to_owned()))?;
        let number = tx.next_number(NumberFamily::Slip, desk.clock().today().year())?;
        let issue = issue_of(desk, tx, actor, None, sourced.data_as_of)?;
        let document = of_case::commitment(issue, None, &sourced.subject, &sourced.record, decision(&sourced));
        let issued = keep(
            desk,
            NewPaper {
                kind: DocumentKind::Commitment,
                number,
                pack: None,
                document: &document,
                says: None,
            },
        )?;
        hand_over(desk, tx, &act, &sourced, visit, &issued, VisitEnd::Advice)?;
        Ok(issued)
    })
}

/// Puts the paper on the visit the applicant is here for, or on one of its own that ends with it.
fn hand_over(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    sourced: &SourcedRecord,
    visit: Option<&str>,
    issued: &IssuedDocument,
    end: VisitEnd,
) -> Result<(), IssuePaperError> {
    let subject = sourced.subject.clone();
    let no = match visit {
        Some(no) => {
            let known = visit_view::load(tx, no)?.ok_or_else(|| IssuePaperError::Unknown(no.to_owned()))?;
            if (&known.subject.uscc, &known.subject.name) != (&subject.uscc, &subject.name) {
                return Err(IssuePaperError::OtherVisit(no.to_owned()));
            }
            no.to_owned()
        }
        None => open_visit::open(tx, act, desk.clock().today().year(), subject, None)?,
    };
    let document = issued.clone();
    on_visit(tx, act, &no, VisitChange::DocumentIssued { document })?;
    if visit.is_none() {
        on_visit(tx, act, &no, VisitChange::Ended { end })?;
    }
    Ok(())
}

fn end_of(assessment: &Assessment, kind: DocumentKind) -> VisitEnd {
    match (kind, assessment.verdict) {
        (DocumentKind::ReferralSlip, _) | (_, Verdict::Refer) => VisitEnd::WrongDoor,
        (_, Verdict::NotYet) => VisitEnd::NotYet,
        (
            _,
            Verdict::Eligible
            | Verdict::ConditionsMissing
            | Verdict::NotRepairable
            | Verdict::NotPublished
            | Verdict::Ended
            | Verdict::Undetermined,
        ) => VisitEnd::Advice,
    }
}
