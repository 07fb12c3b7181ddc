//! Every screen's time to content with 50,000 cases in the database (aim: p95 within 100 ms), and what a visit costs in keys
//! and seconds, from the search to the printed receipt, for an applicant who never came and for one who did. Floor: the
//! help, a screen that asks for nothing but the list of packs.
//!
//! Times are those of the window's own page, from the change of its address until the content is painted; `answered`
//! says how much of the middle one went by until the program had answered, the rest is drawing. Needs a display, a keyring
//! and the programs beside this one:
//!
//! ```text
//! cargo build --release --workspace --bins
//! scripts/in-session.sh cargo bench -p counter-benches --bench screens
//! ```

#![allow(clippy::print_stdout)] // figures are printed

use std::time::{Duration, Instant};

use acceptance_tests::journey::figures::{ScreenTime, ScreenTimes, measure};
use counter_benches::{Failure, Office, asked, work_of_years};
use counter_core::account::Role;
use counter_desk::account::add_account::{AddAccount, add_account};
use counter_store::Custody;

fn main() -> Result<(), Failure> {
    let (cases, rounds) = (asked("CASES", 50_000)?, asked("ROUNDS", 20)?);
    let office = Office::open_under(&Custody::Keyring)?;
    let administrator = AddAccount {
        name: "admin".into(),
        display_name: "管理员".into(),
        roles: vec![Role::Administrator],
    };
    add_account(&office.desk, None, administrator)?;
    let begin = Instant::now();
    let closed = work_of_years(&office, cases)?;
    println!(
        "{cases} cases, {closed} of them over, written in {:.0} s",
        begin.elapsed().as_secs_f64()
    );
    let data = office.close();
    let pictures = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let figures = runtime.block_on(measure(data.path(), pictures.path(), rounds))?;
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9} {:>9}",
        "screen", "first", "p50", "answered", "p95", "× floor"
    );
    let floor = middle(&figures.floor.later, 50, |time| time.content);
    for times in std::iter::once(&figures.floor).chain(&figures.screens) {
        told(times, floor);
    }
    for visit in figures.visits {
        println!(
            "{}: {} keys, {:.1} s from the search to the papers, as fast as the driver types",
            if visit.comes_again {
                "an applicant who came before"
            } else {
                "a new applicant"
            },
            visit.keys,
            visit.took.as_secs_f64(),
        );
    }
    Ok(())
}

fn told(times: &ScreenTimes, floor: Duration) {
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let content = |percent| middle(&times.later, percent, |time| time.content);
    println!(
        "{:<34} {:>6.0} ms {:>6.0} ms {:>6.0} ms {:>6.0} ms {:>8.1}",
        times.address,
        ms(times.first.content),
        ms(content(50)),
        ms(middle(&times.later, 50, |time| time.answered)),
        ms(content(95)),
        content(95).as_secs_f64() / floor.as_secs_f64(),
    );
}

/// The `percent`-th of a hundred, in order.
fn middle(times: &[ScreenTime], percent: usize, of: impl Fn(&ScreenTime) -> Duration) -> Duration {
    let mut sorted: Vec<_> = times.iter().map(of).collect();
    sorted.sort_unstable();
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}
