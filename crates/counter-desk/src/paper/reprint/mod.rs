//! 重印: a paper that was issued leaves the printer once more, the same bytes; who and why is written down.

use counter_core::{
    case::CaseChange,
    change::ChangeBody,
    document_issue::{DocumentReprinted, IssuedDocument},
    objection::ObjectionChange,
    visit::VisitChange,
};
use counter_store::RecordError;
use serde::{Deserialize, Serialize};

use crate::{Actor, Coded, Desk, case, coded::from_store_error, objection, visit, visit::visit_view};

/// Whose paper it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case", tag = "of", content = "no")]
pub enum PaperOf {
    /// Of a visit as a whole.
    Visit(String),
    /// Of one case.
    Case(String),
    /// Of one objection.
    Objection(String),
}

/// A paper as it was issued.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reprint {
    /// Which it is.
    pub paper: IssuedDocument,
    /// Its PDF.
    pub pdf: Vec<u8>,
}

/// Nothing was printed again.
#[derive(Debug, thiserror::Error)]
pub enum ReprintError {
    /// Why was left out.
    #[error("why the paper is printed again is missing")]
    NoReason,
    /// No such case or visit, or it has no such paper.
    #[error("there is no paper {0}")]
    NoPaper(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(ReprintError);

impl Coded for ReprintError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoReason => "field_empty",
            Self::NoPaper(_) => "no_such_paper",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoReason => "reason".to_owned(),
            Self::NoPaper(what) => what.clone(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Writes down that the paper with the file `sha256` is printed again for `reason`, and answers it as it was issued.
///
/// # Errors
/// [`ReprintError`].
pub fn reprint(desk: &Desk, actor: &Actor, of: &PaperOf, sha256: &str, reason: &str) -> Result<Reprint, ReprintError> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(ReprintError::NoReason);
    }
    let reprinted = DocumentReprinted {
        sha256: sha256.to_owned(),
        reason: reason.to_owned(),
    };
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let (issued, lane, body) = match of {
            PaperOf::Visit(no) => (
                visit_view::load(tx, no)?.map(|visit| visit.documents),
                visit::lane(no),
                ChangeBody::Visit(VisitChange::DocumentReprinted(reprinted)),
            ),
            PaperOf::Case(no) => (
                case::load(tx, no)?.map(|case| case.documents),
                case::lane(no),
                ChangeBody::Case(CaseChange::DocumentReprinted(reprinted)),
            ),
            PaperOf::Objection(no) => (
                objection::load(tx, no)?.map(|objection| objection.documents),
                objection::lane(no),
                ChangeBody::Objection(ObjectionChange::DocumentReprinted(reprinted)),
            ),
        };
        let paper = issued.into_iter().flatten().find(|paper| paper.file.sha256 == sha256);
        let paper = paper.ok_or_else(|| ReprintError::NoPaper(sha256.to_owned()))?;
        // What cannot be read is not written down as printed.
        let pdf = desk.store().attachments().get(sha256)?;
        tx.record(&act, lane, body)?;
        Ok(Reprint { paper, pdf })
    })
}
