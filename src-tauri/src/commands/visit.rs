//! Visits.

use counter_core::visit::VisitEnd;
use counter_desk::{
    case::receive_cases::{ReceiveCases, ReceivedCases, receive_cases},
    permission::Permission,
    subject::snapshot::snapshot,
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
    let known = app
        .act(Permission::Receive, move |desk, _| snapshot(desk, &subject))
        .await?;
    app.act(Permission::Receive, move |desk, actor| {
        open_visit(desk, actor, known, queue_number)
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
