//! What happens around every answer: a number for the log, a time limit, a count, and a limit on how fast one asks.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use hub_api::{
    protocol::{self, KEY_HEADER},
    refused::RefusedCode,
};
use tracing::Instrument;

use super::{Refused, metrics::Metrics};

/// After this an answer is given up; longer than the longest wait for the feed.
const TIME_LIMIT: Duration = Duration::from_secs(protocol::MAX_FEED_WAIT_S + 35);
/// Goes with every request through the logs of proxy and hub.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Requests of one key a second, and at once: a counter that works off a week asks a few times a second.
const KEY_A_SECOND: NonZeroU32 = NonZeroU32::new(50).expect("50 is not zero");
const KEY_AT_ONCE: NonZeroU32 = NonZeroU32::new(500).expect("500 is not zero");
/// Requests of one address a second, and at once: a whole district may come from one.
const ADDRESS_A_SECOND: NonZeroU32 = NonZeroU32::new(2_000).expect("2000 is not zero");
const ADDRESS_AT_ONCE: NonZeroU32 = NonZeroU32::new(4_000).expect("4000 is not zero");
/// After so many keys or addresses those that rest are forgotten.
const REMEMBERED: usize = 10_000;

/// What the process knows of its answers.
#[derive(Clone)]
pub(super) struct Observer {
    metrics: Metrics,
    begun: Arc<str>,
    requests: Arc<AtomicU64>,
    by_key: Arc<DefaultKeyedRateLimiter<String>>,
    by_address: Arc<DefaultKeyedRateLimiter<IpAddr>>,
}

impl Observer {
    /// `begun` tells the requests of this process from another's in the log.
    pub(super) fn new(metrics: Metrics, begun: [u8; 4]) -> Self {
        Self {
            metrics,
            begun: hex::encode(begun).into(),
            requests: Arc::default(),
            by_key: Arc::new(RateLimiter::keyed(
                Quota::per_second(KEY_A_SECOND).allow_burst(KEY_AT_ONCE),
            )),
            by_address: Arc::new(RateLimiter::keyed(
                Quota::per_second(ADDRESS_A_SECOND).allow_burst(ADDRESS_AT_ONCE),
            )),
        }
    }

    /// The request's own number where whoever sent it gave it one that is fit for a log, ours where not.
    fn number(&self, headers: &HeaderMap) -> String {
        let fit = |text: &&str| {
            (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        };
        headers
            .get(REQUEST_ID)
            .and_then(|value| value.to_str().ok())
            .filter(fit)
            .map_or_else(
                || format!("{}-{}", self.begun, self.requests.fetch_add(1, Ordering::Relaxed)),
                str::to_owned,
            )
    }

    /// Whether one asks faster than anybody needs. Costs nothing yet: no signature was looked at.
    /// What does not come from a socket, as between parts of one process, is not counted.
    fn is_too_fast(&self, request: &Request) -> bool {
        let Some(peer) = request.extensions().get::<ConnectInfo<SocketAddr>>() else {
            return false;
        };
        let address = peer.0.ip();
        if self.by_address.len() > REMEMBERED {
            self.by_address.retain_recent();
        }
        if self.by_key.len() > REMEMBERED {
            self.by_key.retain_recent();
        }
        let key = request.headers().get(KEY_HEADER).and_then(|key| key.to_str().ok());
        // A proxy on this machine speaks for everybody and has its own limits by address.
        (!address.is_loopback() && self.by_address.check_key(&address).is_err())
            || key.is_some_and(|key| key.len() <= 16 && self.by_key.check_key(&key.to_owned()).is_err())
    }
}

/// Logs what was asked and answered, without queries and bodies, and gives up what takes too long.
pub(super) async fn observe(State(observer): State<Observer>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().clone(), request.uri().path().to_owned());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or_else(|| "other".to_owned(), |route| route.as_str().to_owned());
    let number = observer.number(request.headers());
    let span = tracing::info_span!("request", id = number);
    let began = Instant::now();
    let answering = async {
        let mut answer = if observer.is_too_fast(&request) {
            Refused::new(RefusedCode::Busy, "too many requests").into_response()
        } else {
            tokio::time::timeout(TIME_LIMIT, next.run(request))
                .await
                .unwrap_or_else(|_| Refused::new(RefusedCode::Busy, "it took too long").into_response())
        };
        let took = began.elapsed();
        observer.metrics.answered(&route, answer.status().as_u16(), took);
        if let Ok(number) = HeaderValue::from_str(&number) {
            answer.headers_mut().insert(REQUEST_ID, number);
        }
        let millis = u64::try_from(took.as_millis()).unwrap_or(u64::MAX);
        tracing::info!(%method, path, status = answer.status().as_u16(), millis, "answered");
        answer
    };
    answering.instrument(span).await
}
