//! A chunk: rows of consecutive keys, packed.

use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{ChunkRef, MAX_CHUNK_ROWS};
use crate::{
    blob::BlobHash,
    cbor::{self, DecodeError},
};

/// No packed chunk is longer.
pub const MAX_CHUNK_BYTES: u32 = 1024 * 1024;
/// No chunk unpacks to more.
pub const MAX_CHUNK_RAW_BYTES: u32 = 4 * 1024 * 1024;
/// How hard is packed: a chunk is packed once and read by every counter of the district.
const PACKING: u8 = 9;

/// One row of a dataset. What its body means is told by the kind ([`super::read_body`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChunkRow {
    /// Its place in the dataset; unique.
    pub key: Vec<u8>,
    /// CBOR. The same content is always the same bytes.
    pub body: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
struct WireRow(ByteBuf, ByteBuf);

/// Why a chunk is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChunkError {
    /// Its bytes are not those its name stands for.
    #[error("the chunk is not the one its name stands for")]
    OtherBytes,
    /// It does not unpack to what the manifest says.
    #[error("the chunk does not unpack to the length it states")]
    OtherLength,
    /// Its rows cannot be read.
    #[error("the rows of the chunk cannot be read: {0}")]
    Rows(#[from] DecodeError),
    /// Its rows are not those of its range, or not in order.
    #[error("the rows of the chunk are not those of its range")]
    OtherRows,
}

/// Packs rows of consecutive keys; `rows` is not empty. Answers the chunk and what a manifest says of it.
pub fn pack(rows: &[ChunkRow]) -> (ChunkRef, Vec<u8>) {
    let raw = raw(rows);
    let packed = miniz_oxide::deflate::compress_to_vec(&raw, PACKING);
    let length = |bytes: usize| u32::try_from(bytes).unwrap_or(u32::MAX);
    let reference = ChunkRef {
        first: ByteBuf::from(rows.first().map(|row| row.key.clone()).unwrap_or_default()),
        sha256: BlobHash::of(&packed),
        bytes: length(packed.len()),
        raw_bytes: length(raw.len()),
        rows: length(rows.len()),
    };
    (reference, packed)
}

/// The rows before packing.
fn raw(rows: &[ChunkRow]) -> Vec<u8> {
    let wire: Vec<(&serde_bytes::Bytes, &serde_bytes::Bytes)> = rows
        .iter()
        .map(|row| (serde_bytes::Bytes::new(&row.key), serde_bytes::Bytes::new(&row.body)))
        .collect();
    cbor::encode(&wire)
}

/// Believes a chunk only if it is the one `reference` names, and its rows are those of the range up to `next`.
///
/// The hash is checked before anything is unpacked, and nothing is unpacked beyond the length stated.
///
/// # Errors
/// [`ChunkError`].
pub fn unpack(packed: &[u8], reference: &ChunkRef, next: Option<&[u8]>) -> Result<Vec<ChunkRow>, ChunkError> {
    if packed.len() != reference.bytes as usize || BlobHash::of(packed) != reference.sha256 {
        return Err(ChunkError::OtherBytes);
    }
    let stated = reference.raw_bytes.min(MAX_CHUNK_RAW_BYTES) as usize;
    let raw =
        miniz_oxide::inflate::decompress_to_vec_with_limit(packed, stated).map_err(|_| ChunkError::OtherLength)?;
    if raw.len() != reference.raw_bytes as usize {
        return Err(ChunkError::OtherLength);
    }
    let rows: Vec<WireRow> = cbor::decode(&raw)?;
    let rows: Vec<ChunkRow> = rows
        .into_iter()
        .map(|WireRow(key, body)| ChunkRow {
            key: key.into_vec(),
            body: body.into_vec(),
        })
        .collect();
    let counted = rows.len() == reference.rows as usize && rows.len() <= MAX_CHUNK_ROWS;
    let ordered = rows.windows(2).all(|pair| pair[0].key < pair[1].key);
    let begins = rows.first().is_some_and(|row| row.key == *reference.first);
    let ends = rows
        .last()
        .zip(next)
        .is_none_or(|(last, next)| last.key.as_slice() < next);
    if counted && ordered && begins && ends {
        Ok(rows)
    } else {
        Err(ChunkError::OtherRows)
    }
}
