//! Datasets by district, kind and version, and their chunks by name.

use std::future::Future;

use hub_api::{blob::BlobHash, dataset::DatasetKind};

use super::Stored;

/// A version of a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DatasetRow {
    /// What it holds.
    pub kind: DatasetKind,
    /// Its number.
    pub version: u64,
    /// The name of its manifest, which is kept as a chunk.
    pub manifest: BlobHash,
    /// CBOR of the [`hub_api::dataset::DatasetVersion`] that a list names it by.
    pub entry: Vec<u8>,
    /// When it was published, ms UTC.
    pub published_at: i64,
    /// Who published it.
    pub published_by: String,
}

/// Datasets and chunks.
pub trait DatasetStore {
    /// Every version of a kind that is kept, the newest first.
    fn dataset_versions(
        &mut self,
        district: &str,
        kind: DatasetKind,
    ) -> impl Future<Output = Stored<Vec<DatasetRow>>> + Send;
    /// Keeps a version.
    fn insert_dataset(&mut self, district: &str, row: &DatasetRow) -> impl Future<Output = Stored<()>> + Send;
    /// Forgets a version; its chunks are forgotten one by one.
    fn forget_dataset(
        &mut self,
        district: &str,
        kind: DatasetKind,
        version: u64,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// The bytes of a chunk or manifest.
    fn chunk(&mut self, district: &str, chunk: BlobHash) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// Keeps a chunk; one that is there stays as it is.
    fn put_chunk(&mut self, district: &str, chunk: BlobHash, bytes: &[u8]) -> impl Future<Output = Stored<()>> + Send;
    /// Forgets a chunk.
    fn forget_chunk(&mut self, district: &str, chunk: BlobHash) -> impl Future<Output = Stored<()>> + Send;
}
