//! Training classes.

use counter_core::class::ExamTemplate;
use counter_core::record::parse_date;
use counter_desk::{
    class::{
        class_detail::{ClassView, class_detail},
        class_list::{self, ClassListItem},
        close_class::close_class,
        enrol_trainee::{EnrolTrainee, enrol_trainee},
        mark_attendance::{Attendance, mark_attendance},
        open_class::{OpenClass, open_class, usual_template},
        withdraw_trainee::withdraw_trainee,
    },
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// The classes, newest first.
#[tauri::command]
#[specta::specta]
pub async fn class_list(app: State<'_, App>) -> Result<Vec<ClassListItem>, CommandError> {
    app.act(Permission::Read, |desk, _| class_list::class_list(desk)).await
}

/// The template a new class begins with.
#[tauri::command]
#[specta::specta]
pub fn class_template() -> ExamTemplate {
    usual_template()
}

/// Opens a class; answers its number.
#[tauri::command]
#[specta::specta]
pub async fn class_open(app: State<'_, App>, input: OpenClass) -> Result<String, CommandError> {
    app.act(Permission::Train, move |desk, actor| open_class(desk, actor, &input))
        .await
}

/// A class with its trainees.
#[tauri::command]
#[specta::specta]
pub async fn class_view(app: State<'_, App>, no: String) -> Result<Option<ClassView>, CommandError> {
    app.act(Permission::Read, move |desk, _| class_detail(desk, &no)).await
}

/// Puts a trainee on a class; answers the trainee's id in it.
#[tauri::command]
#[specta::specta]
pub async fn class_enrol(app: State<'_, App>, input: EnrolTrainee) -> Result<String, CommandError> {
    app.act(Permission::Train, move |desk, actor| enrol_trainee(desk, actor, &input))
        .await
}

/// Takes a trainee off a class.
#[tauri::command]
#[specta::specta]
pub async fn class_withdraw(
    app: State<'_, App>,
    class_no: String,
    trainee: String,
    reason: String,
) -> Result<(), CommandError> {
    app.act(Permission::Train, move |desk, actor| {
        withdraw_trainee(desk, actor, &class_no, &trainee, &reason)
    })
    .await
}

/// Marks who was there on a day.
#[tauri::command]
#[specta::specta]
pub async fn class_attendance(
    app: State<'_, App>,
    class_no: String,
    on: String,
    attendance: Vec<Attendance>,
) -> Result<(), CommandError> {
    let day = parse_date(&on).ok_or_else(|| CommandError::new("bad_date", on))?;
    app.act(Permission::Train, move |desk, actor| {
        mark_attendance(desk, actor, &class_no, day, &attendance)
    })
    .await
}

/// Closes a class.
#[tauri::command]
#[specta::specta]
pub async fn class_close(app: State<'_, App>, class_no: String, note: Option<String>) -> Result<(), CommandError> {
    app.act(Permission::Train, move |desk, actor| {
        close_class(desk, actor, &class_no, note.as_deref())
    })
    .await
}
