//! The stored form of a change: deterministic CBOR, hashed once, chained to the one before.

use std::fmt;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use sha2::{Digest, Sha256};

use super::{ActId, ChangeBody, ChangeRef, CounterCode, IncarnationId, Lane};

/// The version of the envelope and of the bodies of a change that settles nothing: programs of every version read it.
pub const CHANGE_SCHEMA: u16 = 1;

/// The version of a change that settles another: a program that does not know settling must not take it for less.
pub const SETTLING_SCHEMA: u16 = 2;

/// The version of the acts of a counter's whole day: a program that does not know them waits with them.
pub const COUNTER_DAY_SCHEMA: u16 = 3;

/// The version of 撤销: a program that does not know it must not go on with what was taken back.
pub const UNDO_SCHEMA: u16 = 4;

/// The version of a record with a class that a person chose.
pub const CLASS_CHOICE_SCHEMA: u16 = 4;

/// The newest version that this program reads.
pub const NEWEST_SCHEMA: u16 = UNDO_SCHEMA;

/// SHA-256 over the stored bytes of a change; all zeroes before the first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ChangeHash(#[serde(with = "hash_bytes")] pub [u8; 32]);

impl ChangeHash {
    /// What the first change of an incarnation without a parent names as its predecessor.
    pub const ORIGIN: Self = Self([0; 32]);

    /// The hash written as 64 hexadecimal digits, or `None`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for ChangeHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for ChangeHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "ChangeHash({self})")
    }
}

/// One step of one lane, as it stands in the log.
///
/// The order of the fields is the order in the bytes and must never change;
/// a new field goes last, with a default.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// Envelope version: see [`Change::schema_of`].
    pub schema: u16,
    /// Where it was made.
    pub counter: CounterCode,
    /// In which life of that counter.
    pub incarnation: IncarnationId,
    /// Counts up by exactly one per (counter, incarnation), from 1.
    pub seq: u64,
    /// What it is about.
    pub lane: Lane,
    /// The act it belongs to.
    pub act: ActId,
    /// What happened.
    pub body: ChangeBody,
    /// The account that acted.
    pub actor: String,
    /// When, in milliseconds since 1970 UTC, by the clock of the counter (which is not trusted).
    pub made_at: i64,
    /// The hub's log index of the lane's last entry known when this was made.
    pub base: Option<u64>,
    /// Hash of the change before it in the same (counter, incarnation).
    pub prev_hash: ChangeHash,
    /// The change that no lane took and that this one settles, of the same counter and lane.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settles: Option<ChangeRef>,
}

/// The bytes of a change and their hash. The bytes are the truth; both ends keep them as they came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeBytes {
    /// Deterministic CBOR of the [`Change`].
    pub bytes: Vec<u8>,
    /// SHA-256 of `bytes`.
    pub hash: ChangeHash,
}

/// Bytes that are not a change this program can read.
#[derive(Debug, thiserror::Error)]
pub enum ChangeDecodeError {
    /// Not CBOR, or not the shape of a change.
    #[error("the bytes are not a change: {0}")]
    Malformed(String),
    /// Written by a newer program.
    #[error("the change has schema {found}, this program reads up to {NEWEST_SCHEMA}")]
    Newer {
        /// The schema found.
        found: u16,
    },
}

impl Change {
    /// The version a change is written in: the lowest whose programs read all of it.
    pub fn schema_of(body: &ChangeBody, settles: Option<&ChangeRef>) -> u16 {
        let settling = if settles.is_some() {
            SETTLING_SCHEMA
        } else {
            CHANGE_SCHEMA
        };
        settling.max(body.schema())
    }

    /// Serialises and hashes the change. The result is stored as it is and never made again.
    pub fn to_bytes(&self) -> ChangeBytes {
        let mut bytes = Vec::with_capacity(512);
        ciborium::into_writer(self, &mut bytes).expect("a change is plain data and a vector takes every byte");
        ChangeBytes::from_stored(bytes)
    }
}

impl ChangeBytes {
    /// The bytes as they stand in a database or came over the wire, with their hash.
    pub fn from_stored(bytes: Vec<u8>) -> Self {
        let hash = ChangeHash(Sha256::digest(&bytes).into());
        Self { bytes, hash }
    }

    /// Reads the change; a newer schema is told apart from rubbish, so that it can wait for an update.
    ///
    /// # Errors
    /// [`ChangeDecodeError::Newer`] for a schema above [`NEWEST_SCHEMA`], otherwise [`ChangeDecodeError::Malformed`].
    pub fn decode(&self) -> Result<Change, ChangeDecodeError> {
        #[derive(Deserialize)]
        struct SchemaOnly {
            schema: u16,
        }
        match read_whole::<Change>(&self.bytes) {
            Ok(change) if change.schema <= NEWEST_SCHEMA => Ok(change),
            Ok(change) => Err(ChangeDecodeError::Newer { found: change.schema }),
            Err(error) => match read_whole::<SchemaOnly>(&self.bytes) {
                Ok(only) if only.schema > NEWEST_SCHEMA => Err(ChangeDecodeError::Newer { found: only.schema }),
                Ok(_) | Err(_) => Err(ChangeDecodeError::Malformed(error)),
            },
        }
    }
}

/// Reads one value with nothing behind it: bytes that mean nothing would be hashed and signed with the rest.
fn read_whole<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    let mut rest = bytes;
    let value = ciborium::from_reader(&mut rest).map_err(|error| error.to_string())?;
    if rest.is_empty() {
        Ok(value)
    } else {
        Err(format!("{} bytes follow the change", rest.len()))
    }
}

mod hash_bytes {
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};

    pub fn serialize<S: Serializer>(bytes: &[u8; 32], serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.serialize_str(&hex::encode(bytes))
        } else {
            serde_bytes::Bytes::new(bytes).serialize(serializer)
        }
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<[u8; 32], D::Error> {
        if deserializer.is_human_readable() {
            let text = String::deserialize(deserializer)?;
            let mut bytes = [0; 32];
            hex::decode_to_slice(&text, &mut bytes).map_err(D::Error::custom)?;
            Ok(bytes)
        } else {
            Ok(serde_bytes::ByteArray::<32>::deserialize(deserializer)?.into_array())
        }
    }
}
