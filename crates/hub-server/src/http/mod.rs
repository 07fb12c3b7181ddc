//! The hub over HTTP. TLS is ended by what stands before it; every request of a counter is signed.

mod answer;
mod blobs;
mod datasets;
mod enrol;
mod feed;
mod hand_back;
mod health;
mod metrics;
mod observe;
mod push;
mod renew;
mod signed_request;
mod trust;

use axum::{
    Router,
    http::{HeaderValue, header::ACCEPT_ENCODING},
    middleware,
    response::Response,
    routing::{get, post, put},
};
use hub_api::{packing::PACKING, protocol, refused::RefusedCode};

use crate::{hub::Hub, store::HubStore};
pub use answer::Refused;
use metrics::Metrics;
use observe::Observer;

/// Every address of the hub.
pub fn router<S: HubStore>(hub: Hub<S>) -> Router {
    let metrics = Metrics::new();
    let observer = Observer::new(metrics.clone(), hub.world.random().unwrap_or_default());
    let watched = Router::new()
        .route("/metrics", get(metrics::metrics::<S>))
        .with_state((hub.clone(), metrics));
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
        .route(protocol::DATASETS_PATH, get(datasets::list::<S>))
        .route(protocol::CHUNKS_PATH, post(datasets::chunks::<S>))
        .route(protocol::TRUST_PATH, get(trust::trust::<S>))
        .route(protocol::HEALTH_PATH, get(health::ready::<S>))
        .route("/health/ready", get(health::ready::<S>))
        .route("/health/live", get(health::live))
        .fallback(|| async { Refused::new(RefusedCode::NotFound, "there is nothing here") })
        .layer(middleware::map_response(say_what_is_unpacked))
        .with_state(hub)
        .merge(watched)
        .layer(middleware::from_fn_with_state(observer, observe::observe))
}

/// Tells a counter that the hub takes packed bodies; one of an older hub, which does not say it, is never sent any.
async fn say_what_is_unpacked(mut answer: Response) -> Response {
    let headers = answer.headers_mut();
    headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(PACKING));
    answer
}
