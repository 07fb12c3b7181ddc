use counter_core::change::IncarnationId;
use hub_api::{
    blob::{BlobHash, BlobOffer, BlobOfferAnswer, BlobRange},
    cbor,
    dataset::{ChunkAnswer, ChunkRef, ChunkRequest, DatasetVersion, Manifest, unpack as unpack_chunk},
    enrolment::{EnrolmentAnswer, EnrolmentClaim, EnrolmentReply, EnrolmentRequest},
    feed::{Cursor, FeedPage, verify_page},
    hand_back::HandBack,
    key::{HubIncarnation, PublicKey},
    packing::{pack, unpack},
    protocol::MAX_PUSH_BODY,
    push::{BatchContext, PushAnswer, PushBatch},
    refused::RefusedRequest,
    signed::Signed,
    trust::TrustBundle,
};
use serde_bytes::ByteBuf;

use crate::{
    change::read_change,
    parties::{LIFE, SITE, counter, counter_key, hub_key},
};

/// Reads bytes as a message of either end. The first byte says which message, so that each has its inputs.
///
/// # Panics
/// Where bytes nobody signed are believed, where something unpacks beyond its limit, or where a message that has one
/// form is read from another.
pub fn read_message(bytes: &[u8]) {
    let Some((which, body)) = bytes.split_first() else {
        return;
    };
    match which {
        0 => read_change(body),
        1 => read_batch(body),
        2 => read_packed(body),
        3 => read_enrolment(body),
        4 => read_page(body),
        5 => read_chunk(body),
        6 => read_manifest(body),
        7 => {
            let _hand_back = cbor::decode::<HandBack>(body);
            let _offer = cbor::decode::<BlobOffer>(body);
            let _asked = cbor::decode::<ChunkRequest>(body);
        }
        8 => {
            let _pushed = cbor::decode::<PushAnswer>(body);
            let _progress = cbor::decode::<BlobOfferAnswer>(body);
            let _range = cbor::decode::<BlobRange>(body);
            let _chunks = cbor::decode::<ChunkAnswer>(body);
            let _refused = cbor::decode::<RefusedRequest>(body);
        }
        _ => {
            let pinned = [PublicKey::of(&hub_key())];
            assert!(TrustBundle::open(body, &pinned).is_err(), "nobody signed this list");
            let _cursor = Cursor::parse(&String::from_utf8_lossy(body));
        }
    }
}

fn read_batch(body: &[u8]) {
    let Ok(batch) = cbor::decode::<PushBatch>(body) else {
        return;
    };
    let other = PublicKey::of(&hub_key());
    for incarnation in [LIFE, IncarnationId([9; 16])] {
        let context = BatchContext {
            key: &other,
            site: SITE,
            counter: &counter(),
            incarnation,
        };
        assert!(batch.check(context).is_err(), "another counter's key signs for no one");
    }
}

fn read_packed(body: &[u8]) {
    if let Ok(raw) = unpack(body, MAX_PUSH_BODY) {
        assert!(raw.len() <= MAX_PUSH_BODY);
        assert_eq!(unpack(&pack(&raw), MAX_PUSH_BODY).as_deref(), Ok(raw.as_slice()));
    }
}

fn read_enrolment(body: &[u8]) {
    if let Ok(request) = cbor::decode_exact::<EnrolmentRequest>(body) {
        assert_eq!(cbor::encode(&request), body, "an enrolment has one form");
        let stranger = PublicKey::of(&hub_key());
        assert!(request.open(&stranger).is_err(), "the code's key did not sign this");
    }
    if let Ok(reply) = cbor::decode::<EnrolmentReply>(body) {
        let _answer = Signed::<EnrolmentAnswer>::open(&reply.answer, &reply.hub_key);
    }
    let _claim = cbor::decode::<EnrolmentClaim>(body);
}

/// Once as it came, which nobody signed, and once signed by the hub itself.
fn read_page(body: &[u8]) {
    let hub = PublicKey::of(&hub_key());
    let start = Cursor {
        hub_incarnation: HubIncarnation([8; 16]),
        index: 0,
    };
    let forged = Signed::<FeedPage>::from_bytes(body.to_vec());
    assert!(
        verify_page(&forged, &hub, SITE, &counter(), start).is_err(),
        "nobody signed this page"
    );
    let Ok(page) = cbor::decode::<FeedPage>(body) else {
        return;
    };
    let after = page.after;
    let by_another = Signed::seal(&page, &counter_key());
    assert!(
        verify_page(&by_another, &hub, SITE, &counter(), after).is_err(),
        "a counter signs no page"
    );
    let signed = Signed::seal(&page, &hub_key());
    if let Ok(page) = verify_page(&signed, &hub, SITE, &counter(), after) {
        assert!(
            page.entries
                .iter()
                .all(|entry| entry.index > after.index && entry.index <= page.next.index)
        );
    }
}

/// The list's word for the chunk stands in front of it: length unpacked, rows, and the key of the first row.
fn read_chunk(body: &[u8]) {
    let Some((&[a, b, c, d, rows, key], rest)) = body.split_first_chunk::<6>() else {
        return;
    };
    let Some((first, packed)) = rest.split_at_checked(key.into()) else {
        return;
    };
    let reference = ChunkRef {
        first: ByteBuf::from(first),
        sha256: BlobHash::of(packed),
        bytes: u32::try_from(packed.len()).unwrap_or(u32::MAX),
        raw_bytes: u32::from_be_bytes([a, b, c, d]),
        rows: rows.into(),
    };
    if let Ok(read) = unpack_chunk(packed, &reference, None) {
        assert_eq!(read.len(), usize::from(rows), "a chunk has the rows its list names");
    }
}

/// A list names it as what it says it is.
fn read_manifest(body: &[u8]) {
    let Ok(said) = cbor::decode::<Manifest>(body) else {
        return;
    };
    let named = DatasetVersion {
        kind: said.kind.as_str().into(),
        version: said.version,
        data_as_of: None,
        rows: said.rows,
        manifest: BlobHash::of(body),
        manifest_bytes: u32::try_from(body.len()).unwrap_or(u32::MAX),
    };
    if let Ok(manifest) = Manifest::read(body, SITE, &named) {
        assert_eq!(manifest.ranges().count(), manifest.chunks.len());
        assert!(manifest.chunks.windows(2).all(|pair| pair[0].first < pair[1].first));
    }
}
