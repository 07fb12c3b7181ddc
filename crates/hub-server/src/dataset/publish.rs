//! Publishing a version: cut, packed, kept, and told to the district's counters.
//!
//! Chunks are kept first, in transactions of their own: they are named by their content and say nothing before a
//! version names them. The version itself and the entry of the log are one short transaction.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use hub_api::{
    blob::BlobHash,
    cbor,
    dataset::{
        ChunkError, ChunkRef, ChunkRow, DatasetKind, DatasetVersion, KnownChunks, MAX_CHUNK_BYTES, MAX_CHUNK_RAW_BYTES,
        MAX_MANIFEST_BYTES, Manifest, ManifestError, NewVersion, says_the_same, unpack,
    },
    feed::FeedEvent,
};
use jiff::civil::Date;

use super::VERSIONS_KEPT;
use crate::{
    district_log::DistrictLog,
    hub::Hub,
    store::{DatasetRow, DatasetStore, HubStore, HubTransaction, StoreError, sqlite::off_the_runtime},
};

/// Chunks kept in one transaction.
const CHUNKS_AT_ONCE: usize = 256;

/// What becomes of the rows of the version before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Only what is given is published.
    Replace,
    /// What is given is added, or takes the place of rows of the same key.
    Add,
}

/// A version to be published.
#[derive(Clone, Debug)]
pub struct Publication<'a> {
    /// The district.
    pub district: &'a str,
    /// What it holds.
    pub kind: DatasetKind,
    /// Where it came from, in words: as a rule the name of a file.
    pub source: &'a str,
    /// 数据截至. Where it is not known, that of the version before stays.
    pub data_as_of: Option<Date>,
    /// What becomes of the rows before.
    pub mode: Mode,
    /// Who publishes.
    pub by: &'a str,
}

/// What was published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Published {
    /// The number of the version in force now.
    pub version: u64,
    /// Whether it is a new one; otherwise nothing differed.
    pub is_new: bool,
    /// 数据截至.
    pub data_as_of: Option<Date>,
    /// Its rows.
    pub rows: u64,
    /// Its chunks.
    pub chunks: usize,
    /// What they weigh.
    pub bytes: u64,
    /// The chunks that no version before had: what a counter that is up to date fetches.
    pub new_chunks: usize,
    /// What these weigh.
    pub new_bytes: u64,
}

/// Why nothing was published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// No row at all: a mistake rather than an empty district.
    #[error("there is nothing to publish")]
    Empty,
    /// Two rows have one key.
    #[error("two rows have the same key")]
    SameKey,
    /// A row is longer than a chunk can be.
    #[error("a row is too long to be published")]
    RowTooLong,
    /// More rows than a manifest can name.
    #[error("there are more rows than can be published as one dataset")]
    TooMany,
    /// Somebody else published meanwhile.
    #[error("another version was published meanwhile")]
    Overtaken,
    /// The version before cannot be read.
    #[error("the version before cannot be read: {0}")]
    Before(String),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<ManifestError> for PublishError {
    fn from(error: ManifestError) -> Self {
        Self::Before(error.to_string())
    }
}

impl From<ChunkError> for PublishError {
    fn from(error: ChunkError) -> Self {
        Self::Before(error.to_string())
    }
}

