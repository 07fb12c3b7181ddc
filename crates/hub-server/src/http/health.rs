//! `GET /health/live`: the process answers. `GET /health/ready`, also `/health`: it can work, its store answers and it
//! is not about to end. In JSON, since probes read it.

use axum::{
    Json,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use hub_api::protocol::PROTOCOLS;
use serde_json::json;

use crate::{
    hub::Hub,
    store::{HubStore, StoreError},
};

/// Says that the process is there; whoever gets no answer starts it again.
pub(super) async fn live() -> Json<serde_json::Value> {
    Json(json!({"status": "ok"}))
}

/// Says whether requests should be sent here.
pub(super) async fn ready<S: HubStore>(State(hub): State<Hub<S>>) -> Response {
    let asked: Result<_, StoreError> = hub.store.begin_read().await.map(drop);
    let (status, word) = match asked {
        Ok(()) if *hub.stopping().borrow() => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::error!(%error, "the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "store")
        }
    };
    let body = json!({
        "status": word,
        "version": env!("CARGO_PKG_VERSION"),
        "protocols": [PROTOCOLS.start(), PROTOCOLS.end()],
        "key": hub.public_key().id().to_string(),
    });
    (status, Json(body)).into_response()
}
