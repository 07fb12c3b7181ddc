//! The rule packs.

use counter_desk::{
    permission::Permission,
    rules::{
        self, PackDocument, PackHead,
        import_calendar::{self, CalendarReach},
    },
};
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

/// How far the calendar of working days reaches.
#[tauri::command]
#[specta::specta]
pub async fn calendar_reach(app: State<'_, App>) -> Result<CalendarReach, CommandError> {
    app.act(Permission::Read, |desk, _| import_calendar::calendar_reach(desk))
        .await
}

/// Takes a calendar of a new year in.
#[tauri::command]
#[specta::specta]
pub async fn calendar_import(app: State<'_, App>, path: String) -> Result<CalendarReach, CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        import_calendar::import_calendar(desk, path.as_ref())
    })
    .await
}
