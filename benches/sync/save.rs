//! Saving while a sync is at work: forty times a second, while the outbox of a week goes out, while the week of another
//! counter comes in, and while reference data come for the first time. Aim: p99 at most 20 ms. Floor: the same counter
//! saving with nothing beside it.
//!
//! What counts is the time since a save was due: one that waits makes those after it late, as it does a clerk.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use counter_benches::{Central, City, Failure, Line, Office, asked, clock_of_today, median, p99, shown, word};
use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    record::Record,
    record_entry::RecordChange,
};
use counter_desk::reference::take_over;
use counter_store::RecordError;
use counter_sync::sync_once;
use tokio::runtime::Runtime;

const CHANGES: usize = 10_000;
const AIM: Duration = Duration::from_millis(20);
/// Between two saves.
const PACE: Duration = Duration::from_millis(25);
const ALONE: Duration = Duration::from_secs(3);

pub fn figures(runtime: &Runtime) -> Result<(), Failure> {
    let city = runtime.block_on(City::start())?;
    let central = Central::on_postgres(&city, 1)?;
    let writing = Office::open_in(super::week("W03", asked("CHANGES", CHANGES)?)?)?;
    runtime.block_on(central.enrol(&writing, 0, &Line::whole()?))?;
    saving("alone", &writing, || {
        std::thread::sleep(ALONE);
        Ok(())
    })?;
    let sync = |office: &Office| {
        let (store, line) = (office.desk.store().clone(), Line::whole()?);
        runtime.block_on(async move {
            tokio::spawn(async move { sync_once(&store, &line, &clock_of_today()).await }).await
        })??;
        Ok::<_, Failure>(())
    };
    saving("while a week goes out and its verdicts come", &writing, || {
        sync(&writing)
    })?;
    let fresh = Office::open_as("W04")?;
    runtime.block_on(central.enrol(&fresh, 0, &Line::whole()?))?;
    saving("while another counter's week comes in", &fresh, || sync(&fresh))?;
    super::publish_district(&central)?;
    saving("while reference data are fetched", &fresh, || sync(&fresh))?;
    saving("while they are taken over for the first time", &fresh, || {
        take_over(&fresh.desk)?;
        Ok(())
    })
}

/// Saves at `office` until `beside` has come to its end.
fn saving(name: &str, office: &Office, beside: impl FnOnce() -> Result<(), Failure>) -> Result<(), Failure> {
    let ended = AtomicBool::new(false);
    let begin = Instant::now();
    let (mut took, lasted) = std::thread::scope(|scope| {
        let clerk = scope.spawn(|| {
            let mut took = Vec::new();
            let mut due = Instant::now();
            while !ended.load(Ordering::Relaxed) || due.elapsed() > PACE {
                std::thread::sleep(due.saturating_duration_since(Instant::now()));
                save(office)?;
                took.push(due.elapsed());
                due += PACE;
            }
            Ok::<_, Failure>(took)
        });
        let done = beside();
        let lasted = begin.elapsed();
        ended.store(true, Ordering::Relaxed);
        let took = clerk.join().map_err(|_| Failure::from("the clerk gave up"))??;
        done?;
        Ok::<_, Failure>((took, lasted))
    })?;
    took.sort_unstable();
    println!(
        "save {name}: {} (p99 {}, slowest {}) of {} in {}; aim p99 ≤ {}: {}",
        shown(median(&took)),
        shown(p99(&took)),
        took.last().map_or_else(String::new, |slowest| shown(*slowest)),
        took.len(),
        shown(lasted),
        shown(AIM),
        word(p99(&took) <= AIM)
    );
    Ok(())
}

/// A decision that is not in the data, typed in.
fn save(office: &Office) -> Result<(), Failure> {
    let record = Record {
        subject_name: Some("广州市穗安诚样例装饰工程有限公司".into()),
        document_no: Some("穗越建罚〔2026〕12号".into()),
        penalty_content: Some("罚款30000元".into()),
        ..Record::default()
    };
    let act = office.act();
    let lane = Lane::new(LaneKind::Record, format!("YX-JL-{}", act.act_id));
    let entered = RecordChange::Entered {
        record: Box::new(record),
        scan: None,
    };
    office
        .desk
        .store()
        .write(|tx| tx.record(&act, lane, ChangeBody::Record(entered)))
        .map_err(|error: RecordError| Failure::from(error))?;
    Ok(())
}
