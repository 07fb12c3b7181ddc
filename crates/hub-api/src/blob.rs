//! Attachments: which ones a change cites, offering them, and sending them in ranges.

use ciborium::Value;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

use crate::{
    cbor::{self, DecodeError},
    cited::Citations,
    key::{HubIncarnation, PublicKey, Purpose},
    protocol::BLOB_PATH,
    signed::{OpenError, Signed, SignedMessage},
};

/// SHA-256 of an attachment's content, its only name on the wire.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobHash(pub [u8; 32]);

impl BlobHash {
    /// The name of `content`.
    pub fn of(content: &[u8]) -> Self {
        Self(Sha256::digest(content).into())
    }

    /// Reads 64 lower-case hexadecimal digits, or `None`.
    pub fn from_hex(text: &str) -> Option<Self> {
        let mut bytes = [0; 32];
        hex::decode_to_slice(text, &mut bytes).ok()?;
        Some(Self(bytes))
    }
}

impl fmt::Display for BlobHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&hex::encode(self.0))
    }
}

impl fmt::Debug for BlobHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "BlobHash({self})")
    }
}

impl Serialize for BlobHash {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serde_bytes::Bytes::new(&self.0).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for BlobHash {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(
            serde_bytes::ByteArray::<32>::deserialize(deserializer)?.into_array(),
        ))
    }
}

/// An attachment by name and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BlobRef {
    /// Its name.
    pub sha256: BlobHash,
    /// Its length in bytes.
    pub length: u64,
}

/// The attachments a counter is about to send.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobOffer {
    /// At most [`crate::protocol::MAX_BLOB_OFFERS`].
    pub blobs: Vec<BlobRef>,
}

/// How far the hub has each offered attachment, in the order of the offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobOfferAnswer {
    /// One for each.
    pub progress: Vec<BlobProgress>,
}

/// How far the hub has an attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlobProgress {
    /// Go on from this offset.
    Wanted {
        /// Bytes the hub has, from the beginning.
        offset: u64,
    },
    /// Whole; the receipt says so.
    Complete {
        /// The hub's word.
        receipt: Signed<BlobReceipt>,
    },
    /// Longer than the hub takes.
    TooLong,
}

/// The hub's word that it has a whole attachment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobReceipt {
    /// The life of the hub's database.
    pub hub_incarnation: HubIncarnation,
    /// The district.
    pub site: String,
    /// Which.
    pub blob: BlobRef,
    /// Since when, ms UTC, by the hub's clock.
    pub at: i64,
}

impl SignedMessage for BlobReceipt {
    const PURPOSE: Purpose = Purpose::BlobReceipt;
}

/// A part of an attachment, as the hub gives it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BlobRange {
    /// Where it begins.
    pub offset: u64,
    /// Its bytes, at most [`crate::protocol::MAX_BLOB_RANGE`]. The whole is checked against its name.
    #[serde(with = "serde_bytes")]
    pub bytes: Vec<u8>,
}

/// Why a blob receipt is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BlobReceiptError {
    /// Not signed by the pinned hub key, or damaged.
    #[error("the receipt of the attachment does not hold: {0}")]
    Open(#[from] OpenError),
    /// About another attachment or district.
    #[error("the receipt is for another attachment or district")]
    OtherBlob,
}

/// Checks the hub's word about an attachment.
///
/// # Errors
/// [`BlobReceiptError`].
pub fn verify_blob_receipt(
    receipt: &Signed<BlobReceipt>,
    hub_key: &PublicKey,
    site: &str,
    blob: BlobRef,
) -> Result<BlobReceipt, BlobReceiptError> {
    let receipt = receipt.open(hub_key)?;
    if receipt.site == site && receipt.blob == blob {
        Ok(receipt)
    } else {
        Err(BlobReceiptError::OtherBlob)
    }
}

/// The address a range of `blob` is put to.
pub fn range_path(blob: BlobRef, offset: u64) -> String {
    format!("{BLOB_PATH}/{}?offset={offset}&length={}", blob.sha256, blob.length)
}

/// The attachments a stored change cites, each once, in the order of the bytes.
///
/// An attachment is known by its four keys wherever it stands, so that a body of a newer schema is served too.
///
/// # Errors
/// When the bytes cite something and are no CBOR.
pub fn cited_blobs(change: &[u8]) -> Result<Vec<BlobRef>, DecodeError> {
    // Most changes cite nothing, and bytes without the key hold no such map.
    if !change.windows(KEY.len()).any(|window| window == KEY) {
        return Ok(Vec::new());
    }
    if let Ok(Citations(found)) = cbor::decode(change) {
        return Ok(found);
    }
    // Written otherwise than this program writes.
    let value: Value = cbor::decode(change)?;
    let mut found = Vec::new();
    collect(&value, &mut found);
    Ok(found)
}

/// The key of a citation that names the content.
const KEY: &[u8] = b"sha256";

fn collect(value: &Value, found: &mut Vec<BlobRef>) {
    if let Value::Map(entries) = value {
        match as_blob(entries) {
            Some(blob) if found.contains(&blob) => {}
            Some(blob) => found.push(blob),
            None => entries.iter().for_each(|(_, value)| collect(value, found)),
        }
    } else if let Value::Array(values) = value {
        values.iter().for_each(|value| collect(value, found));
    } else if let Value::Tag(_, value) = value {
        collect(value, found);
    }
}

fn as_blob(entries: &[(Value, Value)]) -> Option<BlobRef> {
    let get = |name: &str| {
        entries
            .iter()
            .find(|(key, _)| key.as_text() == Some(name))
            .map(|(_, value)| value)
    };
    get("name")?.as_text()?;
    get("mediaType")?.as_text()?;
    let sha256 = BlobHash::from_hex(get("sha256")?.as_text()?)?;
    let length = get("length")?.as_integer()?.try_into().ok()?;
    Some(BlobRef { sha256, length })
}

#[cfg(test)]
mod tests {
    use counter_core::attachment::AttachmentRef;

    use super::*;

    #[test]
    fn an_attachment_is_found_wherever_it_stands_and_once() {
        let file = |content: &[u8]| AttachmentRef {
            sha256: BlobHash::of(content).to_string(),
            name: "决定书.pdf".into(),
            media_type: "application/pdf".into(),
            length: content.len() as u64,
        };
        let body = (vec![file(b"a")], Some((7, file(b"bb"))), "sha256", file(b"a"));
        let expected = [b"a".as_slice(), b"bb"].map(|content| BlobRef {
            sha256: BlobHash::of(content),
            length: content.len() as u64,
        });
        let plain = cbor::encode(&body);
        assert_eq!(cited_blobs(&plain).unwrap(), expected);
        let Citations(walked) = cbor::decode(&plain).unwrap();
        assert_eq!(walked, expected, "found in one walk");
        let otherwise = cbor::encode(&(Value::Tag(7, Box::new(Value::Integer(1.into()))), body));
        assert!(
            cbor::decode::<Citations>(&otherwise).is_err(),
            "not what a change holds"
        );
        assert_eq!(cited_blobs(&otherwise).unwrap(), expected);
    }
}
