//! Exam sessions (考试场次): one trainee's one sitting, from the drawn paper to the score.
//!
//! How often a trainee may sit is a matter over several sittings and is left to the desk;
//! drawing and marking are in [`crate::question`], the clock is the caller's.

mod apply;
mod change;
mod seed;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use apply::apply;
pub use change::{DrawnQuestion, ExamChange, ExamDrawn, HandInReason, IncidentKind};
pub use seed::ExamSeed;

/// How far a sitting has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ExamStage {
    /// 已组卷.
    Drawn,
    /// 考试中.
    Running,
    /// 已交卷.
    HandedIn,
    /// 已评分.
    Scored,
}

impl ExamStage {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Drawn => "drawn",
            Self::Running => "running",
            Self::HandedIn => "handed_in",
            Self::Scored => "scored",
        }
    }
}

/// The answer to a question as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The question's id.
    pub question: String,
    /// Places in the bank's list of choices, ascending.
    pub choices: Vec<u8>,
    /// Exam time used when it was given.
    pub elapsed_ms: u64,
}

/// Something the proctor has to see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// What.
    pub kind: IncidentKind,
    /// A word on it.
    pub detail: Option<String>,
    /// Exam time used.
    pub elapsed_ms: u64,
    /// When, ms UTC.
    pub at: i64,
}

/// An outage and what was left of the time after it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outage {
    /// How long the exam stood still.
    pub outage_ms: u64,
    /// Exam time left afterwards.
    pub left_ms: u64,
    /// When the exam went on, ms UTC.
    pub at: i64,
}

/// 交卷.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// Exam time used.
    pub elapsed_ms: u64,
    /// By whom.
    pub reason: HandInReason,
    /// When, ms UTC.
    pub at: i64,
}

/// 成绩.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamResult {
    /// The points reached.
    pub score: u32,
    /// The points of a paper without a mistake.
    pub out_of: u32,
    /// Whether the pass mark is reached.
    pub passed: bool,
}

/// A sitting as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExamSession {
    /// Its number.
    pub no: String,
    /// What was fixed when the paper was drawn.
    pub drawn: ExamDrawn,
    /// When it was started, ms UTC.
    pub started_at: Option<i64>,
    /// The answers as they stand, in the order first given.
    pub answers: Vec<Answer>,
    /// The questions the trainee wants to come back to.
    pub marked: Vec<String>,
    /// What the proctor has to see, oldest first.
    pub incidents: Vec<Incident>,
    /// The outages, oldest first.
    pub outages: Vec<Outage>,
    /// Exam time known to be used.
    pub elapsed_ms: u64,
    /// When and why it was handed in.
    pub handed_in: Option<HandIn>,
    /// The score, once marked.
    pub result: Option<ExamResult>,
}

impl ExamSession {
    /// How far the sitting has come.
    pub fn stage(&self) -> ExamStage {
        if self.result.is_some() {
            ExamStage::Scored
        } else if self.handed_in.is_some() {
            ExamStage::HandedIn
        } else if self.started_at.is_some() {
            ExamStage::Running
        } else {
            ExamStage::Drawn
        }
    }

    /// Exam time left, by what is known from the changes.
    pub fn left_ms(&self) -> u64 {
        self.drawn.time_ms().saturating_sub(self.elapsed_ms)
    }

    /// The answer to a question as it stands, if one was given.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.question == question)
    }
}
