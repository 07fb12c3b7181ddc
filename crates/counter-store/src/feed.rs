//! What the hub tells: verdicts on our changes, the changes of others, in the order of its log.
//!
//! Signatures are verified before entries come here.

use std::collections::BTreeSet;

use counter_core::{
    change::{Change, ChangeBody, ChangeBytes, ChangeHash, CounterCode, IncarnationId, Lane},
    incarnation::CounterChange,
    verdict::Verdict,
};

use crate::{
    StoreError, StoredChange, WriteTx, cites, incarnation as life, rebuild,
    table::{
        change::{self, NewChange, Origin},
        hub_binding,
        hub_page::{self, NewHubPage},
        incarnation::{self, NewIncarnation},
        lane_key, wanted_blob,
    },
};

/// One entry of the hub's log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedEntry<'a> {
    /// Its place in the log.
    pub index: u64,
    /// When it was entered, ms UTC, by the hub's clock.
    pub at: i64,
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
        /// The key of its sealed numbers, where the hub gives a lost change back.
        lane_key: Option<&'a [u8]>,
    },
    /// Anything else; the page keeps it.
    Other,
}

/// What came of entries of the feed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FeedOutcome {
    /// The lanes that changed.
    pub lanes: Vec<Lane>,
    /// Our changes that the hub refused, newly, with the verdict.
    pub refused: Vec<StoredChange>,
    /// Our own changes that came back: this database had lost them.
    pub returned: u32,
}

impl WriteTx<'_> {
    /// Keeps a page as it came: with the first of its entries or before, so that what was taken in can be handed back.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn keep_page(&mut self, page: &NewHubPage<'_>) -> Result<(), StoreError> {
        hub_page::put(self, page)
    }

    /// Takes in entries of a page in the order of the log and moves the cursor in the log of `hub_incarnation` to
    /// `reached`. Taking them in again changes nothing, and a page read again later does not take the cursor back.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] when an entry names another change than is stored here.
    pub fn apply_feed(
        &mut self,
        hub_incarnation: &[u8],
        reached: u64,
        entries: &[FeedEntry<'_>],
        now_at: i64,
    ) -> Result<FeedOutcome, StoreError> {
        let mut lanes = BTreeSet::new();
        let mut outcome = FeedOutcome::default();
        for entry in entries {
            let FeedEvent::Judged {
                counter,
                incarnation,
                seq,
                hash,
                verdict,
                change,
                lane_key,
            } = &entry.event
            else {
                continue;
            };
            match (self.change(counter, *incarnation, *seq)?, change) {
                (Some(known), _) if known.stored.hash != *hash => {
                    return Err(StoreError::Contradiction(format!(
                        "entry {} is about another change {seq}",
                        entry.index
                    )));
                }
                (Some(known), _) => {
                    // Told again under a later number by a hub that was restored: its order moves with it.
                    let news = known.verdict.as_ref() != Some(verdict);
                    if news || known.log_index.is_none_or(|index| index < entry.index) {
                        change::set_verdict(self, known.id, entry.index, entry.at, verdict)?;
                        lanes.insert(known.lane.clone());
                    }
                    if news && known.own && matches!(verdict, Verdict::Refused(_)) {
                        let verdict = Some(verdict.clone());
                        outcome.refused.push(StoredChange { verdict, ..known });
                    }
                }
                (None, Some(bytes)) => {
                    let told = Told {
                        index: entry.index,
                        at: entry.at,
                        bytes,
                        hash: *hash,
                        verdict,
                        lane_key: *lane_key,
                    };
                    if let Some((lane, own)) = self.insert_from_hub(&told, now_at)? {
                        lanes.insert(lane);
                        outcome.returned += u32::from(own);
                    }
                }
                // A verdict on a change that never was here, and without the change: nothing to do with us.
                (None, None) => {}
            }
        }
        for lane in &lanes {
            rebuild::recompute(self, lane)?;
        }
        hub_binding::advance_cursor(self, hub_incarnation, reached)?;
        outcome.lanes = lanes.into_iter().collect();
        Ok(outcome)
    }

    /// The lane of the change and whether this counter made it, unless this program is too old to read it: then it
    /// waits in its page.
    fn insert_from_hub(&mut self, told: &Told<'_>, now_at: i64) -> Result<Option<(Lane, bool)>, StoreError> {
        let stored = ChangeBytes::from_stored(told.bytes.to_vec());
        if stored.hash != told.hash {
            return Err(StoreError::Contradiction(format!(
                "the change of entry {} has another hash",
                told.index
            )));
        }
        let Ok(decoded) = stored.decode() else {
            tracing::warn!(
                index = told.index,
                "a change of the feed cannot be read by this program"
            );
            return Ok(None);
        };
        let own = decoded.counter == self.identity.counter && self.knows_life(&decoded, now_at)?;
        let new = NewChange {
            change: &decoded,
            stored: &stored,
            origin: if own { Origin::Own } else { Origin::Hub },
            log_index: Some(told.index),
            verdict: Some(told.verdict),
            judged_at: Some(told.at),
            returned: own,
        };
        let id = change::insert(self, &new)?;
        let cited = cites::files(&decoded.body);
        change::insert_cited(self, id, &cited.keys().cloned().collect())?;
        if own {
            if let Some(settles) = &decoded.settles {
                change::note_settled(self, settles, id, decoded.made_at)?;
            }
            if let Some(key) = told.lane_key.and_then(|key| key.try_into().ok()) {
                lane_key::put(self, &decoded.lane, key)?;
            }
            for (sha256, length) in cited {
                if !self.attachments.holds(&sha256)? {
                    wanted_blob::put(self, &sha256, length)?;
                }
            }
        }
        Ok(Some((decoded.lane, own)))
    }

    /// Whether the life that made `change` is one of this database. A life that was lost with everything it did is
    /// entered again with its first change, before all others: it never writes again.
    fn knows_life(&mut self, change: &Change, now_at: i64) -> Result<bool, StoreError> {
        if incarnation::recorded_to(self, change.incarnation)?.is_some() {
            return Ok(true);
        }
        let ChangeBody::Counter(CounterChange::IncarnationOpened { parent, number_tag, .. }) = &change.body else {
            return Ok(false);
        };
        let taken = incarnation::has_tag(self, number_tag)?;
        let id = change.incarnation.to_string();
        incarnation::insert_lost(
            self,
            &NewIncarnation {
                id: change.incarnation,
                number_tag: if taken { &id } else { number_tag },
                parent: parent.as_ref(),
                opened_at: change.made_at,
            },
        )?;
        if taken {
            tracing::error!(number_tag, "a lost life gave out numbers under this life's letters");
            life::open_next(self, now_at)?;
        }
        Ok(true)
    }
}

/// A change that came with an entry.
struct Told<'a> {
    index: u64,
    at: i64,
    bytes: &'a [u8],
    hash: ChangeHash,
    verdict: &'a Verdict,
    lane_key: Option<&'a [u8]>,
}
