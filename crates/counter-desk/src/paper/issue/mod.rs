//! Issuing a paper: rendered, kept, and written down as a change of the visit or case it is about.

mod of_agent;
mod of_case;
mod of_continued;
mod of_handover;
mod of_no_record;
mod of_objection;
mod of_record;
mod of_visit;

use counter_core::{
    assess::AssessError,
    change::{ChangeBody, Lane, LaneKind},
    document_issue::{DocumentKind, IssuedDocument},
    visit::VisitChange,
};
use counter_documents::{RenderError, document::Document, paper::Issue};
use counter_store::{ActContext, RecordError, StoreError, WriteTx};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::slip_code::SlipCodeError;
use crate::{Coded, Desk, coded::from_store_error};
pub use of_agent::issue_authorization;
pub use of_case::issue_case_paper;
pub use of_continued::issue_continuation_receipt;
pub use of_handover::{HandoverInput, issue_handover};
pub use of_no_record::{NoRecordInput, issue_no_record_slip};
pub use of_objection::issue_objection_paper;
pub use of_record::{issue_bankruptcy_slip, issue_commitment, issue_slip};
pub use of_visit::issue_visit_receipt;

/// No paper was issued.
#[derive(Debug, thiserror::Error)]
pub enum IssuePaperError {
    /// No such record, case or visit.
    #[error("there is no {0}")]
    Unknown(String),
    /// A kind of paper that is not issued this way, or a notice of gaps for a case without any.
    #[error("no such paper here: {0:?}")]
    NotHere(DocumentKind),
    /// A field that the paper cannot do without is empty.
    #[error("{0} is empty")]
    Missing(&'static str),
    /// Not a code that was ever issued: a character is wrong.
    #[error("{0} is no unified social credit code")]
    BadUscc(String),
    /// The visit is of another applicant.
    #[error("visit {0} is of another applicant")]
    OtherVisit(String),
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

from_store_error!(IssuePaperError);

impl Coded for IssuePaperError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unknown(_) => "not_found",
            Self::NotHere(_) => "no_such_paper",
            Self::Missing(_) => "field_empty",
            Self::BadUscc(_) => "bad_uscc",
            Self::OtherVisit(_) => "other_visit",
            Self::Assess(_) => "cannot_assess",
            Self::Render(error) => error.code(),
            Self::Code(_) => "slip_not_signed",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unknown(what) | Self::BadUscc(what) | Self::OtherVisit(what) => what.clone(),
            Self::Missing(field) => (*field).to_owned(),
            Self::NotHere(kind) => kind.title().to_owned(),
            Self::Assess(error) => error.to_string(),
            Self::Render(error) => error.detail(),
            Self::Code(error) => error.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// The bytes of a paper that was issued.
///
/// # Errors
/// When the file is not kept here.
pub fn paper_bytes(desk: &Desk, sha256: &str) -> Result<Vec<u8>, StoreError> {
    desk.store().attachments().get(sha256)
}

/// Stands in the place of the day where only what a paper says is compared.
const UNDATED: Date = jiff::civil::date(2000, 1, 1);

/// A paper on its way out of the printer.
struct NewPaper<'p> {
    kind: DocumentKind,
    number: String,
    pack: Option<String>,
    document: &'p Document,
    /// See [`IssuedDocument::says`].
    says: Option<String>,
}

/// Renders a paper and keeps it; a paper kept before is the same file.
fn keep(desk: &Desk, paper: NewPaper<'_>) -> Result<IssuedDocument, IssuePaperError> {
    let pdf = desk.renderer()?.render(paper.document)?;
    let name = format!("{}-{}.pdf", paper.kind.title(), paper.number);
    let file = desk.store().attachments().put(&name, "application/pdf", &pdf)?;
    Ok(IssuedDocument {
        kind: paper.kind,
        number: paper.number,
        file,
        pack: paper.pack,
        says: paper.says,
    })
}

/// A paper that is issued as long as it would say something new.
struct Repeatable<'r> {
    kind: DocumentKind,
    number: &'r str,
    pack: Option<String>,
    /// What was issued about the same before.
    before: &'r [IssuedDocument],
}

/// What became of it.
enum Issued {
    /// It is to be written down.
    New(IssuedDocument),
    /// It was issued before and says the same, also on a later day or asked for by somebody else: the same bytes.
    Before(IssuedDocument),
}

impl Repeatable<'_> {
    fn issue(
        self,
        desk: &Desk,
        issue: Issue,
        document: impl Fn(Issue) -> Result<Document, IssuePaperError>,
    ) -> Result<Issued, IssuePaperError> {
        let undated = Issue {
            issued_on: UNDATED,
            clerk: String::new(),
            ..issue.clone()
        };
        let says = says(desk, &document(undated)?)?;
        let same = |known: &&IssuedDocument| known.kind == self.kind && known.says.as_deref() == Some(says.as_str());
        if let Some(known) = self.before.iter().rev().find(same) {
            return Ok(Issued::Before(known.clone()));
        }
        let paper = NewPaper {
            kind: self.kind,
            number: self.number.to_owned(),
            pack: self.pack,
            document: &document(issue)?,
            says: Some(says),
        };
        keep(desk, paper).map(Issued::New)
    }
}

/// What a paper says, made with neither day nor clerk, as one short text: see [`IssuedDocument::says`].
fn says(desk: &Desk, undated: &Document) -> Result<String, IssuePaperError> {
    Ok(hex::encode(Sha256::digest(desk.renderer()?.render(undated)?)))
}

fn on_visit(tx: &mut WriteTx<'_>, act: &ActContext, no: &str, change: VisitChange) -> Result<(), RecordError> {
    tx.record(act, Lane::new(LaneKind::Visit, no), ChangeBody::Visit(change))
        .map(|_| ())
}
