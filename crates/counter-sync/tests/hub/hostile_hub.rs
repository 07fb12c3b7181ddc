//! A hub that lies, though it holds the right key: what it says is checked all the same, and nothing is believed that
//! does not fit what this counter has and asked.

use std::sync::atomic::{AtomicBool, Ordering};

use bytes::Bytes;
use counter_core::change::IncarnationId;
use counter_store::{Delivery, StoreError};
use hub_api::{
    cbor,
    feed::{Cursor, FeedPage},
    protocol::{FEED_PATH, PUSH_PATH},
    push::PushAnswer,
    receipt::Receipt,
    signed::Signed,
};
use test_support::{
    CounterOffice, HubOffice,
    network::{Bent, Direct, Told},
};

#[tokio::test]
async fn a_page_for_another_counter_or_another_question_is_not_believed() {
    let hub = HubOffice::new().await;
    let (office, other) = (CounterOffice::new("W03"), CounterOffice::new("W04"));
    let told = Told::new(hub.router(), []);
    for office in [&office, &other] {
        office.enrol_with(&hub, &told).await;
    }
    let no = other.take_case_in(None);
    other.sync(&told).await.unwrap();
    let theirs = told.answers(FEED_PATH).pop().unwrap();
    let with_theirs = Bent(
        hub.router(),
        move |path: &str, body: Bytes| {
            if path == FEED_PATH { theirs.clone() } else { body }
        },
    );
    assert_eq!(office.sync(&with_theirs).await.unwrap_err().code(), "bad_feed");

    // The hub's own signature over a page that goes on from elsewhere than was asked.
    let (key, public) = (hub.hub.key().clone(), hub.hub.public_key());
    let further_on = Bent(hub.router(), move |path: &str, body: Bytes| {
        if path != FEED_PATH {
            return body;
        }
        let mut page: FeedPage = Signed::from_bytes(body.to_vec()).open(&public).unwrap();
        page.after = Cursor {
            index: page.after.index + 1,
            ..page.after
        };
        Signed::seal(&page, &key).into_bytes().into()
    });
    assert_eq!(office.sync(&further_on).await.unwrap_err().code(), "bad_feed");
    office.sync(&Direct(hub.router())).await.unwrap();
    assert_eq!(office.case(&no).state, other.case(&no).state);
}

#[tokio::test]
async fn a_receipt_for_another_life_or_another_district_delivers_nothing() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let no = office.take_case_in(None);
    let edits: [fn(&mut Receipt); 3] = [
        |receipt| receipt.incarnation = IncarnationId([9; 16]),
        |receipt| receipt.site = "440105".into(),
        |receipt| receipt.to += 1,
    ];
    for edit in edits {
        let (key, public) = (hub.hub.key().clone(), hub.hub.public_key());
        let bent = Bent(hub.router(), move |path: &str, body: Bytes| match cbor::decode(&body) {
            Ok(PushAnswer::Recorded { receipts }) if path == PUSH_PATH => {
                let mut receipt = receipts[0].open(&public).unwrap();
                edit(&mut receipt);
                let receipts = vec![Signed::seal(&receipt, &key)];
                cbor::encode(&PushAnswer::Recorded { receipts }).into()
            }
            _ => body,
        });
        let refused = office.sync(&bent).await.unwrap_err().code();
        assert!(matches!(refused, "bad_receipt" | "bad_answer"), "{refused}");
        assert_eq!(office.delivery(&no), Delivery::Saved);
    }
    office.sync(&Direct(hub.router())).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}

#[tokio::test]
async fn a_hub_that_asks_for_what_was_never_made_gets_nothing_and_the_counter_keeps_everything() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let no = office.take_case_in(None);
    let beyond = Bent(hub.router(), |path: &str, body: Bytes| {
        if path == PUSH_PATH {
            cbor::encode(&PushAnswer::Expected { seq: 1_000 }).into()
        } else {
            body
        }
    });
    assert_eq!(office.sync(&beyond).await.unwrap_err().code(), "bad_answer");
    let from_nought = Bent(hub.router(), |path: &str, body: Bytes| {
        if path == PUSH_PATH {
            cbor::encode(&PushAnswer::Expected { seq: 0 }).into()
        } else {
            body
        }
    });
    assert_eq!(office.sync(&from_nought).await.unwrap_err().code(), "bad_answer");
    assert_eq!(office.delivery(&no), Delivery::Saved);
    office.sync(&Direct(hub.router())).await.unwrap();
    assert_eq!(office.delivery(&no), Delivery::Delivered);
}

#[tokio::test]
async fn a_hub_that_takes_changes_back_is_sent_them_again_and_takes_nothing_from_the_counter() {
    let (hub, office) = (HubOffice::new().await, CounterOffice::new("W03"));
    office.enrol_with(&hub, &Direct(hub.router())).await;
    let first = office.take_case_in(None);
    office.sync(&Direct(hub.router())).await.unwrap();
    let (changes, numbers) = (office.own_changes(), office.case(&first));

    // It denies once what it gave a receipt for. The counter takes it for a restored hub and says so; it gives nothing up.
    let second = office.take_case_in(None);
    let denied = AtomicBool::new(false);
    let denying = Bent(hub.router(), move |path: &str, body: Bytes| {
        if path != PUSH_PATH || denied.swap(true, Ordering::Relaxed) {
            body
        } else {
            cbor::encode(&PushAnswer::Expected { seq: 1 }).into()
        }
    });
    if let Err(told) = office.sync(&denying).await {
        assert_eq!(told.code(), "hub_restored");
    }
    office.sync(&Direct(hub.router())).await.unwrap();
    for no in [&first, &second] {
        assert_eq!(office.delivery(no), Delivery::Delivered);
    }
    assert_eq!(office.case(&first), numbers);
    assert!(office.own_changes() > changes);
    let receipts = office.store().read::<_, StoreError>(|tx| {
        let incarnation = office.store().identity().incarnation;
        (1..=changes)
            .map(|seq| tx.receipt_covering(incarnation, seq))
            .collect::<Result<Vec<_>, _>>()
    });
    assert!(receipts.unwrap().iter().all(Option::is_some), "no receipt is given up");
}
