//! Getting in: by passphrase, by the words; and being told why not.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};

use counter_store::{Access, KeySource, Passphrase, RecoveryWords, Store, StoreError, Unlock};

use crate::support::{Counter, environment, open, take_case_in};

fn open_with(counter: &Counter, unlock: Unlock) -> Result<Store, StoreError> {
    Store::open(counter.path(), &unlock, Access::ReadWrite, &environment())
}

#[test]
fn a_wrong_passphrase_is_told_from_a_damaged_file() {
    let mut counter = Counter::new();
    take_case_in(counter.store(), None);
    counter.close();
    let wrong = open_with(&counter, Unlock::Passphrase(Passphrase::new("something else")));
    assert!(
        matches!(wrong, Err(StoreError::WrongKey(KeySource::Passphrase))),
        "{wrong:?}"
    );
    let mut file = File::options()
        .write(true)
        .open(counter.path().join("counter.db"))
        .unwrap();
    file.seek(SeekFrom::Start(100)).unwrap();
    file.write_all(&[0x55; 64]).unwrap();
    drop(file);
    let damaged = open(counter.path());
    assert!(matches!(damaged, Err(StoreError::Damaged(_))), "{damaged:?}");
}

#[test]
fn the_printed_words_open_the_folder_without_the_passphrase() {
    let mut counter = Counter::new();
    let no = take_case_in(counter.store(), None);
    counter.close();
    let typed = counter.words.words().join(" ");
    let store = open_with(&counter, Unlock::RecoveryWords(RecoveryWords::parse(&typed).unwrap())).unwrap();
    assert!(
        store
            .read::<_, StoreError>(|tx| counter_store::table::repair_case::get(tx, &no))
            .unwrap()
            .is_some()
    );
    store.set_passphrase(&Passphrase::new("a new one")).unwrap();
    drop(store);
    open_with(&counter, Unlock::Passphrase(Passphrase::new("a new one"))).unwrap();
}

#[test]
fn the_words_of_another_counter_do_not_open_it() {
    let mut counter = Counter::new();
    counter.close();
    let other = Counter::new();
    let refused = open_with(&counter, Unlock::RecoveryWords(other.words.clone()));
    assert!(matches!(refused, Err(StoreError::WrongKey(KeySource::RecoveryWords))));
    let never = open_with(&counter, Unlock::Keyring);
    assert!(matches!(never, Err(StoreError::NoSuchKey(KeySource::Keyring))));
}

#[test]
fn a_lost_key_file_is_replaced_by_its_copy() {
    let mut counter = Counter::new();
    counter.close();
    fs::remove_file(counter.path().join("keys.json")).unwrap();
    drop(open(counter.path()).unwrap());
    fs::write(counter.path().join("keys-copy.json"), "{}").unwrap();
    assert!(matches!(open(counter.path()), Err(StoreError::KeyFile(_))));
}

#[test]
fn secrets_do_not_show_in_debug_output() {
    let counter = Counter::new();
    let shown = format!(
        "{:?} {:?} {:?}",
        counter.words,
        crate::support::passphrase(),
        counter.store()
    );
    assert!(!shown.contains("horse"));
    assert!(counter.words.words().iter().all(|word| !shown.contains(word)));
}
