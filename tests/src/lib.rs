//! What the acceptance tests share: the built programs, a data folder, a hub, a window, and the journey through it.

pub mod hub;
pub mod journey;
pub mod programs;
pub mod window;

/// Anything that went wrong on the way; a test prints it and fails.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;
