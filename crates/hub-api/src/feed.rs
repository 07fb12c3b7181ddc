//! The feed: what happened at the hub, in the order of the district's log.

use std::fmt;

use counter_core::change::{ChangeBytes, ChangeHash, CounterCode, IncarnationId};
pub use counter_core::verdict::{Verdict, WaitingFor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    key::{HubIncarnation, PublicKey, Purpose},
    protocol::FEED_PATH,
    push::LaneWords,
    signed::{OpenError, Signed, SignedMessage},
};

/// Up to where a reader has read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The life of the hub's database the index belongs to.
    pub hub_incarnation: HubIncarnation,
    /// The last entry read; 0 before the first.
    pub index: u64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}", self.hub_incarnation, self.index)
    }
}

impl Cursor {
    /// Reads the form of [`fmt::Display`], or `None`.
    pub fn parse(text: &str) -> Option<Self> {
        let (incarnation, index) = text.split_once('.')?;
        Some(Self {
            hub_incarnation: HubIncarnation::from_hex(incarnation)?,
            index: index.parse().ok()?,
        })
    }

    /// The address of the page after this cursor, held open up to `wait_s` seconds while there is nothing new.
    pub fn feed_path(self, wait_s: u64) -> String {
        format!("{FEED_PATH}?after={self}&wait={wait_s}")
    }
}

/// A page of the feed for one counter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedPage {
    /// The district.
    pub site: String,
    /// The counter it was made for.
    pub counter: CounterCode,
    /// The cursor asked with.
    pub after: Cursor,
    /// The cursor to ask with next; entries that do not concern the counter are passed over.
    pub next: Cursor,
    /// The last entry of the log; equal to `next` when everything was read.
    pub head: Cursor,
    /// The hub's clock, ms UTC.
    pub at: i64,
    /// Oldest first.
    pub entries: Vec<FeedEntry>,
}

impl SignedMessage for FeedPage {
    const PURPOSE: Purpose = Purpose::FeedPage;
}

/// One entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedEntry {
    /// Its place in the district's log.
    pub index: u64,
    /// When, ms UTC, by the hub's clock.
    pub at: i64,
    /// What happened.
    #[serde(deserialize_with = "known_or_unknown")]
    pub event: FeedEvent,
    /// The change it is about, where the reader did not make it itself.
    pub change: Option<ByteBuf>,
    /// The key of the lane's sealed numbers, beside a change that the reader's own counter made in another life:
    /// a database put back from a backup may have lost it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lane_key: Option<ByteBuf>,
}

/// What happened at the hub. The log keeps exactly this; change bytes are added when it is read.
///
/// What a newer hub says in words this program does not know is [`FeedEvent::Unknown`]: the page is kept, the entry
/// passed over, and read again by the next program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedEvent {
    /// A range was recorded.
    Recorded {
        /// Whose.
        counter: CounterCode,
        /// In which life.
        incarnation: IncarnationId,
        /// The first.
        from: u64,
        /// The last.
        to: u64,
        /// The hash of the last.
        hash: ChangeHash,
    },
    /// A recorded change was judged.
    Judged {
        /// Where it was made; `HUB` for an act entered at the hub.
        counter: CounterCode,
        /// In which life.
        incarnation: IncarnationId,
        /// Its number.
        seq: u64,
        /// Its hash.
        hash: ChangeHash,
        /// Its lane.
        lane: LaneWords,
        /// What came of it.
        verdict: Verdict,
    },
    /// A newer trust bundle can be fetched.
    TrustPublished {
        /// Its number.
        number: u64,
    },
    /// A version of reference data came into force.
    DatasetPublished {
        /// The word of its kind.
        kind: String,
        /// Its number.
        version: u64,
    },
    /// Something this program does not know, or a verdict it has no word for.
    Unknown,
}

