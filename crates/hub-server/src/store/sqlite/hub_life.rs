//! Table `hub`, of one row.

use hub_api::{
    hand_back::EndedLife,
    key::{HubIncarnation, PublicKey},
};
use rusqlite::params;

use super::{SqliteTransaction, unsigned};
use crate::store::{HubLifeStore, HubRow, StoreError};

impl HubLifeStore for SqliteTransaction {
    async fn hub_row(&mut self, fresh: HubRow, now: i64) -> Result<HubRow, StoreError> {
        // A row that an older program wrote has no key yet.
        self.connection.execute(
            "INSERT INTO hub (id, incarnation, created_at, public_key) VALUES (1, ?1, ?2, ?3)
             ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key WHERE public_key IS NULL",
            params![fresh.incarnation.0, now, fresh.public_key.0],
        )?;
        let row = self
            .connection
            .query_row("SELECT incarnation, public_key FROM hub", [], |row| {
                Ok(HubRow {
                    incarnation: HubIncarnation(row.get(0)?),
                    public_key: PublicKey(row.get(1)?),
                })
            })?;
        Ok(row)
    }

    async fn has_hub(&mut self) -> Result<bool, StoreError> {
        let found = self
            .connection
            .query_row("SELECT EXISTS (SELECT 1 FROM hub)", [], |row| row.get(0))?;
        Ok(found)
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
