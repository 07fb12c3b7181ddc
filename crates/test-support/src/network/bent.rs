//! A network whose answers somebody touches.

use axum::Router;
use bytes::Bytes;
use counter_sync::{Transport, TransportError};

use super::deliver;

/// A network whose answers pass through `bend`.
#[derive(Clone, Debug)]
pub struct Bent<F>(pub Router, pub F);

impl<F: Fn(&str, Bytes) -> Bytes + Send + Sync> Transport for Bent<F> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let path = request.uri().path().to_owned();
        let answer = deliver(&self.0, request).await;
        Ok(answer.map(|body| (self.1)(&path, body)))
    }
}
