//! What every store promises the processes that share it.

use counter_core::change::{ChangeHash, CounterCode};
use hub_api::{
    blob::{BlobHash, BlobProgress, BlobRef},
    key::{KeyId, PublicKey},
};
use hub_server::{
    attachment::{BlobError, put_range},
    hub::OpenHubError,
    store::{
        BlobStore, CounterKeyRow, EnrolmentStore, HubStore, HubTransaction, LogHead, LogStore, NewLogEntry,
        RequestStore, StoreError,
    },
};
use sha2::{Digest, Sha256};

use crate::place::{NOW, Place, on_every_store, open_hub};

on_every_store!(
    a_dropped_transaction_leaves_nothing_and_its_connection_serves_on,
    a_request_is_believed_once_whichever_process_it_reaches,
    a_process_with_another_key_is_refused,
    an_attachment_sent_to_two_processes_at_once_arrives_whole,
    a_reader_sees_one_moment_of_the_log,
);

const SITE: &str = "440104";

fn entry(index: u64) -> NewLogEntry<'static> {
    let end = LogHead {
        index,
        head: ChangeHash([u8::try_from(index).unwrap(); 32]),
    };
    NewLogEntry {
        end,
        at: NOW,
        event: b"event",
        about: None,
        told: None,
    }
}

async fn a_dropped_transaction_leaves_nothing_and_its_connection_serves_on(place: impl Place) {
    let store = place.open().await;
    for _ in 0..20 {
        let mut transaction = store.begin().await.unwrap();
        let head = transaction.lock_log(SITE).await.unwrap();
        assert_eq!(head.index, 0, "what the former one wrote is gone");
        transaction.append_log(SITE, &entry(1)).await.unwrap();
        drop(transaction);
    }
    let mut transaction = store.begin().await.unwrap();
    transaction.lock_log(SITE).await.unwrap();
    transaction.append_log(SITE, &entry(1)).await.unwrap();
    transaction.commit().await.unwrap();
    let mut reading = place.open().await.begin_read().await.unwrap();
    assert_eq!(reading.log_head(SITE).await.unwrap().index, 1);
    assert_eq!(reading.log_after(SITE, 0, 10).await.unwrap().len(), 1);
}

async fn a_request_is_believed_once_whichever_process_it_reaches(place: impl Place) {
    let stores = [place.open().await, place.open().await];
    let key = PublicKey([7; 32]);
    let row = CounterKeyRow {
        key,
        district: SITE.into(),
        counter: CounterCode("W03".into()),
        delegation: vec![1],
        from_at: NOW,
        until_at: NOW + 1,
        program: None,
    };
    let mut transaction = stores[0].begin().await.unwrap();
    transaction.put_counter_key(&row).await.unwrap();
    transaction.commit().await.unwrap();

    assert!(believed(&stores[0], key.id(), [1; 16], NOW).await);
    assert!(!believed(&stores[1], key.id(), [1; 16], NOW).await);
    assert!(believed(&stores[1], key.id(), [2; 16], NOW + 5).await);
    assert!(
        believed(&stores[0], key.id(), [1; 16], NOW + 10).await,
        "it is forgotten"
    );
    assert!(
        !believed(&stores[0], key.id(), [2; 16], NOW + 10).await,
        "it is not old enough"
    );
}

/// Notes a request; what was seen more than five milliseconds ago is forgotten.
async fn believed(store: &impl HubStore, key: KeyId, nonce: [u8; 16], now: i64) -> bool {
    let mut transaction = store.begin().await.unwrap();
    let fresh = transaction
        .note_request(SITE, key, None, nonce, now, now - 5)
        .await
        .unwrap();
    transaction.commit().await.unwrap();
    fresh
}

async fn a_process_with_another_key_is_refused(place: impl Place) {
    open_hub(&place, 1).await.unwrap();
    open_hub(&place, 1).await.unwrap();
    assert!(matches!(open_hub(&place, 2).await, Err(OpenHubError::OtherKey { .. })));
}

async fn an_attachment_sent_to_two_processes_at_once_arrives_whole(place: impl Place) {
    let bytes: Vec<u8> = (0..=255).cycle().take(40_000).collect();
    let blob = BlobRef {
        sha256: BlobHash(Sha256::digest(&bytes).into()),
        length: bytes.len() as u64,
    };
    let mut sending = Vec::new();
    // Cut differently, so that a range of one begins within a range of the other.
    for cut in [1_000, 1_700] {
        let (hub, bytes) = (open_hub(&place, 1).await.unwrap(), bytes.clone());
        sending.push(tokio::spawn(async move {
            let mut offset = 0;
            loop {
                let end = bytes.len().min(offset + cut);
                match put_range(&hub, SITE, blob, offset as u64, &bytes[offset..end]).await {
                    Ok(BlobProgress::Wanted { offset: wanted }) => offset = usize::try_from(wanted).unwrap(),
                    Ok(BlobProgress::Complete { .. }) => return,
                    Ok(BlobProgress::TooLong) => panic!("40 kB are not too long"),
                    Err(BlobError::Store(StoreError::Busy)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
        }));
    }
    for sent in sending {
        sent.await.unwrap();
    }
    let mut reading = place.open().await.begin_read().await.unwrap();
    let row = reading.blob(SITE, blob).await.unwrap().unwrap();
    assert_eq!(row.received, blob.length);
    assert!(row.receipt.is_some());
}

async fn a_reader_sees_one_moment_of_the_log(place: impl Place) {
    let (writer, reader) = (place.open().await, place.open().await);
    let mut reading = reader.begin_read().await.unwrap();
    assert_eq!(reading.log_head(SITE).await.unwrap().index, 0);
    let mut writing = writer.begin().await.unwrap();
    writing.lock_log(SITE).await.unwrap();
    writing.append_log(SITE, &entry(1)).await.unwrap();
    writing.commit().await.unwrap();
    assert_eq!(reading.log_after(SITE, 0, 10).await.unwrap().len(), 0);
    drop(reading);
    let mut later = reader.begin_read().await.unwrap();
    assert_eq!(later.log_head(SITE).await.unwrap().index, 1);
}
