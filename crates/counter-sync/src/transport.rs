//! The one seam to the network.

use std::future::Future;

use bytes::Bytes;

/// Carries a request to the hub and its answer back.
pub trait Transport: Send + Sync {
    /// Sends `request`, whose address is absolute, and reads the whole answer.
    ///
    /// # Errors
    /// [`TransportError`], with whether the hub may have got the request.
    fn send(
        &self,
        request: http::Request<Bytes>,
    ) -> impl Future<Output = Result<http::Response<Bytes>, TransportError>> + Send;
}

/// There is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TransportError {
    /// The request never left.
    #[error("the hub cannot be reached: {0}")]
    NotSent(String),
    /// The request may have arrived; the answer did not.
    #[error("the hub did not answer: {0}")]
    MaybeSent(String),
}
