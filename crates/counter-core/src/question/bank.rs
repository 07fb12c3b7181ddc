//! Loading a bank from TOML and checking it as a whole.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{BankError, Question, QuestionFault, QuestionKind, ValueRef};

/// No bank is longer; what is longer is not read.
pub const BANK_LONGEST_BYTES: usize = 4 * 1024 * 1024;

const SHIPPED: &str = include_str!("../../../../assets/question-banks/credit-repair-2026.toml");

/// A checked bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct QuestionBank {
    /// Its id, such as `credit-repair-2026`.
    pub id: String,
    /// Its name on screens.
    pub title: String,
    /// The questions, in the order of the file.
    pub questions: Vec<Question>,
}

impl QuestionBank {
    /// The bank that comes with the program.
    ///
    /// # Panics
    /// Never with the assets this program was tested with.
    pub fn shipped() -> Self {
        Self::from_toml(SHIPPED).expect("the shipped bank is read by the tests of this crate")
    }

    /// Reads and checks a bank.
    ///
    /// # Errors
    /// [`BankError`], naming the first question that is not as it must be.
    pub fn from_toml(text: &str) -> Result<Self, BankError> {
        if text.len() > BANK_LONGEST_BYTES {
            return Err(BankError::TooLong {
                bytes: text.len(),
                longest: BANK_LONGEST_BYTES,
            });
        }
        let file: BankFile = toml::from_str(text).map_err(|error| BankError::Malformed(error.message().to_owned()))?;
        if file.id.trim().is_empty() || file.question.is_empty() {
            return Err(BankError::Empty);
        }
        let mut ids = HashSet::new();
        let mut texts = HashSet::new();
        let mut questions = Vec::with_capacity(file.question.len());
        for entry in file.question {
            let id = entry.id.clone();
            let question = entry
                .checked()
                .and_then(|question| {
                    if !ids.insert(question.id.clone()) {
                        Err(QuestionFault::IdTwice)
                    } else if !texts.insert(question.text.clone()) {
                        Err(QuestionFault::TextTwice)
                    } else {
                        Ok(question)
                    }
                })
                .map_err(|fault| BankError::Question { question: id, fault })?;
            questions.push(question);
        }
        Ok(Self {
            id: file.id,
            title: file.title,
            questions,
        })
    }

    /// The question with this id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id == id)
    }

    /// SHA-256 over the meaning of the bank, 64 hexadecimal digits. Comments and line ends do not change it.
    pub fn hash(&self) -> String {
        let mut bytes = Vec::new();
        ciborium::into_writer(self, &mut bytes).expect("a bank is plain data and a vector takes every byte");
        hex::encode(Sha256::digest(&bytes))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BankFile {
    id: String,
    title: String,
    #[serde(default)]
    question: Vec<QuestionEntry>,
}

/// A question as it is written down: the answer in letters, the choices of a true-or-false question left out.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct QuestionEntry {
    id: String,
    kind: QuestionKind,
    text: String,
    #[serde(default)]
    choices: Vec<String>,
    answer: String,
    explanation: String,
    cites: Vec<ValueRef>,
}

impl QuestionEntry {
    fn checked(self) -> Result<Question, QuestionFault> {
        let blank = |text: &str| text.trim().is_empty();
        if blank(&self.id) {
            return Err(QuestionFault::NoId);
        }
        if blank(&self.text) {
            return Err(QuestionFault::NoText);
        }
        if blank(&self.explanation) {
            return Err(QuestionFault::NoExplanation);
        }
        if self.cites.is_empty() {
            return Err(QuestionFault::NoCitation);
        }
        let choices = match self.kind {
            QuestionKind::TrueFalse if self.choices.is_empty() => vec!["正确".to_owned(), "错误".to_owned()],
            QuestionKind::TrueFalse => return Err(QuestionFault::Choices),
            QuestionKind::Single | QuestionKind::Multiple => self.choices,
        };
        let different: HashSet<&str> = choices.iter().map(|choice| choice.trim()).collect();
        if !(2..=8).contains(&choices.len()) || different.len() != choices.len() || different.contains("") {
            return Err(QuestionFault::Choices);
        }
        let answer = places(&self.answer, choices.len()).ok_or(QuestionFault::Answer)?;
        let fits = match self.kind {
            QuestionKind::Single | QuestionKind::TrueFalse => answer.len() == 1,
            QuestionKind::Multiple => answer.len() >= 2,
        };
        if !fits {
            return Err(QuestionFault::Answer);
        }
        let Self {
            id,
            kind,
            text,
            explanation,
            cites,
            ..
        } = self;
        Ok(Question {
            id,
            kind,
            text,
            choices,
            answer,
            explanation,
            cites,
        })
    }
}

/// `"AC"` as places 0 and 2: letters of existing choices, ascending, none twice.
fn places(letters: &str, choices: usize) -> Option<Vec<u8>> {
    let places: Vec<u8> = letters
        .bytes()
        .map(|letter| letter.checked_sub(b'A'))
        .collect::<Option<_>>()?;
    let in_range = places.iter().all(|place| usize::from(*place) < choices);
    let ascending = places.windows(2).all(|pair| pair[0] < pair[1]);
    (in_range && ascending).then_some(places)
}
