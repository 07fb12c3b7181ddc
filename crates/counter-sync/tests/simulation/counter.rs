//! A counter in a run: it works, syncs, crashes, loses power in the middle of a write, and comes back from a backup.

use std::path::Path;

use counter_core::change::ChangeHash;
use counter_store::{StoreError, StoredChange};
use hub_server::store::{ChangeStore, HubStore, Life};
use tempfile::TempDir;
use test_support::{Chance, CounterOffice, copy_files, memory_folder};

use crate::{
    acts::{Clerk, Done, Known},
    fault::{Fault, Faults},
    hub_host::HubHost,
    ledger::{Ledger, Saved},
    scheduler::{CutAfter, Scheduler},
    story::Story,
    wire::Wire,
};

/// A page of the database.
const PAGE: u64 = 4096;

/// A counter and everything around it.
pub struct Counter {
    pub name: &'static str,
    pub office: CounterOffice,
    pub wire: Wire,
    pub scheduler: Scheduler,
    pub story: Story,
    pub chance: Chance,
    pub ledger: Ledger,
    pub hub: HubHost,
    pub faults: Faults,
    pub backups: Vec<TempDir>,
}

impl Counter {
    /// Does `steps` things, with time between them.
    pub async fn work(&mut self, steps: u64) {
        for _ in 0..steps {
            self.scheduler.sleep(self.chance.below(40_000)).await;
            match self.chance.below(100) {
                0..=44 => self.act(),
                45..=79 => self.sync().await,
                80..=84 if self.faults.has(Fault::CounterCrash) => self.crash("crashes"),
                85..=88 if self.faults.has(Fault::TornWrite) => self.tear_a_write(),
                89..=91 if self.faults.has(Fault::DiskFull) => self.fill_the_disk(),
                92 | 93 if self.faults.has(Fault::CounterClock) => {
                    let days = i64::try_from(self.chance.below(80)).unwrap() - 40;
                    self.office.now.move_by_days(days);
                    self.story.tell(self.name, format!("the clock jumps by {days} days"));
                }
                94..=96 if self.faults.has(Fault::CounterRestored) => self.back_up(),
                97..=99 if self.faults.has(Fault::CounterRestored) => self.restore().await,
                _ => self.act(),
            }
        }
    }

    fn known(&self) -> Known {
        self.ledger.open().known.clone()
    }

