//! Reading the feed: the verdicts on one's own week, the week of another counter into a fresh one, and one visit of the
//! other counter into one that follows. Floor: the same bytes into a bare SQLite under the same cipher, a transaction for
//! each page.

use std::time::{Duration, Instant};

use counter_benches::{
    Central, City, Failure, Line, Office, Outbox, asked, clock_of_today, encrypted_transactions, median, shown,
    work_offline,
};
use counter_sync::{SyncOutcome, sync_once};
use tokio::runtime::Runtime;

const CHANGES: usize = 10_000;
const VISITS: usize = 20;

pub fn figures(runtime: &Runtime) -> Result<(), Failure> {
    let city = runtime.block_on(City::start())?;
    let week = Office::open_in(super::week("W03", asked("CHANGES", CHANGES)?)?)?;
    let outbox = Outbox::of(&week)?;
    let folder = week.close();
    println!(
        "feed of {} changes, {:.1} MB",
        outbox.changes.len(),
        outbox.bytes() as f64 / 1e6
    );
    let floor = encrypted_transactions(&outbox.changes)?;
    of(runtime, "PostgreSQL", &Central::on_postgres(&city, 1)?, &folder, floor)?;
    of(runtime, "SQLite", &Central::on_sqlite()?, &folder, floor)
}

fn of(
    runtime: &Runtime,
    name: &str,
    central: &Central,
    week: &tempfile::TempDir,
    floor: Duration,
) -> Result<(), Failure> {
    let copy = counter_benches::folder()?;
    test_support::copy_files(week.path(), copy.path());
    let writing = Office::open_in(copy)?;
    runtime.block_on(central.enrol(&writing, 0, &Line::whole()?))?;
    let _cut = push(runtime, &writing)?;
    let (own, pulled) = sync(runtime, &writing)?;
    let entries = writing.desk.store().change_count()?;
    println!(
        "{name}: {entries} verdicts on one's own changes in {} ({:.0} a second), {} refused",
        shown(own),
        entries as f64 / own.as_secs_f64(),
        pulled.refused.len()
    );
    let fresh = Office::open_as("W04")?;
    runtime.block_on(central.enrol(&fresh, 0, &Line::whole()?))?;
    let (first, pulled) = sync(runtime, &fresh)?;
    println!(
        "{name}: {} changes of another counter into a fresh one in {} ({:.0} a second); floor {}; {:.1} × floor",
        pulled.pulled,
        shown(first),
        f64::from(pulled.pulled) / first.as_secs_f64(),
        shown(floor),
        first.as_secs_f64() / floor.as_secs_f64()
    );
    let mut followed = Vec::new();
    for _ in 0..VISITS {
        work_offline(&writing, 1)?;
        sync(runtime, &writing)?;
        let (took, pulled) = sync(runtime, &fresh)?;
        if pulled.pulled == 0 {
            return Err("nothing came of the other counter's visit".into());
        }
        followed.push(took);
    }
    followed.sort_unstable();
    println!(
        "{name}: a visit of another counter into one that follows in {}",
        shown(median(&followed))
    );
    Ok(())
}

fn push(runtime: &Runtime, office: &Office) -> Result<Duration, Failure> {
    let line = Line::for_a_push()?;
    let begin = Instant::now();
    // The line is cut when everything was sent.
    let _cut = runtime.block_on(sync_once(office.desk.store(), &line, &clock_of_today()));
    Ok(begin.elapsed())
}

fn sync(runtime: &Runtime, office: &Office) -> Result<(Duration, SyncOutcome), Failure> {
    let line = Line::whole()?;
    let begin = Instant::now();
    let outcome = runtime.block_on(sync_once(office.desk.store(), &line, &clock_of_today()))?;
    Ok((begin.elapsed(), outcome))
}
