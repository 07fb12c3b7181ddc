//! The promise of this crate: a message with any bit turned over is not believed.

use counter_core::{
    account::AccountChange,
    change::{ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
};
use ed25519_dalek::SigningKey;
use proptest::prelude::*;
use serde_bytes::ByteBuf;

use crate::{
    cbor,
    delegation::Delegation,
    enrolment::{EnrolmentClaim, EnrolmentError, EnrolmentReply, EnrolmentRequest},
    enrolment_code::EnrolmentCode,
    feed::{Cursor, FeedEntry, FeedEvent, FeedPage, Verdict, verify_page},
    key::{HubIncarnation, PublicKey, Purpose, SignatureError, sign},
    push::{BatchContext, BatchError, HeadClaim, LaneWords, PushBatch},
    receipt::{Receipt, ReceiptContext, ReceiptError, verify_receipt},
    request_signature::{RequestParts, RequestSignature},
    signed::{OpenError, Signed},
};

const SITE: &str = "440104";
const LIFE: IncarnationId = IncarnationId([3; 16]);
const HUB_LIFE: HubIncarnation = HubIncarnation([8; 16]);

fn hub_key() -> SigningKey {
    SigningKey::from_bytes(&[1; 32])
}

fn counter_key() -> SigningKey {
    SigningKey::from_bytes(&[2; 32])
}

fn counter() -> CounterCode {
    CounterCode("W03".into())
}

fn chain(length: u64) -> Vec<counter_core::change::ChangeBytes> {
    let mut prev_hash = ChangeHash::ORIGIN;
    (1..=length)
        .map(|seq| {
            let change = Change {
                schema: CHANGE_SCHEMA,
                counter: counter(),
                incarnation: LIFE,
                seq,
                lane: Lane::new(LaneKind::Account, "li"),
                act: ActId([4; 16]),
                body: ChangeBody::Account(AccountChange::PasswordChanged),
                actor: "li".into(),
                made_at: 1_795_000_000_000,
                base: None,
                prev_hash,
                settles: None,
            };
            let stored = change.to_bytes();
            prev_hash = stored.hash;
            stored
        })
        .collect()
}

fn batch(length: u64) -> PushBatch {
    let chain = chain(length);
    let hash = chain.last().map_or(ChangeHash::ORIGIN, |last| last.hash);
    let claim = HeadClaim {
        site: SITE.into(),
        counter: counter(),
        incarnation: LIFE,
        seq: length,
        hash,
    };
    PushBatch {
        changes: chain.into_iter().map(|change| ByteBuf::from(change.bytes)).collect(),
        head: claim.sign(&counter_key()),
        lane_keys: Vec::new(),
    }
}

fn batch_context<'a>(key: &'a PublicKey, counter: &'a CounterCode) -> BatchContext<'a> {
    BatchContext {
        key,
        site: SITE,
        counter,
        incarnation: LIFE,
    }
}

fn receipt(hash: ChangeHash) -> Receipt {
    Receipt {
        hub_incarnation: HUB_LIFE,
        site: SITE.into(),
        counter: counter(),
        incarnation: LIFE,
        from: 1,
        to: 3,
        hash,
        index: 17,
        head: ChangeHash([5; 32]),
        at: 1_795_000_000_000,
        missing_blobs: Vec::new(),
    }
}

fn check_receipt(bytes: Vec<u8>, own: ChangeHash) -> Result<Receipt, ReceiptError> {
    let (hub_key, counter) = (PublicKey::of(&hub_key()), counter());
    let context = ReceiptContext {
        hub_key: &hub_key,
        site: SITE,
        counter: &counter,
        incarnation: LIFE,
    };
    verify_receipt(&Signed::from_bytes(bytes), context, |seq| (seq == 3).then_some(own))
}

fn page() -> Signed<FeedPage> {
    let change = chain(1).remove(0);
    let event = FeedEvent::Judged {
        counter: CounterCode(CounterCode::HUB.into()),
        incarnation: LIFE,
        seq: 1,
        hash: change.hash,
        lane: LaneWords {
            kind: "account".into(),
            id: "li".into(),
        },
        verdict: Verdict::Applied,
    };
    let cursor = |index| Cursor {
        hub_incarnation: HUB_LIFE,
        index,
    };
    let entries = vec![FeedEntry {
        index: 5,
        at: 9,
        event,
        change: Some(ByteBuf::from(change.bytes)),
        lane_key: None,
    }];
    let page = FeedPage {
        site: SITE.into(),
        counter: counter(),
        after: cursor(4),
        next: cursor(6),
        head: cursor(6),
        at: 9,
        entries,
    };
    Signed::seal(&page, &hub_key())
}

fn check_page(bytes: Vec<u8>) -> Result<FeedPage, crate::feed::FeedError> {
    let after = Cursor {
        hub_incarnation: HUB_LIFE,
        index: 4,
    };
    verify_page(
        &Signed::from_bytes(bytes),
        &PublicKey::of(&hub_key()),
        SITE,
        &counter(),
        after,
    )
}

/// Every message with one bit turned over.
fn bent(bytes: &[u8]) -> impl Iterator<Item = (usize, Vec<u8>)> + '_ {
    (0..bytes.len() * 8).map(|bit| {
        let mut copy = bytes.to_vec();
        copy[bit / 8] ^= 1 << (bit % 8);
        (bit, copy)
    })
}

