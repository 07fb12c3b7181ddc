use std::io::Read;

use ciborium::Value;
use hub_api::{
    key::PublicKey,
    stick::{AnswerItem, ClosedStick, Direction, OutboxItem, StickItem, StickWriter},
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::parties::{counter_key, hub_key, stick_header};

/// Reads bytes as a file from a stick. With 0 or 1 in front the rest is the file, read by the hub or the counter; with
/// another number the rest is what a genuine sender sealed, however nonsensical.
///
/// # Panics
/// Where a file nobody sealed is read to its end, or where a sealed one is not refused as a whole or read as a whole.
pub fn read_stick(bytes: &[u8]) {
    let Some((which, body)) = bytes.split_first() else {
        return;
    };
    match which {
        0 => {
            let _outcome = read_as::<OutboxItem>(body);
        }
        1 => {
            let _outcome = read_as::<AnswerItem>(body);
        }
        2 => read_sealed::<OutboxItem, AnyOutbox>(body),
        _ => read_sealed::<AnswerItem, AnyAnswer>(body),
    }
}

/// The number of items of a whole file; `None` where it is refused.
fn read_as<T: StickItem>(file: impl Read) -> Option<usize> {
    let (own, from) = match T::DIRECTION {
        Direction::Outbox => (hub_key(), PublicKey::of(&counter_key())),
        Direction::Answer => (counter_key(), PublicKey::of(&hub_key())),
    };
    let closed = ClosedStick::read(file).ok()?;
    let mut reader = closed.open::<T>(&own, &from).ok()?;
    let mut items = 0;
    while reader.next_item().ok()?.is_some() {
        items += 1;
    }
    Some(items)
}

/// What an attacker with the sender's own key can write: items of any shape.
fn read_sealed<T: StickItem, A: StickItem + From<Value>>(body: &[u8]) {
    let (to, key) = match T::DIRECTION {
        Direction::Outbox => (PublicKey::of(&hub_key()), counter_key()),
        Direction::Answer => (PublicKey::of(&counter_key()), hub_key()),
    };
    let mut writer =
        StickWriter::begin(Vec::new(), &stick_header(T::DIRECTION), &to).expect("a vector takes every byte");
    let (mut rest, mut put) = (body, 0);
    while let Ok(value) = ciborium::from_reader::<Value, _>(&mut rest) {
        if writer.put(&A::from(value)).is_err() {
            return;
        }
        put += 1;
    }
    let file = writer.seal(&key).expect("a vector takes every byte");
    if let Some(items) = read_as::<T>(file.as_slice()) {
        assert_eq!(items, put, "a file is read as a whole or not at all");
    }
    let Some(cut) = file.len().checked_sub(1) else { return };
    assert!(read_as::<T>(&file[..cut]).is_none(), "a file cut short is refused");
}

macro_rules! any_item {
    ($name:ident, $direction:ident) => {
        struct $name(Value);

        impl From<Value> for $name {
            fn from(value: Value) -> Self {
                Self(value)
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize(serializer)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Value::deserialize(deserializer).map(Self)
            }
        }

        impl StickItem for $name {
            const DIRECTION: Direction = Direction::$direction;
        }
    };
}

any_item!(AnyOutbox, Outbox);
any_item!(AnyAnswer, Answer);
