//! The most memory each program holds (`VmHWM`): `credit-counter-cli sync` with the outbox of a week, then with a first load of
//! reference data, and the hub beside them.

use std::{
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use acceptance_tests::programs::program;
use counter_benches::{Central, City, Failure, Line, Office, PASSPHRASE, asked, folder, most_memory, shown};
use test_support::copy_files;
use tokio::runtime::Runtime;

const CHANGES: usize = 10_000;

pub fn figures(runtime: &Runtime) -> Result<(), Failure> {
    let city = runtime.block_on(City::start())?;
    let week = super::week("W03", asked("CHANGES", CHANGES)?)?;
    of(runtime, "PostgreSQL", &Central::on_postgres(&city, 1)?, &week)?;
    of(runtime, "SQLite", &Central::on_sqlite()?, &week)
}

fn of(runtime: &Runtime, name: &str, central: &Central, week: &tempfile::TempDir) -> Result<(), Failure> {
    let rest = central.most_memory()?;
    let copy = folder()?;
    copy_files(week.path(), copy.path());
    let office = Office::open_in(copy)?;
    runtime.block_on(central.enrol(&office, 0, &Line::whole()?))?;
    let data = office.close();
    let (counter, took) = sync(data.path())?;
    println!(
        "memory, hub on {name}, at rest {}; after a week's push {}; credit-counter-cli sync with that week {} ({})",
        megabytes(rest),
        megabytes(central.most_memory()?),
        megabytes(counter),
        shown(took)
    );
    super::publish_district(central)?;
    let (counter, took) = sync(data.path())?;
    println!(
        "memory, hub on {name}, after a first load {}; credit-counter-cli sync with a first load {} ({}); the counter's folder {}",
        megabytes(central.most_memory()?),
        megabytes(counter),
        shown(took),
        megabytes(size(data.path())?)
    );
    Ok(())
}

/// Runs the program to its end, looking at what it holds.
fn sync(data: &Path) -> Result<(u64, Duration), Failure> {
    let begin = Instant::now();
    let mut process = Command::new(program("credit-counter-cli")?)
        .arg("--data-dir")
        .arg(data)
        .args(["--json", "sync"])
        .env("CREDIT_COUNTER_PASSPHRASE", PASSPHRASE)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let mut most = 0;
    let status = loop {
        most = most_memory(process.id()).unwrap_or_default().max(most);
        match process.try_wait()? {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    if status.success() {
        Ok((most, begin.elapsed()))
    } else {
        Err(format!("credit-counter-cli sync ended with {status}").into())
    }
}

fn size(folder: &Path) -> Result<u64, Failure> {
    let mut all = 0;
    for entry in std::fs::read_dir(folder)? {
        all += entry?.metadata()?.len();
    }
    Ok(all)
}

fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}
