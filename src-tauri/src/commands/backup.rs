//! Whether the data are well, backups, drills, and the way back.

use counter_desk::{
    backup::{
        drill::{DrillReport, hold_drill},
        plan::{BackupPlan, plan_backups},
        status::{BackupFile, BackupStatus, backup_files, backup_status},
    },
    permission::Permission,
    store_check::{StoreCheck, last_check},
};
use counter_store::{RecoveryWords, StoreError, Unlock};
use serde::Serialize;
use tauri::{AppHandle, Manager, State};

use super::app::{AppStatus, status};
use crate::{
    app::{App, blocking},
    error::CommandError,
};

/// Whether the data are well and when they were last backed up.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StoreStatus {
    backup: BackupStatus,
    backing_up: bool,
    check: Option<StoreCheck>,
    /// Changes cite files, and the file that kept them was gone when the program began.
    attachments_lost: bool,
    read_only: Option<String>,
}

/// Whether the data are well and when they were last backed up.
#[tauri::command]
#[specta::specta]
pub async fn store_status(app: State<'_, App>) -> Result<StoreStatus, CommandError> {
    app.permitted(Permission::Read)?;
    let (backing_up, read_only) = (app.keeper().is_backing_up(), app.read_only());
    app.ask(move |desk| {
        Ok::<_, StoreError>(StoreStatus {
            backup: backup_status(desk)?,
            backing_up,
            check: last_check(desk)?,
            attachments_lost: desk.store().attachments_made_anew(),
            read_only,
        })
    })
    .await
}

/// Plans backups, or with none no more of them.
#[tauri::command]
#[specta::specta]
pub async fn backup_plan(app: State<'_, App>, plan: Option<BackupPlan>) -> Result<BackupStatus, CommandError> {
    app.act(Permission::Administer, move |desk, _| plan_backups(desk, plan))
        .await?;
    app.ask(backup_status).await
}

/// Makes a backup by plan now.
#[tauri::command]
#[specta::specta]
pub async fn backup_now(handle: AppHandle, app: State<'_, App>) -> Result<BackupStatus, CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        handle.state::<App>().keeper().back_up(desk).map(|_| ())
    })
    .await?;
    app.ask(backup_status).await
}

/// The backups in the planned folder, the newest first.
#[tauri::command]
#[specta::specta]
pub async fn backup_list(app: State<'_, App>) -> Result<Vec<BackupFile>, CommandError> {
    app.act(Permission::Administer, |desk, _| backup_files(desk)).await
}

/// Copies the whole counter to a file of one's choice, safely, while it is used.
#[tauri::command]
#[specta::specta]
pub async fn backup_save(app: State<'_, App>, path: String) -> Result<(), CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        desk.store().backup(path.as_ref()).map(|_| ())
    })
    .await
}

/// 恢复演练: opens a backup aside and tells what it holds.
#[tauri::command]
#[specta::specta]
pub async fn drill_hold(app: State<'_, App>, file: String, words: String) -> Result<DrillReport, CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        hold_drill(desk, file.as_ref(), &words)
    })
    .await
}

/// Puts a backup in the place of data that are not there or do not open; what is there is kept aside. Whoever holds the
/// recovery words may do it: nobody can be signed in yet.
#[tauri::command]
#[specta::specta]
pub async fn backup_restore(
    handle: AppHandle,
    app: State<'_, App>,
    file: String,
    words: String,
) -> Result<AppStatus, CommandError> {
    let words =
        RecoveryWords::parse(&words).map_err(|error| CommandError::new("bad_recovery_words", error.to_string()))?;
    blocking(move || {
        let unlock = Unlock::RecoveryWords(words);
        handle
            .state::<App>()
            .restore(file.as_ref(), &unlock)
            .map_err(|error| CommandError::of(&error))
    })
    .await?;
    status(&app).await
}

/// Opens data for looking only that cannot be opened for writing.
#[tauri::command]
#[specta::specta]
pub async fn app_open_read_only(handle: AppHandle, app: State<'_, App>) -> Result<AppStatus, CommandError> {
    blocking(move || {
        handle
            .state::<App>()
            .read_anyway()
            .map_err(|error| CommandError::of(&error))
    })
    .await?;
    status(&app).await
}
