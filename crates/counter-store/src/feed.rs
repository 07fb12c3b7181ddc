//! What the hub tells: verdicts on our changes, the changes of others, in the order of its log.
//!
//! Signatures are verified before entries come here.

use std::collections::BTreeSet;

use counter_core::change::{ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane};

use crate::{
    StoreError, StoredChange, WriteTx, cites, rebuild,
    table::{
        change::{self, NewChange, Origin, Verdict},
        hub_binding, hub_entry,
    },
};

/// One entry of the hub's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry<'a> {
    /// Its place in the log.
    pub index: u64,
    /// As it came, kept to be handed back to a hub that lost it.
    pub bytes: &'a [u8],
    /// What it says.
    pub event: FeedEvent<'a>,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FeedEvent<'a> {
    /// A recorded change was judged.
    Judged {
        /// Where it was made; `HUB` for an act entered at the hub.
        counter: &'a CounterCode,
        /// In which life.
        incarnation: IncarnationId,
        /// Its number.
        seq: u64,
        /// Its hash.
        hash: ChangeHash,
        /// What the hub made of it.
        verdict: Verdict,
        /// The change itself, where it was not made here.
        change: Option<&'a [u8]>,
    },
    /// Anything else; it is kept under its word.
    Other {
        /// The word.
        kind: &'a str,
    },
}

/// What came of a page of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedOutcome {
    /// The lanes that changed.
    pub lanes: Vec<Lane>,
    /// Our changes that the hub refused, newly.
    pub refused: Vec<StoredChange>,
}

impl WriteTx<'_> {
    /// Takes in entries in the order of the log and moves the cursor to `cursor`. Taking them in again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] when an entry names another change than is stored here.
    pub fn apply_feed(
        &mut self,
        hub_incarnation: &[u8],
        entries: &[FeedEntry<'_>],
        cursor: u64,
    ) -> Result<FeedOutcome, StoreError> {
        let mut lanes = BTreeSet::new();
        let mut refused = Vec::new();
        for entry in entries {
            let kind = match &entry.event {
                FeedEvent::Other { kind } => kind,
                FeedEvent::Judged {
                    counter,
                    incarnation,
                    seq,
                    hash,
                    verdict,
                    change,
                } => {
                    let known = self.change(counter, *incarnation, *seq)?;
                    match (known, change) {
                        (Some(known), _) if known.stored.hash != *hash => {
                            return Err(StoreError::Contradiction(format!(
                                "entry {} is about another change {seq}",
                                entry.index
                            )));
                        }
                        (Some(known), _) => {
                            if known.verdict.as_ref() != Some(verdict) {
                                change::set_verdict(self, known.id, entry.index, verdict)?;
                                lanes.insert(known.lane.clone());
                                if known.own && matches!(verdict, Verdict::Refused { .. }) {
                                    refused.push(known);
                                }
                            }
                        }
                        (None, Some(bytes)) => {
                            lanes.extend(self.insert_from_hub(entry.index, bytes, *hash, verdict)?);
                        }
                        // A verdict on a change that never was here, and without the change: nothing to do with us.
                        (None, None) => {}
                    }
                    &"judged"
                }
            };
            hub_entry::put(self, entry.index, kind, entry.bytes)?;
        }
        for lane in &lanes {
            rebuild::recompute(self, lane)?;
        }
        hub_binding::set_cursor(self, hub_incarnation, cursor)?;
        Ok(FeedOutcome {
            lanes: lanes.into_iter().collect(),
            refused,
        })
    }

    /// The lane of the change, unless this program is too old to read it: then it waits in the hub's log.
    fn insert_from_hub(
        &mut self,
        index: u64,
        bytes: &[u8],
        hash: ChangeHash,
        verdict: &Verdict,
    ) -> Result<Option<Lane>, StoreError> {
        let stored = ChangeBytes::from_stored(bytes.to_vec());
        if stored.hash != hash {
            return Err(StoreError::Contradiction(format!(
                "the change of entry {index} has another hash"
            )));
        }
        let Ok(decoded) = stored.decode() else {
            tracing::warn!(index, "a change of the feed cannot be read by this program");
            return Ok(None);
        };
        let new = NewChange {
            change: &decoded,
            stored: &stored,
            origin: Origin::Hub,
            log_index: Some(index),
            verdict: Some(verdict),
        };
        let id = change::insert(self, &new)?;
        change::insert_cited(self, id, &cites::attachments(&decoded.body))?;
        Ok(Some(decoded.lane))
    }
}
