//! Folders, acts and cases for the tests.

use std::{
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use counter_core::{
    account::{AccountChange, Role},
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
    Access, ActContext, Custody, EntropySource, Environment, NewCounter, Passphrase, RecordError, RecoveryWords, Store,
    StoreError, Unlock,
};
use jiff::civil::date;
use tempfile::TempDir;

pub const PASSPHRASE: &str = "correct horse battery staple";
pub const NAME: &str = "广州市越秀区测试某某商贸有限公司";
pub const NOW: i64 = 1_795_485_600_000;

/// A counter in a folder that goes away with it.
pub struct Counter {
    pub folder: TempDir,
    pub store: Option<Store>,
    pub words: RecoveryWords,
}

impl Counter {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (store, words) = Store::create(
            folder.path(),
            &new_counter(),
            &Custody::Passphrase(passphrase()),
            &environment(),
        )
        .unwrap();
        Self {
            folder,
            store: Some(store),
            words,
        }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn store(&self) -> &Store {
        self.store.as_ref().unwrap()
    }

    /// Closes the store and opens it again.
    pub fn reopen(&mut self) -> &Store {
        self.close();
        self.store = Some(open(self.path()).unwrap());
        self.store()
    }

    pub fn close(&mut self) {
        self.store = None;
    }
}

pub fn new_counter() -> NewCounter {
    NewCounter {
        site: "440104".into(),
        counter: CounterCode("W03".into()),
        prefix: "YX".into(),
        test: false,
    }
}

pub fn passphrase() -> Passphrase {
    Passphrase::new(PASSPHRASE)
}

pub fn environment() -> Environment {
    Environment {
        entropy: EntropySource::system(),
        now_at: NOW,
    }
}

pub fn open(folder: &Path) -> Result<Store, StoreError> {
    Store::open(
        folder,
        &Unlock::Passphrase(passphrase()),
        Access::ReadWrite,
        &environment(),
    )
}

pub fn act() -> ActContext {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut act_id = [0; 16];
    act_id[8..].copy_from_slice(&count.to_be_bytes());
    ActContext {
        act_id: ActId(act_id),
        actor: "li".into(),
        made_at: NOW + i64::try_from(count).unwrap(),
    }
}

/// Makes the account `name`: the smallest act there is.
pub fn make_account(store: &Store, name: &str) -> Result<(), RecordError> {
    store.write(|tx| {
        let body = AccountChange::Created {
            display_name: "李受理".into(),
            roles: vec![Role::Clerk],
        };
        tx.record(&act(), Lane::new(LaneKind::Account, name), ChangeBody::Account(body))
            .map(|_| ())
    })
}

/// A whole visit with one case whose commitment paper has `scan`; returns the case's number.
pub fn take_case_in(store: &Store, scan: Option<&AttachmentRef>) -> String {
    store
        .write::<_, RecordError>(|tx| {
            let act = act();
            let visit = tx.next_number(NumberFamily::Visit, 2026)?;
            let no = tx.next_number(NumberFamily::Case, 2026)?;
            let visit_lane = Lane::new(LaneKind::Visit, &visit);
            let subject = subject();
            tx.record(
                &act,
                visit_lane.clone(),
                ChangeBody::Visit(VisitChange::Opened {
                    subject,
                    queue_number: None,
                }),
            )?;
            let received = ChangeBody::Case(CaseChange::Received(Box::new(received(&visit, scan))));
            tx.record(&act, Lane::new(LaneKind::Case, &no), received)?;
            tx.record(
                &act,
                visit_lane.clone(),
                ChangeBody::Visit(VisitChange::CaseTaken { case: no.clone() }),
            )?;
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

/// 已提交, the act that follows.
pub fn submit(store: &Store, no: &str) -> Result<(), RecordError> {
    let body = CaseChange::Submitted {
        site: "信用中国".into(),
        number: "A1".into(),
        on: date(2026, 11, 25),
    };
    store.write(|tx| {
        tx.record(&act(), Lane::new(LaneKind::Case, no), ChangeBody::Case(body))
            .map(|_| ())
    })
}

pub fn case_lane(no: &str) -> Lane {
    Lane::new(LaneKind::Case, no)
}

fn subject() -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: Some("91440104MA5CXXXX0R".into()),
        name: NAME.into(),
    }
}

fn received(visit: &str, scan: Option<&AttachmentRef>) -> CaseReceived {
    let record = Record::from_json(&serde_json::json!({
        "CF_XDR_MC": NAME, "CF_WSH": "越市监处罚〔2026〕7号", "CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10",
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
            scans: scan.cloned().into_iter().collect(),
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

/// Every file under `folder`.
pub fn files_under(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(files_under(&path))
        } else {
            files.push(path)
        }
    }
    files
}

/// Copies the data folder as a person would who knows nothing of backups.
pub fn copy_folder(from: &Path, to: &Path) {
    for path in files_under(from) {
        std::fs::copy(&path, to.join(path.file_name().unwrap())).unwrap();
    }
}
