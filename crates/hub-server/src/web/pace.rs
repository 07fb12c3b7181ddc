//! How fast one address may ask what costs work before anybody has signed in: verifying a certificate, trying a
//! password. Each process counts for itself.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, Method},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};

use super::{answer::PageError, seat::language};

/// Requests at once.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(20).expect("20 is not zero");
/// Requests a minute after that.
const A_MINUTE: NonZeroU32 = NonZeroU32::new(30).expect("30 is not zero");
/// After so many addresses those that rest are forgotten.
const ADDRESSES: usize = 10_000;

/// Counts requests by address.
pub(super) type Pace = Arc<DefaultKeyedRateLimiter<Option<IpAddr>>>;

pub(super) fn pace() -> Pace {
    Arc::new(RateLimiter::keyed(Quota::per_minute(A_MINUTE).allow_burst(AT_ONCE)))
}

/// Lets a request on that is not one too many. Showing an empty form costs nothing and is not counted.
pub(super) async fn keep(State(pace): State<Pace>, request: Request, next: Next) -> Response {
    let asks_for_work = request.method() == Method::POST || request.uri().path().len() > "/c/".len();
    let is_form = request.method() == Method::GET && request.uri().path() == "/sign-in";
    if asks_for_work && !is_form {
        if pace.len() > ADDRESSES {
            pace.retain_recent();
        }
        if pace.check_key(&address(&request)).is_err() {
            return PageError::TooMany(language(request.headers())).into_response();
        }
    }
    next.run(request).await
}

/// Who asks. What stands before the hub on this computer ends TLS and says for whom it asks, in the last place.
fn address(request: &Request) -> Option<IpAddr> {
    let peer = request
        .extensions()
        .get::<ConnectInfo<SocketAddr>>()
        .map(|peer| peer.0.ip())?;
    if peer.is_loopback() {
        Some(forwarded_for(request.headers()).unwrap_or(peer))
    } else {
        Some(peer)
    }
}

fn forwarded_for(headers: &HeaderMap) -> Option<IpAddr> {
    headers
        .get_all("x-forwarded-for")
        .iter()
        .next_back()?
        .to_str()
        .ok()?
        .rsplit(',')
        .next()?
        .trim()
        .parse()
        .ok()
}
