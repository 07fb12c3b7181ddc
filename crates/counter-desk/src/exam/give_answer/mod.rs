//! 作答: when this returns, the answer is on the disk, and only then 已保存 may be shown.

use counter_core::{change::ChangeBody, exam::ExamChange};
use counter_store::{
    RecordError,
    table::exam_clock::{self, ExamClock},
};
use serde::Serialize;

use crate::{Actor, Coded, Desk, coded::from_store_error};

/// What was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptAnswer {
    /// When, ms UTC.
    #[specta(type = f64)]
    pub saved_at: i64,
    /// Exam time left, ms.
    pub left_ms: u32,
}

/// The answer was not taken.
#[derive(Debug, thiserror::Error)]
pub enum GiveAnswerError {
    /// The time is over; the caller hands the paper in.
    #[error("the time is over")]
    TimeOver,
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(GiveAnswerError);

impl Coded for GiveAnswerError {
    fn code(&self) -> &'static str {
        match self {
            Self::TimeOver => "time_over",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::TimeOver => String::new(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Takes the answer to `question`: places in the bank's list of choices; none takes the answer back.
///
/// # Errors
/// [`GiveAnswerError`]; the answer before stands.
pub fn give_answer(
    desk: &Desk,
    actor: &Actor,
    no: &str,
    question: &str,
    choices: &[u8],
    elapsed_ms: u64,
) -> Result<KeptAnswer, GiveAnswerError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let time_ms = super::existing(tx, no)?.drawn.time_ms();
        if elapsed_ms > time_ms {
            return Err(GiveAnswerError::TimeOver);
        }
        let body = ExamChange::AnswerGiven {
            question: question.to_owned(),
            choices: choices.to_vec(),
            elapsed_ms,
        };
        tx.record(&act, super::lane(no), ChangeBody::Exam(body))?;
        let left_ms = time_ms - elapsed_ms;
        exam_clock::put(
            tx,
            no,
            ExamClock {
                left_ms,
                saved_at: act.made_at,
            },
        )?;
        Ok(KeptAnswer {
            saved_at: act.made_at,
            left_ms: u32::try_from(left_ms).unwrap_or(u32::MAX),
        })
    })
}
