//! A class from its opening to certificates that anyone can verify, over a real store.

mod room;

use counter_core::{
    exam::{ExamStage, HandInReason, IncidentKind},
    question::QuestionBank,
};
use ed25519_dalek::SigningKey;
use hub_api::{
    certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload},
    signed::Signed,
    trust::TrustBundle,
};
use jiff::civil::date;
use room::Room;

use super::{
    draw_exam::{DrawExamError, LeftOutReason, draw_class, draw_exam},
    give_answer::{GiveAnswerError, give_answer},
    hand_in::hand_in,
    question_bank::question_bank,
    report_incident::report_incident,
    resume_exam::resume_exam,
    run_exam::{Answers, answers_from_json, run_exam},
    save_time_left::save_time_left,
    sitting::{exam_room, sitting},
    start_exam::start_exam,
};
use crate::{
    Coded,
    certificate::{
        self,
        accept_trust::{AcceptTrustError, accept_trust},
        certificate_file::certificate_file,
        issue_certificates::issue_certificates,
        revoke_certificate::revoke_certificate,
        verify_certificate::{verify_pdf, verify_text},
    },
    class::{
        class_detail::class_detail,
        enrol_trainee::{EnrolTrainee, EnrolTraineeError, enrol_trainee},
        mark_attendance::{Attendance, mark_attendance},
        withdraw_trainee::withdraw_trainee,
    },
};

const MINUTE: u64 = 60_000;

#[test]
fn a_crash_in_an_exam_costs_no_answer_and_no_time() {
    let mut room = Room::new();
    let class = room.class(2);
    room.trainee(&class, "陈一");
    let session = draw_class(&room.desk(), &room.actor, &class).unwrap().sessions[0]
        .session
        .clone();
    start_exam(&room.desk(), &room.actor, &session).unwrap();
    let paper = sitting(&room.desk(), &session).unwrap().unwrap();
    let [first, second, third] = [0, 1, 2].map(|at| paper.questions[at].id.clone());
    give_answer(&room.desk(), &room.actor, &session, &first, &[0], MINUTE).unwrap();
    give_answer(&room.desk(), &room.actor, &session, &second, &[1], 2 * MINUTE).unwrap();
    room.pass(125_000);
    save_time_left(&room.desk(), &session, 125_000).unwrap();

    room.crash();
    room.pass(10 * 60_000);
    let resumed = resume_exam(&room.desk(), &room.actor, &session).unwrap();
    assert_eq!(resumed.question.as_deref(), Some(third.as_str()));
    assert_eq!(
        (resumed.elapsed_ms, u64::from(resumed.left_ms)),
        (125_000, 10 * MINUTE - 125_000)
    );
    assert_eq!(resumed.outage_ms, 600_000);

    let after = sitting(&room.desk(), &session).unwrap().unwrap();
    assert_eq!(
        after
            .questions
            .iter()
            .map(|question| question.given.len())
            .sum::<usize>(),
        2
    );
    assert_eq!(after.questions[0].given, [0]);
    let crash = &after.incidents[0];
    assert_eq!((crash.kind, crash.outage_ms), (IncidentKind::Crashed, Some(600_000)));
    assert!(after.questions.iter().all(|question| question.review.is_none()));
}

#[test]
fn when_the_time_is_over_the_paper_goes_in_with_what_is_on_it() {
    let room = Room::new();
    let class = room.class(0);
    room.trainee(&class, "陈一");
    let session = draw_class(&room.desk(), &room.actor, &class).unwrap().sessions[0]
        .session
        .clone();
    start_exam(&room.desk(), &room.actor, &session).unwrap();
    let question = sitting(&room.desk(), &session).unwrap().unwrap().questions[0]
        .id
        .clone();
    report_incident(
        &room.desk(),
        &room.actor,
        &session,
        IncidentKind::FocusLost,
        None,
        MINUTE,
    )
    .unwrap();
    let late = give_answer(&room.desk(), &room.actor, &session, &question, &[0], 10 * MINUTE + 1);
    assert!(matches!(late, Err(GiveAnswerError::TimeOver)));
    let outcome = hand_in(&room.desk(), &room.actor, &session, HandInReason::Trainee, 11 * MINUTE).unwrap();
    assert_eq!((outcome.score, outcome.passed, outcome.unanswered), (0, false, 10));
    let after = sitting(&room.desk(), &session).unwrap().unwrap();
    assert_eq!(
        (after.stage, after.handed_in, after.left_ms),
        (ExamStage::Scored, Some(HandInReason::TimeOver), 0)
    );
    assert!(after.questions.iter().all(|question| question.review.is_some()));
    assert_eq!(
        exam_room(&room.desk(), &class).unwrap()[0].incidents[0].kind,
        IncidentKind::FocusLost
    );
}

