//! What the body of a row means, kind by kind.

use counter_core::publicity::{ContentHash, RowKey, TopicGroup};
use jiff::civil::Date;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{ChunkRow, DatasetKind};
use crate::cbor::{self, DecodeError};

/// A penalty or permit, checked by the hub. Where in which file it stood is left out: that changes with every file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PublicityRow {
    /// Names the decision.
    #[serde(with = "serde_bytes")]
    key: [u8; 16],
    /// Names what the row says.
    #[serde(with = "serde_bytes")]
    content: [u8; 16],
    /// The subject: its credit code, or another code with the kind of code before it.
    pub identity: String,
    /// The credit code, where it is valid.
    pub uscc: Option<String>,
    /// The name in the row.
    pub name: String,
    /// 文号.
    pub document_no: Option<String>,
    /// 决定日期.
    pub decided_on: Option<Date>,
    /// Every filled field under its code, as JSON.
    pub cells: String,
    /// What stood in the file where it differs, as JSON.
    pub originals: Option<String>,
    /// Why it is kept for check, a JSON array; `None` where it is fit for reporting.
    pub check_notes: Option<String>,
}

/// A subject of the register.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SubjectRow {
    /// 统一社会信用代码, or another code with the kind of code before it.
    pub identity: String,
    /// The credit code, where it is valid.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// Names it had, oldest first.
    pub former_names: Vec<String>,
}

/// A subject's place on a public list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TopicRow {
    /// 统一社会信用代码 of the subject.
    pub uscc: String,
    /// The name in the row.
    pub name: String,
    /// The list, such as 经营异常名录.
    pub topic: String,
    /// The group of the list.
    pub group: TopicGroup,
    /// 认定单位.
    pub authority: Option<String>,
    /// 文号.
    pub document_no: Option<String>,
    /// 列入日期.
    pub listed_on: Option<Date>,
    /// The last day it stands, where one was said.
    pub until: Option<Date>,
    /// 事由.
    pub reason: Option<String>,
}

/// A rule pack, whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Its name, such as `ndrc-36-2026`.
    pub name: String,
    /// Its text (TOML).
    pub text: String,
}

/// The two hashes that name a publicity row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowNames {
    /// Names the decision.
    pub key: RowKey,
    /// Names what the row says.
    pub content: ContentHash,
}

/// Whether a new row of a dataset says what the row of the same key said before, so that the old bytes can stand. The day
/// of reporting changes with every file and says nothing.
pub fn says_the_same(kind: DatasetKind, before: &ChunkRow, now: &ChunkRow) -> bool {
    if before.body == now.body {
        return true;
    }
    match kind {
        DatasetKind::Subject | DatasetKind::Topic | DatasetKind::RulePack => false,
        DatasetKind::Penalty | DatasetKind::Permit => {
            let read = |row| read_body::<PublicityRow>(row).ok();
            read(before).zip(read(now)).is_some_and(|(before, now)| {
                before.content == now.content
                    && before.identity == now.identity
                    && before.check_notes == now.check_notes
            })
        }
    }
}

impl PublicityRow {
    /// A row of these names; the rest is filled in by the caller.
    pub fn new(names: RowNames, identity: String, name: String, cells: String) -> Self {
        Self {
            key: names.key.0,
            content: names.content.0,
            identity,
            uscc: None,
            name,
            document_no: None,
            decided_on: None,
            cells,
            originals: None,
            check_notes: None,
        }
    }

    /// Names the decision.
    pub fn key(&self) -> RowKey {
        RowKey(self.key)
    }

    /// Names what the row says.
    pub fn content(&self) -> ContentHash {
        ContentHash(self.content)
    }

    /// The row in its place.
    pub fn to_chunk_row(&self) -> ChunkRow {
        ChunkRow {
            key: publicity_key(self.decided_on, self.key()),
            body: cbor::encode(self),
        }
    }
}

impl SubjectRow {
    /// The row in its place.
    pub fn to_chunk_row(&self) -> ChunkRow {
        ChunkRow {
            key: subject_key(&self.identity),
            body: cbor::encode(self),
        }
    }
}

impl TopicRow {
    /// Its place, which names it: what is said of one subject stands together.
    pub fn key(&self) -> Vec<u8> {
        let day = self.listed_on.map(|day| day.to_string()).unwrap_or_default();
        let number = self.document_no.as_deref().unwrap_or_default();
        [&self.uscc, self.topic.as_str(), number, &day]
            .join("\u{1f}")
            .into_bytes()
    }

    /// The row in its place.
    pub fn to_chunk_row(&self) -> ChunkRow {
        ChunkRow {
            key: self.key(),
            body: cbor::encode(self),
        }
    }
}

impl DocumentRow {
    /// The row in its place.
    pub fn to_chunk_row(&self) -> ChunkRow {
        ChunkRow {
            key: self.name.clone().into_bytes(),
            body: cbor::encode(self),
        }
    }
}

/// The bytes of a publicity row's key that stand for the day.
pub(super) const DAY_BYTES: usize = 4;

/// The place of a publicity row: by the day of the decision, so that what a day brings and what its publicity period
/// ends stands together. Rows without a day come first.
pub fn publicity_key(decided_on: Option<Date>, key: RowKey) -> Vec<u8> {
    let day = decided_on.map_or(0, |day| {
        u32::from(day.year().unsigned_abs()) * 10_000
            + u32::from(day.month().unsigned_abs()) * 100
            + u32::from(day.day().unsigned_abs())
    });
    [day.to_be_bytes().as_slice(), &key.0].concat()
}

/// The place of a subject: by its code, whose first characters are those of the region and the register.
pub fn subject_key(identity: &str) -> Vec<u8> {
    identity.as_bytes().to_vec()
}

/// Reads the body of a row of the kind that `T` is for.
///
/// # Errors
/// [`DecodeError`].
pub fn read_body<T: DeserializeOwned>(row: &ChunkRow) -> Result<T, DecodeError> {
    cbor::decode(&row.body)
}
