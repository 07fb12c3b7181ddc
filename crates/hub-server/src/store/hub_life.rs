//! The hub's own row.

use std::future::Future;

use hub_api::key::HubIncarnation;

use super::Stored;

/// What the database knows of itself.
pub trait HubLifeStore {
    /// The life of this database; `fresh` becomes it where the database is new.
    fn hub_incarnation(
        &mut self,
        fresh: HubIncarnation,
        now: i64,
    ) -> impl Future<Output = Stored<HubIncarnation>> + Send;
}
