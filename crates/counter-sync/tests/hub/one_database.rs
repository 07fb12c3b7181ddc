//! Two real hub processes over one PostgreSQL with counters at work through both, now one, now the other killed with
//! SIGKILL: every change is there once, and nobody can tell by which process it went.
//!
//! Repeat one run with `SEED=17 cargo nextest run -p counter-sync --test hub one_database`; `KILLS=100` makes a longer
//! one. Takes `target/debug/with-postgres`, or starts a PostgreSQL of its own.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::Bytes;
use counter_core::{
    case::{CaseChange, CaseState},
    change::{Lane, LaneKind},
};
use counter_store::{StoreError, table::repair_case};
use counter_sync::{Clock, HttpTransport, SyncOutcome, Transport, enrol};
use hub_api::{
    feed::{FeedEntry, FeedEvent, FeedPage},
    key::PublicKey,
    protocol::FEED_PATH,
    signed::Signed,
};
use hub_server::{
    hub::Hub,
    judge::read_state,
    store::{HubStore, LaneStore, LifeStore, postgres::PostgresStore},
};
use jiff::{Timestamp, civil::date};
use test_support::{
    Chance, CounterOffice, HubPlace, HubProcess, SITE, delivered,
    hub_log::{self, Judged, Restored},
    postgres::Database,
};

/// How often a process is killed where nobody asks for more.
const KILLS: u64 = 4;
const COUNTERS: [&str; 4] = ["W03", "W04", "W05", "W06"];

#[tokio::test(flavor = "multi_thread")]
async fn counters_at_work_through_two_processes_lose_and_double_nothing_when_one_is_killed() {
    let kills = test_support::asked("KILLS").unwrap_or(KILLS);
    let seed = test_support::asked("SEED").unwrap_or(1);
    let chance = Chance::new(seed);
    let (database, key) = (Database::fresh().unwrap(), tempfile::tempdir().unwrap());
    let place = HubPlace::postgres(key.path(), database.url());
    let mut hubs = [place.start(), place.start()];
    let mut offices = Vec::new();
    for (number, counter) in COUNTERS.into_iter().enumerate() {
        let office = CounterOffice::new(counter);
        let network = HttpTransport::new().unwrap();
        let url = &hubs[number % 2].url;
        enrol(office.store(), &network, &clock(), url, &place.code_for(counter))
            .await
            .unwrap();
        offices.push(Arc::new(office));
    }

    // Everybody knows this case, and will want to act on it at once.
    let shared = offices[0].take_case_in(None);
    at_rest(&hubs, &offices).await;
    let district = Arc::new(District::new(&hubs, shared));
    let working: Vec<_> = offices
        .iter()
        .enumerate()
        .map(|(first, office)| {
            tokio::spawn(work(
                Arc::clone(office),
                Arc::clone(&district),
                chance.of(COUNTERS[first]),
            ))
        })
        .collect();
    for kill in 0..kills {
        let which = usize::try_from(kill % 2).unwrap();
        // The moment of death is what is drawn here; nothing is waited for.
        tokio::time::sleep(Duration::from_millis(100 + chance.below(400))).await;
        hubs[which].kill();
        district.is_served_without(which).await;
        hubs[which] = place.start();
        district.is_at(which, &hubs[which].url);
    }
    district.done.store(true, Ordering::SeqCst);
    for worked in working {
        worked.await.unwrap();
    }
    at_rest(&hubs, &offices).await;

    let hub = place.open_postgres().await;
    let judged = hub_log::read_whole(&hub, Restored::No).await;
    let refused = judged.iter().filter(|judged| !judged.verdict.is_taken()).count();
    assert!(refused > 0, "seed {seed}: nobody was in anybody's way");
    every_change_is_there_once(&hub, &offices, &judged).await;
    for office in &offices {
        delivered::has_receipts(&hub.public_key(), office);
        let feeds = [
            feed(office, &hubs[0].url, &hub.public_key()).await,
            feed(office, &hubs[1].url, &hub.public_key()).await,
        ];
        assert!(feeds[0] == feeds[1], "seed {seed}: the processes tell different things");
        let own = feeds[0].iter().filter(|entry| is_verdict_on(office, entry)).count();
        assert_eq!(own as u64, office.own_changes(), "seed {seed}");
    }
    everybody_has_the_same_cases(&hub, &offices, &district).await;
}

/// What the counters of the district know together.
struct District {
    urls: Mutex<[String; 2]>,
    /// Rounds that went well, by process.
    rounds: [AtomicU64; 2],
    cases: Mutex<Vec<String>>,
    done: AtomicBool,
}

impl District {
    fn new(hubs: &[HubProcess; 2], shared: String) -> Self {
        Self {
            urls: Mutex::new([hubs[0].url.clone(), hubs[1].url.clone()]),
            rounds: Default::default(),
            cases: Mutex::new(vec![shared]),
            done: AtomicBool::new(false),
        }
    }

    fn is_at(&self, which: usize, url: &str) {
        self.urls.lock().unwrap()[which] = url.to_owned();
    }

