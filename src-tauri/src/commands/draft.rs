//! What is being typed.

use counter_core::attachment::AttachmentRef;
use counter_desk::{
    attachment,
    draft::{self, DraftView},
    permission::Permission,
};
use tauri::State;

use crate::{app::App, error::CommandError};

/// Keeps a draft; answers the instant it was on the disk.
#[tauri::command]
#[specta::specta]
pub async fn draft_save(app: State<'_, App>, key: String, json: String) -> Result<f64, CommandError> {
    // Milliseconds of any date a counter will see are exact in a double.
    #[allow(clippy::cast_precision_loss)]
    app.act(Permission::Read, move |desk, _| draft::save(desk, &key, &json))
        .await
        .map(|at| at as f64)
}

/// The draft kept under a key.
#[tauri::command]
#[specta::specta]
pub async fn draft_load(app: State<'_, App>, key: String) -> Result<Option<DraftView>, CommandError> {
    app.act(Permission::Read, move |desk, _| draft::load(desk, &key)).await
}

/// Forgets a draft.
#[tauri::command]
#[specta::specta]
pub async fn draft_discard(app: State<'_, App>, key: String) -> Result<(), CommandError> {
    app.act(Permission::Read, move |desk, _| draft::discard(desk, &key))
        .await
}

/// Takes a scan in.
#[tauri::command]
#[specta::specta]
pub async fn attach_file(app: State<'_, App>, path: String) -> Result<AttachmentRef, CommandError> {
    app.act(Permission::Receive, move |desk, _| {
        attachment::attach_file(desk, path.as_ref())
    })
    .await
}
