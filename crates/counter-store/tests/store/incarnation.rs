//! Restored and copied databases: noticed, given a new life, and no number twice.

use std::{collections::BTreeSet, fs};

use counter_store::{ReadTx, Store, StoreError, table::forked_change};
use proptest::prelude::*;

use crate::{
    rebuild::everything,
    support::{Counter, NOW, case_lane, copy_folder, files_under, make_account, open, submit, take_case_in},
};

fn unsent(tx: &ReadTx<'_>) -> Result<usize, StoreError> {
    Ok(tx.unsent(1000)?.len())
}

#[test]
fn a_database_put_back_from_a_copy_begins_a_new_life_and_gives_other_numbers() {
    let mut counter = Counter::new();
    take_case_in(counter.store(), None);
    counter.close();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(counter.path(), copy.path());
    let first_life = counter.reopen().identity();
    let lost = take_case_in(counter.store(), None);
    counter.close();
    for name in ["counter.db", "attachments.db"] {
        fs::copy(copy.path().join(name), counter.path().join(name)).unwrap();
    }
    let store = counter.reopen();
    assert!(store.was_restored());
    let life = store.identity();
    assert_ne!(life.incarnation, first_life.incarnation);
    assert_eq!(life.number_tag.len(), 3);
    let again = take_case_in(store, None);
    assert_ne!(again, lost);
    assert_eq!(again, format!("YX-W03{}-2026-000002", life.number_tag));
    let opened = store
        .read(|tx| tx.change(&life.counter, life.incarnation, 1))
        .unwrap()
        .unwrap();
    assert_eq!(opened.kind, "incarnation_opened");
    assert!(store.check().unwrap().ok, "{:?}", store.check());
    assert!(!counter.reopen().was_restored());
}

#[test]
fn without_a_mark_a_database_is_taken_for_a_copy() {
    let mut counter = Counter::new();
    counter.close();
    fs::remove_file(counter.path().join("head.mark")).unwrap();
    assert!(counter.reopen().was_restored());
}

#[test]
fn a_mark_torn_by_a_power_cut_falls_back_to_the_one_before() {
    let mut counter = Counter::new();
    make_account(counter.store(), "a").unwrap();
    make_account(counter.store(), "b").unwrap();
    counter.close();
    let path = counter.path().join("head.mark");
    let whole = fs::read(&path).unwrap();
    for torn_at in [0, whole.len() / 2] {
        let mut torn = whole.clone();
        torn[torn_at + 3] ^= 0xff;
        fs::write(&path, &torn).unwrap();
        assert!(!counter.reopen().was_restored());
        counter.close();
    }
}

#[test]
fn a_fork_told_by_the_hub_opens_a_new_life_in_place() {
    let counter = Counter::new();
    let before = counter.store().identity();
    let after = counter.store().open_incarnation(NOW + 1).unwrap();
    assert_ne!(before.incarnation, after.incarnation);
    assert_eq!(counter.store().identity(), after);
    assert_eq!(counter.store().read(unsent).unwrap(), 2);
    assert!(counter.store().check().unwrap().ok);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, ..ProptestConfig::default() })]

    /// However often and from whichever copy a database is put back.
    #[test]
    fn no_number_is_ever_given_twice(steps in proptest::collection::vec((0..3_u8, 0..4_usize), 1..7)) {
        let mut counter = Counter::new();
        let mut copies = Vec::new();
        let mut given = BTreeSet::new();
        for (step, which) in steps {
            match step {
                0 => prop_assert!(given.insert(take_case_in(counter.store(), None))),
                1 => {
                    counter.close();
                    let copy = tempfile::tempdir().unwrap();
                    copy_folder(counter.path(), copy.path());
                    copies.push(copy);
                    counter.reopen();
                }
                _ if copies.is_empty() => {}
                _ => {
                    counter.close();
                    let copy = &copies[which % copies.len()];
                    for path in files_under(counter.path()) {
                        if path.file_name().unwrap().to_string_lossy().starts_with("counter.db") {
                            fs::remove_file(path).unwrap();
                        }
                    }
                    fs::copy(copy.path().join("counter.db"), counter.path().join("counter.db")).unwrap();
                    counter.reopen();
                    prop_assert!(given.insert(take_case_in(counter.store(), None)));
                }
            }
        }
        prop_assert!(given.insert(take_case_in(counter.store(), None)));
    }
}

#[test]
fn a_copied_folder_that_goes_on_elsewhere_is_a_matter_for_the_hub() {
    // The mark was copied too: from here nobody can tell, and the hub answers `fork`.
    let mut counter = Counter::new();
    counter.close();
    let copy = tempfile::tempdir().unwrap();
    copy_folder(counter.path(), copy.path());
    let elsewhere: Store = open(copy.path()).unwrap();
    assert!(!elsewhere.was_restored());
}

#[test]
fn what_a_forked_life_wrote_is_written_again_in_a_new_one_and_keeps_its_numbers() {
    let counter = Counter::new();
    let store = counter.store();
    let before = store.identity();
    let first = take_case_in(store, None);
    let forked_from = store.read(unsent).unwrap() as u64 + 1;
    let second = take_case_in(store, None);
    submit(store, &second).unwrap();
    let written = everything(store);

    let carried = store.carry_over(before.incarnation, forked_from, NOW).unwrap();
    assert_eq!(carried.changes, 5);
    assert_ne!(carried.identity.incarnation, before.incarnation);
    assert_eq!(
        everything(store),
        written,
        "nobody sees a difference but in the numbers to come"
    );
    assert!(store.check().unwrap().ok, "{:?}", store.check());
    let moved = store.read(forked_change::all).unwrap();
    let carried_to: Vec<_> = moved.iter().map(|change| change.carried_to.unwrap().1).collect();
    assert_eq!(
        carried_to,
        [2, 3, 4, 5, 6],
        "behind the opening of the new life, in the order they were made"
    );
    let lane = store.read(|tx| tx.changes_of(&case_lane(&second))).unwrap();
    assert!(
        lane.iter()
            .all(|change| change.incarnation == carried.identity.incarnation)
    );
    let untouched = store.read(|tx| tx.changes_of(&case_lane(&first))).unwrap();
    assert_eq!(untouched[0].incarnation, before.incarnation);
    assert!(
        store.carry_over(before.incarnation, 1, NOW).is_err(),
        "a life cannot fork before it began"
    );
}
