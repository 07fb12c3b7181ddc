//! The bank that is shipped, against the rule packs that are shipped.

use jiff::civil::{Date, date};

use super::{QuestionBank, QuestionKind, ValueStanding, standing_in, withheld};
use crate::pack::{Correction, RuleBook};

const TODAY: Date = date(2026, 11, 24);

#[test]
fn the_shipped_bank_holds_an_exam_today() {
    let bank = QuestionBank::shipped();
    let book = RuleBook::shipped();
    let held_back = withheld(&bank, |value| standing_in(&book, &book, value, TODAY));
    let drawable = bank.questions.len() - held_back.len();
    assert!(bank.questions.len() >= 80, "{} questions", bank.questions.len());
    assert!(drawable >= 60, "{drawable} drawable");
    assert!(held_back.len() >= 8, "{} held back", held_back.len());
    for kind in [QuestionKind::Single, QuestionKind::Multiple, QuestionKind::TrueFalse] {
        let count = bank.questions.iter().filter(|question| question.kind == kind).count();
        assert!(count >= 15, "{count} of {kind:?}");
    }
}

#[test]
fn every_citation_of_the_shipped_bank_resolves() {
    let book = RuleBook::shipped();
    for question in &QuestionBank::shipped().questions {
        for value in &question.cites {
            let standing = standing_in(&book, &book, value, TODAY);
            assert_ne!(standing, ValueStanding::Unknown, "{}: {value:?}", question.id);
        }
    }
}

/// Choices are shuffled and right answers counted as places: neither may show through.
#[test]
fn the_shipped_questions_can_be_shuffled_and_not_guessed() {
    let bank = QuestionBank::shipped();
    for question in &bank.questions {
        for choice in &question.choices {
            for place in ["以上都", "以上皆", "以上均", "以上选项", "上述选项"] {
                assert!(!choice.contains(place), "{}: {choice}", question.id);
            }
        }
    }
    let judged: Vec<_> = bank
        .questions
        .iter()
        .filter(|question| question.kind == QuestionKind::TrueFalse)
        .collect();
    let yes = judged.iter().filter(|question| question.answer == [0]).count();
    assert!(
        yes * 3 >= judged.len() && yes * 3 <= judged.len() * 2,
        "{yes} of {} are true",
        judged.len()
    );
}

/// Confirming a value lets its questions in; changing one keeps back those whose answer it was.
#[test]
fn a_leads_correction_decides_which_questions_are_asked() {
    let shipped = RuleBook::shipped();
    let held_back = |book: &RuleBook| {
        withheld(&QuestionBank::shipped(), |value| {
            standing_in(book, &shipped, value, TODAY)
        })
        .into_iter()
        .map(|withheld| (withheld.value.key.clone(), withheld.standing))
        .collect::<Vec<_>>()
    };
    let corrected =
        |key: &str, value: Option<&str>| shipped.clone().with_corrections([correction(key, value)]).unwrap();
    let confirmed = held_back(&corrected("limit.decision", None));
    assert_eq!(confirmed.len() + 1, held_back(&shipped).len());
    let changed = held_back(&corrected("limit.overall", Some("20个工作日")));
    assert!(changed.contains(&("limit.overall".to_owned(), ValueStanding::Changed)));
}

fn correction(key: &str, value: Option<&str>) -> Correction {
    Correction {
        pack: "ndrc-36-2026".into(),
        key: key.into(),
        value: value.map(str::to_owned),
        source: "《信用修复管理办法》".into(),
        article: "第十条".into(),
        note: None,
        signed_by: "lead".into(),
        signed_on: TODAY,
    }
}
