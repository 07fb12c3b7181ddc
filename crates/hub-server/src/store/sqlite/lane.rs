//! Tables `lane`, `lane_freeze` and `lane_key`, and the steps of a lane in the log.

use counter_core::change::{CounterCode, IncarnationId};
use hub_api::push::LaneWords;
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{LaneRow, LaneStore, Life, StepRow, StoreError};

impl LaneStore for SqliteTransaction {
    async fn lane(&mut self, district: &str, lane: &LaneWords) -> Result<Option<LaneRow>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT state, last_index FROM lane WHERE district = ?1 AND kind = ?2 AND id = ?3")?
            .query_row(params![district, lane.kind, lane.id], |row| {
                Ok(LaneRow {
                    state: row.get(0)?,
                    last_index: unsigned(row.get(1)?),
                })
            })
            .optional()?;
        Ok(found)
    }

    async fn districts_of_lane(&mut self, lane: &LaneWords) -> Result<Vec<String>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT district FROM lane WHERE kind = ?1 AND id = ?2 ORDER BY district")?;
        let districts = statement
            .query_map(params![lane.kind, lane.id], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(districts)
    }

    async fn lanes_of(&mut self, district: &str, kind: &str) -> Result<Vec<LaneRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT state, last_index FROM lane WHERE district = ?1 AND kind = ?2 ORDER BY id")?;
        let rows = statement
            .query_map(params![district, kind], |row| {
                Ok(LaneRow {
                    state: row.get(0)?,
                    last_index: unsigned(row.get(1)?),
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    async fn put_lane(&mut self, district: &str, lane: &LaneWords, row: &LaneRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO lane (district, kind, id, state, last_index) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET state = excluded.state, last_index = excluded.last_index",
            )?
            .execute(params![
                district,
                lane.kind,
                lane.id,
                row.state,
                signed(row.last_index)?
            ])?;
        Ok(())
    }

    async fn steps(&mut self, district: &str, lane: &LaneWords) -> Result<Vec<StepRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT coalesce(told_index, log_index), counter, incarnation, bytes
             FROM log_entry JOIN change USING (district, counter, incarnation, seq)
             WHERE district = ?1 AND lane_kind = ?2 AND lane_id = ?3 AND taken = 1 ORDER BY log_index",
        )?;
        let steps = statement
            .query_map(params![district, lane.kind, lane.id], |row| {
                Ok(StepRow {
                    index: unsigned(row.get(0)?),
                    counter: CounterCode(row.get(1)?),
                    incarnation: IncarnationId(row.get(2)?),
                    bytes: row.get(3)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(steps)
    }

    async fn newest_foreign_step(&mut self, life: &Life, lane: &LaneWords) -> Result<Option<u64>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT max(coalesce(told_index, log_index)) FROM log_entry
                 WHERE district = ?1 AND lane_kind = ?2 AND lane_id = ?3 AND taken = 1
                   AND NOT (counter = ?4 AND incarnation = ?5)",
            )?
            .query_row(
                params![life.district, lane.kind, lane.id, life.counter.0, life.incarnation.0],
                |row| row.get::<_, Option<i64>>(0),
            )?;
        Ok(found.map(unsigned))
    }

    async fn freeze(&mut self, life: &Life, lane: &LaneWords) -> Result<Option<u64>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT log_index FROM lane_freeze
                 WHERE district = ?1 AND kind = ?2 AND id = ?3 AND counter = ?4 AND incarnation = ?5",
            )?
            .query_row(
                params![life.district, lane.kind, lane.id, life.counter.0, life.incarnation.0],
                |row| row.get(0).map(unsigned),
            )
            .optional()?;
        Ok(found)
    }

    async fn put_freeze(&mut self, life: &Life, lane: &LaneWords, index: Option<u64>) -> Result<(), StoreError> {
        match index {
            Some(index) => self
                .connection
                .prepare_cached(
                    "INSERT INTO lane_freeze (district, kind, id, counter, incarnation, log_index)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET log_index = excluded.log_index",
                )?
                .execute(params![
                    life.district,
                    lane.kind,
                    lane.id,
                    life.counter.0,
                    life.incarnation.0,
                    signed(index)?
                ])?,
            None => self
                .connection
                .prepare_cached(
                    "DELETE FROM lane_freeze
                     WHERE district = ?1 AND kind = ?2 AND id = ?3 AND counter = ?4 AND incarnation = ?5",
                )?
                .execute(params![
                    life.district,
                    lane.kind,
                    lane.id,
                    life.counter.0,
                    life.incarnation.0
                ])?,
        };
        Ok(())
    }

    async fn lane_key(&mut self, district: &str, lane: &LaneWords) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT key FROM lane_key WHERE district = ?1 AND kind = ?2 AND id = ?3")?
            .query_row(params![district, lane.kind, lane.id], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    async fn put_lane_key(&mut self, district: &str, lane: &LaneWords, key: &[u8]) -> Result<(), StoreError> {
        // The first key stays: a lane is sealed under one key, and another would only hide what it opens.
        self.connection
            .prepare_cached(
                "INSERT INTO lane_key (district, kind, id, key) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
            )?
            .execute(params![district, lane.kind, lane.id, key])?;
        Ok(())
    }
}
