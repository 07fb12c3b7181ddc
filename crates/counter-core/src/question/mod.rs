//! Question banks (题库): original questions about the rules, each citing the rule values it asks about.
//!
//! A bank is loaded and checked here, papers are drawn and marked here. Which rules are in force and how well
//! they are known is the caller's answer ([`ValueStanding`]); sittings live in [`crate::exam`].

mod bank;
mod draw;
mod fault;
mod mark;
#[cfg(test)]
mod shipped_bank_tests;
mod standing;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use bank::{BANK_LONGEST_BYTES, QuestionBank};
pub use draw::{DrawError, WithheldQuestion, draw, withheld};
pub use fault::{BankError, QuestionFault};
pub use mark::{MarkError, MarkedQuestion, Marking, mark};
pub use standing::{ValueStanding, standing_in};

/// How a question is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum QuestionKind {
    /// 单选.
    Single,
    /// 多选: every right choice and no other.
    Multiple,
    /// 判断.
    TrueFalse,
}

impl QuestionKind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Single => "single",
            Self::Multiple => "multiple",
            Self::TrueFalse => "true_false",
        }
    }

    /// The words on screens and papers.
    pub fn title(self) -> &'static str {
        match self {
            Self::Single => "单选题",
            Self::Multiple => "多选题",
            Self::TrueFalse => "判断题",
        }
    }
}

/// The rule value a question asks about.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
pub struct ValueRef {
    /// The id of the rule pack, such as `ndrc-36-2026`.
    pub pack: String,
    /// The key of the value in it, such as `period.general.minimum`.
    pub key: String,
}

/// One question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Question {
    /// Unique in the bank and never given to another question.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// What can be chosen; 正确 and 错误 for a true-or-false question.
    pub choices: Vec<String>,
    /// The right choices: places in `choices`, ascending.
    pub answer: Vec<u8>,
    /// Why, shown after marking.
    pub explanation: String,
    /// The rule values it rests on.
    pub cites: Vec<ValueRef>,
}
