//! A network somebody does not wait for as long as the program would.

use std::time::Duration;

use bytes::Bytes;
use counter_sync::{Transport, TransportError};

/// Gives up an answer after a while, so that a line that is dead at one end does not hold a test up.
#[derive(Clone, Debug)]
pub struct Impatient<T>(pub T, pub Duration);

impl<T: Transport> Transport for Impatient<T> {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        tokio::time::timeout(self.1, self.0.send(request))
            .await
            .unwrap_or_else(|_| Err(TransportError::MaybeSent("no answer in time".into())))
    }
}
