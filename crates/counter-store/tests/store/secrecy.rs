//! What lies on the disk tells nothing, and what was erased stays erased.

use std::fs;

use counter_store::StoreError;

use crate::support::{Counter, NAME, PASSPHRASE, case_lane, files_under, take_case_in};

const NUMBER: &str = "440104199001011234";

#[test]
fn no_name_or_secret_stands_in_any_file() {
    let mut counter = Counter::new();
    let scan = counter
        .store()
        .attachments()
        .put("扫描件.txt", "text/plain", NAME.as_bytes())
        .unwrap();
    let no = take_case_in(counter.store(), Some(&scan));
    counter.store().write(|tx| tx.seal(&case_lane(&no), NUMBER)).unwrap();
    let place = tempfile::tempdir().unwrap();
    counter.store().backup(&place.path().join("b")).unwrap();
    let seed = counter.store().read(|tx| tx.signing_seed()).unwrap();
    // With the write-ahead log still there, and once more after it was taken in.
    for open in [true, false] {
        if !open {
            counter.close();
        }
        for path in files_under(counter.path()).into_iter().chain(files_under(place.path())) {
            let bytes = fs::read(&path).unwrap();
            let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
            for needle in [
                NAME,
                "李受理",
                NUMBER,
                PASSPHRASE,
                "SQLite format 3",
                "市监处罚",
                "CREATE TABLE",
                &no,
            ] {
                assert!(!holds(needle.as_bytes()), "{needle} in {}", path.display());
            }
            assert!(!holds(seed.as_slice()), "{}", path.display());
            for words in counter.words.words().windows(2) {
                assert!(!holds(words.concat().as_bytes()) && !holds(words.join(" ").as_bytes()));
            }
        }
    }
}

#[test]
fn a_number_whose_key_was_destroyed_cannot_be_read_again() {
    let counter = Counter::new();
    let store = counter.store();
    let lane = case_lane("YX-W03-2026-000009");
    let sealed = store.write(|tx| tx.seal(&lane, NUMBER)).unwrap();
    let read = || {
        store
            .read(|tx| tx.unseal(&lane, &sealed))
            .unwrap()
            .map(|plain| plain.to_string())
    };
    assert_eq!(read().as_deref(), Some(NUMBER));
    let elsewhere = store.write(|tx| {
        tx.seal(&case_lane("other"), NUMBER)?;
        tx.unseal(&case_lane("other"), &sealed)
    });
    assert!(matches!(elsewhere, Err(StoreError::Damaged(_))));
    store
        .write(|tx| counter_store::table::lane_key::destroy(tx, &lane, 1))
        .unwrap();
    assert_eq!(read(), None);
    assert!(matches!(
        store.write(|tx| tx.seal(&lane, NUMBER)),
        Err(StoreError::Contradiction(_))
    ));
}
