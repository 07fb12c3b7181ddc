//! Which seeds a test goes through.

use std::ops::Range;

/// The number in the environment variable `name`, where one is set.
///
/// # Panics
/// Where it is set to something else: a run that was asked for must not be another one.
pub fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|number| number.parse().unwrap())
}

/// The seed of `SEED` alone, or as many as `SEEDS` says, or `usual`.
pub fn seeds(usual: u64) -> Range<u64> {
    match asked("SEED") {
        Some(seed) => seed..seed + 1,
        None => 0..asked("SEEDS").unwrap_or(usual),
    }
}