/// Publishes `rows` as the next version of a dataset. A row that says what it said in the version before keeps its bytes.
///
/// # Errors
/// [`PublishError`]; no version was published then.
pub async fn publish<S: HubStore>(
    hub: &Hub<S>,
    publication: &Publication<'_>,
    rows: Vec<ChunkRow>,
) -> Result<Published, PublishError> {
    let given = rows.len();
    let mut rows: BTreeMap<Vec<u8>, Vec<u8>> = rows.into_iter().map(|row| (row.key, row.body)).collect();
    if rows.is_empty() {
        return Err(PublishError::Empty);
    }
    if rows.len() < given {
        return Err(PublishError::SameKey);
    }
    let before = Before::read(hub, publication).await?;
    before.lay_under(&mut rows, publication);
    let rows: Vec<ChunkRow> = rows.into_iter().map(|(key, body)| ChunkRow { key, body }).collect();

    let now = hub.world.now();
    let Before {
        manifest: previous,
        chunks: known,
    } = before;
    let previous = previous.as_ref();
    let data_as_of = publication
        .data_as_of
        .max(previous.and_then(|previous| previous.data_as_of));
    let new = NewVersion {
        site: publication.district,
        kind: publication.kind,
        version: next_version(previous.map(|previous| previous.version), now),
        data_as_of,
        source: publication.source,
        published_at: now,
    };
    let (manifest, packed) = off_the_runtime(|| Manifest::build(new, &rows, &known));
    let too_long = |chunk: &ChunkRef| chunk.bytes > MAX_CHUNK_BYTES || chunk.raw_bytes > MAX_CHUNK_RAW_BYTES;
    if manifest.chunks.iter().any(too_long) {
        return Err(PublishError::RowTooLong);
    }
    let published = describe(&manifest, previous);
    if !published.is_new {
        return Ok(published);
    }
    let bytes = manifest.to_bytes();
    if bytes.len() > MAX_MANIFEST_BYTES as usize {
        return Err(PublishError::TooMany);
    }
    keep_chunks(hub, publication.district, &packed).await?;
    let row = DatasetRow {
        kind: manifest.kind,
        version: manifest.version,
        manifest: BlobHash::of(&bytes),
        entry: cbor::encode(&DatasetVersion::of(&manifest, &bytes)),
        published_at: now,
        published_by: publication.by.to_owned(),
    };
    let last = previous.map(|previous| previous.version);
    put_in_force(hub, publication.district, last, &row, &bytes).await?;
    hub.announce();
    tracing::info!(
        kind = row.kind.as_str(),
        version = row.version,
        rows = published.rows,
        new_chunks = published.new_chunks,
        "published"
    );
    Ok(published)
}

/// The seconds since 1970, so that a hub restored from a backup goes on above what counters have seen.
fn next_version(last: Option<u64>, now: i64) -> u64 {
    let seconds = u64::try_from(now / 1000).unwrap_or(0);
    seconds.max(last.map_or(1, |last| last + 1))
}

fn describe(manifest: &Manifest, previous: Option<&Manifest>) -> Published {
    let known: BTreeSet<BlobHash> = previous
        .iter()
        .flat_map(|previous| previous.chunks.iter().map(|chunk| chunk.sha256))
        .collect();
    let fresh: Vec<&ChunkRef> = manifest
        .chunks
        .iter()
        .filter(|chunk| !known.contains(&chunk.sha256))
        .collect();
    let same =
        previous.filter(|previous| previous.chunks == manifest.chunks && previous.data_as_of == manifest.data_as_of);
    Published {
        version: same.unwrap_or(manifest).version,
        is_new: same.is_none(),
        data_as_of: manifest.data_as_of,
        rows: manifest.rows,
        chunks: manifest.chunks.len(),
        bytes: manifest.bytes(),
        new_chunks: fresh.len(),
        new_bytes: fresh.iter().map(|chunk| u64::from(chunk.bytes)).sum(),
    }
}

