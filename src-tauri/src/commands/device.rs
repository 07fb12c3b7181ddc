//! Scans and devices: what is pasted, what the scanner left, what readers and cameras give.

use base64::{Engine, engine::general_purpose::STANDARD};
use counter_core::attachment::AttachmentRef;
use counter_desk::{
    attachment::{
        attach_bytes,
        scan_folder::{self, ScanFolder},
    },
    device::{self, Devices, DocumentCamera, IdCard, IdCardReader},
    permission::Permission,
};
use tauri::State;

use crate::{
    app::{App, blocking},
    error::CommandError,
};

/// Takes in a file without a path, its content in Base64.
#[tauri::command]
#[specta::specta]
pub async fn attach_content(app: State<'_, App>, name: String, content: String) -> Result<AttachmentRef, CommandError> {
    let bytes = STANDARD
        .decode(content)
        .map_err(|_| CommandError::new("picture_unreadable", name.clone()))?;
    app.act(Permission::Receive, move |desk, _| attach_bytes(desk, &name, &bytes))
        .await
}

/// The watched folder and its latest files.
#[tauri::command]
#[specta::specta]
pub async fn scan_folder_view(app: State<'_, App>) -> Result<ScanFolder, CommandError> {
    app.act(Permission::Read, |desk, _| scan_folder::scan_folder(desk))
        .await
}

/// Watches a folder.
#[tauri::command]
#[specta::specta]
pub async fn scan_folder_watch(app: State<'_, App>, path: String) -> Result<(), CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        scan_folder::watch_folder(desk, &path)
    })
    .await
}

/// The devices of this counter.
#[tauri::command]
#[specta::specta]
pub async fn devices_view(app: State<'_, App>) -> Result<Devices, CommandError> {
    app.act(Permission::Read, |desk, _| device::devices(desk)).await
}

/// Changes the devices of this counter.
#[tauri::command]
#[specta::specta]
pub async fn devices_save(app: State<'_, App>, devices: Devices) -> Result<(), CommandError> {
    app.act(Permission::Administer, move |desk, _| {
        device::save_devices(desk, &devices)
    })
    .await
}

/// Reads the identity card on the reader.
#[tauri::command]
#[specta::specta]
pub async fn id_card_read(app: State<'_, App>) -> Result<IdCard, CommandError> {
    let devices = app.act(Permission::Receive, |desk, _| device::devices(desk)).await?;
    let reader = device::driver(&devices.id_card_reader).ok_or_else(no_device)?;
    blocking(move || reader.read_card().map_err(|error| CommandError::of(&error))).await
}

/// Takes a picture with the document camera.
#[tauri::command]
#[specta::specta]
pub async fn camera_take(app: State<'_, App>) -> Result<AttachmentRef, CommandError> {
    let devices = app.act(Permission::Receive, |desk, _| device::devices(desk)).await?;
    let camera = device::driver(&devices.document_camera).ok_or_else(no_device)?;
    let picture = blocking(move || camera.take_picture().map_err(|error| CommandError::of(&error))).await?;
    app.act(Permission::Receive, move |desk, _| {
        attach_bytes(desk, "高拍仪.jpg", &picture)
    })
    .await
}

fn no_device() -> CommandError {
    CommandError::new("no_device", String::new())
}
