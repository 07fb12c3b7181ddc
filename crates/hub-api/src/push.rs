//! Pushing: a batch of consecutive changes, and what the hub answers.

use counter_core::change::{Change, ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane};
use ed25519_dalek::SigningKey;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    cbor::{self, DecodeError},
    key::{PublicKey, Purpose},
    protocol::{MAX_BATCH_BYTES, MAX_BATCH_CHANGES, MAX_CHANGE_BYTES},
    receipt::Receipt,
    signed::{OpenError, Signed, SignedMessage},
};

/// Consecutive changes of one life of one counter, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushBatch {
    /// The changes as they are stored.
    pub changes: Vec<ByteBuf>,
    /// The counter stands by its chain up to the last of them.
    pub head: Signed<HeadClaim>,
    /// The keys that open the personal numbers sealed in these changes, by lane. Not part of the chain: erasing is destroying them.
    pub lane_keys: Vec<LaneKey>,
}

/// The counter's word that its chain up to `seq` ends in `hash`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HeadClaim {
    /// The district.
    pub site: String,
    /// The counter.
    pub counter: CounterCode,
    /// The life of its database.
    pub incarnation: IncarnationId,
    /// The last change.
    pub seq: u64,
    /// Its hash.
    pub hash: ChangeHash,
}

impl SignedMessage for HeadClaim {
    const PURPOSE: Purpose = Purpose::Head;
}

/// The key of one lane.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LaneKey {
    /// Which lane.
    pub lane: Lane,
    /// Its key.
    #[serde(with = "serde_bytes")]
    pub key: Vec<u8>,
}

impl std::fmt::Debug for LaneKey {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "LaneKey({}, …)", self.lane)
    }
}

/// What the hub answers to a batch it could read and believe.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PushAnswer {
    /// Every change of the batch is recorded. Several receipts where a part was recorded before.
    Recorded {
        /// They cover the batch, oldest first.
        receipts: Vec<Signed<Receipt>>,
    },
    /// The batch begins above what is recorded: send from `seq`.
    Expected {
        /// The next change the hub takes.
        seq: u64,
    },
    /// Another change is recorded under this number: two databases write in one name. Nothing was recorded.
    Fork {
        /// The first number that differs.
        seq: u64,
    },
}

/// The part of a change that recording needs; it can be read even where the body is of a newer schema.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeHeader {
    /// Envelope version.
    pub schema: u16,
    /// Where it was made.
    pub counter: CounterCode,
    /// In which life.
    pub incarnation: IncarnationId,
    /// Its number.
    pub seq: u64,
    /// The lane, as words.
    pub lane: LaneWords,
    /// The hub's log index of the lane known when it was made.
    pub base: Option<u64>,
    /// The hash before.
    pub prev_hash: ChangeHash,
}

/// A lane whose kind this program may not know yet.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LaneWords {
    /// The word of its kind.
    pub kind: String,
    /// Its number.
    pub id: String,
}

/// A change of a batch whose chain holds.
#[derive(Clone, Debug, PartialEq)]
pub struct ChainedChange {
    /// Bytes and hash.
    pub stored: ChangeBytes,
    /// What could be read without the body.
    pub header: ChangeHeader,
    /// The whole of it, where this program can read it; [`ChangeBytes::decode`] says why not.
    pub change: Option<Change>,
}

impl ChainedChange {
    /// Reads a change once, as a whole; only its header where the body is not known here.
    ///
    /// # Errors
    /// When the bytes are not a change of any schema.
    pub fn read(stored: ChangeBytes) -> Result<Self, DecodeError> {
        let change = stored.decode().ok();
        let header = match &change {
            Some(change) => ChangeHeader::of(change),
            None => read_header(&stored.bytes)?,
        };
        Ok(Self { stored, header, change })
    }
}

impl ChangeHeader {
    fn of(change: &Change) -> Self {
        Self {
            schema: change.schema,
            counter: change.counter.clone(),
            incarnation: change.incarnation,
            seq: change.seq,
            lane: LaneWords {
                kind: change.lane.kind.as_str().to_owned(),
                id: change.lane.id.clone(),
            },
            base: change.base,
            prev_hash: change.prev_hash,
        }
    }
}

