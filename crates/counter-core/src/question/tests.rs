use std::collections::{HashMap, HashSet};

use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::exam::{Answer, ExamDrawn, ExamSeed, ExamSession};

proptest! {
    /// A stored seed repeats the paper; nothing on it rests on a rule that may not be asked about.
    #[test]
    fn a_seed_repeats_the_paper_and_no_unreliable_rule_is_asked_about(
        standings in proptest::collection::vec(any_standing(), 1..60),
        seed in any::<[u8; 32]>(),
        wanted in 0..60_usize,
    ) {
        let bank = bank_of(standings.len());
        let standing = |citation: &ValueRef| standings[citation.key.parse::<usize>().unwrap()];
        let drawable = standings.iter().filter(|standing| standing.may_be_asked()).count();
        let drawn = draw(&bank, standing, wanted, &ExamSeed(seed));
        prop_assert_eq!(&drawn, &draw(&bank, standing, wanted, &ExamSeed(seed)));
        prop_assert_eq!(withheld(&bank, standing).len(), standings.len() - drawable);
        if wanted > drawable {
            prop_assert_eq!(drawn, Err(DrawError::TooFew { wanted, drawable }));
            return Ok(());
        }
        let drawn = drawn.unwrap();
        prop_assert_eq!(drawn.len(), wanted);
        let mut seen = HashSet::new();
        for on_paper in &drawn {
            prop_assert!(seen.insert(&on_paper.id), "{} twice", on_paper.id);
            let question = bank.question(&on_paper.id).unwrap();
            prop_assert!(question.cites.iter().all(|citation| standing(citation).may_be_asked()));
            let mut order = on_paper.choice_order.clone();
            order.sort_unstable();
            prop_assert_eq!(order, (0..).take(question.choices.len()).collect::<Vec<u8>>());
        }
    }

    /// A paper with exactly the right answers reaches the full score; every other answer costs its question.
    #[test]
    fn only_exactly_the_right_choices_earn_points(
        seed in any::<[u8; 32]>(),
        given in proptest::collection::vec(proptest::collection::btree_set(0..4_u8, 0..4), 20),
    ) {
        let bank = bank_of(20);
        let mut session = sitting(&bank, 20, ExamSeed(seed));
        session.answers = bank.questions.iter().zip(&given).map(|(question, choices)| Answer {
            question: question.id.clone(),
            choices: choices.iter().copied().collect(),
            elapsed_ms: 1,
        }).collect();
        let right = bank.questions.iter().zip(&given)
            .filter(|(question, choices)| question.answer.iter().copied().eq(choices.iter().copied())).count();
        let marking = mark(&bank, &session).unwrap();
        prop_assert_eq!(marking.score, u32::try_from(right).unwrap() * 5);
        prop_assert_eq!(marking.out_of, 100);
        prop_assert_eq!(marking.passed, marking.score >= 60);
    }
}

#[test]
fn every_question_and_every_order_of_choices_is_drawn_now_and_then() {
    let bank = bank_of(5);
    let mut first = HashMap::new();
    for seed in 0..200_u8 {
        let drawn = draw(&bank, |_| ValueStanding::Verified, 1, &ExamSeed([seed; 32])).unwrap();
        *first
            .entry((drawn[0].id.clone(), drawn[0].choice_order[0]))
            .or_insert(0) += 1;
    }
    assert_eq!(first.len(), 20, "{first:?}");
    assert!(first.values().all(|count| *count < 40), "{first:?}");
}

