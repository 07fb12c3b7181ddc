//! Unsent until a receipt says otherwise; delivered only when the hub has the files too.

use counter_core::change::ChangeHash;
use counter_store::{Delivery, NewReceipt, Outbox, Store, StoreError};

use crate::support::{Counter, NOW, case_lane, make_account, submit, take_case_in};

/// A receipt for everything from `from` to the last change, as the hub would give it.
pub fn receive(store: &Store, from: u64, to: u64, missing: &[String]) -> Result<(), StoreError> {
    let identity = store.identity();
    let last = store.read(|tx| tx.change(&identity.counter, identity.incarnation, to))?;
    let hash = last.map_or(ChangeHash::ORIGIN, |change| change.stored.hash);
    store.write(|tx| {
        tx.store_receipt(&NewReceipt {
            hub_incarnation: &[9; 16],
            counter: &identity.counter,
            incarnation: identity.incarnation,
            from,
            to,
            hash,
            log_index: to,
            head: [1; 32],
            recorded_at: NOW,
            missing_blobs: missing,
            bytes: format!("receipt {from}-{to}").as_bytes(),
        })
    })
}

fn delivery(store: &Store, no: &str) -> Delivery {
    store.read(|tx| tx.delivery(&case_lane(no))).unwrap().unwrap()
}

#[test]
fn a_case_is_delivered_when_receipts_cover_all_of_it_and_not_before() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None); // 2..=5, the case is 3
    submit(store, &no).unwrap(); // 6
    assert_eq!(delivery(store, &no), Delivery::Saved);
    receive(store, 1, 5, &[]).unwrap();
    assert_eq!(delivery(store, &no), Delivery::Saved);
    receive(store, 6, 6, &[]).unwrap();
    assert_eq!(delivery(store, &no), Delivery::Delivered);
    assert_eq!(store.read(|tx| tx.outbox()).unwrap(), Outbox::default());
    let body = counter_core::case::CaseChange::Withdrawn {
        reason: "x".into(),
        on: jiff::civil::date(2026, 11, 26),
    };
    store
        .write::<_, counter_store::RecordError>(|tx| {
            tx.record(
                &crate::support::act(),
                case_lane(&no),
                counter_core::change::ChangeBody::Case(body),
            )
        })
        .unwrap();
    assert_eq!(delivery(store, &no), Delivery::Saved);
    assert!(store.check().unwrap().ok);
}

#[test]
fn a_receipt_with_a_hole_before_it_covers_nothing_until_the_hole_is_filled() {
    let counter = Counter::new();
    let store = counter.store();
    for name in ["a", "b", "c"] {
        make_account(store, name).unwrap();
    }
    receive(store, 3, 4, &[]).unwrap();
    let unsent = |store: &Store| {
        store
            .read(|tx| tx.unsent(10))
            .unwrap()
            .iter()
            .map(|change| change.seq)
            .collect::<Vec<_>>()
    };
    assert_eq!(unsent(store), [1, 2, 3, 4]);
    receive(store, 1, 2, &[]).unwrap();
    assert_eq!(unsent(store), [0_u64; 0]);
    receive(store, 1, 2, &[]).unwrap();
}

#[test]
fn a_file_the_hub_lacks_keeps_its_case_from_being_delivered() {
    let counter = Counter::new();
    let store = counter.store();
    let scan = store
        .attachments()
        .put("扫描.png", "image/png", &[7; 3_000_000])
        .unwrap();
    let no = take_case_in(store, Some(&scan));
    assert_eq!(
        store.read(|tx| tx.unsent_blobs()).unwrap(),
        std::slice::from_ref(&scan.sha256)
    );
    receive(store, 1, 5, std::slice::from_ref(&scan.sha256)).unwrap();
    assert_eq!(delivery(store, &no), Delivery::Saved);
    assert_eq!(
        store.read(|tx| tx.outbox()).unwrap(),
        Outbox {
            blobs: 1,
            ..Outbox::default()
        }
    );
    let sent: Vec<u8> = (0..3)
        .flat_map(|number| store.attachments().chunk(&scan.sha256, number).unwrap())
        .collect();
    assert_eq!(sent, vec![7; 3_000_000]);
    store.write(|tx| tx.blob_delivered(&scan.sha256)).unwrap();
    assert_eq!(delivery(store, &no), Delivery::Delivered);
}

#[test]
fn a_receipt_for_another_change_is_not_believed() {
    let counter = Counter::new();
    let refused = receive(counter.store(), 1, 2, &[]);
    assert!(matches!(refused, Err(StoreError::Contradiction(_))));
    assert_eq!(counter.store().read(|tx| tx.outbox()).unwrap().changes, 1);
}
