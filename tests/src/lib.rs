//! What the acceptance tests share: the built programs, a data folder, a hub, a window, and the journey through it.

use std::time::{Duration, Instant};

pub mod browser;
pub mod driver;
pub mod fit;
pub mod frame;
pub mod hub;
pub mod journey;
pub mod keyboard;
pub mod machine;
pub mod programs;
pub mod screen;
mod session_keyring;
pub mod small_disk;
pub mod window;

/// Anything that went wrong on the way; a test prints it and fails.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Waits until `condition` holds.
///
/// # Errors
/// When it does not within twenty seconds; says `what` was waited for.
pub async fn until(condition: impl Fn() -> bool, what: &str) -> Result<(), Failure> {
    let begin = Instant::now();
    while !condition() {
        if begin.elapsed() > Duration::from_secs(20) {
            return Err(format!("waited in vain: {what}").into());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}
