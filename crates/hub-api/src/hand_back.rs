//! Handing back to a restored hub what it had signed and lost.
//!
//! A hub that is put back from a backup has lost the end of its log, but counters keep its signed pages and their
//! own changes. It believes its own signature: what it had told is entered again in the order it was told in.

use counter_core::change::{CounterCode, IncarnationId};
use serde::{Deserialize, Serialize};
use serde_bytes::ByteBuf;

use crate::{
    feed::FeedPage,
    key::{HubIncarnation, PublicKey, Purpose},
    receipt::Receipt,
    signed::{OpenError, Signed, SignedMessage},
};

/// What a counter hands back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandBack {
    /// The newest page this counter has: the hub's own word how far its log had come.
    pub page_proof: Option<Signed<FeedPage>>,
    /// The newest receipt this counter has, to the same end.
    pub receipt_proof: Option<Signed<Receipt>>,
    /// A page of an earlier life of the hub whose entries are to be entered again.
    pub page: Option<Signed<FeedPage>>,
    /// The changes of this counter that entries of the page name, oldest first; as many as a request holds.
    pub changes: Vec<ByteBuf>,
}

/// The hub's word on its own lives, and how far it took the page back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandBackAnswer {
    /// The district.
    pub site: String,
    /// The counter that asked.
    pub counter: CounterCode,
    /// The life of the hub's database now.
    pub hub_incarnation: HubIncarnation,
    /// The lives before, as far as this database knows them.
    pub ended: Vec<EndedLife>,
    /// How far each life of the counter is recorded.
    pub heads: Vec<LifeHead>,
    /// The last entry of the page that is known now; the next one names a change whose bytes did not come.
    pub taken_to: u64,
}

impl SignedMessage for HandBackAnswer {
    const PURPOSE: Purpose = Purpose::HandBackAnswer;
}

/// A life of the hub's database that is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EndedLife {
    /// Which.
    pub hub_incarnation: HubIncarnation,
    /// The last entry of it that this database holds.
    pub ended_at: u64,
}

/// How far a life of a counter is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LifeHead {
    /// Which.
    pub incarnation: IncarnationId,
    /// The last number recorded.
    pub seq: u64,
}

/// Why an answer is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HandBackError {
    /// Not signed by the pinned hub key, or damaged.
    #[error("the hub's word on its lives does not hold: {0}")]
    Open(#[from] OpenError),
    /// For another counter.
    #[error("the hub's word on its lives is for another counter")]
    OtherCounter,
}

/// Checks the hub's answer.
///
/// # Errors
/// [`HandBackError`].
pub fn verify_hand_back(
    answer: &Signed<HandBackAnswer>,
    hub_key: &PublicKey,
    site: &str,
    counter: &CounterCode,
) -> Result<HandBackAnswer, HandBackError> {
    let answer = answer.open(hub_key)?;
    if answer.site == site && answer.counter == *counter {
        Ok(answer)
    } else {
        Err(HandBackError::OtherCounter)
    }
}
