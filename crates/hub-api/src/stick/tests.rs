//! A file of a stick is taken whole and unchanged by whom it was made for, or not at all.

use std::io::Read;

use counter_core::change::{CounterCode, IncarnationId};
use ed25519_dalek::SigningKey;
use serde_bytes::ByteBuf;

use super::*;
use crate::{
    blob::{BlobHash, BlobRef},
    feed::Cursor,
    key::{HubIncarnation, PublicKey},
};

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

const COUNTER: u8 = 2;
const HUB: u8 = 1;
const ANOTHER: u8 = 3;

fn header(direction: Direction) -> StickHeader {
    StickHeader {
        format: FORMAT,
        direction,
        site: "440104".into(),
        counter: CounterCode("W03".into()),
        incarnation: IncarnationId([3; 16]),
        counter_key: PublicKey::of(&key(COUNTER)).id(),
        hub_key: PublicKey::of(&key(HUB)).id(),
        made_at: 1_795_000_000_000,
    }
}

fn items() -> Vec<OutboxItem> {
    let content = vec![7; 200_000];
    let blob = BlobRef {
        sha256: BlobHash::of(&content),
        length: content.len() as u64,
    };
    vec![
        OutboxItem::Range {
            blob,
            offset: 0,
            bytes: ByteBuf::from(content),
        },
        OutboxItem::Feed {
            after: Cursor {
                hub_incarnation: HubIncarnation([8; 16]),
                index: 5,
            },
        },
    ]
}

fn written() -> Vec<u8> {
    let mut writer = StickWriter::begin(Vec::new(), &header(Direction::Outbox), &PublicKey::of(&key(HUB))).unwrap();
    for item in items() {
        writer.put(&item).unwrap();
    }
    writer.seal(&key(COUNTER)).unwrap()
}

fn read_as<T: StickItem>(bytes: impl Read, own: u8, from: u8) -> Result<Vec<T>, StickError> {
    let mut reader = ClosedStick::read(bytes)?.open::<T>(&key(own), &PublicKey::of(&key(from)))?;
    let mut items = Vec::new();
    while let Some(item) = reader.next_item()? {
        items.push(item);
    }
    Ok(items)
}

fn word(outcome: Result<Vec<OutboxItem>, StickError>) -> &'static str {
    outcome.err().map_or("taken", |error| error.code())
}

#[test]
fn what_was_put_in_comes_out_at_the_hub_it_was_made_for() {
    assert_eq!(
        read_as::<OutboxItem>(written().as_slice(), HUB, COUNTER).unwrap(),
        items()
    );
}

#[test]
fn any_altered_or_missing_byte_is_noticed_before_the_end() {
    let whole = written();
    let places = (0..whole.len()).filter(|place| *place < 900 || place % 4_999 == 0 || place + 300 > whole.len());
    for place in places {
        let mut altered = whole.clone();
        altered[place] ^= 1;
        assert_ne!(
            word(read_as(altered.as_slice(), HUB, COUNTER)),
            "taken",
            "byte {place} altered"
        );
        assert_ne!(word(read_as(&whole[..place], HUB, COUNTER)), "taken", "cut at {place}");
    }
    let longer = [whole.as_slice(), b"x"].concat();
    assert_eq!(word(read_as(longer.as_slice(), HUB, COUNTER)), "stick_damaged");
}

#[test]
fn the_wrong_file_is_named_as_what_it_is() {
    let whole = written();
    assert_eq!(
        word(read_as(&b"PK\x03\x04 a workbook, not a stick"[..], HUB, COUNTER)),
        "stick_not_one"
    );
    assert_eq!(word(read_as(&b""[..], HUB, COUNTER)), "stick_not_one");
    assert_eq!(word(read_as(whole.as_slice(), ANOTHER, COUNTER)), "stick_other_hub");
    assert_eq!(word(read_as(whole.as_slice(), HUB, ANOTHER)), "stick_other_counter");
    let answer = read_as::<AnswerItem>(whole.as_slice(), COUNTER, HUB).unwrap_err();
    assert_eq!(answer.code(), "stick_other_direction");

    let newer = StickHeader {
        format: FORMAT + 1,
        ..header(Direction::Outbox)
    };
    assert_eq!(word(read_as(newer.to_bytes().as_slice(), HUB, COUNTER)), "stick_newer");
}

#[test]
fn a_file_sealed_by_somebody_else_in_the_counters_name_is_refused() {
    let mut writer = StickWriter::begin(Vec::new(), &header(Direction::Outbox), &PublicKey::of(&key(HUB))).unwrap();
    writer.put(&items()[1]).unwrap();
    let forged = writer.seal(&key(ANOTHER)).unwrap();
    assert_eq!(word(read_as(forged.as_slice(), HUB, COUNTER)), "stick_bad_seal");
}

#[test]
fn a_header_of_another_file_does_not_fit_the_seal() {
    let whole = written();
    let later = StickHeader {
        made_at: 1_795_000_000_001,
        ..header(Direction::Outbox)
    };
    let begins = header(Direction::Outbox).to_bytes().len();
    let swapped = [later.to_bytes(), whole[begins..].to_vec()].concat();
    assert_eq!(word(read_as(swapped.as_slice(), HUB, COUNTER)), "stick_damaged");
}

#[test]
fn a_header_that_never_ends_is_not_read_into_memory() {
    let begins = header(Direction::Outbox).to_bytes();
    let endless = begins
        .as_slice()
        .chain(&b"age-encryption.org/v1\n"[..])
        .chain(std::io::repeat(b'-'));
    assert_eq!(word(read_as(endless, HUB, COUNTER)), "stick_damaged");
}

#[test]
fn what_is_in_a_file_cannot_be_read_on_the_way() {
    let whole = written();
    assert!(!whole.windows(16).any(|window| window == [7; 16]));
}

#[test]
fn the_encrypted_part_is_an_age_file_for_the_hubs_recipient() {
    let whole = written();
    let begins = header(Direction::Outbox).to_bytes().len();
    assert!(whole[begins..].starts_with(b"age-encryption.org/v1\n-> X25519 "));
    assert_eq!(
        super::key::recipient(&PublicKey::of(&key(HUB))).unwrap(),
        super::key::identity(&key(HUB)).unwrap().to_public(),
        "the public half of the converted key is the converted public key"
    );
}
