//! A hundred counters of one district come back from a day without a network at the same moment, to one and to two hub
//! processes over one PostgreSQL. Floor: the same bytes into a bare table over as many connections as a process holds.
//!
//! The log of a district is written by one at a time, so this is the hardest case; every counter works on this computer too.

use std::time::{Duration, Instant};

use counter_benches::{
    Central, City, Failure, Line, Office, Outbox, asked, clock_of_today, connect, folder, median, p99,
    postgres_upserts, processor_time, shown,
};
use counter_store::StoreError;
use counter_sync::{SyncError, sync_once};
use hub_server::store::postgres::PostgresOptions;
use tempfile::TempDir;
use test_support::copy_files;
use tokio::runtime::Runtime;

const COUNTERS: usize = 100;
const CHANGES_EACH: usize = 100;

pub fn figures(runtime: &Runtime) -> Result<(), Failure> {
    let city = runtime.block_on(City::start())?;
    let days = (0..asked("COUNTERS", COUNTERS)?)
        .map(|at| super::week(&format!("C{at:03}"), CHANGES_EACH))
        .collect::<Result<Vec<_>, _>>()?;
    let mut changes = Vec::new();
    for processes in [1, 2] {
        let central = Central::on_postgres(&city, processes)?;
        let offices = enrolled(runtime, &central, &days)?;
        changes = offices.iter().map(Outbox::of).collect::<Result<Vec<_>, _>>()?;
        push(runtime, &city, &central, &offices)?;
    }
    floor(runtime, &city, &changes)
}

/// Copies of the counters, bound to the processes by turns.
fn enrolled(runtime: &Runtime, central: &Central, days: &[TempDir]) -> Result<Vec<Office>, Failure> {
    let mut offices = Vec::new();
    for (at, day) in days.iter().enumerate() {
        let copy = folder()?;
        copy_files(day.path(), copy.path());
        let office = Office::open_in(copy)?;
        runtime.block_on(central.enrol(&office, at, &Line::whole()?))?;
        offices.push(office);
    }
    Ok(offices)
}

fn push(runtime: &Runtime, city: &City, central: &Central, offices: &[Office]) -> Result<(), Failure> {
    let own = std::process::id();
    let (counters, hub, postgres) = (processor_time(own)?, central.processor_time()?, city.processor_time()?);
    let unsent = |office: &Office| office.desk.store().read::<_, StoreError>(|tx| tx.outbox());
    let mut changes = 0;
    for office in offices {
        changes += unsent(office)?.changes;
    }
    let begin = Instant::now();
    let mut took = runtime.block_on(async {
        let pushing: Vec<_> = offices
            .iter()
            .map(|office| {
                let store = office.desk.store().clone();
                tokio::spawn(async move {
                    let line = Line::for_a_push().map_err(|error| error.to_string())?;
                    match sync_once(&store, &line, &clock_of_today()).await {
                        Err(SyncError::Transport(_)) => Ok(begin.elapsed()),
                        other => Err(format!("the line was to be cut after the push: {other:?}")),
                    }
                })
            })
            .collect();
        let mut took = Vec::new();
        for one in pushing {
            took.push(one.await??);
        }
        Ok::<_, Failure>(took)
    })?;
    let all = begin.elapsed();
    for office in offices {
        let left = unsent(office)?.changes;
        if left > 0 {
            return Err(format!("{left} changes of a counter have no receipt").into());
        }
    }
    took.sort_unstable();
    println!(
        "{} counters × {} changes to {} process(es): {:.0} changes/s ({}); a counter waits {}, p99 {}; processor: counters {}, \
         hub {}, PostgreSQL {}; at most {:.0} MB in a hub process",
        offices.len(),
        changes / offices.len() as u64,
        central.hubs.len(),
        changes as f64 / all.as_secs_f64(),
        shown(all),
        shown(median(&took)),
        shown(p99(&took)),
        shown(processor_time(own)? - counters),
        shown(central.processor_time()? - hub),
        shown(city.processor_time()? - postgres),
        central.most_memory()? as f64 / 1e6,
    );
    Ok(())
}

fn floor(runtime: &Runtime, city: &City, outboxes: &[Outbox]) -> Result<(), Failure> {
    let database = city.database()?;
    let changes: usize = outboxes.iter().map(|outbox| outbox.changes.len()).sum();
    let took = runtime.block_on(async {
        let mut clients = Vec::new();
        for at in 0..PostgresOptions::CONNECTIONS {
            let client = connect(&database.url()).await?;
            // A table each: they do not wait for one another.
            client
                .batch_execute(&format!("CREATE SCHEMA bare_{at}; SET search_path = bare_{at}"))
                .await?;
            clients.push(client);
        }
        let begin = Instant::now();
        let share = outboxes.len().div_ceil(clients.len());
        let writing: Vec<_> = clients
            .into_iter()
            .zip(outboxes.chunks(share))
            .map(|(client, some)| {
                let some = some.to_vec();
                tokio::spawn(async move {
                    for outbox in &some {
                        postgres_upserts(&client, &outbox.changes).await?;
                    }
                    Ok::<_, Failure>(())
                })
            })
            .collect();
        for one in writing {
            one.await??;
        }
        Ok::<Duration, Failure>(begin.elapsed())
    })?;
    println!(
        "floor: bare PostgreSQL over {} connections {:.0} changes/s ({})",
        PostgresOptions::CONNECTIONS,
        changes as f64 / took.as_secs_f64(),
        shown(took)
    );
    Ok(())
}
