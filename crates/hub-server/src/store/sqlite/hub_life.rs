//! Table `hub`, of one row.

use hub_api::key::HubIncarnation;
use rusqlite::{OptionalExtension, params};

use super::SqliteTransaction;
use crate::store::{HubLifeStore, StoreError};

impl HubLifeStore for SqliteTransaction {
    async fn hub_incarnation(&mut self, fresh: HubIncarnation, now: i64) -> Result<HubIncarnation, StoreError> {
        let found: Option<[u8; 16]> = self
            .connection
            .query_row("SELECT incarnation FROM hub", [], |row| row.get(0))
            .optional()?;
        if let Some(found) = found {
            return Ok(HubIncarnation(found));
        }
        self.connection.execute(
            "INSERT INTO hub (id, incarnation, created_at) VALUES (1, ?1, ?2)",
            params![fresh.0, now],
        )?;
        Ok(fresh)
    }
}
