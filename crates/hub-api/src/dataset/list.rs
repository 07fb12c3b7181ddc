//! What is published for a district, signed, and asking for chunks.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use super::{Manifest, manifest::MAX_MANIFEST_BYTES};
use crate::{
    blob::BlobHash,
    key::{PublicKey, Purpose},
    signed::{OpenError, Signed, SignedMessage},
};

/// The versions in force in one district. Everything else of the datasets is named by hashes in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetList {
    /// The division code of the district.
    pub site: String,
    /// The hub's clock, ms UTC.
    pub at: i64,
    /// One for each dataset that was ever published.
    pub datasets: Vec<DatasetVersion>,
}

impl SignedMessage for DatasetList {
    const PURPOSE: Purpose = Purpose::DatasetList;
}

/// The version of a dataset that is in force.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DatasetVersion {
    /// The word of its kind; one that is not known is passed over.
    pub kind: String,
    /// Counts up; a lower one never replaces a higher one.
    pub version: u64,
    /// 数据截至.
    pub data_as_of: Option<Date>,
    /// How many rows.
    pub rows: u64,
    /// The name of its manifest, which is fetched like a chunk.
    pub manifest: BlobHash,
    /// The manifest's length.
    pub manifest_bytes: u32,
}

/// Asks for manifests and chunks by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkRequest {
    /// At most [`crate::protocol::MAX_CHUNKS_ASKED`].
    pub chunks: Vec<BlobHash>,
}

/// The first of the chunks asked for, in the order asked, as many as fit into an answer; at least one. The rest is asked
/// for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChunkAnswer {
    /// Their bytes.
    pub chunks: Vec<ByteBuf>,
}

/// Why a list is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ListError {
    /// Not signed by the pinned key, or damaged.
    #[error("the list of datasets does not hold: {0}")]
    Open(#[from] OpenError),
    /// About another district.
    #[error("the list of datasets is about another district")]
    OtherDistrict,
    /// A manifest longer than any can be.
    #[error("the list names a manifest that is too long")]
    TooLong,
}

impl DatasetVersion {
    /// How a list names `manifest`, whose bytes are `bytes`.
    pub fn of(manifest: &Manifest, bytes: &[u8]) -> Self {
        Self {
            kind: manifest.kind.as_str().to_owned(),
            version: manifest.version,
            data_as_of: manifest.data_as_of,
            rows: manifest.rows,
            manifest: BlobHash::of(bytes),
            manifest_bytes: u32::try_from(bytes.len()).unwrap_or(u32::MAX),
        }
    }
}

impl Signed<DatasetList> {
    /// Believes a list only if the pinned key signed it for `site`.
    ///
    /// # Errors
    /// [`ListError`].
    pub fn believe(&self, hub_key: &PublicKey, site: &str) -> Result<DatasetList, ListError> {
        let list = self.open(hub_key)?;
        if list.site != site {
            return Err(ListError::OtherDistrict);
        }
        let too_long = list
            .datasets
            .iter()
            .any(|dataset| dataset.manifest_bytes > MAX_MANIFEST_BYTES);
        if too_long { Err(ListError::TooLong) } else { Ok(list) }
    }
}
