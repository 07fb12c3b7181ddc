//! Killed at any moment: what was acknowledged is there, what was not is not.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
};

use counter_core::{
    account::AccountChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{RecordError, StoreError, table::account};

use crate::support::{Counter, act, copy_folder, make_account, open};

const FOLDER: &str = "COUNTER_STORE_TEST_FOLDER";
const WAY: &str = "COUNTER_STORE_TEST_WAY";

/// Runs `kill::the_child` of this very program on `folder`.
fn child(folder: &Path, way: &str) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command
        .args(["--exact", "kill::the_child", "--nocapture"])
        .env(FOLDER, folder)
        .env(WAY, way)
        .stdout(Stdio::piped());
    command
}

fn account_body() -> ChangeBody {
    ChangeBody::Account(AccountChange::Created {
        display_name: "王".into(),
        roles: vec![],
    })
}

/// Does nothing unless it is started by the other tests here.
#[test]
fn the_child() {
    let (Ok(folder), Ok(way)) = (std::env::var(FOLDER), std::env::var(WAY)) else {
        return;
    };
    let store = open(Path::new(&folder)).unwrap();
    if way == "abort" {
        let _ = store.write::<(), RecordError>(|tx| {
            tx.record(&act(), Lane::new(LaneKind::Account, "lost"), account_body())?;
            std::process::abort();
        });
    }
    for count in 0.. {
        let name = format!("n{count:06}");
        make_account(&store, &name).unwrap();
        writeln_flushed(&name);
    }
}

fn writeln_flushed(line: &str) {
    use std::io::Write;
    let mut out = std::io::stdout().lock();
    writeln!(out, "saved {line}").unwrap();
    out.flush().unwrap();
}

#[test]
fn killed_between_the_change_and_the_commit_nothing_is_left() {
    let mut counter = Counter::new();
    counter.close();
    assert!(!child(counter.path(), "abort").status().unwrap().success());
    let store = counter.reopen();
    assert!(!store.was_restored());
    assert!(
        store
            .read::<_, StoreError>(|tx| account::get(tx, "lost"))
            .unwrap()
            .is_none()
    );
    assert_eq!(store.read(|tx| tx.outbox()).unwrap().changes, 1);
    assert!(store.check().unwrap().ok);
}

#[test]
fn killed_again_and_again_no_acknowledged_change_is_lost() {
    for round in 1..=5 {
        let mut counter = Counter::new();
        counter.close();
        let mut running = child(counter.path(), "loop").spawn().unwrap();
        let lines = BufReader::new(running.stdout.take().unwrap()).lines();
        let mut saved = Vec::new();
        for line in lines.map_while(Result::ok) {
            if let Some((_, name)) = line.split_once("saved ") {
                saved.push(name.to_owned());
            }
            if saved.len() == round * 7 {
                running.kill().unwrap();
            }
        }
        running.wait().unwrap();
        let store = counter.reopen();
        assert!(store.after_unclean_end());
        assert!(!store.was_restored());
        let kept: Vec<_> = store
            .read::<_, StoreError>(account::list)
            .unwrap()
            .into_iter()
            .map(|account| account.name)
            .collect();
        assert!(saved.iter().all(|name| kept.contains(name)), "{saved:?} {kept:?}");
        assert!(kept.len() <= saved.len() + 1);
        assert!(store.check().unwrap().ok);
        assert!(!counter.reopen().after_unclean_end());
    }
}

#[test]
fn a_torn_end_of_the_write_ahead_log_takes_nothing_that_was_acknowledged() {
    let counter = Counter::new();
    make_account(counter.store(), "acknowledged").unwrap();
    let log = counter.path().join("counter.db-wal");
    let acknowledged = usize::try_from(std::fs::metadata(&log).unwrap().len()).unwrap();
    let mark = std::fs::read(counter.path().join("head.mark")).unwrap();
    make_account(counter.store(), "torn").unwrap();
    for scrambled_from in [acknowledged, acknowledged + 100, acknowledged + 4000] {
        let after_the_cut = tempfile::tempdir().unwrap();
        copy_folder(counter.path(), after_the_cut.path());
        let mut bytes = std::fs::read(&log).unwrap();
        bytes[scrambled_from..].fill(0x5a);
        std::fs::write(after_the_cut.path().join("counter.db-wal"), bytes).unwrap();
        std::fs::remove_file(after_the_cut.path().join("counter.db-shm")).unwrap();
        std::fs::write(after_the_cut.path().join("head.mark"), &mark).unwrap();
        let store = open(after_the_cut.path()).unwrap();
        assert!(!store.was_restored());
        assert!(
            store
                .read::<_, StoreError>(|tx| account::get(tx, "acknowledged"))
                .unwrap()
                .is_some()
        );
        assert!(
            store
                .read::<_, StoreError>(|tx| account::get(tx, "torn"))
                .unwrap()
                .is_none()
        );
        assert!(store.check().unwrap().ok);
    }
}
