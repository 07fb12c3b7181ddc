//! How far each life of each counter is recorded.

use std::future::Future;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};

use super::Stored;

/// Which life of which counter, in which district.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Life {
    /// The division code of the district.
    pub district: String,
    /// The counter.
    pub counter: CounterCode,
    /// Its life.
    pub incarnation: IncarnationId,
}

/// How far a life is recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LifeRow {
    /// The last number.
    pub head_seq: u64,
    /// Its hash.
    pub head_hash: ChangeHash,
    /// When another life followed, ms UTC.
    pub closed_at: Option<i64>,
}

/// The lives of counters.
pub trait LifeStore {
    /// How far a life is recorded.
    fn life(&mut self, life: &Life) -> impl Future<Output = Stored<Option<LifeRow>>> + Send;
    /// Every life of a counter.
    fn lives_of(
        &mut self,
        district: &str,
        counter: &CounterCode,
    ) -> impl Future<Output = Stored<Vec<(IncarnationId, LifeRow)>>> + Send;
    /// Moves the end of a life, or begins it.
    fn put_life_head(&mut self, life: &Life, seq: u64, hash: ChangeHash) -> impl Future<Output = Stored<()>> + Send;
    /// Another life follows this one.
    fn close_life(&mut self, life: &Life, now: i64) -> impl Future<Output = Stored<()>> + Send;
}
