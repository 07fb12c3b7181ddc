//! What lanes have become, and where they froze.

use std::future::Future;

use counter_core::change::{CounterCode, IncarnationId};
use hub_api::push::LaneWords;

use super::{Life, Stored};

/// What a lane has become.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LaneRow {
    /// CBOR of the [`counter_core::lane_state::LaneState`].
    pub state: Vec<u8>,
    /// The entry of the last change it took.
    pub last_index: u64,
}

/// A change a lane took.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepRow {
    /// The entry, under the index that counters first knew it by.
    pub index: u64,
    /// Where it was made.
    pub counter: CounterCode,
    /// In which life.
    pub incarnation: IncarnationId,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a life of a counter finds in a lane.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LaneStanding {
    /// What the lane has become.
    pub row: Option<LaneRow>,
    /// The entry at which it froze for the life.
    pub frozen: Option<u64>,
    /// The last entry of a change it took from another life.
    pub newest_foreign: Option<u64>,
}

/// Lanes by district, kind and number.
pub trait LaneStore: Send {
    /// What a lane has become.
    fn lane(&mut self, district: &str, lane: &LaneWords) -> impl Future<Output = Stored<Option<LaneRow>>> + Send;
    /// The districts that know a lane.
    fn districts_of_lane(&mut self, lane: &LaneWords) -> impl Future<Output = Stored<Vec<String>>> + Send;
    /// Every lane of a kind, in the order of their numbers.
    fn lanes_of(&mut self, district: &str, kind: &str) -> impl Future<Output = Stored<Vec<LaneRow>>> + Send;
    /// Keeps what a lane has become.
    fn put_lane(&mut self, district: &str, lane: &LaneWords, row: &LaneRow) -> impl Future<Output = Stored<()>> + Send;
    /// The changes a lane took, in the order of the log.
    fn steps(&mut self, district: &str, lane: &LaneWords) -> impl Future<Output = Stored<Vec<StepRow>>> + Send;
    /// The last entry of a change that the lane took from another life than `life`, by the index it was first told under.
    fn newest_foreign_step(
        &mut self,
        life: &Life,
        lane: &LaneWords,
    ) -> impl Future<Output = Stored<Option<u64>>> + Send;
    /// How `lanes` stand for a life, in the order of `lanes`.
    fn standings(
        &mut self,
        life: &Life,
        lanes: &[LaneWords],
    ) -> impl Future<Output = Stored<Vec<LaneStanding>>> + Send {
        async move {
            let mut standings = Vec::with_capacity(lanes.len());
            for lane in lanes {
                let row = self.lane(&life.district, lane).await?;
                let newest_foreign = match row {
                    Some(_) => self.newest_foreign_step(life, lane).await?,
                    None => None,
                };
                let frozen = self.freeze(life, lane).await?;
                standings.push(LaneStanding {
                    row,
                    frozen,
                    newest_foreign,
                });
            }
            Ok(standings)
        }
    }
    /// Keeps what several lanes have become.
    fn put_lanes(
        &mut self,
        district: &str,
        lanes: &[(&LaneWords, LaneRow)],
    ) -> impl Future<Output = Stored<()>> + Send {
        async move {
            for (lane, row) in lanes {
                self.put_lane(district, lane, row).await?;
            }
            Ok(())
        }
    }
    /// The entry at which a lane froze for a life.
    fn freeze(&mut self, life: &Life, lane: &LaneWords) -> impl Future<Output = Stored<Option<u64>>> + Send;
    /// Freezes a lane for a life at an entry, or thaws it with `None`.
    fn put_freeze(
        &mut self,
        life: &Life,
        lane: &LaneWords,
        index: Option<u64>,
    ) -> impl Future<Output = Stored<()>> + Send;
    /// The key of a lane's personal numbers.
    fn lane_key(&mut self, district: &str, lane: &LaneWords) -> impl Future<Output = Stored<Option<Vec<u8>>>> + Send;
    /// Keeps the key of a lane's personal numbers.
    fn put_lane_key(&mut self, district: &str, lane: &LaneWords, key: &[u8])
    -> impl Future<Output = Stored<()>> + Send;
    /// Keeps the keys of several lanes.
    fn put_lane_keys(
        &mut self,
        district: &str,
        keys: &[(LaneWords, &[u8])],
    ) -> impl Future<Output = Stored<()>> + Send {
        async move {
            for (lane, key) in keys {
                self.put_lane_key(district, lane, key).await?;
            }
            Ok(())
        }
    }
}
