//! Marking a paper: every right choice and no other earns the points of a question.

use super::{Question, QuestionBank};
use crate::exam::ExamSession;

/// A marked paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Marking<'bank> {
    /// The points reached.
    pub score: u32,
    /// The points of a paper without a mistake.
    pub out_of: u32,
    /// Whether the pass mark is reached.
    pub passed: bool,
    /// Each question in the order of the paper.
    pub questions: Vec<MarkedQuestion<'bank>>,
}

/// A question of a marked paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedQuestion<'bank> {
    /// The question.
    pub question: &'bank Question,
    /// What was chosen, places in the bank's list of choices; empty when it was not answered.
    pub given: Vec<u8>,
    /// Whether exactly the right choices were given.
    pub right: bool,
}

/// Why a paper cannot be marked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    /// The paper was drawn from another bank, or from the bank as it was before.
    #[error("the paper was drawn from the bank {drawn}, this is {found}")]
    OtherBank {
        /// Id and hash on the paper.
        drawn: String,
        /// Id and hash of the bank given.
        found: String,
    },
    /// A question of the paper is not in the bank.
    #[error("the bank has no question {0}")]
    UnknownQuestion(String),
}

/// Marks the answers of a sitting as they stand.
///
/// # Errors
/// [`MarkError`], when `bank` is not the one the paper was drawn from.
pub fn mark<'bank>(bank: &'bank QuestionBank, session: &ExamSession) -> Result<Marking<'bank>, MarkError> {
    let drawn = &session.drawn;
    let hash = bank.hash();
    if drawn.bank != bank.id || drawn.bank_hash != hash {
        return Err(MarkError::OtherBank {
            drawn: format!("{}@{}", drawn.bank, drawn.bank_hash),
            found: format!("{}@{hash}", bank.id),
        });
    }
    let questions = drawn
        .questions
        .iter()
        .map(|on_paper| {
            let question = bank
                .question(&on_paper.id)
                .ok_or_else(|| MarkError::UnknownQuestion(on_paper.id.clone()))?;
            let mut given = session
                .answer(&on_paper.id)
                .map(|answer| answer.choices.clone())
                .unwrap_or_default();
            given.sort_unstable();
            let right = given == question.answer;
            Ok(MarkedQuestion { question, given, right })
        })
        .collect::<Result<Vec<_>, MarkError>>()?;
    let right = questions.iter().filter(|question| question.right).count();
    let score = u32::try_from(right)
        .unwrap_or(u32::MAX)
        .saturating_mul(u32::from(drawn.points_per_question));
    Ok(Marking {
        score,
        out_of: drawn.full_score(),
        passed: score >= u32::from(drawn.pass_mark),
        questions,
    })
}
