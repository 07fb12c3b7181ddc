//! What the district platform has confirmed, and the way to it.

use counter_desk::{
    certificate::accept_trust::accept_trust,
    delivery::{DeliveryStatus, status},
    permission::Permission,
};
use counter_store::Store;
use counter_sync::{Clock, HttpTransport, Running, SyncOutcome, enrol, fetch_trust, sync_once};
use serde::Serialize;
use tauri::State;

use crate::{
    app::{App, now_ms},
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
    let (outcome, trust) = round(&store).await?;
    if let Some(trust) = trust {
        app.ask(move |desk| accept_trust(desk, &trust)).await?;
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

/// Runs the loop to the hub over `store` until the window ends.
pub fn spawn_loop(store: Store, running: Running) -> Result<tauri::async_runtime::JoinHandle<()>, CommandError> {
    let transport = HttpTransport::new().map_err(|error| CommandError::new("no_network", error.to_string()))?;
    Ok(tauri::async_runtime::spawn(counter_sync::run(
        store,
        transport,
        Clock::new(now_ms),
        running,
    )))
}
