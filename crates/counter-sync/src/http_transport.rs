//! The real network: HTTP, with TLS wherever the hub is on another computer.

use std::time::Duration;

use bytes::{Bytes, BytesMut};
use hub_api::protocol::{MAX_ANSWER_BODY, MAX_FEED_WAIT_S};
use reqwest::redirect::Policy;

use crate::{Transport, TransportError};

const CONNECT_LIMIT: Duration = Duration::from_secs(5);
/// Longer than the hub holds a request for the feed open.
const ANSWER_LIMIT: Duration = Duration::from_secs(MAX_FEED_WAIT_S + 30);

/// A pool of connections to the hub.
#[derive(Clone, Debug)]
pub struct HttpTransport {
    client: reqwest::Client,
}

impl HttpTransport {
    /// Prepares the client. Nothing is sent.
    ///
    /// # Errors
    /// [`TransportError::NotSent`] where the system's certificates cannot be read.
    pub fn new() -> Result<Self, TransportError> {
        // An error means that another part of the program has installed a provider already, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_LIMIT)
            .timeout(ANSWER_LIMIT)
            .redirect(Policy::none())
            .no_proxy()
            .build()
            .map_err(|error| TransportError::NotSent(error.to_string()))?;
        Ok(Self { client })
    }
}

impl Transport for HttpTransport {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        let request =
            reqwest::Request::try_from(request).map_err(|error| TransportError::NotSent(error.to_string()))?;
        let mut answer = self.client.execute(request).await.map_err(|error| {
            if error.is_connect() || error.is_builder() {
                TransportError::NotSent(chain(&error))
            } else {
                TransportError::MaybeSent(chain(&error))
            }
        })?;
        let status = answer.status();
        let headers = std::mem::take(answer.headers_mut());
        let mut body = BytesMut::new();
        while let Some(part) = answer
            .chunk()
            .await
            .map_err(|error| TransportError::MaybeSent(chain(&error)))?
        {
            if body.len() + part.len() > MAX_ANSWER_BODY {
                return Err(TransportError::MaybeSent(
                    "the answer is longer than allowed".to_owned(),
                ));
            }
            body.extend_from_slice(&part);
        }
        let mut response = http::Response::new(body.freeze());
        *response.status_mut() = status;
        *response.headers_mut() = headers;
        Ok(response)
    }
}

/// The error with its causes, which tell a closed port from a wrong certificate.
fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text.push_str(": ");
        text.push_str(&error.to_string());
        cause = error.source();
    }
    text
}
