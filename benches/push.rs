//! A week's outbox goes to the hub: 10,000 changes of about 1.5 kB, over real HTTP on the loopback, from an encrypted counter
//! to the release build of `credit-hub`, on its embedded SQLite and on PostgreSQL. Changes a second from the beginning of
//! the round until the last receipt is stored, bytes on the line, and what each end took of the processor.
//!
//! Floors in the same run: the same bytes into a bare PostgreSQL table, one prepared upsert for each batch of 500, and
//! into a bare SQLite, one transaction a batch. PostgreSQL and every folder wait for the disk, as in use.
//!
//! ```text
//! cargo build --release -p hub-server
//! cargo bench -p counter-benches --bench push
//! ```
//!
//! Needs Debian's package postgresql, as the tests do; it is started on a private folder and port. `CHANGES=20000` makes
//! another outbox, `ROUNDS=9` more rounds.

#![allow(clippy::print_stdout)] // figures are printed

use std::{
    path::Path,
    time::{Duration, Instant},
};

use counter_benches::{
    Central, City, Failure, Line, Office, Outbox, asked, clock_of_today, connect, folder, median, most_memory,
    postgres_upserts, processor_time, shown, sqlite_transactions, word, work_offline,
};
use counter_store::StoreError;
use counter_sync::{SyncError, sync_once};
use test_support::copy_files;
use tokio::runtime::Runtime;

const CHANGES: usize = 10_000;
const ROUNDS: usize = 5;
/// Changes a second, and the share of PostgreSQL's floor.
const AIM: f64 = 12_000.0;
const AIM_OF_FLOOR: f64 = 0.5;
const AIM_BYTES: u64 = 5_000_000;

fn main() -> Result<(), Failure> {
    let runtime = Runtime::new()?;
    let office = Office::open()?;
    work_offline(&office, asked("CHANGES", CHANGES)?)?;
    let outbox = Outbox::of(&office)?;
    let week = office.close();
    println!(
        "{} changes, {:.2} MB, {:.2} kB each",
        outbox.changes.len(),
        outbox.bytes() as f64 / 1e6,
        outbox.bytes() as f64 / 1e3 / outbox.changes.len() as f64
    );
    let city = runtime.block_on(City::start())?;
    let database = city.database()?;
    let client = runtime.block_on(connect(&database.url()))?;
    let (mut postgres_floor, mut sqlite_floor) = (Vec::new(), Vec::new());
    let (mut on_postgres, mut on_sqlite) = (Vec::new(), Vec::new());
    for round in 0..=asked("ROUNDS", ROUNDS)? {
        let before = city.processor_time()?;
        let floor = runtime.block_on(postgres_upserts(&client, &outbox.changes))?;
        let bare = city.processor_time()? - before;
        let bare_sqlite = sqlite_transactions(&outbox.changes)?;
        let central = Central::on_postgres(&city, 1)?;
        let postgres = push(&runtime, week.path(), &central, Some(&city))?;
        drop(central);
        let sqlite = push(&runtime, week.path(), &Central::on_sqlite()?, None)?;
        if round > 0 {
            postgres_floor.push((floor, bare));
            sqlite_floor.push(bare_sqlite);
            on_postgres.push(postgres);
            on_sqlite.push(sqlite);
        }
    }
    let count = outbox.changes.len() as f64;
    postgres_floor.sort_unstable();
    let (floor, bare) = postgres_floor[postgres_floor.len() / 2];
    sqlite_floor.sort_unstable();
    println!(
        "floor: bare PostgreSQL {:.0} changes/s ({}, its processor {}); bare SQLite {:.0} changes/s ({})",
        count / floor.as_secs_f64(),
        shown(floor),
        shown(bare),
        count / median(&sqlite_floor).as_secs_f64(),
        shown(median(&sqlite_floor)),
    );
    say("hub on PostgreSQL", on_postgres, count, floor);
    say("hub on SQLite", on_sqlite, count, floor);
    Ok(())
}