#[test]
fn a_receipt_with_any_bit_turned_over_is_not_believed() {
    let own = ChangeHash([6; 32]);
    let bytes = Signed::seal(&receipt(own), &hub_key()).into_bytes();
    assert_eq!(check_receipt(bytes.clone(), own), Ok(receipt(own)));
    for (bit, bent) in bent(&bytes) {
        assert!(check_receipt(bent, own).is_err(), "bit {bit}");
    }
}

#[test]
fn a_receipt_names_what_does_not_fit() {
    let own = ChangeHash([6; 32]);
    let seal = |change: &dyn Fn(&mut Receipt)| {
        let mut receipt = receipt(own);
        change(&mut receipt);
        check_receipt(Signed::seal(&receipt, &hub_key()).into_bytes(), own)
    };
    assert_eq!(
        seal(&|receipt| receipt.counter = CounterCode("W04".into())),
        Err(ReceiptError::OtherCounter)
    );
    assert_eq!(
        seal(&|receipt| receipt.incarnation = IncarnationId([0; 16])),
        Err(ReceiptError::OtherCounter)
    );
    assert_eq!(seal(&|receipt| receipt.from = 4), Err(ReceiptError::EmptyRange));
    assert_eq!(seal(&|receipt| receipt.to = 4), Err(ReceiptError::NeverMade { seq: 4 }));
    assert_eq!(
        seal(&|receipt| receipt.hash = ChangeHash([0; 32])),
        Err(ReceiptError::OtherChange { seq: 3 })
    );
    let forged = Signed::seal(&receipt(own), &counter_key()).into_bytes();
    assert!(matches!(
        check_receipt(forged, own),
        Err(ReceiptError::Open(OpenError::OtherKey { .. }))
    ));
}

#[test]
fn a_page_of_the_feed_with_any_bit_turned_over_is_not_believed() {
    let bytes = page().into_bytes();
    assert!(check_page(bytes.clone()).is_ok());
    for (bit, bent) in bent(&bytes) {
        assert!(check_page(bent).is_err(), "bit {bit}");
    }
}

#[test]
fn an_enrolment_with_any_bit_turned_over_is_not_believed() {
    let code = EnrolmentCode::new([5; 10], &PublicKey::of(&hub_key()));
    let code_key = PublicKey::of(&code.signing_key());
    let claim = EnrolmentClaim::new(SITE, counter(), LIFE, &counter_key());
    let request = EnrolmentRequest::sign(&claim, &counter_key(), &code);
    assert_eq!(request.open(&code_key), Ok(claim.clone()));
    let bytes = cbor::encode(&request);
    for (bit, bent) in bent(&bytes) {
        // The name of the code's key only finds the key; with another name the hub finds none.
        let believed = cbor::decode_exact::<EnrolmentRequest>(&bent)
            .is_ok_and(|request| request.code_key == code_key.id() && request.open(&code_key).is_ok());
        assert!(!believed, "bit {bit}");
    }

    let delegation = Delegation {
        site: SITE.into(),
        counter: counter(),
        key: claim.key,
        from_at: 1,
        until_at: 2,
    };
    let reply = EnrolmentReply::sign(HUB_LIFE, Signed::seal(&delegation, &hub_key()), &hub_key());
    assert!(reply.open(&code, &claim).is_ok());
    for (bit, bent) in bent(&cbor::encode(&reply)) {
        let believed = cbor::decode_exact::<EnrolmentReply>(&bent).is_ok_and(|reply| reply.open(&code, &claim).is_ok());
        assert!(!believed, "bit {bit}");
    }
}

#[test]
fn a_hub_that_did_not_print_the_code_cannot_answer_for_it() {
    let code = EnrolmentCode::new([5; 10], &PublicKey::of(&hub_key()));
    let claim = EnrolmentClaim::new(SITE, counter(), LIFE, &counter_key());
    let other_hub = SigningKey::from_bytes(&[9; 32]);
    let delegation = Delegation {
        site: SITE.into(),
        counter: counter(),
        key: claim.key,
        from_at: 1,
        until_at: 2,
    };
    let reply = EnrolmentReply::sign(HUB_LIFE, Signed::seal(&delegation, &other_hub), &other_hub);
    assert_eq!(reply.open(&code, &claim), Err(EnrolmentError::OtherHub));
    let for_another = Delegation {
        counter: CounterCode("W04".into()),
        ..delegation
    };
    let reply = EnrolmentReply::sign(HUB_LIFE, Signed::seal(&for_another, &hub_key()), &hub_key());
    assert_eq!(reply.open(&code, &claim), Err(EnrolmentError::OtherCounter));
}

