//! Visits.

use counter_core::{subject_snapshot::SubjectSnapshot, visit::VisitEnd};
use counter_desk::{
    case::receive_cases::{ReceiveCases, ReceivedCases, receive_cases},
    permission::Permission,
    scan::{Scanned, read_scan},
    subject::snapshot::snapshot,
    visit::{
        agent_suggestions::{self, AgentSuggestion},
        appointment::{self, BookVisit},
        continue_cases::{ContinueCases, continue_cases},
        end_visit,
        open_visit::open_visit,
        visit_register::{self, VisitRegister},
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

/// 来访登记簿 of today.
#[tauri::command]
#[specta::specta]
pub async fn visit_register(app: State<'_, App>) -> Result<VisitRegister, CommandError> {
    app.act(Permission::Read, visit_register::visit_register).await
}

/// 预约; answers the number of the visit to come.
#[tauri::command]
#[specta::specta]
pub async fn visit_book(app: State<'_, App>, subject: String, booking: BookVisit) -> Result<String, CommandError> {
    let known = app
        .act(Permission::Receive, move |desk, _| snapshot(desk, &subject))
        .await?;
    app.act(Permission::Receive, move |desk, actor| {
        appointment::book_visit(desk, actor, known, &booking)
    })
    .await
}

/// The applicant of an appointment is here.
#[tauri::command]
#[specta::specta]
pub async fn visit_arrive(app: State<'_, App>, no: String, queue_number: Option<String>) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        appointment::arrive(desk, actor, &no, queue_number)
    })
    .await
}

/// Calls an appointment off.
#[tauri::command]
#[specta::specta]
pub async fn visit_cancel_booking(app: State<'_, App>, no: String, reason: String) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        appointment::cancel_booking(desk, actor, &no, &reason)
    })
    .await
}

/// Who came for a subject before.
#[tauri::command]
#[specta::specta]
pub async fn visit_agents_before(
    app: State<'_, App>,
    subject: SubjectSnapshot,
    apart_from: Option<String>,
) -> Result<Vec<AgentSuggestion>, CommandError> {
    app.act(Permission::Read, move |desk, _| {
        agent_suggestions::agent_suggestions(desk, &subject, apart_from.as_deref())
    })
    .await
}

/// Tells what a scanner gun typed.
#[tauri::command]
#[specta::specta]
pub async fn scan_read(app: State<'_, App>, text: String) -> Result<Scanned, CommandError> {
    app.act(Permission::Read, move |desk, _| read_scan(desk, &text)).await
}

/// 续办; answers the number of the visit.
#[tauri::command]
#[specta::specta]
pub async fn visit_continue(app: State<'_, App>, input: ContinueCases) -> Result<String, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        continue_cases(desk, actor, &input)
    })
    .await
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
