//! Between a counter and its hub: push, receipts, feed, and nothing on screen before a receipt holds.
//!
//! [`sync_once`] does one round; [`run`] goes on in the background; [`enrol`] binds the counter.
//! Every receipt and every page of the feed is checked against the pinned hub key before the store
//! sees it. The network stands behind [`Transport`], so that a test can lose, repeat and hold back
//! what is sent. [`export_outbox`] and [`import_answer`] do a round
//! where there is no network. Left out: taking reference data
//! over, which is a use case of the counter.

mod blobs;
mod call;
mod clock;
mod enrol;
mod error;
mod fetch_blobs;
mod hand_back;
mod http_transport;
mod pull;
mod push;
mod receipts;
mod reference;
mod renew;
mod run;
mod stick;
mod sync_once;
mod transport;
mod trust;

pub use clock::Clock;
pub use enrol::{EnrolError, Enrolled, enrol};
pub use error::SyncError;
pub use http_transport::HttpTransport;
/// The longest file for a stick, in bytes.
pub use hub_api::stick::MAX_FILE_BYTES as MAX_STICK_BYTES;
pub use reference::ReferenceProgress;
pub use run::{Running, SyncState, SyncStatus, run};
pub use stick::{Exported, Imported, StickProgress, export_outbox, import_answer};
pub use sync_once::{RefusedChange, SyncOutcome, sync_once};
pub use transport::{Transport, TransportError};
pub use trust::fetch_trust;
