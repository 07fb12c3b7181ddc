//! Reference data: what a hub publishes for all counters of a district, in versions.
//!
//! A version is a **manifest**: a list of chunks, each with its range of keys. Manifest and chunks are named by the
//! SHA-256 of their bytes; the hub signs only the short [`DatasetList`], which names the manifests, so one signature
//! holds for all of it. Rows are cut by their keys alone ([`cut`]): a row that comes, goes or changes touches its own
//! chunk and no other, and a refresh is the chunks the receiver lacks.
//!
//! Nothing is unpacked before its hash was checked, nor to more than the manifest says.

mod chunk;
mod cut;
mod list;
mod manifest;
mod row;

pub use chunk::{ChunkError, ChunkRow, MAX_CHUNK_BYTES, MAX_CHUNK_RAW_BYTES, pack, unpack};
pub use cut::{MAX_CHUNK_ROWS, MEAN_CHUNK_ROWS, cut};
pub use list::{ChunkAnswer, ChunkRequest, DatasetList, DatasetVersion, ListError};
pub use manifest::{ChunkRef, KnownChunks, MAX_MANIFEST_BYTES, Manifest, ManifestError, NewVersion};
pub use row::{
    DocumentRow, PublicityRow, RowNames, SubjectRow, TopicRow, publicity_key, read_body, says_the_same, subject_key,
};

use row::DAY_BYTES;
use serde::{Deserialize, Serialize};

/// What a dataset holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DatasetKind {
    /// 信用主体: the register of subjects.
    Subject,
    /// 行政处罚信息.
    Penalty,
    /// 行政许可信息.
    Permit,
    /// 专题记录: what public lists say of subjects.
    Topic,
    /// 规则包.
    RulePack,
}

impl DatasetKind {
    /// Every kind, in the order they are taken over: rows name subjects.
    pub const ALL: [Self; 5] = [Self::Subject, Self::Penalty, Self::Permit, Self::Topic, Self::RulePack];

    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Subject => "subject",
            Self::Penalty => "penalty",
            Self::Permit => "permit",
            Self::Topic => "topic",
            Self::RulePack => "rule_pack",
        }
    }

    /// The part of a row's key that names what the row is about. Before it stands what only puts rows side by side.
    pub fn name_in(self, key: &[u8]) -> &[u8] {
        match self {
            Self::Penalty | Self::Permit => key.get(DAY_BYTES..).unwrap_or(key),
            Self::Subject | Self::Topic | Self::RulePack => key,
        }
    }

    /// The kind of this word; `None` for one that a newer hub publishes.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == word)
    }
}

#[cfg(test)]
mod tests;
