//! Issuing a paper: rendered, kept, and written down as a change of the visit or case it is about.

use counter_core::{
    assess::{AssessError, Assessment, PackChoice, Verdict, assess},
    attachment::AttachmentRef,
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
    visit::{VisitChange, VisitEnd},
};
use counter_documents::{RenderError, document::Document};
use counter_store::{ActContext, RecordError, StoreError, WriteTx};

use super::{
    advice, case_paper, issue_of, receipt, referral,
    slip_code::{SlipCodeError, slip_code},
};
use crate::{
    Actor, Coded, Desk, case,
    record::source::{self, SourcedRecord},
    visit::{open_visit, visit_view},
};

/// No paper was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssuePaperError {
    /// No such record, case or visit.
    #[error("there is no {0}")]
    Unknown(String),
    /// A kind of paper that is not issued this way, or a notice of gaps for a case without any.
    #[error("no such paper here: {0:?}")]
    NotHere(DocumentKind),
    /// The rules cannot be applied.
    #[error(transparent)]
    Assess(#[from] AssessError),
    /// A character no font of the papers has, or a text that fits nowhere.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// The signed code could not be made.
    #[error(transparent)]
    Code(#[from] SlipCodeError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl From<StoreError> for IssuePaperError {
    fn from(error: StoreError) -> Self {
        Self::Record(error.into())
    }
}

impl Coded for IssuePaperError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not_found",
            Self::NotHere(_) => "no_such_paper",
            Self::Assess(_) => "cannot_assess",
            Self::Render(_) => "cannot_print",
            Self::Code(_) => "cannot_sign",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(what) => what.clone(),
            Self::NotHere(kind) => kind.title().to_owned(),
            Self::Assess(error) => error.to_string(),
            Self::Render(error) => error.to_string(),
            Self::Code(error) => error.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// 咨询单 or 转介单 about a record: opens a visit, ends it with the slip.
///
/// # Errors
/// [`IssuePaperError`]; no visit is left open then.
pub fn issue_slip(
    desk: &Desk,
    actor: &Actor,
    record: &str,
    kind: DocumentKind,
) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    let today = desk.clock().today();
    desk.store().write(|tx| {
        let sourced = source::load(tx, record)?.ok_or_else(|| IssuePaperError::Unknown(record.to_owned()))?;
        let assessment = assess(&sourced.record, today, &PackChoice::Auto, None, desk.rules())?;
        let number = tx.next_number(NumberFamily::Slip, today.year())?;
        let issue = issue_of(desk, tx, actor, assessment.pack.clone(), sourced.data_as_of)?;
        let document = match kind {
            DocumentKind::AdviceSlip => advice::document(issue, &number, &sourced, &assessment, today),
            DocumentKind::ReferralSlip => referral::document(issue, &number, &sourced, &assessment, desk.rules()),
            DocumentKind::AcceptanceReceipt
            | DocumentKind::SupplementNotice
            | DocumentKind::Commitment
            | DocumentKind::Authorization
            | DocumentKind::TrainingCertificate
            | DocumentKind::RecoverySheet => return Err(IssuePaperError::NotHere(kind)),
        };
        let issued = keep(desk, kind, number, assessment.pack.clone(), &document)?;
        let visit = open_visit::open(tx, &act, today.year(), sourced.subject(), None)?;
        on_visit(
            tx,
            &act,
            &visit,
            VisitChange::DocumentIssued {
                document: issued.clone(),
            },
        )?;
        on_visit(
            tx,
            &act,
            &visit,
            VisitChange::Ended {
                end: end_of(&assessment, kind),
            },
        )?;
        Ok(issued)
    })
}