#[test]
fn a_trainee_sits_as_often_as_the_class_allows_and_not_beside_an_open_sitting() {
    let room = Room::new();
    let class = room.class(1);
    let trainee = room.trainee(&class, "陈一");
    let refused = |expected| {
        let error = draw_exam(&room.desk(), &room.actor, &class, &trainee).unwrap_err();
        assert!(
            matches!(error, DrawExamError::LeftOut(reason) if reason == expected),
            "{error}"
        );
    };
    for _ in 0..2 {
        let session = draw_exam(&room.desk(), &room.actor, &class, &trainee).unwrap().session;
        refused(LeftOutReason::SessionOpen);
        run_exam(&room.desk(), &room.actor, &session, &Answers::new()).unwrap();
    }
    refused(LeftOutReason::RetakesExhausted);
}

#[test]
fn who_is_not_known_not_there_or_gone_gets_no_paper() {
    let room = Room::new();
    let class = room.class(0);
    let unknown = EnrolTrainee {
        identity_checked: false,
        ..room.enrolment(&class, "陈一")
    };
    enrol_trainee(&room.desk(), &room.actor, &unknown).unwrap();
    let absent = room.trainee(&class, "李二");
    let on = date(2026, 11, 24);
    let attendance = [Attendance {
        trainee: absent,
        present: false,
    }];
    mark_attendance(&room.desk(), &room.actor, &class, on, &attendance).unwrap();
    let gone = room.trainee(&class, "王三");
    withdraw_trainee(&room.desk(), &room.actor, &class, &gone, "另有安排").unwrap();
    let papers = draw_class(&room.desk(), &room.actor, &class).unwrap();
    assert!(papers.sessions.is_empty());
    let reasons: Vec<_> = papers.left_out.iter().map(|left_out| left_out.reason).collect();
    assert_eq!(
        reasons,
        [
            LeftOutReason::IdentityNotChecked,
            LeftOutReason::Absent,
            LeftOutReason::Withdrawn
        ]
    );
}

#[test]
fn nobody_is_enrolled_twice_or_with_a_wrong_code() {
    let room = Room::new();
    let class = room.class(0);
    room.trainee(&class, "陈一");
    let again = enrol_trainee(&room.desk(), &room.actor, &room.enrolment(&class, "陈一"));
    assert!(matches!(again, Err(EnrolTraineeError::Duplicate(_))));
    let same_number = enrol_trainee(
        &room.desk(),
        &room.actor,
        &EnrolTrainee {
            name: "陈逸".into(),
            id_number: Some("11010519491231002x".into()),
            ..room.enrolment(&class, "陈一")
        },
    );
    assert!(same_number.is_ok(), "the first gave no number: {same_number:?}");
    let once_more = EnrolTrainee {
        name: "陈亦".into(),
        id_number: Some("11010519491231002X".into()),
        ..room.enrolment(&class, "陈一")
    };
    assert!(matches!(
        enrol_trainee(&room.desk(), &room.actor, &once_more),
        Err(EnrolTraineeError::Duplicate(_))
    ));
    let wrong = EnrolTrainee {
        uscc: "91350100M000100Y4Z".into(),
        ..room.enrolment(&class, "李二")
    };
    assert_eq!(
        enrol_trainee(&room.desk(), &room.actor, &wrong).unwrap_err().code(),
        "bad_uscc"
    );
}

#[test]
fn whoever_passes_gets_one_certificate_that_verifies_without_a_network() {
    let room = Room::new();
    let class = room.class(0);
    room.trainee(&class, "陈一");
    room.trainee(&class, "李二");
    let papers = draw_class(&room.desk(), &room.actor, &class).unwrap();
    let passing = run_exam(
        &room.desk(),
        &room.actor,
        &papers.sessions[0].session,
        &right_answers(&room, &papers.sessions[0].session),
    )
    .unwrap();
    assert_eq!((passing.score, passing.passed), (100, true));
    run_exam(&room.desk(), &room.actor, &papers.sessions[1].session, &Answers::new()).unwrap();

    let issued = issue_certificates(&room.desk(), &room.actor, &class).unwrap();
    assert_eq!((issued.certificates.len(), issued.left_out.len()), (1, 1));
    assert!(
        issue_certificates(&room.desk(), &room.actor, &class)
            .unwrap()
            .certificates
            .is_empty()
    );
    let certificate = &issued.certificates[0];
    let by_text = verify_text(&room.desk(), &certificate.qr_text).unwrap();
    assert_eq!(by_text.status, "provisional");
    assert_eq!(by_text.certificate.as_ref().unwrap().trainee, "陈一");
    let (document, pdf) = certificate_file(&room.desk(), &certificate.no).unwrap().unwrap();
    assert_eq!(document.number, certificate.no);
    assert_eq!(verify_pdf(&room.desk(), &pdf).unwrap(), by_text);
    assert_eq!(verify_pdf(&room.desk(), b"%PDF-1.7 nothing").unwrap().status, "invalid");

    let kept = room
        .desk()
        .store()
        .read(|tx| certificate::load(tx, &certificate.no))
        .unwrap()
        .unwrap();
    let envelope = Envelope::from_bytes(kept.issued.envelope.clone()).unwrap();
    let expected = EnvelopePayload::Certificate(CertificatePayload::of(&kept.no, &kept.issued));
    assert_eq!(envelope.payload(), &expected);

    revoke_certificate(&room.desk(), &room.actor, &certificate.no, "冒名参训").unwrap();
    assert_eq!(
        verify_text(&room.desk(), &certificate.qr_text).unwrap().status,
        "revoked"
    );
    assert_eq!(
        issue_certificates(&room.desk(), &room.actor, &class)
            .unwrap()
            .certificates
            .len(),
        1
    );
}

