//! Every screen's time to content with 50,000 cases in the database (aim: p95 within 100 ms), and what a visit costs in keys
//! and seconds, from the search to the printed receipt, for an applicant who never came and for one who did. Floor: the
//! help, a screen that asks for nothing but the list of packs.
//!
//! Times are those of the window's own page, from the change of its address until the content stands there. Needs a
//! display, a keyring and the programs beside this one:
//!
//! ```text
//! cargo build --release --workspace --bins
//! scripts/in-session.sh cargo bench -p counter-benches --bench screens
//! ```

#![allow(clippy::print_stdout)] // figures are printed

use std::time::{Duration, Instant};

use acceptance_tests::journey::figures::{ScreenTimes, measure};
use counter_benches::{Failure, Office, asked, work_offline};
use counter_core::{
    account::Role,
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_desk::account::add_account::{AddAccount, add_account};
use counter_store::{
    Custody, RecordError, StoreError,
    table::repair_case::{self, CaseFilter},
};

/// Changes of a week's work for each case in it.
const CHANGES_OF: (usize, usize) = (13, 3);
/// Of so many cases one is under way; the others are over.
const UNDER_WAY: usize = 50;
/// Cases closed in one transaction.
const BATCH: usize = 500;

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
    work_offline(&office, cases * CHANGES_OF.0 / CHANGES_OF.1)?;
    let closed = close_most(&office)?;
    println!(
        "{cases} cases, {closed} of them over, written in {:.0} s",
        begin.elapsed().as_secs_f64()
    );
    let data = office.close();
    let pictures = tempfile::tempdir()?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let figures = runtime.block_on(measure(data.path(), pictures.path(), rounds))?;
    println!(
        "{:<34} {:>9} {:>9} {:>9} {:>9}",
        "screen", "first", "p50", "p95", "× floor"
    );
    let floor = middle(&figures.floor.later, 50);
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

/// All but one in [`UNDER_WAY`] are over, as at the end of some years.
fn close_most(office: &Office) -> Result<usize, Failure> {
    let store = office.desk.store();
    let all = store.read::<_, StoreError>(|tx| repair_case::list(tx, &CaseFilter::default()))?;
    let over: Vec<_> = all
        .into_iter()
        .enumerate()
        .filter(|(nth, _)| nth % UNDER_WAY != 0)
        .collect();
    for batch in over.chunks(BATCH) {
        store.write::<_, RecordError>(|tx| {
            for (_, case) in batch {
                let lane = Lane::new(LaneKind::Case, &case.no);
                let (on, act) = (case.last_act_on, office.act());
                let withdrawn = CaseChange::Withdrawn {
                    reason: "申请人撤回".into(),
                    on,
                };
                tx.record(&act, lane.clone(), ChangeBody::Case(withdrawn))?;
                let closed = CaseChange::Closed {
                    note: String::new(),
                    on,
                };
                tx.record(&act, lane, ChangeBody::Case(closed))?;
            }
            Ok(())
        })?;
    }
    Ok(over.len())
}

fn told(times: &ScreenTimes, floor: Duration) {
    let ms = |duration: Duration| duration.as_secs_f64() * 1000.0;
    let (p50, p95) = (middle(&times.later, 50), middle(&times.later, 95));
    println!(
        "{:<34} {:>6.0} ms {:>6.0} ms {:>6.0} ms {:>8.1}",
        times.address,
        ms(times.first),
        ms(p50),
        ms(p95),
        p95.as_secs_f64() / floor.as_secs_f64(),
    );
}

/// The `percent`-th of a hundred, in order.
fn middle(times: &[Duration], percent: usize) -> Duration {
    let mut sorted = times.to_vec();
    sorted.sort_unstable();
    let at = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
    sorted.get(at).copied().unwrap_or_default()
}
