//! 交卷 and 评分, in one transaction: a paper handed in is marked at once.

use counter_core::{
    change::ChangeBody,
    exam::{ExamChange, ExamSession, HandInReason},
    question::{MarkError, mark},
};
use counter_store::{ActContext, RecordError, WriteTx};
use serde::Serialize;

use crate::{Actor, Coded, Desk, coded::from_store_error};

/// The outcome of a sitting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ExamOutcome {
    /// The sitting.
    pub session: String,
    /// The points reached.
    pub score: u32,
    /// The points of a paper without a mistake.
    pub out_of: u32,
    /// The points needed to pass.
    pub pass_mark: u16,
    /// Whether the pass mark is reached.
    pub passed: bool,
    /// How many questions were answered rightly.
    pub right: u16,
    /// How many were not answered.
    pub unanswered: u16,
}

/// The paper was not handed in, or not marked.
#[derive(Debug, thiserror::Error)]
pub enum HandInError {
    /// The bank the paper was drawn from is not here.
    #[error(transparent)]
    Mark(#[from] MarkError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(HandInError);

impl Coded for HandInError {
    fn code(&self) -> &'static str {
        match self {
            Self::Mark(_) => "cannot_mark",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Mark(error) => error.to_string(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Hands the sitting `no` in and marks it. Past the end of the time it is handed in as of the end, whoever asks.
///
/// # Errors
/// [`HandInError::Record`] when it was not handed in. [`HandInError::Mark`] when it was handed in and kept, but the
/// bank it was drawn from is not here; [`mark_exam`] marks it once it is.
pub fn hand_in(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    reason: HandInReason,
    elapsed_ms: u64,
) -> Result<ExamOutcome, HandInError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let time_ms = super::existing(tx, no)?.drawn.time_ms();
        let (elapsed_ms, reason) = if elapsed_ms >= time_ms {
            (time_ms, HandInReason::TimeOver)
        } else {
            (elapsed_ms, reason)
        };
        let body = ExamChange::HandedIn { elapsed_ms, reason };
        tx.record(&act, super::lane(no), ChangeBody::Exam(body))?;
        let session = super::existing(tx, no)?;
        match score(tx, &act, &session) {
            // The paper is in, whatever becomes of the marking.
            Err(HandInError::Mark(error)) => Ok(Err(HandInError::Mark(error))),
            Err(HandInError::Record(error)) => Err(HandInError::Record(error)),
            Ok(outcome) => Ok(Ok(outcome)),
        }
    })?
}

/// Marks a sitting that was handed in before.
///
/// # Errors
/// [`HandInError`].
pub fn mark_exam(desk: &Desk, actor: &Actor, no: &str) -> Result<ExamOutcome, HandInError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let session = super::existing(tx, no)?;
        score(tx, &act, &session)
    })
}

fn score(tx: &mut WriteTx<'_>, act: &ActContext, session: &ExamSession) -> Result<ExamOutcome, HandInError> {
    let drawn = &session.drawn;
    let bank = super::bank(&drawn.bank).ok_or_else(|| MarkError::OtherBank {
        drawn: format!("{}@{}", drawn.bank, drawn.bank_hash),
        found: String::new(),
    })?;
    let marking = mark(bank, session)?;
    let scored = ExamChange::Scored {
        score: marking.score,
        out_of: marking.out_of,
        passed: marking.passed,
    };
    tx.record(act, super::lane(&session.no), ChangeBody::Exam(scored))?;
    let count = |wanted: fn(&counter_core::question::MarkedQuestion<'_>) -> bool| {
        u16::try_from(marking.questions.iter().filter(|question| wanted(question)).count()).unwrap_or(u16::MAX)
    };
    Ok(ExamOutcome {
        session: session.no.clone(),
        score: marking.score,
        out_of: marking.out_of,
        pass_mark: drawn.pass_mark,
        passed: marking.passed,
        right: count(|question| question.right),
        unanswered: count(|question| question.given.is_empty()),
    })
}