#[test]
fn the_hubs_list_makes_a_certificate_final_and_an_older_list_never_takes_it_back() {
    let room = Room::new();
    let class = room.class(0);
    room.trainee(&class, "陈一");
    let session = draw_class(&room.desk(), &room.actor, &class).unwrap().sessions[0]
        .session
        .clone();
    run_exam(&room.desk(), &room.actor, &session, &right_answers(&room, &session)).unwrap();
    let text = issue_certificates(&room.desk(), &room.actor, &class)
        .unwrap()
        .certificates[0]
        .qr_text
        .clone();
    let hub = SigningKey::from_bytes(&[9; 32]);
    let list = room.enrol(&hub);
    assert!(matches!(
        accept_trust(&room.desk(), b"rubbish"),
        Err(AcceptTrustError::NotBelieved(_))
    ));
    accept_trust(&room.desk(), &Signed::seal(&list, &hub).into_bytes()).unwrap();
    assert_eq!(verify_text(&room.desk(), &text).unwrap().status, "provisional");

    let mut newer = TrustBundle {
        number: 2,
        ..list.clone()
    };
    newer.countersigned.insert(Envelope::from_text(&text).unwrap().hash());
    accept_trust(&room.desk(), &Signed::seal(&newer, &hub).into_bytes()).unwrap();
    assert_eq!(verify_text(&room.desk(), &text).unwrap().status, "final");
    let older = accept_trust(&room.desk(), &Signed::seal(&list, &hub).into_bytes());
    assert!(matches!(older, Err(AcceptTrustError::Older { found: 1, kept: 2 })));
    let forged = Signed::seal(&TrustBundle { number: 3, ..list }, &SigningKey::from_bytes(&[8; 32])).into_bytes();
    assert!(matches!(
        accept_trust(&room.desk(), &forged),
        Err(AcceptTrustError::NotBelieved(_))
    ));
}

#[test]
fn the_organizer_sees_how_far_each_trainee_has_come_and_which_questions_are_kept_back() {
    let room = Room::new();
    let class = room.class(1);
    room.trainee(&class, "陈一");
    let session = draw_class(&room.desk(), &room.actor, &class).unwrap().sessions[0]
        .session
        .clone();
    run_exam(&room.desk(), &room.actor, &session, &right_answers(&room, &session)).unwrap();
    let view = class_detail(&room.desk(), &class).unwrap().unwrap();
    let trainee = &view.trainees[0];
    assert_eq!(
        (trainee.sittings.len(), trainee.sittings_left, view.full_score),
        (1, 1, 100)
    );
    assert_eq!(trainee.sittings[0].passed, Some(true));
    let bank = question_bank(&room.desk());
    assert!(bank.drawable >= 60);
    assert_eq!(
        bank.questions
            .iter()
            .filter(|question| question.withheld.is_none())
            .count(),
        bank.drawable as usize
    );
}

#[test]
fn answers_are_read_as_the_letters_of_the_bank() {
    let answers = answers_from_json(r#"{"cr-001": "D", "cr-003": "acd"}"#).unwrap();
    assert_eq!(answers["cr-001"], [3]);
    assert_eq!(answers["cr-003"], [0, 2, 3]);
    for bad in [r#"{"cr-001": "1"}"#, r#"["D"]"#, "D"] {
        assert_eq!(answers_from_json(bad).unwrap_err().code(), "bad_answers");
    }
}

fn right_answers(room: &Room, session: &str) -> Answers {
    let bank = QuestionBank::shipped();
    let paper = sitting(&room.desk(), session).unwrap().unwrap().questions;
    paper
        .iter()
        .map(|question| (question.id.clone(), bank.question(&question.id).unwrap().answer.clone()))
        .collect()
}
