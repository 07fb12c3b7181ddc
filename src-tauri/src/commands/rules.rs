//! The rule packs.

use counter_desk::rules::{self, PackDocument, PackHead};
use tauri::State;

use crate::{app::App, error::CommandError};

/// The packs.
#[tauri::command]
#[specta::specta]
pub async fn pack_list(app: State<'_, App>) -> Result<Vec<PackHead>, CommandError> {
    Ok(rules::packs(&*app.desk()?))
}

/// A pack, whole.
#[tauri::command]
#[specta::specta]
pub async fn pack_view(app: State<'_, App>, id: String) -> Result<Option<PackDocument>, CommandError> {
    Ok(rules::pack_document(&*app.desk()?, &id))
}