async fn keep_chunks<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    packed: &[(BlobHash, Vec<u8>)],
) -> Result<(), StoreError> {
    for chunks in packed.chunks(CHUNKS_AT_ONCE) {
        let mut transaction = hub.store.begin().await?;
        for (name, bytes) in chunks {
            transaction.put_chunk(district, *name, bytes).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

/// Names the version, tells the log, and forgets what is too old to be asked for.
async fn put_in_force<S: HubStore>(
    hub: &Hub<S>,
    district: &str,
    last: Option<u64>,
    row: &DatasetRow,
    manifest: &[u8],
) -> Result<(), PublishError> {
    let mut transaction = hub.store.begin().await?;
    let mut log = DistrictLog::lock(&mut transaction, district).await?;
    let kept = transaction.dataset_versions(district, row.kind).await?;
    if kept.first().map(|newest| newest.version) != last {
        return Err(PublishError::Overtaken);
    }
    transaction.put_chunk(district, row.manifest, manifest).await?;
    transaction.insert_dataset(district, row).await?;
    let event = FeedEvent::DatasetPublished {
        kind: row.kind.as_str().to_owned(),
        version: row.version,
    };
    log.append(&mut transaction, row.published_at, &event, None).await?;
    if let Some((first_old, old)) = kept.get(VERSIONS_KEPT - 1..).and_then(<[_]>::split_first) {
        let mut in_use = names_of(manifest)?;
        for version in &kept[..VERSIONS_KEPT - 1] {
            in_use.append(&mut names_of(&bytes_of(&mut transaction, district, version).await?)?);
        }
        for version in std::iter::once(first_old).chain(old) {
            let names = names_of(&bytes_of(&mut transaction, district, version).await?)?;
            for name in names.difference(&in_use).chain([&version.manifest]) {
                transaction.forget_chunk(district, *name).await?;
            }
            transaction.forget_dataset(district, row.kind, version.version).await?;
        }
    }
    transaction.commit().await?;
    Ok(())
}

async fn bytes_of(
    transaction: &mut impl HubTransaction,
    district: &str,
    version: &DatasetRow,
) -> Result<Vec<u8>, StoreError> {
    let bytes = transaction.chunk(district, version.manifest).await?;
    bytes.ok_or_else(|| StoreError::Damaged("a version whose manifest is gone".to_owned()))
}

fn names_of(manifest: &[u8]) -> Result<BTreeSet<BlobHash>, PublishError> {
    let manifest: Manifest = cbor::decode(manifest).map_err(|error| PublishError::Before(error.to_string()))?;
    Ok(manifest.chunks.into_iter().map(|chunk| chunk.sha256).collect())
}

/// The version that was in force.
#[derive(Default)]
pub(super) struct Before {
    manifest: Option<Manifest>,
    chunks: KnownChunks,
}

impl Before {
    pub(super) async fn read<S: HubStore>(hub: &Hub<S>, publication: &Publication<'_>) -> Result<Self, PublishError> {
        let district = publication.district;
        let mut transaction = hub.store.begin_read().await?;
        let versions = transaction.dataset_versions(district, publication.kind).await?;
        let Some(newest) = versions.first() else {
            return Ok(Self::default());
        };
        let entry: DatasetVersion =
            cbor::decode(&newest.entry).map_err(|error| StoreError::Damaged(error.to_string()))?;
        let bytes = bytes_of(&mut transaction, district, newest).await?;
        let manifest = Manifest::read(&bytes, district, &entry)?;
        let mut before = Self::default();
        for (chunk, next) in manifest.ranges() {
            let bytes = transaction.chunk(district, chunk.sha256).await?;
            let bytes = bytes.ok_or_else(|| StoreError::Damaged("a version whose chunk is gone".to_owned()))?;
            let rows = unpack(&bytes, chunk, next)?;
            before.chunks.insert(chunk.first.to_vec(), (chunk.clone(), rows));
        }
        before.manifest = Some(manifest);
        Ok(before)
    }

    /// Its rows.
    pub(super) fn rows(&self) -> impl Iterator<Item = &ChunkRow> {
        self.chunks.values().flat_map(|(_, rows)| rows)
    }

    /// Keeps the rows that were there where they are to stay, and the bytes of those that say what they said.
    fn lay_under(&self, rows: &mut BTreeMap<Vec<u8>, Vec<u8>>, publication: &Publication<'_>) {
        let kind = publication.kind;
        let named: HashSet<Vec<u8>> = rows.keys().map(|key| kind.name_in(key).to_vec()).collect();
        for old in self.rows() {
            if let Some(body) = rows.get_mut(&old.key) {
                let new = ChunkRow {
                    key: old.key.clone(),
                    body: std::mem::take(body),
                };
                *body = if says_the_same(kind, old, &new) {
                    old.body.clone()
                } else {
                    new.body
                };
            } else if publication.mode == Mode::Add && !named.contains(kind.name_in(&old.key)) {
                rows.insert(old.key.clone(), old.body.clone());
            }
        }
    }
}
