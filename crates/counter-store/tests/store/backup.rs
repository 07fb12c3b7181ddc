//! A backup brings everything back on any machine, and a bad one is never taken for a good one.

use std::fs;

use counter_store::{Access, Store, StoreError, Unlock, restore, table::repair_case};

use crate::support::{Counter, NAME, environment, passphrase, take_case_in};

#[test]
fn a_backup_comes_back_elsewhere_with_the_printed_words_only() {
    let counter = Counter::new();
    let scan = counter
        .store()
        .attachments()
        .put("a.pdf", "application/pdf", &[3; 2_500_000])
        .unwrap();
    let no = take_case_in(counter.store(), Some(&scan));
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("counter.backup");
    let reader = Store::open(
        counter.path(),
        &Unlock::Passphrase(passphrase()),
        Access::ReadOnly,
        &environment(),
    )
    .unwrap();
    let report = reader.backup(&file).unwrap();
    assert_eq!((report.changes, report.length), (5, fs::metadata(&file).unwrap().len()));
    assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1);
    let restored = restore(
        &file,
        &place.path().join("new"),
        &Unlock::RecoveryWords(counter.words.clone()),
        &environment(),
    )
    .unwrap();
    assert!(restored.was_restored());
    assert_eq!(restored.attachments().get(&scan.sha256).unwrap(), vec![3; 2_500_000]);
    assert!(
        restored
            .read::<_, StoreError>(|tx| repair_case::get(tx, &no))
            .unwrap()
            .is_some()
    );
    assert_ne!(take_case_in(&restored, None), take_case_in(counter.store(), None));
    assert!(restored.check().unwrap().ok, "{:?}", restored.check());
    let again = restore(
        &file,
        &place.path().join("new"),
        &Unlock::RecoveryWords(counter.words.clone()),
        &environment(),
    );
    assert!(matches!(again, Err(StoreError::InUse)));
}

#[test]
fn a_backup_cut_short_or_changed_is_refused_and_leaves_no_database() {
    let counter = Counter::new();
    take_case_in(counter.store(), None);
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("counter.backup");
    counter.store().backup(&file).unwrap();
    let whole = fs::read(&file).unwrap();
    let text = String::from_utf8_lossy(&whole).into_owned();
    assert!(!text.contains(NAME));
    let mut changed = whole.clone();
    changed[whole.len() / 2] ^= 1;
    for (name, bytes) in [
        ("cut", &whole[..whole.len() - 10]),
        ("changed", &changed[..]),
        ("empty", &[][..]),
        ("other", b"PK\x03\x04 not ours"),
    ] {
        let bad = place.path().join(name);
        fs::write(&bad, bytes).unwrap();
        let folder = place.path().join(format!("from-{name}"));
        let refused = restore(&bad, &folder, &Unlock::Passphrase(passphrase()), &environment());
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{name}: {refused:?}");
        assert!(!folder.join("counter.db").exists());
    }
}
