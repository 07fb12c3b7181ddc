//! What a sync costs beside the push itself: reading the feed, a hundred counters at once, saving meanwhile, and memory.
//! Real `credit-hub` processes of the release build, real HTTP on the loopback, encrypted counters, folders and a
//! PostgreSQL that wait for their disk.
//!
//! ```text
//! cargo build --release -p hub-server -p counter-cli
//! cargo bench -p counter-benches --bench sync
//! cargo bench -p counter-benches --bench sync -- pull     # or many, save, memory: one of them
//! ```
//!
//! Needs Debian's package postgresql, as the tests do. `CHANGES=2000` and `COUNTERS=20` make less of it.

#![allow(clippy::print_stdout)] // figures are printed

mod many;
mod memory;
mod pull;
mod save;

use counter_benches::{Central, Failure, Office, folder};
use counter_desk::demo::{DemoScale, register_file, reporting_files};
use jiff::civil::date;
use tokio::runtime::{Builder, Runtime};

/// The district of every figure.
const SITE: &str = "440104";

/// Takes one figure and prints it beside its floor.
type Figure = fn(&Runtime) -> Result<(), Failure>;

fn main() -> Result<(), Failure> {
    // Counters do not share a program in use: none waits for another's disk here either.
    let runtime = Builder::new_multi_thread().worker_threads(16).enable_all().build()?;
    // Cargo passes `--bench`.
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let figures: [(&str, Figure); 4] = [
        ("pull", pull::figures),
        ("many", many::figures),
        ("save", save::figures),
        ("memory", memory::figures),
    ];
    for (name, figure) in figures {
        if asked.is_empty() || asked.iter().any(|word| word == name) {
            figure(&runtime)?;
        }
    }
    Ok(())
}

/// Publishes the reference data of a made-up district: 109,818 subjects and 52,204 rows.
fn publish_district(central: &Central) -> Result<(), Failure> {
    let files = folder()?;
    let mut reporting = reporting_files(DemoScale::District, date(2026, 11, 24))?
        .into_iter()
        .skip(1);
    let (penalties, permits) = (reporting.next().ok_or("no file")?, reporting.next().ok_or("no file")?);
    for (kind, file) in [
        ("subject", register_file(DemoScale::District)),
        ("penalty", penalties),
        ("permit", permits),
    ] {
        let path = files.path().join(&file.name);
        std::fs::write(&path, &file.bytes)?;
        let path = path.to_string_lossy();
        let published = central.hubs[0].command(&["publish", &path, "--site", SITE, "--kind", kind])?;
        if published.status != 0 {
            return Err(format!("{kind} was not published: {published:?}").into());
        }
    }
    Ok(())
}

/// A counter with `changes` changes in its outbox, closed.
fn week(code: &str, changes: usize) -> Result<tempfile::TempDir, Failure> {
    let office = Office::open_as(code)?;
    counter_benches::work_offline(&office, changes)?;
    Ok(office.close())
}
