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

/// Lanes by district, kind and number.
pub trait LaneStore {
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
    /// Whether the lane took changes of others than `life` after entry `after`, by the index they were first told under.
    fn has_foreign_steps(
        &mut self,
        life: &Life,
        lane: &LaneWords,
        after: u64,
    ) -> impl Future<Output = Stored<bool>> + Send;
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
}
