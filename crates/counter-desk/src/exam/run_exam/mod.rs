//! A sitting without a screen: started, answered from a file, handed in and marked. For scripts.

use std::collections::BTreeMap;

use counter_core::exam::{ExamStage, HandInReason};
use counter_store::RecordError;

use super::{
    give_answer::{GiveAnswerError, give_answer},
    hand_in::{ExamOutcome, HandInError, hand_in},
    start_exam::start_exam,
};
use crate::{Actor, Coded, Desk, coded::from_store_error};

/// The sitting was not run to its end.
#[derive(Debug, thiserror::Error)]
pub enum RunExamError {
    /// The answers are not a JSON object from question ids to letters.
    #[error("the answers cannot be read: {0}")]
    Answers(String),
    /// An answer was not taken.
    #[error(transparent)]
    Give(#[from] GiveAnswerError),
    /// The paper was not handed in.
    #[error(transparent)]
    HandIn(#[from] HandInError),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(RunExamError);

impl Coded for RunExamError {
    fn code(&self) -> &'static str {
        match self {
            Self::Answers(_) => "bad_answers",
            Self::Give(error) => error.code(),
            Self::HandIn(error) => error.code(),
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Answers(what) => what.clone(),
            Self::Give(error) => error.detail(),
            Self::HandIn(error) => error.detail(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Answers by question id, as places in the bank's list of choices.
pub type Answers = BTreeMap<String, Vec<u8>>;

/// Reads `{"cr-001": "A", "cr-002": "BD"}`; the letters are those of the bank, whatever order the paper shows.
///
/// # Errors
/// [`RunExamError::Answers`].
pub fn answers_from_json(text: &str) -> Result<Answers, RunExamError> {
    let letters: BTreeMap<String, String> =
        serde_json::from_str(text).map_err(|error| RunExamError::Answers(error.to_string()))?;
    letters
        .into_iter()
        .map(|(question, letters)| {
            let places = letters
                .bytes()
                .map(|letter| letter.to_ascii_uppercase().checked_sub(b'A'))
                .collect();
            let places: Option<Vec<u8>> = places;
            places
                .map(|places| (question.clone(), places))
                .ok_or(RunExamError::Answers(question))
        })
        .collect()
}

/// Runs the sitting `no`. One that was started before goes on where it stands.
///
/// # Errors
/// [`RunExamError`]; answers taken until then stand.
pub fn run_exam(desk: &Desk, actor: &Actor, no: &str, answers: &Answers) -> Result<ExamOutcome, RunExamError> {
    let session = desk.store().read(|tx| super::existing(tx, no))?;
    if session.stage() == ExamStage::Drawn {
        start_exam(desk, actor, no)?;
    }
    for (question, choices) in answers {
        give_answer(desk, actor, no, question, choices, session.elapsed_ms)?;
    }
    Ok(hand_in(desk, actor, no, HandInReason::Trainee, session.elapsed_ms)?)
}
