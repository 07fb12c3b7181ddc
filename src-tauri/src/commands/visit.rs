//! Visits.

use counter_core::{subject_snapshot::SubjectSnapshot, visit::VisitEnd};
use counter_desk::{
    case::receive_cases::{ReceiveCases, ReceivedCases, receive_cases},
    permission::Permission,
    subject::credit_file::credit_file,
    visit::{
        end_visit,
        open_visit::open_visit,
        visit_view::{self, VisitView},
    },
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// An applicant sits down; answers the visit's number.
#[tauri::command]
#[specta::specta]
pub async fn visit_open(
    app: State<'_, App>,
    subject: String,
    queue_number: Option<String>,
) -> Result<String, CommandError> {
    let file = app
        .act(Permission::Receive, move |desk, _| credit_file(desk, &subject))
        .await?;
    let snapshot = SubjectSnapshot {
        uscc: file.uscc,
        name: file.name,
    };
    app.act(Permission::Receive, move |desk, actor| {
        open_visit(desk, actor, snapshot, queue_number)
    })
    .await
}

/// A visit.
#[tauri::command]
#[specta::specta]
pub async fn visit_view(app: State<'_, App>, no: String) -> Result<Option<VisitView>, CommandError> {
    app.act(Permission::Read, move |desk, _| visit_view::visit_view(desk, &no))
        .await
}

/// The visits that have not ended.
#[tauri::command]
#[specta::specta]
pub async fn visits_open(app: State<'_, App>) -> Result<Vec<VisitView>, CommandError> {
    app.act(Permission::Read, |desk, _| visit_view::open_visits(desk)).await
}

/// Takes the cases of a visit in.
#[tauri::command]
#[specta::specta]
pub async fn visit_receive(app: State<'_, App>, input: ReceiveCases) -> Result<ReceivedCases, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        receive_cases(desk, actor, &input)
    })
    .await
}

/// An applicant leaves.
#[tauri::command]
#[specta::specta]
pub async fn visit_end(app: State<'_, App>, no: String, end: VisitEnd) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        end_visit::end_visit(desk, actor, &no, end)
    })
    .await
}