/// The algorithm is part of the promise that an archived paper can be drawn again years later.
#[test]
fn a_paper_of_an_earlier_version_of_the_program_is_drawn_again_the_same() {
    let drawn = draw(&bank_of(9), |_| ValueStanding::Secondary, 3, &ExamSeed([7; 32])).unwrap();
    let paper: Vec<String> = drawn
        .iter()
        .map(|on_paper| format!("{} {:?}", on_paper.id, on_paper.choice_order))
        .collect();
    insta::assert_snapshot!(paper.join("\n"), @r"
    q001 [2, 3, 1, 0]
    q005 [0, 2, 1, 3]
    q008 [2, 3, 1, 0]
    ");
}

#[test]
fn a_paper_is_not_marked_with_another_bank() {
    let bank = bank_of(20);
    let session = sitting(&bank, 5, ExamSeed([1; 32]));
    let mut corrected = bank.clone();
    corrected.questions[0].answer = vec![3];
    assert!(matches!(mark(&corrected, &session), Err(MarkError::OtherBank { .. })));
}

#[rstest]
#[case::no_citation(
    r#"kind = "single", choices = ["x", "y"], answer = "A", cites = []"#,
    QuestionFault::NoCitation
)]
#[case::two_right(r#"kind = "single", choices = ["x", "y"], answer = "AB""#, QuestionFault::Answer)]
#[case::one_right(r#"kind = "multiple", choices = ["x", "y"], answer = "A""#, QuestionFault::Answer)]
#[case::out_of_range(r#"kind = "single", choices = ["x", "y"], answer = "C""#, QuestionFault::Answer)]
#[case::not_a_letter(r#"kind = "single", choices = ["x", "y"], answer = "对""#, QuestionFault::Answer)]
#[case::same_choice(r#"kind = "single", choices = ["x", " x"], answer = "A""#, QuestionFault::Choices)]
#[case::choices_of_true_false(r#"kind = "true_false", choices = ["x", "y"], answer = "A""#, QuestionFault::Choices)]
fn a_question_that_cannot_be_asked_is_named(#[case] fields: &str, #[case] fault: QuestionFault) {
    let cites = if fields.contains("cites") {
        ""
    } else {
        r#", cites = [{ pack = "p", key = "k" }]"#
    };
    let text = format!(
        r#"id = "b"
        title = "t"
        question = [{{ id = "q1", text = "?", explanation = "!", {fields}{cites} }}]"#
    );
    assert_eq!(
        QuestionBank::from_toml(&text),
        Err(BankError::Question {
            question: "q1".into(),
            fault
        })
    );
}

fn any_standing() -> impl Strategy<Value = ValueStanding> {
    prop_oneof![
        3 => Just(ValueStanding::Verified),
        3 => Just(ValueStanding::Secondary),
        1 => Just(ValueStanding::Recalled),
        1 => Just(ValueStanding::Changed),
        1 => Just(ValueStanding::Superseded),
        1 => Just(ValueStanding::Unknown),
    ]
}

/// A bank whose n-th question cites the value with the key `n`.
fn bank_of(length: usize) -> QuestionBank {
    let questions = (0..length)
        .map(|place| Question {
            id: format!("q{place:03}"),
            kind: if place % 3 == 0 {
                QuestionKind::Multiple
            } else {
                QuestionKind::Single
            },
            text: format!("text {place}"),
            choices: ["a", "b", "c", "d"].map(String::from).to_vec(),
            answer: if place % 3 == 0 { vec![0, 2] } else { vec![1] },
            explanation: "because".into(),
            cites: vec![ValueRef {
                pack: "pack".into(),
                key: place.to_string(),
            }],
        })
        .collect();
    QuestionBank {
        id: "bank".into(),
        title: "bank".into(),
        questions,
    }
}

fn sitting(bank: &QuestionBank, count: usize, seed: ExamSeed) -> ExamSession {
    let drawn = ExamDrawn {
        class: "K".into(),
        trainee: "01".into(),
        trainee_name: "陈一".into(),
        subject: crate::subject_snapshot::SubjectSnapshot {
            uscc: None,
            name: "示例甲有限公司".into(),
        },
        attempt: 1,
        bank: bank.id.clone(),
        bank_hash: bank.hash(),
        seed,
        drawn_on: jiff::civil::date(2026, 11, 24),
        questions: draw(bank, |_| ValueStanding::Verified, count, &seed).unwrap(),
        minutes: 60,
        points_per_question: 5,
        pass_mark: 60,
    };
    ExamSession {
        no: "E".into(),
        drawn,
        started_at: Some(0),
        answers: Vec::new(),
        marked: Vec::new(),
        incidents: Vec::new(),
        outages: Vec::new(),
        elapsed_ms: 0,
        handed_in: None,
        result: None,
    }
}