    /// Waits until the other process has served a few rounds that began after this one was killed.
    async fn is_served_without(&self, which: usize) {
        let other = &self.rounds[1 - which];
        let before = other.load(Ordering::SeqCst);
        let served = async {
            while other.load(Ordering::SeqCst) < before + 2 * COUNTERS.len() as u64 {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        let waited = tokio::time::timeout(Duration::from_secs(60), served).await;
        waited.expect("the process that is left serves on");
    }
}

/// Takes cases in, acts on what others took in, and goes to one process after the other.
async fn work(office: Arc<CounterOffice>, district: Arc<District>, chance: Chance) {
    let network = HttpTransport::new().unwrap();
    let mut turn = usize::try_from(chance.below(2)).unwrap();
    let shared = district.cases.lock().unwrap()[0].clone();
    office.act_on_case(&shared, referred()).unwrap();
    while !district.done.load(Ordering::SeqCst) {
        let no = office.take_case_in(None);
        if chance.happens(500) {
            office.submit(&no);
        }
        let shared = {
            let mut cases = district.cases.lock().unwrap();
            cases.push(no);
            chance.pick(&cases).cloned().unwrap()
        };
        // Somebody else may do the same at this moment: then one of the two is refused.
        if state_of(&office, &shared) == Some(CaseState::Received) {
            office.act_on_case(&shared, referred()).unwrap();
        }
        let url = district.urls.lock().unwrap()[turn % 2].clone();
        office.move_hub_to(&url);
        // What a killed process leaves unanswered is sent again, to the other one.
        if counter_sync::sync_once(office.store(), &network, &clock())
            .await
            .is_ok()
        {
            district.rounds[turn % 2].fetch_add(1, Ordering::SeqCst);
        }
        turn += 1;
    }
}

/// Rounds through both processes until there is nothing left to do.
async fn at_rest(hubs: &[HubProcess; 2], offices: &[Arc<CounterOffice>]) {
    let network = HttpTransport::new().unwrap();
    for round in 0.. {
        let mut quiet = true;
        for (number, office) in offices.iter().enumerate() {
            office.move_hub_to(&hubs[(number + round) % 2].url);
            let outcome = counter_sync::sync_once(office.store(), &network, &clock())
                .await
                .unwrap();
            quiet &= outcome == SyncOutcome::default();
        }
        if quiet {
            break;
        }
        assert!(round < 10, "the counters do not come to rest");
    }
    for office in offices {
        assert_eq!(office.unsent(), 0);
        let check = office.store().check().unwrap();
        assert!(check.ok, "{check:?}");
    }
}

async fn every_change_is_there_once(hub: &Hub<PostgresStore>, offices: &[Arc<CounterOffice>], judged: &[Judged]) {
    let mut transaction = hub.store.begin_read().await.unwrap();
    let mut verdicts: BTreeMap<_, u32> = BTreeMap::new();
    for judged in judged {
        *verdicts.entry((judged.life.counter.clone(), judged.seq)).or_default() += 1;
    }
    for office in offices {
        let life = delivered::life_of(office);
        let lives = transaction.lives_of(SITE, &life.counter).await.unwrap();
        assert_eq!(lives.len(), 1, "{}: no life was begun besides the first", life.counter);
        delivered::is_recorded_whole(hub, office).await;
        for seq in 1..=office.own_changes() {
            let told = verdicts.remove(&(life.counter.clone(), seq));
            assert_eq!(told, Some(1), "{}: verdicts on change {seq}", life.counter);
        }
    }
    assert!(verdicts.is_empty(), "verdicts on changes nobody made: {verdicts:?}");
}

/// The whole feed of a counter, page by page, from the process at `url`.
async fn feed(office: &CounterOffice, url: &str, hub_key: &PublicKey) -> Vec<FeedEntry> {
    let network = HttpTransport::new().unwrap();
    let (mut path, mut entries) = (format!("{FEED_PATH}?wait=0"), Vec::new());
    loop {
        let mut request = http::Request::get(format!("{url}{path}"));
        for (name, value) in office.signed_get(&path, Timestamp::now().as_millisecond()) {
            request = request.header(name, value);
        }
        let answer = network.send(request.body(Bytes::new()).unwrap()).await.unwrap();
        assert_eq!(answer.status(), 200);
        let page: Signed<FeedPage> = Signed::from_bytes(answer.into_body().to_vec());
        let page = page.open(hub_key).unwrap();
        entries.extend(page.entries);
        if page.next == page.head {
            return entries;
        }
        path = page.next.feed_path(0);
    }
}

fn is_verdict_on(office: &CounterOffice, entry: &FeedEntry) -> bool {
    matches!(&entry.event, FeedEvent::Judged { counter, .. } if *counter == office.store().identity().counter)
}

async fn everybody_has_the_same_cases(hub: &Hub<PostgresStore>, offices: &[Arc<CounterOffice>], district: &District) {
    let cases: BTreeSet<String> = district.cases.lock().unwrap().iter().cloned().collect();
    let mut transaction = hub.store.begin_read().await.unwrap();
    let rows = transaction.lanes_of(SITE, LaneKind::Case.as_str()).await.unwrap();
    assert_eq!(
        rows.len(),
        cases.len(),
        "a case for every number that was given, and no other"
    );
    let at_hub: Vec<_> = rows.iter().map(|row| Some(read_state(row).unwrap())).collect();
    for office in offices {
        for no in &cases {
            let lane = Lane::new(LaneKind::Case, no);
            let here = office.store().read::<_, StoreError>(|tx| tx.lane(&lane)).unwrap();
            assert!(
                at_hub.contains(&here),
                "{}: {no} is another at the hub",
                delivered::life_of(office).counter
            );
        }
    }
}

fn state_of(office: &CounterOffice, no: &str) -> Option<CaseState> {
    let row = office
        .store()
        .read::<_, StoreError>(|tx| repair_case::get(tx, no))
        .unwrap();
    row.map(|row| row.state)
}

fn referred() -> CaseChange {
    CaseChange::Referred {
        office: "法院".into(),
        reason: "属法院".into(),
        on: date(2026, 11, 25),
    }
}

fn clock() -> Clock {
    Clock::new(|| Timestamp::now().as_millisecond())
}
