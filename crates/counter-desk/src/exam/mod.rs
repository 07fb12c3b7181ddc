//! Exams: drawn by the organizer, sat by the trainee, watched by the proctor, marked by the program.
//!
//! The exam clock is the caller's: every operation that needs it takes exam time used, in
//! milliseconds, by a clock that only goes forward ([`timer::ExamTimers`]).

pub mod draw_exam;
pub mod give_answer;
pub mod hand_in;
pub mod mark_review;
pub mod question_bank;
pub mod report_incident;
pub mod resume_exam;
pub mod run_exam;
pub mod save_time_left;
pub mod sitting;
pub mod start_exam;
pub mod timer;

#[cfg(test)]
mod tests;

use std::sync::OnceLock;

use counter_core::{
    change::{Lane, LaneKind},
    exam::ExamSession,
    lane_state::LaneState,
    pack::RuleBook,
    question::{QuestionBank, ValueRef, ValueStanding, standing_in},
    refusal::{Refusal, RefusalCode},
};
use counter_store::{ReadTx, RecordError, StoreError};
use jiff::civil::Date;

use crate::Desk;

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::ExamSession, no)
}

pub(crate) fn load(tx: &ReadTx<'_>, no: &str) -> Result<Option<ExamSession>, StoreError> {
    match tx.lane(&lane(no))? {
        Some(LaneState::Exam(session)) => Ok(Some(session)),
        Some(_) | None => Ok(None),
    }
}

/// The sitting `no`, or the refusal that says it does not exist.
fn existing(tx: &ReadTx<'_>, no: &str) -> Result<ExamSession, RecordError> {
    load(tx, no)?.ok_or_else(|| RecordError::Refused(Refusal::new(RefusalCode::NotFound, no)))
}

/// The bank with this id. One is shipped.
pub(crate) fn bank(id: &str) -> Option<&'static QuestionBank> {
    static SHIPPED: OnceLock<QuestionBank> = OnceLock::new();
    Some(SHIPPED.get_or_init(QuestionBank::shipped)).filter(|bank| bank.id == id)
}

/// How the rule value behind a question stands on `day` under the rules of this desk.
pub(crate) fn standing(desk: &Desk, value: &ValueRef, day: Date) -> ValueStanding {
    static WRITTEN_FOR: OnceLock<RuleBook> = OnceLock::new();
    standing_in(desk.rules(), WRITTEN_FOR.get_or_init(RuleBook::shipped), value, day)
}
