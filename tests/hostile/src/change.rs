use counter_core::{change::ChangeBytes, lane_state};
use hub_api::{
    blob::cited_blobs,
    key::PublicKey,
    push::{BatchContext, HeadClaim, PushBatch, read_header},
};
use serde_bytes::ByteBuf;

use crate::parties::{LIFE, SITE, counter, counter_key};

/// Reads bytes as a change of a counter that signs whatever it likes: recorded or refused, judged or refused.
///
/// # Panics
/// Where a refused change leaves a trace, or a read one does not come out of its own bytes.
pub(crate) fn read_change(bytes: &[u8]) {
    let _cited = cited_blobs(bytes);
    let stored = ChangeBytes::from_stored(bytes.to_vec());
    let Ok(header) = read_header(bytes) else {
        assert!(stored.decode().is_err(), "what has no header is no change");
        return;
    };
    let batch = PushBatch {
        changes: vec![ByteBuf::from(bytes)],
        head: HeadClaim {
            site: SITE.into(),
            counter: counter(),
            incarnation: LIFE,
            seq: header.seq,
            hash: stored.hash,
        }
        .sign(&counter_key()),
        lane_keys: Vec::new(),
    };
    let checked = batch.check(BatchContext {
        key: &PublicKey::of(&counter_key()),
        site: SITE,
        counter: &counter(),
        incarnation: LIFE,
    });
    if let Ok(chained) = checked {
        assert_eq!(chained.len(), 1);
        assert_eq!(
            (&header.counter, header.incarnation),
            (&counter(), LIFE),
            "a counter speaks for itself alone"
        );
    }
    if let Ok(change) = stored.decode() {
        let again = change.to_bytes().decode().expect("a written change is read again");
        assert_eq!(change, again);
        if let Ok(state) = lane_state::apply(None, &change) {
            // The same act twice: taken or refused, never the end of the program.
            let _twice = lane_state::apply(state, &change);
        }
    }
}