/// Why a page is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedError {
    /// Not signed by the pinned hub key, or damaged.
    #[error("the page does not hold: {0}")]
    Open(#[from] OpenError),
    /// Made for another counter or another question.
    #[error("the page answers another question than was asked")]
    OtherQuestion,
    /// Its entries are not in order, or not within its cursors.
    #[error("the entries of the page are not in order")]
    OutOfOrder,
    /// The change beside an entry is not the one the entry names.
    #[error("the change beside entry {index} is not the one it names")]
    OtherChange {
        /// The entry.
        index: u64,
    },
}

/// Checks a page against the pinned key and the question it must answer.
///
/// # Errors
/// [`FeedError`], with what exactly did not hold.
pub fn verify_page(
    page: &Signed<FeedPage>,
    hub_key: &PublicKey,
    site: &str,
    counter: &CounterCode,
    after: Cursor,
) -> Result<FeedPage, FeedError> {
    let page = page.open(hub_key)?;
    let one_life =
        page.next.hub_incarnation == after.hub_incarnation && page.head.hub_incarnation == after.hub_incarnation;
    if page.site != site || page.counter != *counter || page.after != after || !one_life {
        return Err(FeedError::OtherQuestion);
    }
    let mut last = after.index;
    for entry in &page.entries {
        if entry.index <= last || entry.index > page.next.index {
            return Err(FeedError::OutOfOrder);
        }
        last = entry.index;
        if !names_its_change(entry) {
            return Err(FeedError::OtherChange { index: entry.index });
        }
    }
    if page.next.index < last || page.head.index < page.next.index {
        return Err(FeedError::OutOfOrder);
    }
    Ok(page)
}

fn names_its_change(entry: &FeedEntry) -> bool {
    match (&entry.event, &entry.change) {
        (_, None) => true,
        (FeedEvent::Judged { hash, .. }, Some(change)) => ChangeBytes::from_stored(change.to_vec()).hash == *hash,
        (FeedEvent::Unknown, Some(_)) => true,
        (
            FeedEvent::Recorded { .. } | FeedEvent::TrustPublished { .. } | FeedEvent::DatasetPublished { .. },
            Some(_),
        ) => false,
    }
}

/// Reads an event, or [`FeedEvent::Unknown`] where a newer hub uses words this program does not know.
fn known_or_unknown<'de, D: Deserializer<'de>>(deserializer: D) -> Result<FeedEvent, D::Error> {
    let value = ciborium::Value::deserialize(deserializer)?;
    Ok(value.deserialized().unwrap_or(FeedEvent::Unknown))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cbor;

    /// The same entry with a word that no program of today knows.
    fn told_with(word: &str, by: &str) -> FeedEntry {
        let entry = FeedEntry {
            index: 7,
            at: 1,
            event: FeedEvent::Judged {
                counter: CounterCode("W03".into()),
                incarnation: IncarnationId([1; 16]),
                seq: 1,
                hash: ChangeHash([2; 32]),
                lane: LaneWords {
                    kind: "case".into(),
                    id: "YX-W03-2026-000001".into(),
                },
                verdict: Verdict::Waiting(WaitingFor::Claim),
            },
            change: None,
            lane_key: None,
        };
        let mut bytes = cbor::encode(&entry);
        let place = bytes
            .windows(word.len())
            .position(|part| part == word.as_bytes())
            .unwrap();
        bytes[place..place + word.len()].copy_from_slice(by.as_bytes());
        cbor::decode(&bytes).unwrap()
    }

    #[test]
    fn words_of_a_newer_hub_are_passed_over_one_entry_at_a_time() {
        assert_ne!(told_with("claim", "claim").event, FeedEvent::Unknown);
        for (word, newer) in [("judged", "sealed"), ("waiting", "dormant"), ("claim", "stamp")] {
            let entry = told_with(word, newer);
            assert_eq!((entry.index, entry.event), (7, FeedEvent::Unknown), "{newer}");
        }
    }
}
