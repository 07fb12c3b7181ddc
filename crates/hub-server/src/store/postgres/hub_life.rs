//! Table `hub`, of one row.

use hub_api::{
    hand_back::EndedLife,
    key::{HubIncarnation, PublicKey},
};

use super::{PostgresTransaction, fixed, unsigned};
use crate::store::{HubLifeStore, HubRow, StoreError, Stored};

impl HubLifeStore for PostgresTransaction {
    async fn hub_row(&mut self, fresh: HubRow, now: i64) -> Stored<HubRow> {
        // Of two processes that start at once on a new database the second reads what the first wrote.
        self.execute(
            "INSERT INTO hub (id, incarnation, created_at, public_key) VALUES (1, $1, $2, $3)
             ON CONFLICT (id) DO UPDATE SET public_key = excluded.public_key WHERE hub.public_key IS NULL",
            &[&fresh.incarnation.0.as_slice(), &now, &fresh.public_key.0.as_slice()],
        )
        .await?;
        let row = self.row("SELECT incarnation, public_key FROM hub", &[]).await?;
        let row = row.ok_or_else(|| StoreError::Damaged("the hub's own row is missing".into()))?;
        Ok(HubRow {
            incarnation: HubIncarnation(fixed(&row, 0)?),
            public_key: PublicKey(fixed(&row, 1)?),
        })
    }

    async fn life_now(&mut self) -> Stored<HubIncarnation> {
        let row = self.row("SELECT incarnation FROM hub", &[]).await?;
        let row = row.ok_or_else(|| StoreError::Damaged("the hub's own row is missing".into()))?;
        Ok(HubIncarnation(fixed(&row, 0)?))
    }

    async fn begin_life(&mut self, fresh: HubIncarnation, now: i64) -> Stored<()> {
        // Every log is locked first: no process appends under the old life to a log whose end was noted already.
        self.execute("SELECT 1 FROM district_log ORDER BY district FOR UPDATE", &[])
            .await?;
        self.execute(
            "INSERT INTO ended_life (district, incarnation, ended_at)
             SELECT district, (SELECT incarnation FROM hub), last_index FROM district_log",
            &[],
        )
        .await?;
        self.execute("UPDATE district_log SET last_index = greatest(last_index, $1)", &[&now])
            .await?;
        self.execute("UPDATE hub SET incarnation = $1", &[&fresh.0.as_slice()])
            .await?;
        Ok(())
    }

    async fn ended_lives(&mut self, district: &str) -> Stored<Vec<EndedLife>> {
        let rows = self
            .rows(
                "SELECT incarnation, ended_at FROM ended_life WHERE district = $1 ORDER BY ended_at",
                &[&district],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(EndedLife {
                    hub_incarnation: HubIncarnation(fixed(row, 0)?),
                    ended_at: unsigned(row, 1)?,
                })
            })
            .collect()
    }

    async fn has_hub(&mut self) -> Stored<bool> {
        Ok(self.row("SELECT 1 FROM hub", &[]).await?.is_some())
    }
}
