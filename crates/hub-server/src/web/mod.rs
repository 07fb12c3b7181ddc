//! The hub in the browser: pages for the officers of finding authorities, the credit office and administrators, and a
//! public page that verifies certificates.
//!
//! Pages are rendered here and need no script. One page a file; what a page shows and does is asked of the modules
//! beside this one. Every act is a POST with a token of its session ([`seat::Posted`]), every page is behind a role
//! ([`seat::Seat::allow`]) but signing in and the public page.

mod act;
mod answer;
mod case;
mod certificate;
mod conflicts;
mod counters;
mod file;
mod history;
mod language;
mod layout;
mod officers;
mod pace;
mod password;
mod publishing;
mod queue;
mod reports;
mod revocations;
mod seat;
mod sign_in;
mod style;
mod text;

use std::sync::Arc;

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware,
    routing::{get, post},
};
use counter_core::pack::RuleBook;

use crate::{hub::Hub, store::HubStore};

/// How the pages are set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// After how long without a word a counter counts as silent, in milliseconds.
    pub silent_after_ms: i64,
}

/// A counter that was not heard from for a day counts as silent: it reports once a second while it is on, and is on
/// every working day.
pub const SILENT_AFTER_HOURS: u32 = 24;

impl Default for Settings {
    fn default() -> Self {
        Self {
            silent_after_ms: i64::from(SILENT_AFTER_HOURS) * 60 * 60 * 1000,
        }
    }
}

/// What every page has at hand.
#[derive(Clone, Debug)]
struct Web<S> {
    hub: Hub<S>,
    settings: Settings,
    rules: Arc<RuleBook>,
}

/// The pages' addresses.
pub fn router<S: HubStore>(hub: Hub<S>, settings: Settings) -> Router {
    let web = Web {
        hub,
        settings,
        rules: Arc::new(RuleBook::shipped()),
    };
    Router::new()
        .route("/", get(sign_in::home::<S>))
        .route("/sign-out", post(sign_in::leave::<S>))
        .route("/password", get(password::form).post(password::change::<S>))
        .route("/language/{language}", get(language::choose))
        .route("/queue", get(queue::page::<S>))
        .route("/cases/{no}", get(case::page::<S>))
        .route("/cases/{no}/files/{sha256}", get(file::download::<S>))
        .route("/cases/{no}/acts/{act}", get(act::form::<S>).post(act::enter::<S>))
        .route("/conflicts", get(conflicts::page::<S>))
        .route("/counters", get(counters::page::<S>))
        .route("/counters/code", post(counters::print_code::<S>))
        .route("/reports", get(reports::page::<S>))
        .route("/reports/{month}/close", post(reports::close::<S>))
        .route("/reports/{month}/workbook", get(reports::download::<S>))
        .route("/revocations", get(revocations::form).post(revocations::revoke::<S>))
        .route("/publishing", get(publishing::page::<S>).post(publishing::confirm::<S>))
        .route(
            "/publishing/look",
            // The file has a limit of its own, counted as it comes in.
            post(publishing::look_through::<S>).layer(DefaultBodyLimit::disable()),
        )
        .route("/conflicts/claim", post(conflicts::claim::<S>))
        .route("/officers", get(officers::page::<S>).post(officers::add::<S>))
        .route("/officers/reset", post(officers::reset::<S>))
        .route("/officers/disable", post(officers::disable::<S>))
        .route(style::ADDRESS, get(style::sheet))
        .merge(outside::<S>())
        .layer(middleware::from_fn(answer::in_time))
        .layer(middleware::from_fn(answer::safe_headers))
        .with_state(web)
}

/// The pages of whoever comes from outside; how fast they may be asked is limited.
fn outside<S: HubStore>() -> Router<Web<S>> {
    Router::new()
        .route("/sign-in", get(sign_in::form::<S>).post(sign_in::enter::<S>))
        .route("/c", get(certificate::form).post(certificate::verify::<S>))
        .route("/c/", get(certificate::form).post(certificate::verify::<S>))
        .route("/c/{*text}", get(certificate::verify_link::<S>))
        .layer(middleware::from_fn_with_state(pace::pace(), pace::keep))
}