/// What one push took.
#[derive(Clone, Copy, Debug)]
struct Push {
    took: Duration,
    counter: Duration,
    hub: Duration,
    postgres: Duration,
    requests: u64,
    sent: u64,
    received: u64,
    hub_memory: u64,
    hub_disk: u64,
}

/// Sends the outbox of a copy of `week` to `central`.
fn push(runtime: &Runtime, week: &Path, central: &Central, city: Option<&City>) -> Result<Push, Failure> {
    let copy = folder()?;
    copy_files(week, copy.path());
    let office = Office::open_in(copy)?;
    let line = Line::for_a_push()?;
    runtime.block_on(central.enrol(&office, 0, &line))?;
    let (requests, sent, received) = line.counted();
    let own = std::process::id();
    let of_city = || city.map_or(Ok(Duration::ZERO), City::processor_time);
    let (counter, hub, postgres) = (processor_time(own)?, central.processor_time()?, of_city()?);
    let disk = runtime.block_on(central.disk())?;
    let store = office.desk.store().clone();
    let begin = Instant::now();
    let ended = runtime.block_on({
        let (store, line) = (store.clone(), line.clone());
        async move { tokio::spawn(async move { sync_once(&store, &line, &clock_of_today()).await }).await }
    })?;
    let took = begin.elapsed();
    if !matches!(ended, Err(SyncError::Transport(_))) {
        return Err(format!("the line was to be cut after the push: {ended:?}").into());
    }
    let unsent = store.read::<_, StoreError>(|tx| tx.outbox())?.changes;
    if unsent > 0 {
        return Err(format!("{unsent} changes have no receipt: {ended:?}").into());
    }
    let (all_requests, all_sent, all_received) = line.counted();
    Ok(Push {
        took,
        counter: processor_time(own)? - counter,
        hub: central.processor_time()? - hub,
        postgres: of_city()? - postgres,
        requests: all_requests - requests,
        sent: all_sent - sent,
        received: all_received - received,
        hub_memory: central.most_memory()?,
        hub_disk: runtime.block_on(central.disk())?.saturating_sub(disk),
    })
}

fn say(name: &str, mut rounds: Vec<Push>, count: f64, floor: Duration) {
    rounds.sort_by_key(|round| round.took);
    let Some(middle) = rounds.get(rounds.len() / 2) else {
        return;
    };
    let per_second = count / middle.took.as_secs_f64();
    let of_floor = floor.as_secs_f64() / middle.took.as_secs_f64();
    let bytes = middle.sent + middle.received;
    println!(
        "{name}: {per_second:.0} changes/s ({}, fastest {}, slowest {}), aim ≥ {AIM}: {}; {of_floor:.2} × PostgreSQL's floor, \
         aim ≥ {AIM_OF_FLOOR}: {}",
        shown(middle.took),
        rounds.first().map_or_else(String::new, |round| shown(round.took)),
        rounds.last().map_or_else(String::new, |round| shown(round.took)),
        word(per_second >= AIM),
        word(of_floor >= AIM_OF_FLOOR),
    );
    println!(
        "  {} requests, {:.2} MB sent, {:.2} MB received, aim ≤ {} MB: {}",
        middle.requests,
        middle.sent as f64 / 1e6,
        middle.received as f64 / 1e6,
        AIM_BYTES / 1_000_000,
        word(bytes <= AIM_BYTES)
    );
    println!(
        "  processor: counter {}, hub {}, PostgreSQL {}; at most {:.0} MB of memory at the hub, {:.0} MB in this process; \
         {:.2} kB of the hub's disk a change, logs included",
        shown(middle.counter),
        shown(middle.hub),
        shown(middle.postgres),
        middle.hub_memory as f64 / 1e6,
        most_memory(std::process::id()).unwrap_or_default() as f64 / 1e6,
        middle.hub_disk as f64 / 1e3 / count,
    );
}
