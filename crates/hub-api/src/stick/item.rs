//! What is in a file, item by item.

use counter_core::change::IncarnationId;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_bytes::ByteBuf;

use super::Direction;
use crate::{
    blob::{BlobReceipt, BlobRef},
    feed::{Cursor, FeedPage},
    push::{PushAnswer, PushBatch},
    refused::RefusedCode,
    signed::Signed,
    trust::TrustBundle,
};

/// Something that goes one way.
pub trait StickItem: Serialize + DeserializeOwned {
    /// Which.
    const DIRECTION: Direction;
}

/// From the counter to the hub.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OutboxItem {
    /// What would be posted to the push address.
    Batch {
        /// The life that made these changes.
        incarnation: IncarnationId,
        /// The batch.
        batch: PushBatch,
    },
    /// A range of an attachment, at most [`crate::protocol::MAX_BLOB_RANGE`] bytes.
    Range {
        /// Which attachment.
        blob: BlobRef,
        /// Where the range begins.
        offset: u64,
        /// Its bytes.
        bytes: ByteBuf,
    },
    /// The feed after this cursor is asked for.
    Feed {
        /// Up to where the counter has read.
        after: Cursor,
    },
}

/// From the hub back to the counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AnswerItem {
    /// What the hub answers to a batch.
    Pushed {
        /// The life the batch was of.
        incarnation: IncarnationId,
        /// The answer.
        answer: PushAnswer,
    },
    /// Nothing of a batch was recorded.
    NotRecorded {
        /// The life the batch was of.
        incarnation: IncarnationId,
        /// Why.
        code: RefusedCode,
    },
    /// The hub has a whole attachment.
    Blob {
        /// Which.
        blob: BlobRef,
        /// The hub's word.
        receipt: Signed<BlobReceipt>,
    },
    /// An attachment is not whole there after all ranges of this file.
    BlobNotWhole {
        /// Which.
        blob: BlobRef,
        /// Why.
        code: RefusedCode,
    },
    /// A page of the feed; the next one goes on where it ends.
    Page {
        /// The page.
        page: Signed<FeedPage>,
    },
    /// The district's trust list.
    Trust {
        /// The list.
        bundle: Signed<TrustBundle>,
    },
}

impl StickItem for OutboxItem {
    const DIRECTION: Direction = Direction::Outbox;
}

impl StickItem for AnswerItem {
    const DIRECTION: Direction = Direction::Answer;
}
