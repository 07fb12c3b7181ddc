//! Table `hub`, of one row.

use hub_api::{hand_back::EndedLife, key::HubIncarnation};
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, unsigned};
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

    async fn life_now(&mut self) -> Result<HubIncarnation, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT incarnation FROM hub")?
            .query_row([], |row| row.get(0))?;
        Ok(HubIncarnation(found))
    }

    async fn begin_life(&mut self, fresh: HubIncarnation, now: i64) -> Result<(), StoreError> {
        self.connection.execute(
            "INSERT INTO ended_life (district, incarnation, ended_at)
             SELECT district, (SELECT incarnation FROM hub), last_index FROM district_log",
            [],
        )?;
        self.connection
            .execute("UPDATE district_log SET last_index = max(last_index, ?1)", [now])?;
        self.connection.execute("UPDATE hub SET incarnation = ?1", [fresh.0])?;
        Ok(())
    }

    async fn ended_lives(&mut self, district: &str) -> Result<Vec<EndedLife>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT incarnation, ended_at FROM ended_life WHERE district = ?1 ORDER BY ended_at")?;
        let lives = statement
            .query_map([district], |row| {
                Ok(EndedLife {
                    hub_incarnation: HubIncarnation(row.get(0)?),
                    ended_at: unsigned(row.get(1)?),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(lives)
    }
}
