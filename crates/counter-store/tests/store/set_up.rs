//! Setting up: either a counter somebody can enter, or nothing.

use counter_store::{Access, Custody, RecoveryWords, Store, StoreError, Unlock};

use crate::support::{Counter, environment, make_account, new_counter, open, passphrase};

fn begin(folder: &std::path::Path) -> Result<(Store, RecoveryWords), StoreError> {
    Store::begin(
        folder,
        &new_counter(),
        &Custody::Passphrase(passphrase()),
        &environment(),
    )
}

#[test]
fn a_set_up_cut_short_leaves_no_counter_and_the_next_one_begins_anew() {
    let folder = tempfile::tempdir().unwrap();
    let (store, unseen) = begin(folder.path()).unwrap();
    make_account(&store, "admin").unwrap();
    // The power goes while the words are on the screen.
    drop(store);
    assert!(!Store::exists(folder.path()));
    let early = open(folder.path());
    assert!(matches!(early, Err(StoreError::NoDatabase(_))), "{early:?}");

    let (store, words) = begin(folder.path()).unwrap();
    assert_ne!(unseen.words(), words.words());
    make_account(&store, "admin").unwrap();
    store.finish_set_up().unwrap();
    drop(store);
    assert!(Store::exists(folder.path()));
    let by = |words| {
        Store::open(
            folder.path(),
            &Unlock::RecoveryWords(words),
            Access::ReadWrite,
            &environment(),
        )
    };
    assert!(matches!(by(unseen), Err(StoreError::WrongKey(_))));
    by(words).unwrap();
}

#[test]
fn a_counter_that_stands_is_never_set_up_over() {
    let mut counter = Counter::new();
    counter.close();
    let again = begin(counter.path());
    assert!(matches!(again, Err(StoreError::AlreadyExists(_))));
    open(counter.path()).unwrap();
}
