//! The hub's receipt: it has recorded this range of a counter's chain.
//!
//! One receipt covers a range; through the chain it proves each change in it. The hub keeps
//! the written form and gives the same bytes again. A receipt says nothing about whether the
//! changes were applied: that is told by the feed.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use serde::{Deserialize, Serialize};

use crate::{
    blob::BlobHash,
    key::{HubIncarnation, PublicKey, Purpose},
    signed::{OpenError, Signed, SignedMessage},
};

/// What the hub stands by.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The life of the hub's database that recorded.
    pub hub_incarnation: HubIncarnation,
    /// The district.
    pub site: String,
    /// The counter.
    pub counter: CounterCode,
    /// The life of the counter's database.
    pub incarnation: IncarnationId,
    /// The first change covered.
    pub from: u64,
    /// The last change covered.
    pub to: u64,
    /// The hash of the change at `to`; through `prev_hash` it pins all before.
    pub hash: ChangeHash,
    /// The index of the recording in the district's log.
    pub index: u64,
    /// The head of the district's log after that entry: a hash over it and all entries before.
    pub head: ChangeHash,
    /// When it was recorded, ms UTC, by the hub's clock.
    pub at: i64,
    /// The cited attachments the hub did not have then.
    pub missing_blobs: Vec<BlobHash>,
}

impl SignedMessage for Receipt {
    const PURPOSE: Purpose = Purpose::Receipt;
}

/// What a counter knows about the changes a receipt must be about.
#[derive(Clone, Copy, Debug)]
pub struct ReceiptContext<'a> {
    /// The pinned hub key.
    pub hub_key: &'a PublicKey,
    /// The counter's district.
    pub site: &'a str,
    /// The counter.
    pub counter: &'a CounterCode,
    /// The life of its database.
    pub incarnation: IncarnationId,
}

/// Why a receipt is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// Not signed by the pinned hub key, or damaged.
    #[error("the receipt does not hold: {0}")]
    Open(#[from] OpenError),
    /// About another counter, or another life of it.
    #[error("the receipt is for another counter or another life of it")]
    OtherCounter,
    /// The range is empty or begins at 0.
    #[error("the receipt covers no change")]
    EmptyRange,
    /// The hash at its end is not the hash of our change.
    #[error("the receipt is for another change {seq} than ours")]
    OtherChange {
        /// The number of the change at its end.
        seq: u64,
    },
    /// It ends at a change this counter never made.
    #[error("the receipt ends at change {seq}, which was never made here")]
    NeverMade {
        /// The number of the change at its end.
        seq: u64,
    },
}

/// Checks a receipt against the pinned key and the counter's own chain; `own_hash` gives the hash of the change `seq`.
///
/// # Errors
/// [`ReceiptError`], with what exactly did not hold.
pub fn verify_receipt(
    receipt: &Signed<Receipt>,
    context: ReceiptContext<'_>,
    own_hash: impl FnOnce(u64) -> Option<ChangeHash>,
) -> Result<Receipt, ReceiptError> {
    let receipt = receipt.open(context.hub_key)?;
    let ours = receipt.site == context.site
        && receipt.counter == *context.counter
        && receipt.incarnation == context.incarnation;
    if !ours {
        return Err(ReceiptError::OtherCounter);
    }
    if receipt.from == 0 || receipt.from > receipt.to {
        return Err(ReceiptError::EmptyRange);
    }
    match own_hash(receipt.to) {
        Some(hash) if hash == receipt.hash => Ok(receipt),
        Some(_) => Err(ReceiptError::OtherChange { seq: receipt.to }),
        None => Err(ReceiptError::NeverMade { seq: receipt.to }),
    }
}
