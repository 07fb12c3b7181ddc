//! The hub over HTTP. TLS is ended by what stands before it; every request of a counter is signed.

mod answer;
mod blobs;
mod enrol;
mod feed;
mod hand_back;
mod health;
mod push;
mod renew;
mod signed_request;
mod trust;

use std::time::{Duration, Instant};

use axum::{
    Router,
    extract::Request,
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post, put},
};
use hub_api::{protocol, refused::RefusedCode};

use crate::{hub::Hub, store::HubStore};
pub use answer::Refused;

/// After this an answer is given up; longer than the longest wait for the feed.
const TIME_LIMIT: Duration = Duration::from_secs(protocol::MAX_FEED_WAIT_S + 35);

/// Every address of the hub.
pub fn router<S: HubStore>(hub: Hub<S>) -> Router {
    Router::new()
        .route(protocol::ENROL_PATH, post(enrol::enrol::<S>))
        .route(protocol::PUSH_PATH, post(push::push::<S>))
        .route(protocol::FEED_PATH, get(feed::feed::<S>))
        .route(protocol::BLOB_OFFER_PATH, post(blobs::offer::<S>))
        .route(
            &format!("{}/{{sha256}}", protocol::BLOB_PATH),
            put(blobs::put_range::<S>).get(blobs::get_range::<S>),
        )
        .route(protocol::RENEW_PATH, post(renew::renew::<S>))
        .route(protocol::HAND_BACK_PATH, post(hand_back::hand_back::<S>))
        .route(protocol::TRUST_PATH, get(trust::trust::<S>))
        .route(protocol::HEALTH_PATH, get(health::health::<S>))
        .fallback(|| async { Refused::new(RefusedCode::NotFound, "there is nothing here") })
        .layer(middleware::from_fn(observe))
        .with_state(hub)
}

/// Logs what was asked and answered, without queries and bodies, and gives up what takes too long.
async fn observe(request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let began = Instant::now();
    let answer = tokio::time::timeout(TIME_LIMIT, next.run(request))
        .await
        .unwrap_or_else(|_| Refused::new(RefusedCode::Busy, "it took too long").into_response());
    let millis = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    tracing::info!(%method, path, status = answer.status().as_u16(), millis, "answered");
    answer
}
