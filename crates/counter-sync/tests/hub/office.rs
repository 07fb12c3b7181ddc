//! A counter with a data folder of its own, and a hub with one.

use std::sync::{
    Arc,
    atomic::{AtomicI64, AtomicU64, Ordering},
};

use axum::Router;
use counter_core::{
    assess::{PackChoice, assess},
    attachment::AttachmentRef,
    case::{CaseChange, CaseReceived, Material, MaterialMark, MaterialState},
    change::{ActId, ChangeBody, CounterCode, Lane, LaneKind},
    number::NumberFamily,
    pack::RuleBook,
    record::Record,
    subject_snapshot::SubjectSnapshot,
    visit::{VisitChange, VisitEnd},
};
use counter_store::{
    Access, ActContext, Custody, Delivery, EntropySource, Environment, NewCounter, Passphrase, RecordError, Store,
    StoreError, Unlock, table::repair_case,
};
use counter_sync::{Clock, SyncError, SyncOutcome, Transport, enrol, sync_once};
use hub_server::{
    authority_act::{AuthorityAct, EnteredAct, Outcome, enter},
    clock::World,
    enrolment::print_code,
    http,
    hub::Hub,
    hub_change::HubChangeError,
    hub_key,
    store::sqlite::SqliteStore,
};
use jiff::civil::date;
use tempfile::TempDir;

pub const SITE: &str = "440104";
pub const URL: &str = "http://127.0.0.1:1";
/// 2026-11-24 10:00 in China.
pub const NOW: i64 = 1_795_485_600_000;
const PASSPHRASE: &str = "correct horse battery staple";

/// A clock that every end of a test shares, in milliseconds.
pub fn clock_at(start: i64) -> Arc<AtomicI64> {
    Arc::new(AtomicI64::new(start))
}

/// A hub in a folder that goes away with it.
pub struct HubOffice {
    folder: TempDir,
    pub hub: Hub<SqliteStore>,
    pub now: Arc<AtomicI64>,
}

impl HubOffice {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = clock_at(NOW);
        let hub = open_hub(&folder, &now).await;
        Self { folder, hub, now }
    }

    /// A copy of its folder, as a backup would hold it.
    pub fn backup(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        for entry in std::fs::read_dir(self.folder.path()).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, copy.path().join(path.file_name().unwrap())).unwrap();
        }
        copy
    }

    /// Goes on with `backup` in place of its folder.
    pub async fn restore(&mut self, backup: TempDir) {
        self.hub = open_hub(&backup, &self.now).await;
        self.folder = backup;
    }

    pub fn router(&self) -> Router {
        http::router(self.hub.clone())
    }

    pub async fn code_for(&self, counter: &str) -> String {
        print_code(&self.hub, SITE, counter).await.unwrap().code.to_string()
    }

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
}

async fn open_hub(folder: &TempDir, now: &Arc<AtomicI64>) -> Hub<SqliteStore> {
    let now = Arc::clone(now);
    let draws = AtomicU64::new(0);
    let world = World::new(
        move || now.load(Ordering::Relaxed),
        move |bytes| {
            let draw = draws.fetch_add(1, Ordering::Relaxed);
            bytes
                .iter_mut()
                .enumerate()
                .for_each(|(place, byte)| *byte = (draw as usize * 31 + place * 7 + 1) as u8);
            Ok(())
        },
    );
    let database = folder.path().join("hub.db");
    let key = hub_key::load_or_make(folder.path(), &database, &world).unwrap();
    Hub::open(SqliteStore::open(&database).unwrap(), key, world)
        .await
        .unwrap()
}

/// A counter in a folder that goes away with it.
pub struct Office {
    pub folder: TempDir,
    store: Option<Store>,
    pub clock: Clock,
    pub now: Arc<AtomicI64>,
}

impl Office {
    pub fn new(counter: &str) -> Self {
        Self::with_entropy(counter, EntropySource::system())
    }

