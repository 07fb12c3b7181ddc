//! 数据导入.

use counter_desk::{
    import::{
        self, FindingFilter, FindingPage, GoOn, ImportOptions, ImportOutcome, ImportProgress, ImportRunView,
        save_findings,
    },
    permission::Permission,
};
use tauri::{State, ipc::Channel};

use crate::{app::App, error::CommandError, stop::Stop};

/// Whether the running import was asked to stop.
#[derive(Debug, Default)]
pub struct ImportCancel(Stop);

/// Imports a file; tells how far it is.
#[tauri::command]
#[specta::specta]
pub async fn import_start(
    app: State<'_, App>,
    cancel: State<'_, ImportCancel>,
    path: String,
    on_progress: Channel<ImportProgress>,
) -> Result<ImportOutcome, CommandError> {
    let asked = cancel.0.begin();
    app.act(Permission::Import, move |desk, actor| {
        let mut watch = |progress| {
            // A window that no longer listens does not stop the import.
            let _ = on_progress.send(progress);
            if asked() { GoOn::Cancel } else { GoOn::Yes }
        };
        import::import_file(desk, actor, path.as_ref(), &ImportOptions::default(), &mut watch)
            .map(ImportOutcome::for_screen)
    })
    .await
}

/// Stops the running import; nothing of it is kept.
#[tauri::command]
#[specta::specta]
pub fn import_cancel(cancel: State<'_, ImportCancel>) {
    cancel.0.ask();
}

/// The newest imports.
#[tauri::command]
#[specta::specta]
pub async fn import_runs(app: State<'_, App>, limit: u32) -> Result<Vec<ImportRunView>, CommandError> {
    app.act(Permission::Read, move |desk, _| import::runs(desk, limit))
        .await
}

/// Some of the findings of an import.
#[tauri::command]
#[specta::specta]
pub async fn import_findings(
    app: State<'_, App>,
    run: String,
    filter: FindingFilter,
) -> Result<FindingPage, CommandError> {
    app.act(Permission::Read, move |desk, _| import::findings(desk, &run, filter))
        .await
}

/// Saves the findings of an import as a spreadsheet.
#[tauri::command]
#[specta::specta]
pub async fn import_findings_save(app: State<'_, App>, run: String, path: String) -> Result<(), CommandError> {
    app.act(Permission::Import, move |desk, _| {
        save_findings(desk, &run, path.as_ref())
    })
    .await
}
