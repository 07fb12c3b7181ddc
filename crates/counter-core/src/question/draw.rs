//! Drawing a paper: the same bank, rules and seed always give the same paper.

use rand_chacha::{
    ChaCha20Rng,
    rand_core::{RngCore, SeedableRng},
};

use super::{Question, QuestionBank, QuestionKind, ValueRef, ValueStanding};
use crate::exam::{DrawnQuestion, ExamSeed};

/// Why no paper can be drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// Too few questions rest on rules that may be asked about.
    #[error("{wanted} questions are wanted, {drawable} may be drawn")]
    TooFew {
        /// How many the template wants.
        wanted: usize,
        /// How many may be drawn.
        drawable: usize,
    },
}

/// A question that is not drawn, and the first citation that keeps it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WithheldQuestion<'bank> {
    /// The question.
    pub question: &'bank Question,
    /// What it cites.
    pub value: &'bank ValueRef,
    /// How that value stands.
    pub standing: ValueStanding,
}

/// The questions that may not be drawn, in the order of the bank.
pub fn withheld<'bank>(
    bank: &'bank QuestionBank,
    standing: impl Fn(&ValueRef) -> ValueStanding,
) -> Vec<WithheldQuestion<'bank>> {
    bank.questions
        .iter()
        .filter_map(|question| keeps_back(question, &standing))
        .collect()
}

/// Draws `count` different questions and the order of their choices.
///
/// A question that cites a recalled, changed, superseded or unknown value is never drawn. The algorithm is part of the
/// promise that a stored seed repeats a paper: an incomplete Fisher–Yates shuffle over the drawable questions in
/// the order of the bank, then one shuffle of the choices for each question that is not true-or-false, all from
/// ChaCha20 with 64-bit words and rejection of the biased rest.
///
/// # Errors
/// [`DrawError::TooFew`].
pub fn draw(
    bank: &QuestionBank,
    standing: impl Fn(&ValueRef) -> ValueStanding,
    count: usize,
    seed: &ExamSeed,
) -> Result<Vec<DrawnQuestion>, DrawError> {
    let mut pool: Vec<&Question> = bank
        .questions
        .iter()
        .filter(|question| keeps_back(question, &standing).is_none())
        .collect();
    if count > pool.len() {
        return Err(DrawError::TooFew {
            wanted: count,
            drawable: pool.len(),
        });
    }
    let mut random = ChaCha20Rng::from_seed(seed.0);
    for at in 0..count {
        let other = at + below(&mut random, pool.len() - at);
        pool.swap(at, other);
    }
    pool.truncate(count);
    let order_choices = |question: &Question| {
        let mut order: Vec<u8> = (0..).take(question.choices.len()).collect();
        match question.kind {
            QuestionKind::TrueFalse => {}
            QuestionKind::Single | QuestionKind::Multiple => {
                for at in 0..order.len() {
                    let other = at + below(&mut random, order.len() - at);
                    order.swap(at, other);
                }
            }
        }
        order
    };
    let orders: Vec<Vec<u8>> = pool.iter().copied().map(order_choices).collect();
    Ok(pool
        .iter()
        .zip(orders)
        .map(|(question, choice_order)| DrawnQuestion {
            id: question.id.clone(),
            choice_order,
        })
        .collect())
}

fn keeps_back<'bank>(
    question: &'bank Question,
    standing: &impl Fn(&ValueRef) -> ValueStanding,
) -> Option<WithheldQuestion<'bank>> {
    question.cites.iter().find_map(|value| {
        let standing = standing(value);
        (!standing.may_be_asked()).then_some(WithheldQuestion {
            question,
            value,
            standing,
        })
    })
}

/// A number from 0 to `limit` - 1, each as likely; `limit` is at least 1.
fn below(random: &mut ChaCha20Rng, limit: usize) -> usize {
    let limit = limit as u64;
    let unbiased = u64::MAX - u64::MAX % limit;
    loop {
        let word = random.next_u64();
        if word < unbiased {
            return usize::try_from(word % limit).expect("a number below a length fits a length");
        }
    }
}
