//! A hub with its clock and its chance.

use axum::Router;
use counter_store::CounterIdentity;
use hub_api::{cbor, feed::FeedEvent};
use hub_server::{
    authority_act::{AuthorityAct, EnteredAct, Outcome, enter},
    enrolment::print_code,
    http,
    hub::Hub,
    hub_change::HubChangeError,
    hub_key,
    store::{HubStore, Life, LifeStore, LogStore, sqlite::SqliteStore},
};
use jiff::civil::date;
use tempfile::TempDir;

use crate::{Chance, SITE, TestClock, copy_files};

/// A hub over a store, with a folder that goes away with it.
#[derive(Debug)]
pub struct HubOffice<S = SqliteStore> {
    folder: TempDir,
    chance: Chance,
    /// The hub.
    pub hub: Hub<S>,
    /// Its clock.
    pub clock: TestClock,
}

impl HubOffice {
    /// A hub over a file of its own.
    pub async fn new() -> Self {
        Self::with_chance(Chance::new(1)).await
    }

    /// A hub over a file of its own whose random bytes come from `chance`.
    pub async fn with_chance(chance: Chance) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&folder.path().join("hub.db")).unwrap();
        Self::begin(folder, store, chance).await
    }

    /// A copy of its folder, as a backup would hold it.
    pub fn backup(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_files(self.folder.path(), copy.path());
        copy
    }

    /// Goes on with `backup` in place of its folder.
    pub async fn restore(&mut self, backup: TempDir) {
        let store = SqliteStore::open(&backup.path().join("hub.db")).unwrap();
        self.hub = open(&backup, store, &self.chance, &self.clock).await;
        self.folder = backup;
    }
}

impl<S: HubStore> HubOffice<S> {
    /// A hub over `store`.
    pub async fn over(store: S, chance: Chance) -> Self {
        Self::begin(tempfile::tempdir().unwrap(), store, chance).await
    }

    async fn begin(folder: TempDir, store: S, chance: Chance) -> Self {
        let clock = TestClock::default();
        let hub = open(&folder, store, &chance, &clock).await;
        Self {
            folder,
            chance,
            hub,
            clock,
        }
    }

    /// Every address of the hub.
    pub fn router(&self) -> Router {
        http::router(self.hub.clone())
    }

    /// A one-time code that binds `counter`.
    pub async fn code_for(&self, counter: &str) -> String {
        print_code(&self.hub, SITE, counter).await.unwrap().code.to_string()
    }

    /// Enters what the authority says about a case.
    ///
    /// # Errors
    /// Where the case does not take it.
    pub async fn decide(&self, case: &str, outcome: Outcome) -> Result<EnteredAct, HubChangeError> {
        let act = AuthorityAct {
            case: case.into(),
            outcome,
            reason: "已核实整改".into(),
            by: None,
            on: Some(date(2026, 11, 26)),
        };
        enter(&self.hub, &act).await
    }

    /// What stands in the district's log, in order.
    pub async fn log(&self) -> Vec<FeedEvent> {
        let mut transaction = self.hub.store.begin_read().await.unwrap();
        let rows = transaction.log_after(SITE, 0, 100_000).await.unwrap();
        rows.iter().map(|row| cbor::decode(&row.event).unwrap()).collect()
    }

    /// How far the hub has recorded the life that `identity` writes in.
    pub async fn recorded_to(&self, identity: &CounterIdentity) -> u64 {
        let life = Life {
            district: identity.site.clone(),
            counter: identity.counter.clone(),
            incarnation: identity.incarnation,
        };
        let mut transaction = self.hub.store.begin_read().await.unwrap();
        transaction.life(&life).await.unwrap().map_or(0, |life| life.head_seq)
    }
}

async fn open<S: HubStore>(folder: &TempDir, store: S, chance: &Chance, clock: &TestClock) -> Hub<S> {
    let world = chance.world(clock);
    // The key stands in its own file and is never made anew, whatever becomes of the store.
    let key = hub_key::load_or_make(folder.path(), &folder.path().join("no-database"), &world).unwrap();
    Hub::open(store, key, world).await.unwrap()
}
