//! Beginning once more. The session's bus keeps the name of a program that was killed until it has noticed; who starts in
//! between is taken for a second one, finds nobody to pass its words to, and would end without a window.

use std::{thread, time::Duration};

/// How often the program has begun again, for itself.
const BEGUN_AGAIN: &str = "CREDIT_COUNTER_BEGUN_AGAIN";
/// So often at most.
const TIMES: u32 = 10;
const PAUSE: Duration = Duration::from_millis(200);

/// Begins the program again in the same process, with the same words; returns where that cannot be done or has been
/// done often enough.
pub fn start_again() {
    let begun = std::env::var(BEGUN_AGAIN)
        .ok()
        .and_then(|times| times.parse().ok())
        .unwrap_or(0);
    if begun >= TIMES {
        return;
    }
    thread::sleep(PAUSE);
    #[cfg(unix)]
    if let Ok(program) = std::env::current_exe() {
        use std::os::unix::process::CommandExt;
        let error = std::process::Command::new(program)
            .args(std::env::args_os().skip(1))
            .env(BEGUN_AGAIN, (begun + 1).to_string())
            .exec();
        tracing::error!(%error, "the program could not begin again");
    }
}
