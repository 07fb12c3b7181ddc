//! 标记待查: a question the trainee wants to come back to.

use counter_core::{change::ChangeBody, exam::ExamChange};
use counter_store::RecordError;

use crate::{Actor, Desk};

/// Marks `question`, or takes the mark away.
///
/// # Errors
/// When the sitting does not run, the question is not on the paper, or it cannot be kept.
pub fn mark_review(desk: &Desk, actor: &Actor, no: &str, question: &str, marked: bool) -> Result<(), RecordError> {
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let body = ExamChange::ReviewMarked {
            question: question.to_owned(),
            marked,
        };
        tx.record(&act, super::lane(no), ChangeBody::Exam(body))?;
        Ok(())
    })
}
