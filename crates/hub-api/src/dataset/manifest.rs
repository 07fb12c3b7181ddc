//! One version of a dataset: its chunks in the order of their keys.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{ChunkRow, DatasetKind, DatasetVersion, MAX_CHUNK_BYTES, MAX_CHUNK_RAW_BYTES, MAX_CHUNK_ROWS, cut, pack};
use crate::{
    blob::BlobHash,
    cbor::{self, DecodeError},
};

/// No manifest is longer: about 30,000 chunks, a million rows.
pub const MAX_MANIFEST_BYTES: u32 = 3 * 1024 * 1024;

/// One version of one dataset of one district.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The division code of the district.
    pub site: String,
    /// What it holds.
    pub kind: DatasetKind,
    /// Counts up.
    pub version: u64,
    /// 数据截至: the last day it speaks of.
    pub data_as_of: Option<Date>,
    /// Where it came from, in words.
    pub source: String,
    /// When it was published, ms UTC, by the hub's clock.
    pub published_at: i64,
    /// How many rows it has.
    pub rows: u64,
    /// Its chunks.
    pub chunks: Vec<ChunkRef>,
}

/// A chunk as a manifest names it. Its range of keys ends where the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRef {
    /// The key of its first row.
    pub first: ByteBuf,
    /// Its name: SHA-256 of its bytes as they travel.
    pub sha256: BlobHash,
    /// Its length as it travels.
    pub bytes: u32,
    /// The length it unpacks to.
    pub raw_bytes: u32,
    /// Its rows.
    pub rows: u32,
}

/// Why a manifest is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ManifestError {
    /// Its bytes are not those the signed list names.
    #[error("the manifest is not the one the signed list names")]
    OtherBytes,
    /// It cannot be read.
    #[error("the manifest cannot be read: {0}")]
    Unreadable(#[from] DecodeError),
    /// It is about another district, dataset or version than the list says.
    #[error("the manifest is about another dataset than the list says")]
    OtherDataset,
    /// A chunk is larger than a chunk can be, or stands in the wrong place.
    #[error("the manifest's chunks are out of order or out of bounds")]
    Chunks,
}

/// What a new version says of itself.
#[derive(Clone, Debug)]
pub struct NewVersion<'a> {
    /// The district.
    pub site: &'a str,
    /// What it holds.
    pub kind: DatasetKind,
    /// Its number.
    pub version: u64,
    /// 数据截至.
    pub data_as_of: Option<Date>,
    /// Where it came from, in words.
    pub source: &'a str,
    /// When, ms UTC.
    pub published_at: i64,
}

/// The chunks of a version with their rows, by the key each begins with.
pub type KnownChunks = HashMap<Vec<u8>, (ChunkRef, Vec<ChunkRow>)>;

impl Manifest {
    /// Cuts and packs `rows`, which are sorted by their keys and have each key once. Chunks that are `known` from the
    /// version before are named again instead of packed again, whatever program packed them. Answers the manifest and
    /// the chunks that are new.
    pub fn build(new: NewVersion<'_>, rows: &[ChunkRow], known: &KnownChunks) -> (Self, Vec<(BlobHash, Vec<u8>)>) {
        let mut packed = Vec::new();
        let chunks = cut(rows).into_iter().map(|run| {
            let before = run.first().and_then(|first| known.get(&first.key));
            match before.filter(|(_, rows)| rows == run) {
                Some((chunk, _)) => chunk.clone(),
                None => {
                    let (chunk, bytes) = pack(run);
                    packed.push((chunk.sha256, bytes));
                    chunk
                }
            }
        });
        let chunks = chunks.collect();
        let manifest = Self {
            site: new.site.to_owned(),
            kind: new.kind,
            version: new.version,
            data_as_of: new.data_as_of,
            source: new.source.to_owned(),
            published_at: new.published_at,
            rows: rows.len() as u64,
            chunks,
        };
        (manifest, packed)
    }

    /// Its bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        cbor::encode(self)
    }

    /// Believes a manifest only if it is the one `named` by a signed list of `site`.
    ///
    /// # Errors
    /// [`ManifestError`].
    pub fn read(bytes: &[u8], site: &str, named: &DatasetVersion) -> Result<Self, ManifestError> {
        if bytes.len() != named.manifest_bytes as usize || BlobHash::of(bytes) != named.manifest {
            return Err(ManifestError::OtherBytes);
        }
        let manifest: Self = cbor::decode(bytes)?;
        if manifest.site != site || manifest.kind.as_str() != named.kind || manifest.version != named.version {
            return Err(ManifestError::OtherDataset);
        }
        let in_bounds = manifest.chunks.iter().all(|chunk| {
            chunk.bytes <= MAX_CHUNK_BYTES
                && chunk.raw_bytes <= MAX_CHUNK_RAW_BYTES
                && (1..=MAX_CHUNK_ROWS).contains(&(chunk.rows as usize))
        });
        let in_order = manifest.chunks.windows(2).all(|pair| pair[0].first < pair[1].first);
        let rows: u64 = manifest.chunks.iter().map(|chunk| u64::from(chunk.rows)).sum();
        if in_bounds && in_order && rows == manifest.rows {
            Ok(manifest)
        } else {
            Err(ManifestError::Chunks)
        }
    }

    /// Every chunk with the key that the next begins with.
    pub fn ranges(&self) -> impl Iterator<Item = (&ChunkRef, Option<&[u8]>)> {
        let nexts = self.chunks.iter().skip(1).map(|next| Some(next.first.as_slice()));
        self.chunks.iter().zip(nexts.chain(std::iter::once(None)))
    }

    /// What all its chunks weigh as they travel.
    pub fn bytes(&self) -> u64 {
        self.chunks.iter().map(|chunk| u64::from(chunk.bytes)).sum()
    }
}
