//! What tests and figures share, and nothing of the product depends on: counters and hubs in folders of their own,
//! with clocks and chance a test decides on, and networks that fail on purpose.
//!
//! Everything here panics where it cannot go on: a test that cannot set its stage has failed.

#![allow(clippy::unwrap_used)]

mod chance;
mod clock;
mod counter_office;
pub mod delivered;
mod folder;
pub mod hub_log;
mod hub_office;
mod hub_process;
pub mod network;
mod seeds;
pub mod work;

pub use chance::Chance;
pub use clock::{NOW, TestClock};
pub use counter_office::CounterOffice;
pub use folder::{copy_files, memory_folder};
pub use hub_office::HubOffice;
pub use hub_process::{HubAnswer, HubPlace, HubProcess};
pub use seeds::{asked, seeds};
pub use test_postgres as postgres;

/// The district everything happens in.
pub const SITE: &str = "440104";
/// Where a hub without a socket is said to listen.
pub const URL: &str = "http://127.0.0.1:1";
