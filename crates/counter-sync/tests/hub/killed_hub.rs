//! The real hub, killed with SIGKILL while counters push: what it gave a receipt for is there.
//!
//! Repeat one run with `SEED=17 cargo nextest run -p counter-sync --test hub killed`; `KILLS=500` makes a longer one.

use std::{
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use counter_store::StoreError;
use counter_sync::{Clock, HttpTransport, enrol, sync_once};
use hub_server::{
    clock::World,
    hub::Hub,
    hub_key,
    store::{ChangeStore, HubStore, Life, sqlite::SqliteStore},
};
use jiff::Timestamp;
use test_support::{Chance, CounterOffice, HubPlace, SITE};

/// How often where nobody asks for more.
const KILLS: u64 = 8;

#[tokio::test(flavor = "multi_thread")]
async fn a_hub_killed_while_counters_push_has_what_it_gave_receipts_for() {
    let kills = test_support::asked("KILLS").unwrap_or(KILLS);
    let seed = test_support::asked("SEED").unwrap_or(1);
    let chance = Chance::new(seed);
    let data = tempfile::tempdir().unwrap();
    let place = HubPlace::folder(data.path());
    let mut hub = place.start();
    let mut offices = Vec::new();
    for name in ["W03", "W04"] {
        let office = CounterOffice::new(name);
        let code = place.code_for(name);
        let network = HttpTransport::new().unwrap();
        enrol(office.store(), &network, &clock(), &hub.url, &code)
            .await
            .unwrap();
        offices.push(Arc::new(office));
    }

    let done = Arc::new(AtomicBool::new(false));
    let working: Vec<_> = offices
        .iter()
        .map(|office| {
            let (office, done) = (Arc::clone(office), Arc::clone(&done));
            tokio::spawn(async move {
                let network = HttpTransport::new().unwrap();
                let mut answered = 0_u32;
                while !done.load(Ordering::Relaxed) {
                    office.take_case_in(None);
                    // Whatever a killed hub leaves unanswered is sent again.
                    answered += u32::from(sync_once(office.store(), &network, &clock()).await.is_ok());
                }
                answered
            })
        })
        .collect();
    for _ in 0..kills {
        // The moment of death is what is drawn here; nothing is waited for.
        tokio::time::sleep(Duration::from_millis(20 + chance.below(300))).await;
        hub.kill();
        hub = place.start();
        offices.iter().for_each(|office| office.move_hub_to(&hub.url));
    }
    done.store(true, Ordering::Relaxed);
    for worked in working {
        assert!(worked.await.unwrap() > 0, "seed {seed}: a counter never got through");
    }

    // What has a receipt is there as it stands, before anything is sent again.
    hub.kill();
    for office in &offices {
        receipted_is_recorded(seed, data.path(), office).await;
    }
    let mut hub = place.start();
    offices.iter().for_each(|office| office.move_hub_to(&hub.url));
    let network = HttpTransport::new().unwrap();
    for office in &offices {
        sync_once(office.store(), &network, &clock()).await.unwrap();
        assert_eq!(office.unsent(), 0, "seed {seed}");
        assert!(office.store().check().unwrap().ok, "seed {seed}");
    }
    hub.kill();
    for office in &offices {
        receipted_is_recorded(seed, data.path(), office).await;
    }
}

async fn receipted_is_recorded(seed: u64, data: &Path, office: &CounterOffice) {
    let world = World::system();
    let database = data.join("hub.db");
    let key = hub_key::load_or_make(data, &database, &world).unwrap();
    let hub = Hub::open(SqliteStore::open(&database).unwrap(), key, world)
        .await
        .unwrap();
    let identity = office.store().identity();
    let life = Life {
        district: SITE.into(),
        counter: identity.counter.clone(),
        incarnation: identity.incarnation,
    };
    let to = office
        .store()
        .read::<_, StoreError>(|tx| tx.recorded_to(identity.incarnation))
        .unwrap();
    assert!(to > 0, "seed {seed}");
    let mut transaction = hub.store.begin_read().await.unwrap();
    let hashes = transaction.change_hashes(&life, 1, to).await.unwrap();
    assert_eq!(
        hashes.len() as u64,
        to,
        "seed {seed}: the hub lacks what it gave receipts for"
    );
    for (seq, hash) in (1..).zip(hashes) {
        let own = office
            .store()
            .read::<_, StoreError>(|tx| tx.change(&identity.counter, identity.incarnation, seq))
            .unwrap();
        assert_eq!(own.unwrap().stored.hash, hash, "seed {seed}: change {seq}");
    }
}

fn clock() -> Clock {
    Clock::new(|| Timestamp::now().as_millisecond())
}
