use proptest::prelude::*;

use super::*;
use crate::{
    change::{ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
    refusal::{Refusal, RefusalCode},
    subject_snapshot::SubjectSnapshot,
};

const MINUTE: u64 = 60_000;

#[test]
fn an_answer_counts_until_the_last_millisecond_and_not_after() {
    let session = running();
    assert!(after(session.clone(), &[answer("q1", &[1], 10 * MINUTE)]).is_ok());
    assert_eq!(
        refusal(session, &[answer("q1", &[1], 10 * MINUTE + 1)]),
        RefusalCode::WrongState
    );
}

#[test]
fn nothing_is_taken_after_the_paper_is_handed_in() {
    let handed_in = after(running(), &[hand_in(HandInReason::Trainee, 5 * MINUTE)]).unwrap();
    for late in [
        answer("q1", &[0], 5 * MINUTE),
        ExamChange::ReviewMarked {
            question: "q1".into(),
            marked: true,
        },
        hand_in(HandInReason::Trainee, 6 * MINUTE),
        ExamChange::Resumed {
            outage_ms: 1,
            left_ms: MINUTE,
        },
    ] {
        assert_eq!(refusal(handed_in.clone(), &[late]), RefusalCode::WrongState);
    }
}

#[test]
fn only_what_is_on_the_paper_can_be_answered() {
    assert_eq!(refusal(running(), &[answer("q9", &[0], 1)]), RefusalCode::UnknownItem);
    assert_eq!(refusal(running(), &[answer("q2", &[2], 1)]), RefusalCode::UnknownItem);
    assert_eq!(
        refusal(running(), &[answer("q1", &[0, 0], 1)]),
        RefusalCode::Contradiction
    );
}

#[test]
fn a_later_answer_replaces_the_earlier_one_and_an_empty_one_takes_it_back() {
    let session = after(running(), &[answer("q1", &[2, 0], 1), answer("q1", &[1], 2)]).unwrap();
    assert_eq!(session.answer("q1").unwrap().choices, [1]);
    let session = after(session, &[answer("q1", &[], 3)]).unwrap();
    assert!(session.answer("q1").unwrap().choices.is_empty());
}

#[test]
fn an_outage_costs_no_exam_time_and_gives_none_back() {
    let session = after(running(), &[answer("q1", &[0], 4 * MINUTE)]).unwrap();
    let resumed = after(
        session.clone(),
        &[ExamChange::Resumed {
            outage_ms: 90_000,
            left_ms: 5 * MINUTE,
        }],
    )
    .unwrap();
    assert_eq!(resumed.left_ms(), 5 * MINUTE);
    assert_eq!(resumed.outages[0].outage_ms, 90_000);
    let generous = ExamChange::Resumed {
        outage_ms: 90_000,
        left_ms: 7 * MINUTE,
    };
    assert_eq!(refusal(session, &[generous]), RefusalCode::Contradiction);
}

#[test]
fn time_is_over_only_when_no_time_is_left() {
    assert_eq!(
        refusal(running(), &[hand_in(HandInReason::TimeOver, 9 * MINUTE)]),
        RefusalCode::Contradiction
    );
    assert!(after(running(), &[hand_in(HandInReason::TimeOver, 10 * MINUTE)]).is_ok());
}

#[test]
fn a_score_must_follow_from_the_paper() {
    let handed_in = after(running(), &[hand_in(HandInReason::Trainee, MINUTE)]).unwrap();
    let scored = |score, out_of, passed| ExamChange::Scored { score, out_of, passed };
    assert_eq!(
        after(handed_in.clone(), &[scored(10, 10, true)]).unwrap().stage(),
        ExamStage::Scored
    );
    for wrong in [
        scored(5, 10, true),
        scored(10, 10, false),
        scored(10, 20, true),
        scored(15, 10, true),
    ] {
        assert_eq!(refusal(handed_in.clone(), &[wrong]), RefusalCode::Contradiction);
    }
    assert_eq!(refusal(running(), &[scored(10, 10, true)]), RefusalCode::WrongState);
}

#[test]
fn a_paper_with_a_question_twice_or_a_choice_left_out_is_refused() {
    for questions in [
        vec![("q1", vec![0, 1]), ("q1", vec![0, 1])],
        vec![("q1", vec![0, 2])],
        vec![("q1", vec![])],
        vec![],
    ] {
        let result = apply(None, &change(0), &ExamChange::Drawn(Box::new(drawn(questions))));
        assert_eq!(result.unwrap_err().code, RefusalCode::Contradiction);
    }
}

proptest! {
    /// Whatever is tried in whatever order, exam time used never shrinks and never exceeds the time for the exam.
    #[test]
    fn exam_time_only_grows_and_never_past_the_end(steps in proptest::collection::vec(any_step(), 0..40)) {
        let mut session = running();
        for step in steps {
            let before = session.elapsed_ms;
            if let Ok(next) = after(session.clone(), &[step]) {
                session = next;
            }
            prop_assert!(session.elapsed_ms >= before);
            prop_assert!(session.elapsed_ms <= session.drawn.time_ms());
        }
    }
}

fn any_step() -> impl Strategy<Value = ExamChange> {
    let elapsed = 0..11 * MINUTE;
    prop_oneof![
        (0..4_u8, elapsed.clone()).prop_map(|(choice, at)| answer("q1", &[choice], at)),
        elapsed
            .clone()
            .prop_map(|left_ms| ExamChange::Resumed { outage_ms: 1, left_ms }),
        elapsed.clone().prop_map(|elapsed_ms| ExamChange::Incident {
            kind: IncidentKind::FocusLost,
            detail: None,
            elapsed_ms
        }),
        elapsed.prop_map(|at| hand_in(HandInReason::TimeOver, at)),
    ]
}

fn running() -> ExamSession {
    let paper = drawn(vec![("q1", vec![2, 0, 1]), ("q2", vec![0, 1])]);
    let session = apply(None, &change(0), &ExamChange::Drawn(Box::new(paper))).unwrap();
    after(session, &[ExamChange::Started]).unwrap()
}

fn drawn(questions: Vec<(&str, Vec<u8>)>) -> ExamDrawn {
    ExamDrawn {
        class: "YX-W03-2026-K000001".into(),
        trainee: "01".into(),
        trainee_name: "陈一".into(),
        subject: SubjectSnapshot {
            uscc: None,
            name: "示例甲有限公司".into(),
        },
        attempt: 1,
        bank: "bank".into(),
        bank_hash: "00".repeat(32),
        seed: ExamSeed([7; 32]),
        drawn_on: jiff::civil::date(2026, 11, 24),
        questions: questions
            .into_iter()
            .map(|(id, choice_order)| DrawnQuestion {
                id: id.into(),
                choice_order,
            })
            .collect(),
        minutes: 10,
        points_per_question: 5,
        pass_mark: 6,
    }
}

fn answer(question: &str, choices: &[u8], elapsed_ms: u64) -> ExamChange {
    ExamChange::AnswerGiven {
        question: question.into(),
        choices: choices.to_vec(),
        elapsed_ms,
    }
}

fn hand_in(reason: HandInReason, elapsed_ms: u64) -> ExamChange {
    ExamChange::HandedIn { elapsed_ms, reason }
}

fn after(session: ExamSession, steps: &[ExamChange]) -> Result<ExamSession, Refusal> {
    steps
        .iter()
        .try_fold(session, |session, step| apply(Some(session), &change(1_000), step))
}

fn refusal(session: ExamSession, steps: &[ExamChange]) -> RefusalCode {
    after(session, steps).unwrap_err().code
}

fn change(made_at: i64) -> Change {
    Change {
        schema: CHANGE_SCHEMA,
        counter: CounterCode("W03".into()),
        incarnation: IncarnationId([1; 16]),
        seq: 1,
        lane: Lane::new(LaneKind::ExamSession, "YX-W03-2026-E000001"),
        act: ActId([2; 16]),
        body: ChangeBody::Exam(ExamChange::Started),
        actor: "proctor".into(),
        made_at,
        base: None,
        prev_hash: ChangeHash::ORIGIN,
        settles: None,
    }
}
