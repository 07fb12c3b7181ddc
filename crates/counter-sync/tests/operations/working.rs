//! Counters at work beside whatever is done to their hub.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use counter_sync::{Clock, HttpTransport, SyncOutcome, enrol, sync_once};
use hub_server::{hub::Hub, store::HubStore};
use jiff::Timestamp;
use test_support::{
    CounterOffice, HubPlace, HubProcess, delivered,
    hub_log::{self, Restored},
};
use tokio::task::JoinHandle;

/// The clock of a counter that goes right.
pub fn clock() -> Clock {
    Clock::new(|| Timestamp::now().as_millisecond())
}

/// A counter bound to a running hub.
pub async fn bound(place: &HubPlace, hub: &HubProcess, counter: &str) -> CounterOffice {
    let office = CounterOffice::new(counter);
    let network = HttpTransport::new().unwrap();
    enrol(office.store(), &network, &clock(), &hub.url, &place.code_for(counter))
        .await
        .unwrap();
    office
}

/// Two counters bound to a running hub, and a case that the second has delivered as submitted.
pub async fn two_bound(place: &HubPlace, hub: &HubProcess) -> (Vec<Arc<CounterOffice>>, String) {
    let mut counters = Vec::new();
    for counter in ["W03", "W04"] {
        counters.push(Arc::new(bound(place, hub, counter).await));
    }
    let case = counters[1].take_case_in(None);
    counters[1].submit(&case);
    round(&counters).await;
    (counters, case)
}

/// The authority decides at the hub, by its command.
pub fn decide(place: &HubPlace, case: &str) {
    let words = [
        "decide",
        case,
        "--outcome",
        "repaired",
        "--reason",
        "已核实",
        "--on",
        "2026-11-26",
    ];
    assert_eq!(place.run(&words).status, 0);
}

/// One round of every counter with the hub, which must go well.
pub async fn round(offices: &[Arc<CounterOffice>]) -> bool {
    let network = HttpTransport::new().unwrap();
    let mut quiet = true;
    for office in offices {
        let outcome = sync_once(office.store(), &network, &clock()).await.unwrap();
        quiet &= outcome == SyncOutcome::default();
    }
    quiet
}

/// A counter that takes cases in and delivers them, until it is told to stop.
pub struct Working {
    rounds: Arc<AtomicU64>,
    done: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

impl Working {
    /// Begins.
    pub fn begin(office: &Arc<CounterOffice>) -> Self {
        let (rounds, done) = (Arc::<AtomicU64>::default(), Arc::<AtomicBool>::default());
        let (office, counted, told) = (Arc::clone(office), Arc::clone(&rounds), Arc::clone(&done));
        let task = tokio::spawn(async move {
            let network = HttpTransport::new().unwrap();
            while !told.load(Ordering::SeqCst) {
                office.take_case_in(None);
                let went_well = sync_once(office.store(), &network, &clock()).await.is_ok();
                counted.fetch_add(u64::from(went_well), Ordering::SeqCst);
            }
        });
        Self { rounds, done, task }
    }

    /// Waits for further rounds that went well.
    pub async fn goes_on(&self, rounds: u64) {
        let goal = self.rounds.load(Ordering::SeqCst) + rounds;
        let waited = tokio::time::timeout(std::time::Duration::from_secs(60), async {
            while self.rounds.load(Ordering::SeqCst) < goal {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
        });
        waited.await.expect("the counter gets on with its work");
    }

    /// Stops it.
    pub async fn end(self) {
        self.done.store(true, Ordering::SeqCst);
        self.task.await.unwrap();
    }
}

/// Rounds until there is nothing left to do; then the hub has everything, and every receipt holds.
pub async fn heal(hub_url: &str, offices: &[Arc<CounterOffice>]) {
    offices.iter().for_each(|office| office.move_hub_to(hub_url));
    let mut rounds = 0;
    while !round(offices).await {
        rounds += 1;
        assert!(rounds < 12, "healing does not end");
    }
}

/// Everything that was saved is at the hub once, in a log that is whole.
pub async fn is_healed<S: HubStore>(hub: &Hub<S>, offices: &[Arc<CounterOffice>]) {
    hub_log::read_whole(hub, Restored::Yes).await;
    for office in offices {
        assert_eq!(office.unsent(), 0);
        delivered::is_recorded_whole(hub, office).await;
        delivered::has_receipts(&hub.public_key(), office);
        let check = office.store().check().unwrap();
        assert!(check.ok, "{check:?}");
    }
}