    fn clerk(&self) -> Clerk<'_> {
        Clerk {
            store: self.office.store(),
            chance: &self.chance,
            now: self.office.now.now(),
        }
    }

    fn act(&self) {
        match self.clerk().act(&self.known()) {
            Ok(Done { what, numbers }) => {
                self.story.tell(self.name, what);
                self.ledger.give_out(&numbers);
                self.note_saved();
            }
            Err(error) => self.story.tell(self.name, format!("cannot: {error}")),
        }
    }

    /// One round, in the middle of which the power may go.
    pub async fn sync(&mut self) {
        let polls = 1 + self.chance.below(40);
        let cut = self.chance.happens(250) && self.faults.has(Fault::CounterCrash);
        let polls = if cut { polls } else { u64::MAX };
        self.story.tell(self.name, "syncs");
        let outcome = CutAfter::new(self.office.sync(&self.wire), polls).await;
        match outcome {
            None => self.crash("crashes while it syncs"),
            Some(Ok(outcome)) => self.story.tell(
                self.name,
                format!(
                    "synced: {} pushed, {} pulled, {} refused{}",
                    outcome.pushed,
                    outcome.pulled,
                    outcome.refused.len(),
                    if outcome.forked { ", forked" } else { "" }
                ),
            ),
            Some(Err(error)) => self.story.tell(self.name, format!("not synced: {error}")),
        }
        self.note_saved();
        self.renew().await;
    }

    /// Asks the office for a new code where the delegation is over, as the screen tells to.
    async fn renew(&self) {
        if !self.chance.happens(100) {
            return;
        }
        let Some(code) = self.hub.code_for(self.name).await else {
            return;
        };
        let bound = counter_sync::enrol(
            self.office.store(),
            &self.wire,
            &self.office.clock,
            test_support::URL,
            &code,
        )
        .await;
        let what = bound.map_or_else(|error| format!("not bound again: {error}"), |_| "is bound again".into());
        self.story.tell(self.name, what);
    }

    /// Notes what the screen shows as saved now.
    pub fn note_saved(&self) {
        let identity = self.office.store().identity();
        let mut pages = self.ledger.open();
        let noted = pages
            .saved
            .iter()
            .filter(|saved| saved.counter == identity.counter && saved.incarnation == identity.incarnation)
            .map(|saved| saved.seq)
            .max()
            .unwrap_or(0);
        for seq in noted + 1.. {
            let found = self.own(seq, &identity.incarnation);
            let Some(change) = found else { break };
            pages.saved.push(Saved {
                counter: change.counter,
                incarnation: change.incarnation,
                seq,
                hash: change.stored.hash,
                lane: change.lane,
            });
        }
    }

    fn own(&self, seq: u64, incarnation: &counter_core::change::IncarnationId) -> Option<StoredChange> {
        let store = self.office.store();
        let counter = store.identity().counter;
        store
            .read::<_, StoreError>(|tx| tx.change(&counter, *incarnation, seq))
            .unwrap()
    }

    /// Whether this counter has a change that was once shown as saved.
    pub fn has(&self, saved: &Saved) -> bool {
        let found = self
            .office
            .store()
            .read::<_, StoreError>(|tx| tx.change(&saved.counter, saved.incarnation, saved.seq));
        found.unwrap().is_some_and(|change| change.stored.hash == saved.hash)
    }

    fn crash(&mut self, how: &str) {
        self.story.tell(self.name, how);
        let left = memory_folder();
        copy_files(self.office.folder.path(), left.path());
        self.office.go_on_in(left);
        self.note_saved();
    }

    /// The power goes while a change is written: its pages are on the disk only in part.
    fn tear_a_write(&mut self) {
        self.story.tell(self.name, "loses power in the middle of a write");
        let folder = self.office.folder.path();
        let left = memory_folder();
        // The mark follows the commit, so it still stands before it.
        copy_files(folder, left.path());
        let mark = left.path().join("head.mark");
        let marked = std::fs::read(&mark).unwrap();
        let before = Files::read(folder);
        // Nobody is told of it.
        let _ = self.clerk().act(&self.known());
        copy_files(folder, left.path());
        std::fs::write(&mark, marked).unwrap();
        let after = Files::read(folder);
        if let Some(from) = after.torn_from(&before) {
            let log = left.path().join("counter.db-wal");
            std::fs::write(log, after.torn(from, &self.chance)).unwrap();
        }
        self.office.go_on_in(left);
        self.note_saved();
    }

    fn fill_the_disk(&mut self) {
        let length = |name: &str| std::fs::metadata(self.office.folder.path().join(name)).map_or(0, |file| file.len());
        let pages = length("counter.db") / PAGE + self.chance.below(30);
        self.story.tell(self.name, "the disk is full");
        let store = self.office.store();
        store.limit_pages(u32::try_from(pages).unwrap()).unwrap();
        for _ in 0..4 {
            let head = self.head();
            match self.clerk().act(&self.known()) {
                Ok(Done { what, numbers }) => {
                    self.story.tell(self.name, what);
                    self.ledger.give_out(&numbers);
                }
                Err(error) => {
                    self.story.tell(self.name, format!("cannot: {error}"));
                    assert_eq!(self.head(), head, "{}: an act that failed left something", self.name);
                }
            }
            self.note_saved();
        }
        store.limit_pages(u32::MAX - 1).unwrap();
    }

    fn head(&self) -> Option<ChangeHash> {
        let identity = self.office.store().identity();
        let last = self.office.own_changes();
        self.own(last, &identity.incarnation).map(|change| change.stored.hash)
    }

    fn back_up(&mut self) {
        let folder = memory_folder();
        self.office.store().backup(&folder.path().join("backup")).unwrap();
        self.story.tell(self.name, "is backed up");
        self.backups.push(folder);
    }

    /// The computer is gone; another one goes on from a backup.
    async fn restore(&mut self) {
        let Some(backup) = self.chance.pick(&self.backups) else {
            return;
        };
        self.story.tell(self.name, "is restored from a backup");
        let backup = backup.path().join("backup");
        self.office.restore(&backup);
        self.forget_what_nobody_has().await;
        self.note_saved();
    }

    /// What only the lost computer had is lost with it; what the hub had recorded must come back.
    async fn forget_what_nobody_has(&self) {
        let saved: Vec<Saved> = self.ledger.open().saved.clone();
        let mut kept = Vec::with_capacity(saved.len());
        for saved in saved {
            if saved.counter.0 != self.name || self.has(&saved) || recorded(&self.hub, &saved).await == Some(true) {
                kept.push(saved);
            }
        }
        self.ledger.open().saved = kept;
    }
}

/// Whether the hub has recorded a change; `None` where it cannot be asked.
pub async fn recorded(hub: &HubHost, saved: &Saved) -> Option<bool> {
    let life = Life {
        district: test_support::SITE.into(),
        counter: saved.counter.clone(),
        incarnation: saved.incarnation,
    };
    let mut transaction = hub.hub()?.store.begin_read().await.ok()?;
    let hashes = transaction.change_hashes(&life, saved.seq, saved.seq).await.ok()?;
    Some(hashes == [saved.hash])
}

/// The database and its log as they are on the disk.
struct Files {
    database: Vec<u8>,
    log: Vec<u8>,
}

impl Files {
    fn read(folder: &Path) -> Self {
        Self {
            database: std::fs::read(folder.join("counter.db")).unwrap(),
            log: std::fs::read(folder.join("counter.db-wal")).unwrap_or_default(),
        }
    }

    /// Where in the log what is newer than `before` begins, if it lies behind everything older. Once the log was taken
    /// into the database, it had been flushed as a whole and no part of it can be torn.
    fn torn_from(&self, before: &Self) -> Option<usize> {
        (self.database == before.database && self.log.starts_with(&before.log) && self.log.len() > before.log.len())
            .then_some(before.log.len())
    }

    /// The log with what begins at `from` spoiled.
    fn torn(&self, from: usize, chance: &Chance) -> Vec<u8> {
        let mut log = self.log.clone();
        let new = (log.len() - from) as u64;
        let place = from + usize::try_from(chance.below(new)).unwrap();
        match chance.below(3) {
            0 => log.truncate(place),
            1 => chance.fill(&mut log[place..]),
            _ => {
                let end = (place + 512).min(log.len());
                log[place..end].fill(0);
            }
        }
        log
    }
}
