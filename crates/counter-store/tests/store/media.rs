//! A full disk and a medium that cannot be written to: one clear word each, and nothing lost.

use std::{
    fs,
    os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    },
    path::Path,
    process::Command,
};

use counter_store::{Access, RecordError, Store, StoreError, Unlock};

use crate::support::{Counter, environment, files_under, make_account, open, passphrase, take_case_in};

const FOLDER: &str = "COUNTER_STORE_READ_ONLY_FOLDER";
/// The user `nobody`: for root every folder can be written to.
const NOBODY: u32 = 65_534;

#[test]
fn on_a_full_disk_the_act_is_refused_and_what_was_saved_stays() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    store.limit_pages(1).unwrap();
    let full = (0..2000).find_map(|count| make_account(store, &format!("a{count}")).err());
    assert!(
        matches!(full, Some(RecordError::Store(StoreError::DiskFull))),
        "{full:?}"
    );
    assert!(
        store
            .read(|tx| tx.lane(&crate::support::case_lane(&no)))
            .unwrap()
            .is_some()
    );
    store.limit_pages(1_000_000).unwrap();
    make_account(store, "after").unwrap();
    assert!(store.check().unwrap().ok);
}

#[test]
fn on_a_read_only_medium_reading_works_and_writing_is_refused_with_its_word() {
    let mut counter = Counter::new();
    take_case_in(counter.store(), None);
    counter.close();
    for path in files_under(counter.path()) {
        fs::set_permissions(path, fs::Permissions::from_mode(0o444)).unwrap();
    }
    fs::set_permissions(counter.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let programs = tempfile::tempdir().unwrap();
    let mut command = if fs::metadata(counter.path()).unwrap().uid() == 0 {
        let program = programs.path().join("tests");
        fs::copy(std::env::current_exe().unwrap(), &program).unwrap();
        fs::set_permissions(programs.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let mut command = Command::new(program);
        command.uid(NOBODY);
        command
    } else {
        Command::new(std::env::current_exe().unwrap())
    };
    let output = command
        .args(["--exact", "media::on_the_medium", "--nocapture"])
        .current_dir("/")
        .env(FOLDER, counter.path())
        .output()
        .unwrap();
    fs::set_permissions(counter.path(), fs::Permissions::from_mode(0o755)).unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn after_an_orderly_end_both_files_stand_alone_though_nothing_was_dropped() {
    let counter = Counter::new();
    let store = counter.store();
    let scan = store.attachments().put("a.pdf", "application/pdf", b"scan").unwrap();
    take_case_in(store, Some(&scan));
    store.note_orderly_end();
    for log in ["counter.db-wal", "attachments.db-wal"] {
        assert_eq!(fs::metadata(counter.path().join(log)).unwrap().len(), 0, "{log}");
    }
    assert_eq!(fs::metadata(counter.path().join("counter.lock")).unwrap().len(), 0);
}

/// Does nothing unless it is started by the test above.
#[test]
fn on_the_medium() {
    let Ok(folder) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&folder);
    let writing = open(folder);
    assert!(matches!(writing, Err(StoreError::ReadOnlyMedia)), "{writing:?}");
    let reading = Store::open(
        folder,
        &Unlock::Passphrase(passphrase()),
        Access::ReadOnly,
        &environment(),
    )
    .unwrap();
    assert_eq!(reading.read(|tx| tx.unsent(100)).unwrap().len(), 5);
    assert!(reading.check().unwrap().ok);
}
