//! A figure and its floor, measured in turns, so that whatever else the machine does falls on both alike.

use std::time::{Duration, Instant};

/// How far above its floor a figure may stand.
#[derive(Clone, Copy, Debug)]
pub enum Aim {
    /// At most this many times the floor's median.
    Times(f64),
    /// 99 of 100 at most this long.
    P99(Duration),
    /// At least this many a second.
    PerSecond(f64),
    /// Nothing is asked; the figure is for comparison.
    None,
}

/// Runs `floor` and `ours` in turns, `rounds` times after one to warm up, and prints both, what they are to each
/// other and the aim. Each answers how long what counts took, so that what it needs beforehand does not.
///
/// # Errors
/// Whatever either answers.
pub fn beside<E>(
    name: &str,
    aim: Aim,
    rounds: usize,
    mut floor: impl FnMut() -> Result<Duration, E>,
    mut ours: impl FnMut() -> Result<Duration, E>,
) -> Result<(), E> {
    let (mut low, mut high) = (Vec::with_capacity(rounds), Vec::with_capacity(rounds));
    for round in 0..=rounds {
        let (floor, ours) = (floor()?, ours()?);
        if round > 0 {
            low.push(floor);
            high.push(ours);
        }
    }
    low.sort_unstable();
    high.sort_unstable();
    let (below, above) = (median(&low), median(&high));
    let times = above.as_secs_f64() / below.as_secs_f64().max(f64::EPSILON);
    println!(
        "{name}: {} (p99 {}); floor {} (p99 {}); {times:.2} × floor{}",
        shown(above),
        shown(p99(&high)),
        shown(below),
        shown(p99(&low)),
        match aim {
            Aim::Times(most) => format!("; aim ≤ {most} ×: {}", word(times <= most)),
            Aim::P99(most) => format!("; aim p99 ≤ {}: {}", shown(most), word(p99(&high) <= most)),
            Aim::PerSecond(least) => {
                let each = 1.0 / above.as_secs_f64();
                format!("; {each:.0} a second, aim ≥ {least}: {}", word(each >= least))
            }
            Aim::None => String::new(),
        },
    );
    Ok(())
}

/// How long `work` takes.
///
/// # Errors
/// Whatever `work` answers.
pub fn timed<T, E>(work: impl FnOnce() -> Result<T, E>) -> Result<Duration, E> {
    let begin = Instant::now();
    let done = work()?;
    let took = begin.elapsed();
    // Taking the result down again is not part of the work.
    drop(done);
    Ok(took)
}

/// The middle one of `sorted`.
pub fn median(sorted: &[Duration]) -> Duration {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// What 99 of 100 of `sorted` do not exceed: the slowest where there are fewer than a hundred.
pub fn p99(sorted: &[Duration]) -> Duration {
    let at = (sorted.len() * 99).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}

/// A time in the unit that fits it.
pub fn shown(time: Duration) -> String {
    if time >= Duration::from_secs(1) {
        format!("{:.2} s", time.as_secs_f64())
    } else if time >= Duration::from_millis(10) {
        format!("{:.0} ms", time.as_secs_f64() * 1e3)
    } else {
        format!("{:.3} ms", time.as_secs_f64() * 1e3)
    }
}

/// Whether an aim is reached, in a word.
pub fn word(reached: bool) -> &'static str {
    if reached { "reached" } else { "missed" }
}
