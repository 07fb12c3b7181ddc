//! Files that come back from the hub: in parts, over crashes, and never under a wrong name.

use counter_store::{Arrival, CHUNK_BYTES};
use sha2::{Digest, Sha256};

use crate::support::Counter;

#[test]
fn a_file_fetched_in_parts_goes_on_after_a_crash_and_a_wrong_whole_is_forgotten() {
    let mut counter = Counter::new();
    let content: Vec<u8> = (0..CHUNK_BYTES * 2 + 77).map(|place| (place * 7 % 251) as u8).collect();
    let sha256 = hex::encode(Sha256::digest(&content));
    let length = content.len() as u64;
    // Parts that do not end where chunks end, one longer than a chunk.
    let cuts = [0, 1000, CHUNK_BYTES + 5, CHUNK_BYTES * 2 + 1, content.len()];
    for (number, cut) in cuts.windows(2).enumerate() {
        let store = counter.reopen();
        assert_eq!(store.attachments().arrived(&sha256).unwrap(), cut[0] as u64);
        let arrived = store
            .attachments()
            .arrive(&sha256, length, cut[0] as u64, &content[cut[0]..cut[1]])
            .unwrap();
        let last = number == cuts.len() - 2;
        assert_eq!(
            arrived,
            if last {
                Arrival::Whole
            } else {
                Arrival::Part(cut[1] as u64)
            }
        );
        assert!(store.check().unwrap().ok);
        counter.close();
    }
    let store = counter.reopen();
    assert_eq!(store.attachments().get(&sha256).unwrap(), content);
    assert_eq!(store.attachments().chunk(&sha256, 1).unwrap().len(), CHUNK_BYTES);

    let wrong = "0".repeat(64);
    assert!(
        store.attachments().arrive(&wrong, 3, 1, b"b").is_err(),
        "a part that leaves a hole"
    );
    assert!(store.attachments().arrive(&wrong, 3, 0, b"abc").is_err());
    assert_eq!(
        (
            store.attachments().arrived(&wrong).unwrap(),
            store.attachments().length(&wrong).unwrap()
        ),
        (0, None)
    );
}
