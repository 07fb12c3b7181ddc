//! Folders, acts and cases for the tests.

use std::path::{Path, PathBuf};

use counter_core::{
    account::{AccountChange, Role},
    attachment::AttachmentRef,
    change::{ChangeBody, CounterCode, Lane, LaneKind},
};
use counter_store::{
    Access, Custody, EntropySource, Environment, NewCounter, Passphrase, RecordError, RecoveryWords, Store, StoreError,
    Unlock,
};
use tempfile::TempDir;
use test_support::work;
pub use test_support::{NOW, work::act};

pub const PASSPHRASE: &str = "correct horse battery staple";
pub const NAME: &str = "广州市越秀区测试某某商贸有限公司";

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
    work::take_case_in(store, scan).unwrap()
}

/// 已提交, the act that follows.
pub fn submit(store: &Store, no: &str) -> Result<(), RecordError> {
    work::act_on_case(store, no, work::submitted())
}

pub fn case_lane(no: &str) -> Lane {
    Lane::new(LaneKind::Case, no)
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
