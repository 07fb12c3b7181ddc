//! `GET /health`: whether the store answers. In JSON, since probes read it.

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

pub(super) async fn health<S: HubStore>(State(hub): State<Hub<S>>) -> Response {
    let asked: Result<_, StoreError> = hub.store.begin_read().await.map(drop);
    let (status, word) = match asked {
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
