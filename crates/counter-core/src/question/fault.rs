//! What can be wrong with a question bank.

/// A bank that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BankError {
    /// Longer than a bank can be.
    #[error("the bank has {bytes} bytes, at most {longest} are read")]
    TooLong {
        /// Its length.
        bytes: usize,
        /// The limit.
        longest: usize,
    },
    /// Not TOML, or not the shape of a bank.
    #[error("the bank cannot be read: {0}")]
    Malformed(String),
    /// It has no id or no question.
    #[error("the bank is empty")]
    Empty,
    /// One question is not as it must be.
    #[error("question {question}: {fault}")]
    Question {
        /// Its id.
        question: String,
        /// What is wrong.
        fault: QuestionFault,
    },
}

/// What is wrong with a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum QuestionFault {
    /// It has no id.
    #[error("it has no id")]
    NoId,
    /// Another question has this id.
    #[error("another question has the same id")]
    IdTwice,
    /// It asks nothing.
    #[error("it has no text")]
    NoText,
    /// Another question has this text.
    #[error("another question has the same text")]
    TextTwice,
    /// Fewer than two choices, more than eight, an empty one, or one twice.
    #[error("its choices must be two to eight, all different and none empty")]
    Choices,
    /// The answer names no choice, one that does not exist, or not as many as its kind asks for.
    #[error("its answer does not fit its kind and choices")]
    Answer,
    /// It does not say why.
    #[error("it has no explanation")]
    NoExplanation,
    /// It cites no rule value.
    #[error("it cites no rule value")]
    NoCitation,
}
