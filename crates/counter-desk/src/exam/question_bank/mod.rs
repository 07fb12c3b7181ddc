//! 题库: every question, and for those that are not asked today the value that keeps them back.

use counter_core::question::{QuestionBank, QuestionKind, ValueRef, ValueStanding, withheld};
use serde::Serialize;

use crate::Desk;

/// A bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct QuestionBankView {
    /// Its id.
    pub id: String,
    /// Its name.
    pub title: String,
    /// SHA-256 over its content.
    pub hash: String,
    /// How many questions may be asked today.
    pub drawable: u32,
    /// Every question.
    pub questions: Vec<BankQuestion>,
}

/// A question of a bank.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BankQuestion {
    /// Its id.
    pub id: String,
    /// How it is answered.
    pub kind: QuestionKind,
    /// What is asked.
    pub text: String,
    /// What can be chosen.
    pub choices: Vec<String>,
    /// The right choices, as places.
    pub answer: Vec<u8>,
    /// Why.
    pub explanation: String,
    /// The rule values it rests on.
    pub cites: Vec<ValueRef>,
    /// The value that keeps it back today, if one does.
    pub withheld: Option<Withheld>,
}

/// A value that keeps a question back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Withheld {
    /// The value.
    pub value: ValueRef,
    /// How it stands.
    pub standing: ValueStanding,
}

/// The bank that is shipped, under the rules of today.
pub fn question_bank(desk: &Desk) -> QuestionBankView {
    let bank = QuestionBank::shipped();
    let today = desk.clock().today();
    let kept_back = withheld(&bank, |value| super::standing(desk, value, today));
    let questions = bank
        .questions
        .iter()
        .map(|question| BankQuestion {
            id: question.id.clone(),
            kind: question.kind,
            text: question.text.clone(),
            choices: question.choices.clone(),
            answer: question.answer.clone(),
            explanation: question.explanation.clone(),
            cites: question.cites.clone(),
            withheld: kept_back
                .iter()
                .find(|kept_back| kept_back.question.id == question.id)
                .map(|kept_back| Withheld {
                    value: kept_back.value.clone(),
                    standing: kept_back.standing,
                }),
        })
        .collect();
    QuestionBankView {
        drawable: u32::try_from(bank.questions.len() - kept_back.len()).unwrap_or(u32::MAX),
        hash: bank.hash(),
        questions,
        id: bank.id,
        title: bank.title,
    }
}
