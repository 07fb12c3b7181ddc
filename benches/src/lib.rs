//! What the figures have in common: a desk to work at, and two measurements beside each other.

#![allow(clippy::print_stdout)] // figures are printed

mod beside;
mod office;

pub use beside::{Aim, beside, timed};
pub use office::{NOW, Office, folder};

/// Whatever goes wrong ends the figure.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
