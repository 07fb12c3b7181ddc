//! The keyring of the operating system, a real one: a session bus and a secret service of the test's own.

use std::{fs, path::Path, process::Command};

use counter_store::{Access, Custody, KeySource, KeyringTrouble, Store, StoreError, Unlock};

use crate::support::{copy_folder, environment, files_under, new_counter, take_case_in};

const FOLDER: &str = "COUNTER_STORE_KEYRING_FOLDER";

fn create(folder: &Path) -> Result<Store, StoreError> {
    Store::create(folder, &new_counter(), &Custody::Keyring, &environment()).map(|(store, _)| store)
}

fn open(folder: &Path, unlock: &Unlock) -> Result<Store, StoreError> {
    Store::open(folder, unlock, Access::ReadWrite, &environment())
}

/// Runs `name` of this very program under a session bus with an unlocked secret service.
fn in_a_session(name: &str) {
    let home = tempfile::tempdir().unwrap();
    let script = r#"printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" --exact "$1" --nocapture"#;
    let output = Command::new("dbus-run-session")
        .args(["--", "sh", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .arg(name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", home.path())
        .env(FOLDER, home.path())
        .env_remove("CREDIT_COUNTER_PASSPHRASE")
        .output()
        .expect("dbus-run-session and gnome-keyring-daemon are installed");
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success() && shown.contains("1 passed"),
        "{shown}{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn the_keyring_opens_the_folder_and_remembers_its_head() {
    in_a_session("keyring::session_of_a_desk");
}

#[test]
fn without_the_keyring_entry_the_printed_words_open_the_folder() {
    in_a_session("keyring::session_of_a_new_computer");
}

/// Does nothing unless it is started inside a session.
#[test]
fn session_of_a_desk() {
    let Ok(home) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&home).join("counter");
    // Cut short, its key is in the keyring; that is no lost database, and the next set-up goes through.
    let (unfinished, _) = Store::begin(&folder, &new_counter(), &Custody::Keyring, &environment()).unwrap();
    drop(unfinished);
    drop(create(&folder).unwrap());
    let store = open(&folder, &Unlock::Keyring).unwrap();
    assert!(!store.was_restored());
    take_case_in(&store, None);
    drop(store);
    let copy = Path::new(&home).join("copy");
    fs::create_dir(&copy).unwrap();
    copy_folder(&folder, &copy);
    take_case_in(&open(&folder, &Unlock::Keyring).unwrap(), None);
    // The whole folder is put back, its mark too: only the keyring knows that it had gone on.
    copy_folder(&copy, &folder);
    assert!(open(&folder, &Unlock::Keyring).unwrap().was_restored());
    assert!(!open(&folder, &Unlock::Keyring).unwrap().was_restored());
    // The database is lost: a new key would hide that.
    for path in files_under(&folder) {
        fs::remove_file(path).unwrap();
    }
    assert!(matches!(create(&folder), Err(StoreError::KeyWithoutDatabase(_))));
    Store::forget_key_of(&folder).unwrap();
    create(&folder).unwrap();
}

/// Does nothing unless it is started inside a session.
#[test]
fn session_of_a_new_computer() {
    let Ok(home) = std::env::var(FOLDER) else { return };
    let folder = Path::new(&home).join("counter");
    let (store, words) = Store::create(&folder, &new_counter(), &Custody::Keyring, &environment()).unwrap();
    let no = take_case_in(&store, None);
    drop(store);
    Store::forget_key_of(&folder).unwrap();
    assert!(matches!(
        open(&folder, &Unlock::Keyring),
        Err(StoreError::NoSuchKey(KeySource::Keyring))
    ));
    let store = open(&folder, &Unlock::RecoveryWords(words)).unwrap();
    assert!(
        store
            .read(|tx| tx.lane(&crate::support::case_lane(&no)))
            .unwrap()
            .is_some()
    );
    store.keep_key_in_keyring().unwrap();
    drop(store);
    open(&folder, &Unlock::Keyring).unwrap();
}

#[test]
fn without_a_keyring_service_that_is_said_and_nothing_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "keyring::session_without_a_bus", "--nocapture"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
        .env(FOLDER, folder.path())
        .output()
        .unwrap();
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(
        output.status.success(),
        "{shown}{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!folder.path().join("counter/counter.db").exists());
    assert!(!folder.path().join("counter/keys.json").exists());
}

/// Does nothing unless it is started with a bus that is not there.
#[test]
fn session_without_a_bus() {
    let Ok(home) = std::env::var(FOLDER) else { return };
    let refused = create(&Path::new(&home).join("counter"));
    assert!(
        matches!(refused, Err(StoreError::Keyring(KeyringTrouble::NoService))),
        "{refused:?}"
    );
}
