//! Exams. The time is measured here, by a clock that only goes forward; the screen only shows it.

use counter_core::exam::{HandInReason, IncidentKind};
use counter_desk::{
    exam::{
        draw_exam::{DrawnPapers, draw_class},
        give_answer::{KeptAnswer, give_answer},
        hand_in::{ExamOutcome, hand_in},
        mark_review::mark_review,
        question_bank::{self, QuestionBankView},
        report_incident::report_incident,
        resume_exam::{ResumedExam, resume_exam},
        save_time_left::save_time_left,
        sitting::{self, RoomItem, SittingView},
        start_exam::start_exam,
        timer::ExamTimers,
    },
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// Draws a paper for every trainee who may sit.
#[tauri::command]
#[specta::specta]
pub async fn exam_draw(app: State<'_, App>, class_no: String) -> Result<DrawnPapers, CommandError> {
    app.act(Permission::Train, move |desk, actor| draw_class(desk, actor, &class_no))
        .await
}

/// The exam room of a class.
#[tauri::command]
#[specta::specta]
pub async fn exam_room(app: State<'_, App>, class_no: String) -> Result<Vec<RoomItem>, CommandError> {
    app.act(Permission::Read, move |desk, _| sitting::exam_room(desk, &class_no))
        .await
}

/// One sitting.
#[tauri::command]
#[specta::specta]
pub async fn exam_sitting(app: State<'_, App>, no: String) -> Result<Option<SittingView>, CommandError> {
    app.act(Permission::Read, move |desk, _| sitting::sitting(desk, &no))
        .await
}

/// Starts a sitting and its clock.
#[tauri::command]
#[specta::specta]
pub async fn exam_start(app: State<'_, App>, timers: State<'_, ExamTimers>, no: String) -> Result<(), CommandError> {
    let sitting = no.clone();
    app.act(Permission::Proctor, move |desk, actor| {
        start_exam(desk, actor, &sitting)
    })
    .await?;
    timers.start(&no, 0);
    Ok(())
}

/// Goes on with a sitting whose clock stood still, as after a crash.
#[tauri::command]
#[specta::specta]
pub async fn exam_resume(
    app: State<'_, App>,
    timers: State<'_, ExamTimers>,
    no: String,
) -> Result<ResumedExam, CommandError> {
    let sitting = no.clone();
    let resumed = app
        .act(Permission::Proctor, move |desk, actor| {
            resume_exam(desk, actor, &sitting)
        })
        .await?;
    timers.start(&no, u64::from(resumed.elapsed_ms));
    Ok(resumed)
}

/// Whether the clock of a sitting runs in this window; false after a crash.
#[tauri::command]
#[specta::specta]
pub fn exam_running(timers: State<'_, ExamTimers>, no: String) -> bool {
    timers.elapsed_ms(&no).is_some()
}

/// Keeps an answer; when this returns it is on the disk.
#[tauri::command]
#[specta::specta]
pub async fn exam_answer(
    app: State<'_, App>,
    timers: State<'_, ExamTimers>,
    no: String,
    question: String,
    choices: Vec<u8>,
) -> Result<KeptAnswer, CommandError> {
    let elapsed = elapsed(&timers, &no)?;
    app.act(Permission::Proctor, move |desk, actor| {
        give_answer(desk, actor, &no, &question, &choices, elapsed)
    })
    .await
}

/// Marks a question to be looked at again.
#[tauri::command]
#[specta::specta]
pub async fn exam_mark_review(
    app: State<'_, App>,
    no: String,
    question: String,
    marked: bool,
) -> Result<(), CommandError> {
    app.act(Permission::Proctor, move |desk, actor| {
        mark_review(desk, actor, &no, &question, marked)
    })
    .await
}

/// Writes down what the proctor has to see.
#[tauri::command]
#[specta::specta]
pub async fn exam_incident(
    app: State<'_, App>,
    timers: State<'_, ExamTimers>,
    no: String,
    kind: IncidentKind,
    detail: Option<String>,
) -> Result<(), CommandError> {
    let elapsed = elapsed(&timers, &no)?;
    app.act(Permission::Proctor, move |desk, actor| {
        report_incident(desk, actor, &no, kind, detail.as_deref(), elapsed)
    })
    .await
}

/// Saves the time left; answers the time used, ms.
#[tauri::command]
#[specta::specta]
pub async fn exam_tick(app: State<'_, App>, timers: State<'_, ExamTimers>, no: String) -> Result<u32, CommandError> {
    let elapsed = elapsed(&timers, &no)?;
    app.act(Permission::Proctor, move |desk, _| save_time_left(desk, &no, elapsed))
        .await?;
    Ok(u32::try_from(elapsed).unwrap_or(u32::MAX))
}

/// Hands a sitting in and marks it.
#[tauri::command]
#[specta::specta]
pub async fn exam_hand_in(
    app: State<'_, App>,
    timers: State<'_, ExamTimers>,
    no: String,
    reason: HandInReason,
) -> Result<ExamOutcome, CommandError> {
    let elapsed = elapsed(&timers, &no)?;
    let sitting = no.clone();
    let outcome = app
        .act(Permission::Proctor, move |desk, actor| {
            hand_in(desk, actor, &sitting, reason, elapsed)
        })
        .await?;
    timers.stop(&no);
    Ok(outcome)
}

/// The question bank, with what is not drawn today and why.
#[tauri::command]
#[specta::specta]
pub async fn question_bank(app: State<'_, App>) -> Result<QuestionBankView, CommandError> {
    Ok(question_bank::question_bank(&*app.desk()?))
}

fn elapsed(timers: &ExamTimers, no: &str) -> Result<u64, CommandError> {
    timers
        .elapsed_ms(no)
        .ok_or_else(|| CommandError::new("exam_not_running", no))
}
