//! What the district platform has confirmed, and the way to it.

use std::sync::Arc;

use counter_desk::{
    Desk,
    certificate::accept_trust::accept_trust,
    delivery::{DeliveryStatus, status},
    permission::Permission,
    reference::{ReferenceDataset, reference_data, take_over},
};
use counter_store::Store;
use counter_sync::{Clock, HttpTransport, Running, SyncOutcome, SyncStatus, enrol, fetch_trust, sync_once};
use serde::Serialize;
use tauri::{AppHandle, Manager, State};

use crate::{
    app::{App, blocking, now_ms},
    error::CommandError,
};

/// What one round of sending and fetching did.
#[derive(Clone, Debug, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncReport {
    outcome: SyncOutcome,
    status: DeliveryStatus,
}

/// How many changes are not yet at the centre.
#[tauri::command]
#[specta::specta]
pub async fn delivery_status(app: State<'_, App>) -> Result<DeliveryStatus, CommandError> {
    app.ask(status).await
}

/// Binds the counter to a hub by a one-time code.
#[tauri::command]
#[specta::specta]
pub async fn hub_enrol(app: State<'_, App>, url: String, code: String) -> Result<DeliveryStatus, CommandError> {
    app.permitted(Permission::Administer)?;
    let store = app.desk()?.store().clone();
    let transport = HttpTransport::new().map_err(|error| CommandError::new("no_network", error.to_string()))?;
    enrol(&store, &transport, &Clock::new(now_ms), &url, &code)
        .await
        .map_err(|error| CommandError::new(error.code(), error.to_string()))?;
    app.keep_in_touch()?;
    app.ask(status).await
}

/// Sends and fetches once, now.
#[tauri::command]
#[specta::specta]
pub async fn sync_now(app: State<'_, App>) -> Result<SyncReport, CommandError> {
    app.permitted(Permission::Read)?;
    let store = app.desk()?.store().clone();
    let round = round(&store).await;
    app.try_the_line().await;
    let (outcome, trust) = round?;
    if let Some(trust) = trust {
        app.ask(move |desk| accept_trust(desk, &trust)).await?;
    }
    if outcome.reference.whole {
        app.ask(take_over).await?;
    }
    Ok(SyncReport {
        outcome,
        status: app.ask(status).await?,
    })
}

/// One round, and the hub's list of what it vouches for. The list can wait: without it certificates stay provisional.
async fn round(store: &Store) -> Result<(SyncOutcome, Option<Vec<u8>>), CommandError> {
    let transport = HttpTransport::new().map_err(|error| CommandError::new("no_network", error.to_string()))?;
    let clock = Clock::new(now_ms);
    let outcome = sync_once(store, &transport, &clock)
        .await
        .map_err(|error| CommandError::new(error.code(), error.to_string()))?;
    let trust = fetch_trust(store, &transport, &clock).await;
    if let Err(error) = &trust {
        tracing::warn!(code = error.code(), "the trust list was not fetched");
    }
    Ok((outcome, trust.ok()))
}

/// Runs the loop to the hub until the window ends, and takes reference data over whenever a version of it is whole.
pub fn spawn_loop(desk: Arc<Desk>, running: Running) -> Result<tauri::async_runtime::JoinHandle<()>, CommandError> {
    let transport = HttpTransport::new().map_err(|error| CommandError::new("no_network", error.to_string()))?;
    Ok(tauri::async_runtime::spawn(async move {
        let rounds = counter_sync::run(desk.store().clone(), transport, Clock::new(now_ms), running.clone());
        tokio::join!(rounds, take_over_when_whole(&desk, &running));
    }))
}

/// What is loaded of reference data, and what is on its way.
#[tauri::command]
#[specta::specta]
pub async fn reference_status(app: State<'_, App>) -> Result<Vec<ReferenceDataset>, CommandError> {
    app.ask(reference_data).await
}

/// How the line to the hub stands.
#[tauri::command]
#[specta::specta]
pub async fn hub_line(handle: AppHandle) -> Result<SyncStatus, CommandError> {
    blocking(move || handle.state::<App>().line_status()).await
}

/// Takes a version over when a round says that it is whole.
async fn take_over_when_whole(desk: &Arc<Desk>, running: &Running) {
    let mut status = running.status();
    while status.changed().await.is_ok() {
        let last = status.borrow_and_update().last.clone();
        if !last.is_some_and(|outcome| outcome.reference.whole) {
            continue;
        }
        let desk = Arc::clone(desk);
        match blocking(move || take_over(&desk).map_err(|error| CommandError::of(&error))).await {
            Ok(taken) => tracing::info!(datasets = taken.len(), "reference data taken over"),
            Err(error) => tracing::error!(code = error.code, "reference data was not taken over"),
        }
    }
}
