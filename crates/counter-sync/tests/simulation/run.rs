//! One run: a district with its hub, some hours of work in bad weather, then calm, and everything is checked.

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, LazyLock, Mutex},
};

use counter_sync::{SyncError, SyncOutcome};
use hub_api::refused::RefusedCode;
use test_support::{Chance, CounterOffice, NOW, TestClock};
use tokio::sync::oneshot;

use crate::{
    around::{Officer, Weather},
    counter::Counter,
    fault::{Fault, Faults},
    hub_host::HubHost,
    invariants,
    ledger::Ledger,
    scheduler::Scheduler,
    story::Story,
    wire::{LATEST_MS, Wire},
};

const COUNTERS: [&str; 3] = ["W03", "W04", "W05"];
/// In calm weather a counter needs few rounds; more than these and something goes in circles.
const ROUNDS: usize = 10;

/// Which run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    pub seed: u64,
    /// How much each counter does at most.
    pub steps: u64,
    pub faults: Faults,
}

impl Plan {
    pub fn of(seed: u64) -> Self {
        let chance = Chance::new(seed).of("plan");
        Self {
            seed,
            steps: 10 + chance.below(20),
            faults: Faults::drawn(&chance),
        }
    }
}

/// A run in which something did not hold.
#[derive(Clone, Debug)]
pub struct Failed {
    pub what: String,
    pub story: Vec<String>,
}

/// Goes through it; returns its story.
pub fn run(plan: &Plan) -> Result<Vec<String>, Failed> {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let ran = catch_unwind(AssertUnwindSafe(|| {
        // Only timers of the code under test register with it, and none of them comes due: time is the scheduler's.
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let _guard = runtime.enter();
        let scheduler = Scheduler::new(Chance::new(plan.seed).of("scheduler"));
        let story = Story::new(&scheduler, Arc::clone(&lines));
        scheduler.run(whole_story(plan.clone(), scheduler.clone(), story));
    }));
    let story = lines.lock().unwrap().clone();
    match ran {
        Ok(()) => Ok(story),
        Err(panic) => Err(Failed {
            what: words_of(panic.as_ref()),
            story,
        }),
    }
}

fn words_of(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
        .unwrap_or_else(|| "a panic without words".into())
}

async fn whole_story(plan: Plan, scheduler: Scheduler, story: Story) {
    story.tell("", format!("seed {}, faults: {}", plan.seed, plan.faults));
    let chance = Chance::new(plan.seed);
    let clock = || {
        let scheduler = scheduler.clone();
        TestClock::flowing(move || NOW + i64::try_from(scheduler.now()).unwrap())
    };
    let ledger = Ledger::default();
    let hub = HubHost::new(&scheduler, &story, chance.of("hub"), clock()).await;
    let many = 2 + usize::try_from(chance.of("plan of counters").below(2)).unwrap();
    let mut counters = Vec::new();
    for name in &COUNTERS[..many] {
        let own = chance.of(name);
        let office = prepared(name).copy(own.of("entropy").entropy(), clock());
        let wire = Wire::new(
            name,
            &scheduler,
            &story,
            own.of("wire"),
            hub.clone(),
            plan.faults.clone(),
        );
        let counter = Counter {
            name,
            office,
            wire,
            scheduler: scheduler.clone(),
            story: story.clone(),
            chance: own,
            ledger: ledger.clone(),
            hub: hub.clone(),
            faults: plan.faults.clone(),
            backups: Vec::new(),
        };
        bind(&counter).await;
        counter.note_saved();
        counters.push(counter);
    }
    let weather = Weather {
        scheduler: scheduler.clone(),
        story: story.clone(),
        chance: chance.of("weather"),
        faults: plan.faults.clone(),
        hub: hub.clone(),
        wires: counters.iter().map(|counter| counter.wire.clone()).collect(),
    };
    let officer = Officer {
        scheduler: scheduler.clone(),
        story: story.clone(),
        chance: chance.of("officer"),
        hub: hub.clone(),
        ledger: ledger.clone(),
    };
    let gusts = plan.steps / 2;
    let weather = beside(&scheduler, async move { weather.blow(gusts).await });
    let officer = beside(&scheduler, async move { officer.work(gusts).await });
    let working: Vec<_> = counters
        .into_iter()
        .map(|mut counter| {
            let steps = plan.steps;
            beside(&scheduler, async move {
                counter.work(steps).await;
                counter
            })
        })
        .collect();
    let mut counters = Vec::new();
    for worked in working {
        counters.push(worked.await.unwrap());
    }
    weather.await.unwrap();
    officer.await.unwrap();

    story.tell("", "the weather clears");
    counters.iter().for_each(|counter| counter.wire.calm());
    hub.set_busy(false);
    scheduler.sleep(LATEST_MS).await;
    come_to_rest(&counters).await;
    let pages = std::mem::take(&mut *ledger.open());
    let restored = plan.faults.has(Fault::HubRestored);
    invariants::hold(&hub.hub().unwrap(), &counters, &pages, restored).await;
}

