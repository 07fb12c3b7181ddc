//! The hub's computer: it serves, is killed, loses power and comes back.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use axum::Router;
use bytes::Bytes;
use hub_server::{
    authority_act::{AuthorityAct, EnteredAct, enter},
    enrolment::print_code,
    hand_back::begin_new_life,
    http::router,
    hub::Hub,
    hub_change::HubChangeError,
    hub_key,
    store::{HubStore, StoreError, Stored, sqlite::SqliteStore},
};
use tempfile::TempDir;
use test_support::{Chance, SITE, TestClock, copy_files, memory_folder, network::deliver};
use tokio::sync::oneshot;

use crate::{
    scheduler::{Scheduler, Task},
    story::Story,
};

const WHO: &str = "hub";

/// The computer. Clones share it.
#[derive(Clone)]
pub struct HubHost(Arc<Inner>);

struct Inner {
    scheduler: Scheduler,
    story: Story,
    chance: Chance,
    clock: TestClock,
    busy: Arc<AtomicBool>,
    running: Mutex<Option<Running>>,
    serving: Mutex<Vec<Task>>,
    backups: Mutex<Vec<TempDir>>,
}

struct Running {
    folder: TempDir,
    hub: Hub<Halting>,
    router: Router,
}

impl HubHost {
    pub async fn new(scheduler: &Scheduler, story: &Story, chance: Chance, clock: TestClock) -> Self {
        let host = Self(Arc::new(Inner {
            scheduler: scheduler.clone(),
            story: story.clone(),
            chance,
            clock,
            busy: Arc::default(),
            running: Mutex::default(),
            serving: Mutex::default(),
            backups: Mutex::default(),
        }));
        host.start(memory_folder(), false).await;
        host
    }

    /// Begins to serve over the files in `folder`; its operator says so where they are from a backup.
    async fn start(&self, folder: TempDir, restored: bool) {
        let inner = &self.0;
        let world = inner.chance.world(&inner.clock);
        let database = folder.path().join("hub.db");
        let key = hub_key::load_or_make(folder.path(), &folder.path().join("no-database"), &world).unwrap();
        let store = Halting {
            store: SqliteStore::open(&database).unwrap(),
            scheduler: inner.scheduler.clone(),
            chance: inner.chance.clone(),
            busy: Arc::clone(&inner.busy),
        };
        let hub = Hub::open(store, key, world).await.unwrap();
        if restored {
            begin_new_life(&hub).await.unwrap();
        }
        let router = router(hub.clone());
        *inner.running.lock().unwrap() = Some(Running { folder, hub, router });
    }

    /// The hub, as long as it runs.
    pub fn hub(&self) -> Option<Hub<Halting>> {
        let running = self.0.running.lock().unwrap();
        running.as_ref().map(|running| running.hub.clone())
    }

    /// The clock on its wall.
    pub fn clock(&self) -> &TestClock {
        &self.0.clock
    }

    /// Whether its store answers that it is busy now and then.
    pub fn set_busy(&self, busy: bool) {
        self.0.busy.store(busy, Ordering::Relaxed);
    }

    /// Serves a request beside the others; no answer comes where it is down, or is killed meanwhile.
    pub fn serve(&self, request: http::Request<Bytes>) -> oneshot::Receiver<http::Response<Bytes>> {
        let (answer, answered) = oneshot::channel();
        let router = {
            let running = self.0.running.lock().unwrap();
            running.as_ref().map(|running| running.router.clone())
        };
        if let Some(router) = router {
            self.work(async move {
                // Whoever asked may have gone.
                let _ = answer.send(deliver(&router, request).await);
            });
        }
        answered
    }

    /// Enters an authority's act; `None` where the hub was killed before it said that it had.
    pub async fn enter(&self, act: AuthorityAct) -> Option<Result<EnteredAct, HubChangeError>> {
        let hub = self.hub()?;
        let (answer, answered) = oneshot::channel();
        self.work(async move {
            let _ = answer.send(enter(&hub, &act).await);
        });
        answered.await.ok()
    }

    /// A one-time code for `counter`.
    pub async fn code_for(&self, counter: &str) -> Option<String> {
        let hub = self.hub()?;
        let printed = print_code(&hub, SITE, counter).await.ok()?;
        Some(printed.code.to_string())
    }

    fn work(&self, work: impl Future<Output = ()> + Send + 'static) {
        let task = self.0.scheduler.spawn(work);
        self.0.serving.lock().unwrap().push(task);
    }

    /// Ends it in the middle of whatever it does, and starts it again on what is then on the disk.
    pub async fn crash(&self, down_ms: u64) {
        let inner = &self.0;
        inner.story.tell(WHO, format!("the power goes, for {down_ms} ms"));
        let Some(running) = self.end() else { return };
        // What is on the disk at this moment; closing the database in order would tidy it up first.
        let left = memory_folder();
        copy_files(running.folder.path(), left.path());
        drop(running);
        spoil_end_of_log(&left, &inner.chance);
        let kept = memory_folder();
        copy_files(left.path(), kept.path());
        inner.backups.lock().unwrap().push(kept);
        inner.scheduler.sleep(down_ms).await;
        self.start(left, false).await;
        inner.story.tell(WHO, "runs again");
    }

    /// Its computer is gone for good; another goes on from what was kept at an earlier power cut.
    pub async fn restore(&self, down_ms: u64) {
        let inner = &self.0;
        let left = memory_folder();
        {
            let backups = inner.backups.lock().unwrap();
            let Some(backup) = inner.chance.pick(&backups) else {
                return;
            };
            copy_files(backup.path(), left.path());
        }
        inner
            .story
            .tell(WHO, format!("is lost, and restored from a backup after {down_ms} ms"));
        if self.end().is_none() {
            return;
        }
        inner.scheduler.sleep(down_ms).await;
        self.start(left, true).await;
        inner.story.tell(WHO, "runs again");
    }

    /// Ends it in the middle of whatever it does.
    fn end(&self) -> Option<Running> {
        let running = self.0.running.lock().unwrap().take()?;
        let serving = std::mem::take(&mut *self.0.serving.lock().unwrap());
        for task in serving {
            task.kill();
        }
        Some(running)
    }
}

/// A write that was under way leaves half a page behind the last commit.
fn spoil_end_of_log(folder: &TempDir, chance: &Chance) {
    use std::io::Write;
    let path = folder.path().join("hub.db-wal");
    if path.exists() {
        let mut torn = vec![0; usize::try_from(chance.below(6000)).unwrap()];
        chance.fill(&mut torn);
        let mut log = std::fs::File::options().append(true).open(path).unwrap();
        log.write_all(&torn).unwrap();
    }
}

/// The real store, with pauses in which other requests go on and the process may be killed; now and then busy.
#[derive(Clone)]
pub struct Halting {
    store: SqliteStore,
    scheduler: Scheduler,
    chance: Chance,
    busy: Arc<AtomicBool>,
}

impl Halting {
    async fn halt(&self) {
        self.scheduler.sleep(self.chance.below(4)).await;
    }
}

impl HubStore for Halting {
    type Transaction = <SqliteStore as HubStore>::Transaction;

    async fn begin(&self) -> Stored<Self::Transaction> {
        self.halt().await;
        if self.busy.load(Ordering::Relaxed) && self.chance.happens(300) {
            return Err(StoreError::Busy);
        }
        let transaction = self.store.begin().await?;
        self.halt().await;
        Ok(transaction)
    }

    async fn begin_read(&self) -> Stored<Self::Transaction> {
        self.halt().await;
        let transaction = self.store.begin_read().await?;
        self.halt().await;
        Ok(transaction)
    }
}
