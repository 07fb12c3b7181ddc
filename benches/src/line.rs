//! The line between a counter and its hub: real HTTP, its bytes counted, and cut after the push where only that is measured.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use bytes::Bytes;
use counter_sync::{HttpTransport, Transport, TransportError};

use crate::Failure;

/// A line to the hub. Clones count together.
#[derive(Clone)]
pub struct Line {
    http: HttpTransport,
    counted: Arc<Counted>,
    /// Whether a request for the feed, which follows the push, finds the line cut.
    cut_before_feed: bool,
}

#[derive(Default)]
struct Counted {
    requests: AtomicU64,
    sent: AtomicU64,
    received: AtomicU64,
}

impl Line {
    /// A line on which everything gets through.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn whole() -> Result<Self, Failure> {
        Ok(Self {
            http: HttpTransport::new()?,
            counted: Arc::default(),
            cut_before_feed: false,
        })
    }

    /// A line that is cut when everything was sent: a round over it is a push and nothing else.
    ///
    /// # Errors
    /// When the client cannot be made.
    pub fn for_a_push() -> Result<Self, Failure> {
        Ok(Self {
            cut_before_feed: true,
            ..Self::whole()?
        })
    }

    /// Requests, and bytes there and back: bodies and headers as the program hands them over, the few that the
    /// HTTP library adds left out.
    pub fn counted(&self) -> (u64, u64, u64) {
        let of = |count: &AtomicU64| count.load(Ordering::Relaxed);
        (
            of(&self.counted.requests),
            of(&self.counted.sent),
            of(&self.counted.received),
        )
    }
}

impl Transport for Line {
    async fn send(&self, request: http::Request<Bytes>) -> Result<http::Response<Bytes>, TransportError> {
        if self.cut_before_feed && request.uri().path() == hub_api::protocol::FEED_PATH {
            return Err(TransportError::NotSent("the line was cut after the push".into()));
        }
        let sent = request.uri().path().len() + length(request.headers()) + request.body().len();
        self.counted.requests.fetch_add(1, Ordering::Relaxed);
        self.counted.sent.fetch_add(sent as u64, Ordering::Relaxed);
        let answer = self.http.send(request).await?;
        let received = length(answer.headers()) + answer.body().len();
        self.counted.received.fetch_add(received as u64, Ordering::Relaxed);
        Ok(answer)
    }
}

/// Headers as HTTP/1.1 writes them.
fn length(headers: &http::HeaderMap) -> usize {
    headers
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + ": \r\n".len())
        .sum()
}
