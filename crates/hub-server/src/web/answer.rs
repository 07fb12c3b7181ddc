//! What every answer of the pages has in common: headers that keep a browser in bounds, and pages that say no.

use std::time::Duration;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};
use maud::html;

use super::{
    layout,
    seat::{self, Seat},
    text::Language,
};
use crate::store::StoreError;

/// No script runs, nothing is loaded from elsewhere, no form leads elsewhere, no page frames another.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; \
     frame-ancestors 'none'; base-uri 'none'";

/// A page that was not shown.
#[derive(Debug)]
pub(super) enum PageError {
    /// Nobody is signed in.
    SignedOut,
    /// A password has to be chosen first.
    MustChange,
    /// The role does not allow it.
    Forbidden(Box<Seat>),
    /// There is nothing here that this officer may see.
    NotFound(Language),
    /// The form is too old, or was sent from elsewhere.
    StaleForm(Language),
    /// Too many requests in a short time.
    TooMany(Language),
    /// It took too long, or did not come in.
    TookTooLong(Language),
    /// The store.
    Store(StoreError),
}

impl From<StoreError> for PageError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let (status, language, key) = match self {
            Self::SignedOut => return Redirect::to("/sign-in").into_response(),
            Self::MustChange => return Redirect::to("/password").into_response(),
            Self::Forbidden(seat) => (StatusCode::FORBIDDEN, seat.language, "fault.forbidden"),
            Self::NotFound(language) => (StatusCode::NOT_FOUND, language, "fault.notFound"),
            Self::StaleForm(language) => (StatusCode::FORBIDDEN, language, "fault.staleForm"),
            Self::TooMany(language) => (StatusCode::TOO_MANY_REQUESTS, language, "fault.tooMany"),
            Self::TookTooLong(language) => (StatusCode::REQUEST_TIMEOUT, language, "fault.tookTooLong"),
            Self::Store(StoreError::Busy) => (StatusCode::SERVICE_UNAVAILABLE, Language::default(), "fault.busy"),
            Self::Store(error) => {
                tracing::error!(%error, "a page failed");
                (StatusCode::INTERNAL_SERVER_ERROR, Language::default(), "fault.internal")
            }
        };
        let body = html! {
            section.card.narrow data-testid="fault" {
                h1 { (language.say(key)) }
                p { a.btn href="/" { (language.say("fault.back")) } }
            }
        };
        (status, layout::bare(language, language.say("fault.title"), &body)).into_response()
    }
}

/// How long an answer may take, a body that comes slowly included.
const TIME_LIMIT: Duration = Duration::from_secs(60);
/// The same where a large file is handed in or published.
const TIME_LIMIT_OF_FILES: Duration = Duration::from_secs(600);

/// Gives up what takes too long.
pub(super) async fn in_time(request: Request, next: Next) -> Response {
    let language = seat::language(request.headers());
    let limit = if request.uri().path().starts_with("/publishing") {
        TIME_LIMIT_OF_FILES
    } else {
        TIME_LIMIT
    };
    tokio::time::timeout(limit, next.run(request))
        .await
        .unwrap_or_else(|_| PageError::TookTooLong(language).into_response())
}

/// Puts the headers on.
pub(super) async fn safe_headers(request: Request, next: Next) -> Response {
    let mut answer = next.run(request).await;
    let headers = answer.headers_mut();
    keep_in_bounds(headers);
    answer
}

fn keep_in_bounds(headers: &mut HeaderMap) {
    let fixed = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert("cross-origin-opener-policy", HeaderValue::from_static("same-origin"));
    let unless_set = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
    ];
    for (name, value) in unless_set {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
}
