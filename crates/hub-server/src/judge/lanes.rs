//! The lanes a batch touches: read together before it is judged, kept together after, and held in between.

use std::collections::{HashMap, HashSet};

use counter_core::lane_state::LaneState;
use hub_api::{cbor, push::LaneWords};

use super::read_state;
use crate::store::{HubTransaction, LaneRow, LaneStanding, Life, StoreError};

/// How lanes stand for one life while its changes are judged.
#[derive(Debug)]
pub struct Lanes {
    life: Life,
    known: HashMap<LaneWords, Standing>,
}

/// How one lane stands.
#[derive(Debug, Default)]
pub(super) struct Standing {
    /// What it has become.
    pub state: Option<LaneState>,
    /// The entry of the last change it took.
    pub last_index: u64,
    /// The entry at which it froze for the life.
    pub frozen: Option<u64>,
    /// The last entry of a change it took from another life.
    pub newest_foreign: Option<u64>,
    /// Whether `state` is other than what is stored.
    pub moved: bool,
    /// Whether `frozen` is other than what is stored.
    pub turned: bool,
}

impl Standing {
    fn read(stored: LaneStanding) -> Result<Self, StoreError> {
        let LaneStanding {
            row,
            frozen,
            newest_foreign,
        } = stored;
        Ok(Self {
            state: row.as_ref().map(read_state).transpose()?,
            last_index: row.map_or(0, |row| row.last_index),
            frozen,
            newest_foreign,
            moved: false,
            turned: false,
        })
    }
}

impl Lanes {
    /// Reads how `lanes` stand for `life`.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn read(
        transaction: &mut impl HubTransaction,
        life: &Life,
        lanes: impl IntoIterator<Item = LaneWords>,
    ) -> Result<Self, StoreError> {
        let mut read = Self {
            life: life.clone(),
            known: HashMap::new(),
        };
        let lanes: Vec<LaneWords> = lanes.into_iter().collect::<HashSet<_>>().into_iter().collect();
        read.read_in(transaction, lanes).await?;
        Ok(read)
    }

    async fn read_in(
        &mut self,
        transaction: &mut impl HubTransaction,
        lanes: Vec<LaneWords>,
    ) -> Result<(), StoreError> {
        let standings = transaction.standings(&self.life, &lanes).await?;
        for (lane, stored) in lanes.into_iter().zip(standings) {
            self.known.insert(lane, Standing::read(stored)?);
        }
        Ok(())
    }

    /// The life whose changes are judged.
    pub fn life(&self) -> &Life {
        &self.life
    }

    /// What `lane` has become, where it is among those read.
    pub fn state(&self, lane: &LaneWords) -> Option<&LaneState> {
        self.known.get(lane)?.state.as_ref()
    }

    /// How `lane` stands now.
    pub(super) async fn standing(
        &mut self,
        transaction: &mut impl HubTransaction,
        lane: &LaneWords,
    ) -> Result<&mut Standing, StoreError> {
        if !self.known.contains_key(lane) {
            self.read_in(transaction, vec![lane.clone()]).await?;
        }
        Ok(self.known.entry(lane.clone()).or_default())
    }

    /// Writes what moved, and forgets all of it: what else is written in the transaction is read afresh.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn keep(&mut self, transaction: &mut impl HubTransaction) -> Result<(), StoreError> {
        let mut known: Vec<(LaneWords, Standing)> = self.known.drain().collect();
        // In one order for all, so that two writers meet at the same lane first.
        known.sort_by(|(one, _), (other, _)| (&one.kind, &one.id).cmp(&(&other.kind, &other.id)));
        let moved: Vec<(&LaneWords, LaneRow)> = known
            .iter()
            .filter(|(_, standing)| standing.moved)
            .filter_map(|(lane, standing)| {
                let row = LaneRow {
                    state: cbor::encode(standing.state.as_ref()?),
                    last_index: standing.last_index,
                };
                Some((lane, row))
            })
            .collect();
        transaction.put_lanes(&self.life.district, &moved).await?;
        for (lane, standing) in known.iter().filter(|(_, standing)| standing.turned) {
            transaction.put_freeze(&self.life, lane, standing.frozen).await?;
        }
        Ok(())
    }
}