#[test]
fn a_batch_with_any_bit_turned_over_is_not_recorded() {
    let (key, counter) = (PublicKey::of(&counter_key()), counter());
    let batch = batch(2);
    assert!(batch.check(batch_context(&key, &counter)).is_ok());
    for (bit, bent) in bent(&cbor::encode(&batch)) {
        let recorded = cbor::decode_exact::<PushBatch>(&bent)
            .is_ok_and(|batch| batch.check(batch_context(&key, &counter)).is_ok());
        assert!(!recorded, "bit {bit}");
    }
}

#[test]
fn a_batch_names_what_does_not_hold() {
    let (key, other_key) = (PublicKey::of(&counter_key()), PublicKey::of(&hub_key()));
    let counter = counter();
    let check = |batch: PushBatch| batch.check(batch_context(&key, &counter)).unwrap_err();
    assert_eq!(
        check(PushBatch {
            changes: Vec::new(),
            ..batch(1)
        }),
        BatchError::Empty
    );

    let mut gap = batch(3);
    gap.changes.remove(1);
    assert_eq!(check(gap), BatchError::NotConsecutive { expected: 2, found: 3 });

    let mut cut = batch(3);
    cut.changes.pop();
    assert_eq!(check(cut), BatchError::OtherHead);

    let mut huge = batch(1);
    huge.changes[0] = ByteBuf::from(vec![0; crate::protocol::MAX_CHANGE_BYTES + 1]);
    assert_eq!(check(huge), BatchError::TooLarge);

    assert!(matches!(
        batch(1).check(batch_context(&other_key, &counter)),
        Err(BatchError::Head(OpenError::OtherKey { .. }))
    ));
    let elsewhere = CounterCode("W04".into());
    assert_eq!(
        batch(1).check(batch_context(&key, &elsewhere)),
        Err(BatchError::OtherCounter { seq: 1 })
    );
}

#[test]
fn a_signature_for_one_purpose_holds_for_no_other() {
    let key = counter_key();
    let signature = sign(&key, Purpose::Head, b"bytes");
    assert_eq!(PublicKey::of(&key).verify(Purpose::Head, b"bytes", &signature), Ok(()));
    assert_eq!(
        PublicKey::of(&key).verify(Purpose::Request, b"bytes", &signature),
        Err(SignatureError::Mismatch)
    );
    assert_eq!(
        PublicKey([0; 32]).verify(Purpose::Head, b"bytes", &signature),
        Err(SignatureError::BadKey)
    );
}

proptest! {
    #[test]
    fn a_request_changed_anywhere_is_not_believed(
        path in "/[a-z0-9/?=]{0,30}", body in proptest::collection::vec(any::<u8>(), 0..80),
        timestamp in 0_i64..4_000_000_000_000, nonce: [u8; 16], turn: prop::sample::Index, part in 0_usize..6,
    ) {
        let key = counter_key();
        let public = PublicKey::of(&key);
        let parts = RequestParts { method: "POST", path_and_query: &path, body: &body };
        let signed = RequestSignature::sign(parts, &key, LIFE, timestamp, nonce);
        let headers = signed.headers();
        let header = |name| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        prop_assert_eq!(RequestSignature::from_headers(header), Ok(signed.clone()));
        prop_assert_eq!(signed.verify(parts, &public), Ok(()));

        let mut other = signed.clone();
        let mut bent_body = body.clone();
        let mut bent_path = path.clone();
        match part {
            0 => other.timestamp ^= 1 << turn.index(40),
            1 => other.nonce[turn.index(16)] ^= 1,
            2 => other.incarnation.0[turn.index(16)] ^= 1,
            3 => other.signature.0[turn.index(64)] ^= 1,
            4 => bent_body.push(0),
            _ => bent_path.push('x'),
        }
        let bent = RequestParts { method: "POST", path_and_query: &bent_path, body: &bent_body };
        prop_assert!(other.verify(bent, &public).is_err());
        let other_method = RequestParts { method: "PUT", ..parts };
        prop_assert!(signed.verify(other_method, &public).is_err());
    }

    #[test]
    fn no_bytes_make_reading_a_message_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let _ = cbor::decode_exact::<PushBatch>(&bytes);
        let _ = cbor::decode_exact::<EnrolmentRequest>(&bytes);
        let _ = check_receipt(bytes.clone(), ChangeHash::ORIGIN);
        let _ = check_page(bytes.clone());
        let _ = crate::blob::cited_blobs(&bytes);
        let _ = crate::push::read_header(&bytes);
    }
}
