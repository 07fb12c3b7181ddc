//! Credit subjects.

use counter_desk::{
    permission::Permission,
    search::{self, SearchAnswer},
    subject::credit_file::{SubjectFile, credit_file},
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// The credit file of the subject with this number or code.
#[tauri::command]
#[specta::specta]
pub async fn subject_open(app: State<'_, App>, id: String) -> Result<SubjectFile, CommandError> {
    app.act(Permission::Read, move |desk, _| credit_file(desk, &id)).await
}

/// Finds subjects while a clerk types.
#[tauri::command]
#[specta::specta]
pub async fn subject_search(app: State<'_, App>, text: String, limit: u32) -> Result<SearchAnswer, CommandError> {
    app.act(Permission::Read, move |desk, _| {
        search::search(desk, &text, usize::try_from(limit).unwrap_or(usize::MAX))
    })
    .await
}
