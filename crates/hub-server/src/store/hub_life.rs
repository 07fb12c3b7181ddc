//! The hub's own row.

use std::future::Future;

use hub_api::{
    hand_back::EndedLife,
    key::{HubIncarnation, PublicKey},
};

use super::Stored;

/// What the database knows of its hub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HubRow {
    /// The life of this database.
    pub incarnation: HubIncarnation,
    /// The key this hub signs with.
    pub public_key: PublicKey,
}

/// The hub's own row.
pub trait HubLifeStore {
    /// The hub's row; `fresh` becomes it where the database is new, at `now` (ms UTC).
    fn hub_row(&mut self, fresh: HubRow, now: i64) -> impl Future<Output = Stored<HubRow>> + Send;
    /// Whether a hub has begun here.
    fn has_hub(&mut self) -> impl Future<Output = Stored<bool>> + Send;
    /// The life this database is in now. Another process may have begun it.
    fn life_now(&mut self) -> impl Future<Output = Stored<HubIncarnation>> + Send;
    /// Ends the life of this database in every district where its log ends now and begins `fresh`, whose logs go on
    /// above `now` (ms UTC): no hub ever wrote so many entries, and no later restore begins lower.
    fn begin_life(&mut self, fresh: HubIncarnation, now: i64) -> impl Future<Output = Stored<()>> + Send;
    /// The lives before, in the order they ended.
    fn ended_lives(&mut self, district: &str) -> impl Future<Output = Stored<Vec<EndedLife>>> + Send;
}
