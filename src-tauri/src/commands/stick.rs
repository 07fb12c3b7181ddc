//! A round with the hub by a file on a stick: the outbox out, the answer in.

use counter_desk::{Coded, certificate::accept_trust::accept_trust, permission::Permission};
use counter_sync::{
    Clock, Exported, Imported, MAX_STICK_BYTES, StickProgress, SyncError, export_outbox, import_answer,
};
use tauri::{State, ipc::Channel};

use crate::{
    app::{App, blocking, now_ms},
    error::CommandError,
    stop::Stop,
};

/// Whether the file that is being written or read was asked to stop.
#[derive(Debug, Default)]
pub struct StickStop(Stop);

/// Writes what has no receipt to a file for the hub; tells how far it is.
#[tauri::command]
#[specta::specta]
pub async fn stick_write(
    app: State<'_, App>,
    stop: State<'_, StickStop>,
    path: String,
    on_progress: Channel<StickProgress>,
) -> Result<Exported, CommandError> {
    app.permitted(Permission::Read)?;
    let store = app.desk()?.store().clone();
    let mut watch = watched(&stop, on_progress);
    blocking(move || {
        export_outbox(&store, &Clock::new(now_ms), path.as_ref(), MAX_STICK_BYTES, &mut watch)
            .map_err(|error| refused(&error, &path))
    })
    .await
}

/// Takes in the hub's answer; tells how far it is.
#[tauri::command]
#[specta::specta]
pub async fn stick_read(
    app: State<'_, App>,
    stop: State<'_, StickStop>,
    path: String,
    on_progress: Channel<StickProgress>,
) -> Result<Imported, CommandError> {
    app.permitted(Permission::Read)?;
    let desk = app.desk()?;
    let mut watch = watched(&stop, on_progress);
    let taken = blocking(move || {
        let imported = import_answer(desk.store(), &Clock::new(now_ms), path.as_ref(), &mut watch)
            .map_err(|error| refused(&error, &path))?;
        // The receipts hold without it: certificates stay provisional until a list is taken.
        if let Some(list) = &imported.trust
            && let Err(error) = accept_trust(&desk, list)
        {
            tracing::warn!(code = error.code(), "the trust list was not taken");
        }
        Ok(imported)
    })
    .await;
    app.try_the_line().await;
    taken
}

/// Stops the file that is being written or read.
#[tauri::command]
#[specta::specta]
pub fn stick_stop(stop: State<'_, StickStop>) {
    stop.0.ask();
}

/// Tells the screen how far it is, and goes on until it was asked to stop.
fn watched(stop: &StickStop, on_progress: Channel<StickProgress>) -> impl FnMut(StickProgress) -> bool + use<> {
    let asked = stop.0.begin();
    move |progress| {
        // A window that no longer listens stops nothing.
        let _ = on_progress.send(progress);
        !asked()
    }
}

/// The file is named where the sentence is about it.
fn refused(error: &SyncError, path: &str) -> CommandError {
    let of_the_file = matches!(error, SyncError::Stick(_));
    CommandError::new(
        error.code(),
        if of_the_file {
            path.to_owned()
        } else {
            error.to_string()
        },
    )
}