/// 信用承诺书 about a record, pre-filled, before there is a case.
///
/// # Errors
/// [`IssuePaperError`].
pub fn issue_commitment(desk: &Desk, actor: &Actor, record: &str) -> Result<IssuedDocument, IssuePaperError> {
    let act = desk.act(actor);
    let today = desk.clock().today();
    desk.store().write(|tx| {
        let sourced: SourcedRecord =
            source::load(tx, record)?.ok_or_else(|| IssuePaperError::Unknown(record.to_owned()))?;
        let number = tx.next_number(NumberFamily::Slip, today.year())?;
        let issue = issue_of(desk, tx, actor, None, sourced.data_as_of)?;
        let document = case_paper::commitment(issue, None, &sourced.subject(), &sourced.record, sourced.by_hand);
        let issued = keep(desk, DocumentKind::Commitment, number, None, &document)?;
        let visit = open_visit::open(tx, &act, today.year(), sourced.subject(), None)?;
        on_visit(
            tx,
            &act,
            &visit,
            VisitChange::DocumentIssued {
                document: issued.clone(),
            },
        )?;
        on_visit(tx, &act, &visit, VisitChange::Ended { end: VisitEnd::Advice })?;
        Ok(issued)
    })
}

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
        let document = receipt::document(issue, &visit, &cases, code);
        let issued = keep(desk, DocumentKind::AcceptanceReceipt, visit.no.clone(), pack, &document)?;
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

/// 一次性告知书 or 信用承诺书 of a case. Asked again while nothing changed it answers the one that was issued.
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
        let received = &case.received;
        let pack = received.assessment.pack.clone();
        let issue = issue_of(desk, tx, actor, pack.clone(), received.data_as_of)?;
        let document = match kind {
            DocumentKind::SupplementNotice if case.has_gaps() => {
                let today = desk.clock().today();
                let code = slip_code(tx, no, &received.subject, today, std::slice::from_ref(&case))?;
                case_paper::notice(issue, &case, code)
            }
            DocumentKind::Commitment => {
                let by_hand = source::load(tx, &received.record_key)?.is_some_and(|record| record.by_hand);
                case_paper::commitment(issue, Some(no), &received.subject, &received.record, by_hand)
            }
            DocumentKind::SupplementNotice
            | DocumentKind::AcceptanceReceipt
            | DocumentKind::AdviceSlip
            | DocumentKind::ReferralSlip
            | DocumentKind::Authorization
            | DocumentKind::TrainingCertificate
            | DocumentKind::RecoverySheet => return Err(IssuePaperError::NotHere(kind)),
        };
        let issued = keep(desk, kind, case.no.clone(), pack, &document)?;
        if let Some(known) = case
            .documents
            .iter()
            .find(|known| known.kind == kind && known.file.sha256 == issued.file.sha256)
        {
            return Ok(known.clone());
        }
        let body = ChangeBody::Case(CaseChange::DocumentIssued {
            document: issued.clone(),
        });
        tx.record(&act, case::lane(no), body)?;
        Ok(issued)
    })
}

/// The bytes of a paper that was issued.
///
/// # Errors
/// When the file is not kept here.
pub fn paper_bytes(desk: &Desk, sha256: &str) -> Result<Vec<u8>, StoreError> {
    desk.store().attachments().get(sha256)
}

/// Renders a paper and keeps it; a paper kept before is the same file.
fn keep(
    desk: &Desk,
    kind: DocumentKind,
    number: String,
    pack: Option<String>,
    document: &Document,
) -> Result<IssuedDocument, IssuePaperError> {
    let pdf = desk.renderer()?.render(document)?;
    let file: AttachmentRef =
        desk.store()
            .attachments()
            .put(&format!("{}-{number}.pdf", kind.title()), "application/pdf", &pdf)?;
    Ok(IssuedDocument {
        kind,
        number,
        file,
        pack,
    })
}

fn on_visit(tx: &mut WriteTx<'_>, act: &ActContext, no: &str, change: VisitChange) -> Result<(), RecordError> {
    tx.record(act, Lane::new(LaneKind::Visit, no), ChangeBody::Visit(change))
        .map(|_| ())
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