/// Why a batch is not recorded.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// No change in it.
    #[error("the batch is empty")]
    Empty,
    /// Too many changes or bytes.
    #[error(
        "the batch is larger than {MAX_BATCH_CHANGES} changes of {MAX_CHANGE_BYTES} bytes, {MAX_BATCH_BYTES} bytes together"
    )]
    TooLarge,
    /// A change cannot be read.
    #[error("change {position} of the batch cannot be read: {error}")]
    Unreadable {
        /// Counted from 0.
        position: usize,
        /// Why.
        error: DecodeError,
    },
    /// A change was made elsewhere.
    #[error("change {seq} was made at another counter or in another life")]
    OtherCounter {
        /// Its number.
        seq: u64,
    },
    /// A number is missing or comes twice.
    #[error("expected change {expected}, found {found}")]
    NotConsecutive {
        /// The number that should stand there.
        expected: u64,
        /// The number that does.
        found: u64,
    },
    /// A change does not name the one before it.
    #[error("change {seq} does not follow the one before it")]
    BrokenChain {
        /// Its number.
        seq: u64,
    },
    /// The signature of the head does not hold.
    #[error("the head of the batch does not hold: {0}")]
    Head(#[from] OpenError),
    /// The signed head is not the last change.
    #[error("the signed head is another than the last change")]
    OtherHead,
}

/// Who must have made a batch.
#[derive(Clone, Copy, Debug)]
pub struct BatchContext<'a> {
    /// The counter's key.
    pub key: &'a PublicKey,
    /// The district the key speaks for.
    pub site: &'a str,
    /// The counter the key speaks for.
    pub counter: &'a CounterCode,
    /// The life that sends.
    pub incarnation: IncarnationId,
}

/// Reads what stands before and after the body of a change; the body is the reducer's to read.
///
/// # Errors
/// When the bytes are not a change of any schema.
pub fn read_header(bytes: &[u8]) -> Result<ChangeHeader, DecodeError> {
    cbor::decode(bytes)
}

impl HeadClaim {
    /// Signs the claim.
    pub fn sign(self, key: &SigningKey) -> Signed<Self> {
        Signed::seal(&self, key)
    }
}

impl PushBatch {
    /// Checks size, origin, numbers, chain and the signed head; what comes before the first change is the caller's to check.
    ///
    /// # Errors
    /// [`BatchError`], with what exactly did not hold.
    pub fn check(&self, context: BatchContext<'_>) -> Result<Vec<ChainedChange>, BatchError> {
        let total: usize = self.changes.iter().map(|change| change.len()).sum();
        let too_long = self.changes.iter().any(|change| change.len() > MAX_CHANGE_BYTES);
        if self.changes.len() > MAX_BATCH_CHANGES || total > MAX_BATCH_BYTES || too_long {
            return Err(BatchError::TooLarge);
        }
        let mut chained: Vec<ChainedChange> = Vec::with_capacity(self.changes.len());
        for (position, bytes) in self.changes.iter().enumerate() {
            let read = ChainedChange::read(ChangeBytes::from_stored(bytes.to_vec()))
                .map_err(|error| BatchError::Unreadable { position, error })?;
            let header = &read.header;
            if header.counter != *context.counter || header.incarnation != context.incarnation {
                return Err(BatchError::OtherCounter { seq: header.seq });
            }
            match chained.last() {
                None if header.seq == 0 => return Err(BatchError::NotConsecutive { expected: 1, found: 0 }),
                None => {}
                Some(before) if header.seq != before.header.seq + 1 => {
                    return Err(BatchError::NotConsecutive {
                        expected: before.header.seq + 1,
                        found: header.seq,
                    });
                }
                Some(before) if header.prev_hash != before.stored.hash => {
                    return Err(BatchError::BrokenChain { seq: header.seq });
                }
                Some(_) => {}
            }
            chained.push(read);
        }
        let last = chained.last().ok_or(BatchError::Empty)?;
        let claim = self.head.open(context.key)?;
        let expected = HeadClaim {
            site: context.site.to_owned(),
            counter: context.counter.clone(),
            incarnation: context.incarnation,
            seq: last.header.seq,
            hash: last.stored.hash,
        };
        if claim == expected {
            Ok(chained)
        } else {
            Err(BatchError::OtherHead)
        }
    }
}
