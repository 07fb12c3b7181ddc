//! A counter with its folder, its clock and its chance.

use std::path::Path;

use counter_core::{
    attachment::AttachmentRef,
    case::CaseChange,
    change::{CounterCode, Lane, LaneKind},
};
use counter_store::{
    Access, Custody, Delivery, EntropySource, Environment, NewCounter, OldData, Passphrase, RecordError, RecoveryWords,
    Store, StoreError, Unlock, restore,
    table::{
        hub_binding::{self, HubBinding},
        repair_case,
    },
};
use counter_sync::{Clock, SyncError, SyncOutcome, Transport, enrol, sync_once};
use ed25519_dalek::SigningKey;
use hub_api::request_signature::{RequestParts, RequestSignature};
use hub_server::store::HubStore;
use tempfile::TempDir;

use crate::{HubOffice, SITE, TestClock, URL, copy_files, memory_folder, work};

const PASSPHRASE: &str = "correct horse battery staple";

/// A counter in a folder that goes away with it.
#[derive(Debug)]
pub struct CounterOffice {
    /// Its data folder.
    pub folder: TempDir,
    store: Option<Store>,
    words: RecoveryWords,
    entropy: EntropySource,
    /// The clock on its wall.
    pub now: TestClock,
    /// The clock it signs by.
    pub clock: Clock,
}

impl CounterOffice {
    /// Counter `counter` of the district, with the system's chance.
    pub fn new(counter: &str) -> Self {
        Self::with_entropy(counter, EntropySource::system())
    }

    /// Counter `counter` of the district.
    pub fn with_entropy(counter: &str, entropy: EntropySource) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewCounter {
            site: SITE.into(),
            counter: CounterCode(counter.into()),
            prefix: "YX".into(),
            test: false,
        };
        let now = TestClock::default();
        let environment = Environment {
            entropy: entropy.clone(),
            now_at: now.now(),
        };
        let custody = Custody::Passphrase(Passphrase::new(PASSPHRASE));
        let (store, words) = Store::create(folder.path(), &new, &custody, &environment).unwrap();
        Self {
            folder,
            store: Some(store),
            words,
            entropy,
            clock: now.for_counter(),
            now,
        }
    }

    /// The same counter out of a copy of its folder, as it stands on another computer.
    pub fn copy(&self, entropy: EntropySource, now: TestClock) -> Self {
        let folder = memory_folder();
        copy_files(self.folder.path(), folder.path());
        let mut office = Self {
            folder,
            store: None,
            words: self.words.clone(),
            entropy,
            clock: now.for_counter(),
            now,
        };
        office.reopen();
        office
    }

    /// The open database.
    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// Closes the database.
    pub fn close(&mut self) {
        self.store = None;
    }

    /// Closes the database and opens it again.
    pub fn reopen(&mut self) {
        self.close();
        let store = Store::open(
            self.folder.path(),
            &self.unlock(),
            Access::ReadWrite,
            &self.environment(),
        );
        self.store = Some(store.unwrap());
    }

    /// Goes on with the files in `folder` in place of its own.
    pub fn go_on_in(&mut self, folder: TempDir) {
        self.close();
        self.folder = folder;
        self.reopen();
    }

    /// Goes on in a new folder with what is in `backup`.
    pub fn restore(&mut self, backup: &Path) {
        self.close();
        self.folder = memory_folder();
        let store = restore(
            backup,
            self.folder.path(),
            &self.unlock(),
            OldData::Refuse,
            &self.environment(),
        );
        self.store = Some(store.unwrap());
    }

    /// The recovery words are the quickest way in.
    fn unlock(&self) -> Unlock {
        Unlock::RecoveryWords(self.words.clone())
    }

    fn environment(&self) -> Environment {
        Environment {
            entropy: self.entropy.clone(),
            now_at: self.now.now(),
        }
    }

    /// Binds it to `hub`.
    pub async fn enrol_with<S: HubStore>(&self, hub: &HubOffice<S>, network: &impl Transport) {
        let code = hub.code_for(&self.store().identity().counter.0).await;
        enrol(self.store(), network, &self.clock, URL, &code).await.unwrap();
    }

    /// Looks for its hub at another address from now on.
    pub fn move_hub_to(&self, url: &str) {
        let moved = self.store().write::<_, StoreError>(|tx| {
            let binding = hub_binding::get(tx)?.unwrap();
            let url = url.to_owned();
            hub_binding::put(tx, &HubBinding { url, ..binding })
        });
        moved.unwrap();
    }

    /// One round.
    ///
    /// # Errors
    /// As [`sync_once`].
    pub async fn sync(&self, network: &impl Transport) -> Result<SyncOutcome, SyncError> {
        sync_once(self.store(), network, &self.clock).await
    }

    /// The headers by which this counter asks for `path` at `now_at`, ms UTC.
    pub fn signed_get(&self, path: &str, now_at: i64) -> [(&'static str, String); 6] {
        let seed = self.store().read::<_, StoreError>(|tx| tx.signing_seed()).unwrap();
        let mut nonce = [0; 16];
        self.entropy.fill(&mut nonce);
        let parts = RequestParts {
            method: "GET",
            path_and_query: path,
            body: &[],
        };
        let life = self.store().identity().incarnation;
        RequestSignature::sign(parts, &SigningKey::from_bytes(&seed), life, now_at, nonce).headers()
    }

    /// How many changes the life that writes has made.
    pub fn own_changes(&self) -> u64 {
        let identity = self.store().identity();
        self.store()
            .read::<_, StoreError>(|tx| {
                let last = (1..).take_while(|seq| {
                    tx.change(&identity.counter, identity.incarnation, *seq)
                        .unwrap()
                        .is_some()
                });
                Ok(last.last().unwrap_or(0))
            })
            .unwrap()
    }

    /// How many changes have no receipt.
    pub fn unsent(&self) -> u64 {
        self.store().read::<_, StoreError>(|tx| tx.outbox()).unwrap().changes
    }

    /// A case as the table shows it.
    pub fn case(&self, no: &str) -> repair_case::CaseRow {
        self.store()
            .read::<_, StoreError>(|tx| repair_case::get(tx, no))
            .unwrap()
            .unwrap()
    }

    /// Whether a case is delivered.
    pub fn delivery(&self, no: &str) -> Delivery {
        self.store()
            .read(|tx| tx.delivery(&Lane::new(LaneKind::Case, no)))
            .unwrap()
            .unwrap()
    }

    /// A whole visit with one case whose commitment paper has `scan`; returns the case's number.
    pub fn take_case_in(&self, scan: Option<&AttachmentRef>) -> String {
        work::take_case_in(self.store(), scan).unwrap()
    }

    /// 已提交, the act that follows.
    pub fn submit(&self, no: &str) {
        self.act_on_case(no, work::submitted()).unwrap();
    }

    /// Whatever happens to a case.
    ///
    /// # Errors
    /// Where the case does not take it.
    pub fn act_on_case(&self, no: &str, body: CaseChange) -> Result<(), RecordError> {
        work::act_on_case(self.store(), no, body)
    }
}
