//! A backup brings everything back on any machine, and a bad one is never taken for a good one.

use std::fs;

use counter_store::{Access, OldData, RecordError, Store, StoreError, Unlock, rehearse, restore, table::repair_case};

use crate::support::{Counter, NAME, environment, files_under, make_account, open, passphrase, take_case_in};

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
        OldData::Refuse,
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
        OldData::Refuse,
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
        let by = Unlock::Passphrase(passphrase());
        let refused = restore(&bad, &folder, &by, OldData::Refuse, &environment());
        assert!(
            matches!(refused, Err(StoreError::DamagedBackup(_))),
            "{name}: {refused:?}"
        );
        assert!(!folder.join("counter.db").exists());
        let drill = place.path().join("drill");
        let refused = rehearse(&bad, &drill, &by);
        assert!(
            matches!(refused, Err(StoreError::DamagedBackup(_))),
            "{name}: {refused:?}"
        );
        assert!(!drill.exists());
    }
}

#[test]
fn a_rehearsal_tells_what_a_backup_holds_and_touches_nothing_else() {
    let mut counter = Counter::new();
    let scan = counter
        .store()
        .attachments()
        .put("a.pdf", "application/pdf", &[3; 2_500_000]);
    take_case_in(counter.store(), Some(&scan.unwrap()));
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("counter.backup");
    counter.store().backup(&file).unwrap();
    make_account(counter.store(), "later").unwrap();
    counter.close();
    let before: Vec<_> = files_under(counter.path())
        .into_iter()
        .map(|path| fs::read(path).unwrap())
        .collect();

    let words = Unlock::RecoveryWords(counter.words.clone());
    let found = rehearse(&file, &counter.path().join("drill"), &words).unwrap();

    assert_eq!(found.problems, []);
    assert_eq!((found.site.as_str(), found.counter.as_str()), ("440104", "W03"));
    assert_eq!((found.changes, found.visits, found.cases), (5, 1, 1));
    assert_eq!((found.attachments, found.attachment_bytes), (1, 2_500_000));
    assert!(found.last_change_at.is_some());
    let after: Vec<_> = files_under(counter.path())
        .into_iter()
        .map(|path| fs::read(path).unwrap())
        .collect();
    assert!(before == after);
    let other = Counter::new();
    let wrong = rehearse(
        &file,
        &place.path().join("drill"),
        &Unlock::RecoveryWords(other.words.clone()),
    );
    assert!(matches!(wrong, Err(StoreError::WrongKey(_))), "{wrong:?}");
}

#[test]
fn a_restore_over_damaged_data_keeps_them_aside_whole() {
    let mut counter = Counter::new();
    let no = take_case_in(counter.store(), None);
    let place = tempfile::tempdir().unwrap();
    let file = place.path().join("counter.backup");
    counter.store().backup(&file).unwrap();
    counter.close();
    let mut torn = fs::read(counter.path().join("counter.db")).unwrap();
    torn[..4096].fill(0x5a);
    fs::write(counter.path().join("counter.db"), &torn).unwrap();
    let refused = open(counter.path());
    assert!(matches!(refused, Err(StoreError::Damaged(_))), "{refused:?}");

    let by = Unlock::RecoveryWords(counter.words.clone());
    // A file that is no backup changes nothing.
    let bad = place.path().join("bad");
    fs::write(&bad, b"PK").unwrap();
    assert!(restore(&bad, counter.path(), &by, OldData::SetAside, &environment()).is_err());
    assert!(fs::read(counter.path().join("counter.db")).unwrap() == torn);

    let restored = restore(&file, counter.path(), &by, OldData::SetAside, &environment()).unwrap();
    assert!(restored.was_restored());
    assert!(
        restored
            .read::<_, StoreError>(|tx| repair_case::get(tx, &no))
            .unwrap()
            .is_some()
    );
    assert!(restored.check().unwrap().ok);
    let aside: Vec<_> = files_under(counter.path())
        .into_iter()
        .filter(|path| {
            path.parent()
                .unwrap()
                .file_name()
                .unwrap()
                .to_string_lossy()
                .starts_with("aside-")
        })
        .collect();
    assert!(
        aside
            .iter()
            .any(|path| path.ends_with("counter.db") && fs::read(path).unwrap() == torn),
        "{aside:?}"
    );
    assert!(aside.iter().any(|path| path.ends_with("keys.json")), "{aside:?}");
}

#[test]
fn a_lost_file_of_attachments_is_noticed_and_the_work_can_go_on() {
    let mut counter = Counter::new();
    let scan = counter
        .store()
        .attachments()
        .put("a.pdf", "application/pdf", b"scan")
        .unwrap();
    take_case_in(counter.store(), Some(&scan));
    assert!(!counter.reopen().attachments_made_anew());
    counter.close();
    for name in ["attachments.db", "attachments.db-wal", "attachments.db-shm"] {
        let _ = fs::remove_file(counter.path().join(name));
    }
    let store = counter.reopen();
    assert!(store.attachments_made_anew());
    make_account(store, "after")
        .map_err(|error: RecordError| error.to_string())
        .unwrap();
    let found = store.check().unwrap();
    assert!(
        found
            .problems
            .iter()
            .all(|problem| problem.code == "missing_attachment"),
        "{found:?}"
    );
    let place = tempfile::tempdir().unwrap();
    let report = store.backup(&place.path().join("b.backup")).unwrap();
    assert_eq!(report.missing_attachments, 1);
}
