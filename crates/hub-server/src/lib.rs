//! The reference central credit system (`credit-hub`): records what counters send, judges it, and answers with signed receipts.
//!
//! **Recording is not judging.** [`recording`] takes every change that is next in its counter's
//! chain; [`judge`] then asks the shared reducer of `counter-core`, lane by lane, and writes what
//! came of it into the district's log. The hub is stateless over its [`store`]. It never names
//! `counter-store` or a counter's tables: all they share is `counter-core`,
//! `hub-api` and `publicity-file`.
//!
//! Left out: ending TLS, which is the business of what stands before it.

pub mod attachment;
pub mod authority_act;
pub mod certificate_check;
pub mod clock;
pub mod command;
pub mod connections;
pub mod dataset;
pub mod district_log;
pub mod enrolment;
pub mod feed;
pub mod hand_back;
pub mod head_mark;
pub mod http;
pub mod hub;
pub mod hub_change;
pub mod hub_key;
pub mod judge;
pub mod judge_again;
pub mod officer;
pub mod overview;
pub mod recording;
pub mod report;
pub mod revocation;
pub mod stick;
pub mod store;
pub mod trust;
pub mod verdict_count;
pub mod web;