    pub fn with_entropy(counter: &str, entropy: EntropySource) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let new = NewCounter {
            site: SITE.into(),
            counter: CounterCode(counter.into()),
            prefix: "YX".into(),
            test: false,
        };
        let environment = Environment { entropy, now_at: NOW };
        let (store, _) = Store::create(
            folder.path(),
            &new,
            &Custody::Passphrase(Passphrase::new(PASSPHRASE)),
            &environment,
        )
        .unwrap();
        let now = clock_at(NOW);
        let read = Arc::clone(&now);
        Self {
            folder,
            store: Some(store),
            clock: Clock::new(move || read.load(Ordering::Relaxed)),
            now,
        }
    }

    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// Closes the database and opens it again, as after a crash.
    pub fn reopen(&mut self, entropy: EntropySource) {
        self.store = None;
        let unlock = Unlock::Passphrase(Passphrase::new(PASSPHRASE));
        let environment = Environment { entropy, now_at: NOW };
        self.store = Some(Store::open(self.folder.path(), &unlock, Access::ReadWrite, &environment).unwrap());
    }

    pub async fn enrol_with(&self, hub: &HubOffice, network: &impl Transport) {
        let code = hub.code_for(&self.store().identity().counter.0).await;
        enrol(self.store(), network, &self.clock, URL, &code).await.unwrap();
    }

    pub async fn sync(&self, network: &impl Transport) -> Result<SyncOutcome, SyncError> {
        sync_once(self.store(), network, &self.clock).await
    }

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

    pub fn unsent(&self) -> u64 {
        self.store().read::<_, StoreError>(|tx| tx.outbox()).unwrap().changes
    }

    pub fn case(&self, no: &str) -> repair_case::CaseRow {
        self.store()
            .read::<_, StoreError>(|tx| repair_case::get(tx, no))
            .unwrap()
            .unwrap()
    }

    pub fn delivery(&self, no: &str) -> Delivery {
        self.store()
            .read(|tx| tx.delivery(&Lane::new(LaneKind::Case, no)))
            .unwrap()
            .unwrap()
    }

    /// A whole visit with one case; returns the case's number.
    pub fn take_case_in(&self, scan: Option<&AttachmentRef>) -> String {
        self.store()
            .write::<_, RecordError>(|tx| {
                let act = act();
                let visit = tx.next_number(NumberFamily::Visit, 2026)?;
                let no = tx.next_number(NumberFamily::Case, 2026)?;
                let visit_lane = Lane::new(LaneKind::Visit, &visit);
                let opened = VisitChange::Opened {
                    subject: subject(),
                    queue_number: None,
                };
                tx.record(&act, visit_lane.clone(), ChangeBody::Visit(opened))?;
                let received = ChangeBody::Case(CaseChange::Received(Box::new(received(&visit, scan))));
                tx.record(&act, Lane::new(LaneKind::Case, &no), received)?;
                let taken = VisitChange::CaseTaken { case: no.clone() };
                tx.record(&act, visit_lane.clone(), ChangeBody::Visit(taken))?;
                tx.record(
                    &act,
                    visit_lane,
                    ChangeBody::Visit(VisitChange::Ended {
                        end: VisitEnd::Received,
                    }),
                )?;
                Ok(no)
            })
            .unwrap()
    }

    pub fn submit(&self, no: &str) {
        self.act_on_case(
            no,
            CaseChange::Submitted {
                site: "信用中国".into(),
                number: "A1".into(),
                on: date(2026, 11, 25),
            },
        )
        .unwrap();
    }

    pub fn act_on_case(&self, no: &str, body: CaseChange) -> Result<(), RecordError> {
        self.store().write(|tx| {
            tx.record(&act(), Lane::new(LaneKind::Case, no), ChangeBody::Case(body))
                .map(|_| ())
        })
    }
}

fn act() -> ActContext {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut act_id = [0; 16];
    act_id[8..].copy_from_slice(&count.to_be_bytes());
    ActContext {
        act_id: ActId(act_id),
        actor: "li".into(),
        made_at: NOW,
    }
}

fn subject() -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: None,
        name: "广州市越秀区测试某某商贸有限公司".into(),
    }
}

fn received(visit: &str, scan: Option<&AttachmentRef>) -> CaseReceived {
    let record = Record::from_json(&serde_json::json!({
        "CF_XDR_MC": subject().name, "CF_WSH": "越市监处罚〔2026〕7号", "CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10",
        "CF_CFJG": "广州市越秀区市场监督管理局", "fulfilled": true, "rectified": true
    }))
    .unwrap();
    let assessment = assess(
        &record,
        date(2026, 11, 24),
        &PackChoice::Auto,
        None,
        &RuleBook::shipped(),
    )
    .unwrap();
    let scans = scan.cloned().into_iter().collect();
    let material = Material {
        code: "commitment".into(),
        name: "信用承诺书".into(),
        required: true,
        note: None,
        how_to: "窗口领取".into(),
        basis: "36号令".into(),
        unverified: false,
        mark: MaterialMark {
            state: MaterialState::Received,
            original_seen: true,
            copy_kept: true,
            scans,
        },
    };
    CaseReceived {
        visit: visit.into(),
        subject: subject(),
        record_key: "penalty/1".into(),
        record,
        assessment,
        materials: vec![material],
        received_on: date(2026, 11, 24),
        data_as_of: Some(date(2026, 11, 20)),
    }
}
