//! Offices that applicants are sent to, and paths of their own.

use counter_desk::{
    office::{OfficeView, offices, remove_office, save_office},
    paper::issue::issue_bankruptcy_slip,
    permission::Permission,
    record::bankruptcy::{BankruptcyPath, bankruptcy_path},
};
use counter_store::StoreError;
use tauri::State;

use super::paper::Paper;
use crate::{app::App, error::CommandError};

/// The offices on the list.
#[tauri::command]
#[specta::specta]
pub async fn office_list(app: State<'_, App>) -> Result<Vec<OfficeView>, CommandError> {
    app.act(Permission::Read, |desk, _| offices(desk)).await
}

/// Enters an office.
#[tauri::command]
#[specta::specta]
pub async fn office_save(app: State<'_, App>, office: OfficeView) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        save_office(desk, actor, &office)
    })
    .await
}

/// Takes an office off the list.
#[tauri::command]
#[specta::specta]
pub async fn office_remove(app: State<'_, App>, name: String) -> Result<(), CommandError> {
    app.act(Permission::Receive, move |desk, _| remove_office(desk, &name))
        .await
}

/// The path of a subject under reorganisation or composition.
#[tauri::command]
#[specta::specta]
pub async fn bankruptcy_view(app: State<'_, App>) -> Result<Option<BankruptcyPath>, CommandError> {
    app.act(Permission::Read, |desk, _| {
        Ok::<_, StoreError>(bankruptcy_path(desk.rules()))
    })
    .await
}

/// 转介单 of such a subject.
#[tauri::command]
#[specta::specta]
pub async fn bankruptcy_print(
    app: State<'_, App>,
    record: String,
    visit: Option<String>,
) -> Result<Paper, CommandError> {
    app.act(Permission::Receive, move |desk, actor| {
        issue_bankruptcy_slip(desk, actor, &record, visit.as_deref())
    })
    .await
    .map(Paper::from)
}