/// Begins something beside what runs; the result comes when it is done.
fn beside<T: Send + 'static>(
    scheduler: &Scheduler,
    work: impl Future<Output = T> + Send + 'static,
) -> oneshot::Receiver<T> {
    let (done, result) = oneshot::channel();
    scheduler.spawn(async move {
        let _ = done.send(work.await);
    });
    result
}

/// A counter that was set up once for all runs: making one takes longer than a run.
fn prepared(name: &'static str) -> Arc<CounterOffice> {
    static PREPARED: LazyLock<Mutex<HashMap<&str, Arc<CounterOffice>>>> = LazyLock::new(Mutex::default);
    let mut prepared = PREPARED.lock().unwrap();
    let office = prepared.entry(name).or_insert_with(|| {
        let mut office = CounterOffice::with_entropy(name, Chance::new(0).of(name).entropy());
        office.close();
        Arc::new(office)
    });
    Arc::clone(office)
}

/// Binds a counter with a fresh code, over a line that may have to be tried again.
async fn bind(counter: &Counter) {
    for _ in 0..50 {
        if let Some(code) = counter.hub.code_for(counter.name).await
            && counter_sync::enrol(
                counter.office.store(),
                &counter.wire,
                &counter.office.clock,
                test_support::URL,
                &code,
            )
            .await
            .is_ok()
        {
            counter.story.tell(counter.name, "is bound");
            return;
        }
    }
    panic!("{} cannot be bound", counter.name);
}

/// Syncs round after round until nobody has anything new.
async fn come_to_rest(counters: &[Counter]) {
    let mut last = Vec::new();
    for _ in 0..ROUNDS {
        last.clear();
        for counter in counters {
            last.push(one_round(counter).await);
        }
        if last.iter().all(|outcome| *outcome == SyncOutcome::default()) {
            return;
        }
    }
    panic!("it does not come to rest: {last:?}");
}

async fn one_round(counter: &Counter) -> SyncOutcome {
    for _ in 0..ROUNDS {
        let outcome = counter.office.sync(&counter.wire).await;
        counter.note_saved();
        match outcome {
            Ok(outcome) => {
                counter.story.tell(counter.name, format!("{outcome:?}"));
                return outcome;
            }
            Err(SyncError::Refused {
                code: RefusedCode::KeyExpired | RefusedCode::UnknownKey,
                ..
            }) => bind(counter).await,
            Err(error) => panic!("{} cannot sync in calm weather: {error}", counter.name),
        }
    }
    panic!("{} is bound again and again, and never believed", counter.name);
}

/// A smaller run that fails too: without the faults it does not need, then with less work.
pub fn shrink(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    for fault in Fault::ALL {
        let without = Plan {
            faults: plan.faults.without(&Faults::default().and(fault)),
            ..plan.clone()
        };
        if plan.faults.has(fault) && run(&without).is_err() {
            plan = without;
        }
    }
    while plan.steps > 1 {
        let shorter = [plan.steps / 2, plan.steps * 3 / 4, plan.steps - 1]
            .into_iter()
            .map(|steps| Plan { steps, ..plan.clone() })
            .find(|shorter| shorter.steps < plan.steps && shorter.steps > 0 && run(shorter).is_err());
        match shorter {
            Some(shorter) => plan = shorter,
            None => break,
        }
    }
    plan
}
