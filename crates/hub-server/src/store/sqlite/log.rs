//! Tables `district_log` and `log_entry`.

use counter_core::change::ChangeHash;
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{Life, LogHead, LogRow, LogStore, NewLogEntry, StoreError, ToldBefore};

impl LogStore for SqliteTransaction {
    async fn lock_log(&mut self, district: &str) -> Result<LogHead, StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO district_log (district, last_index, head) VALUES (?1, 0, ?2) ON CONFLICT DO NOTHING",
            )?
            .execute(params![district, ChangeHash::ORIGIN.0])?;
        self.log_head(district).await
    }

    async fn log_head(&mut self, district: &str) -> Result<LogHead, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT last_index, head FROM district_log WHERE district = ?1")?
            .query_row([district], |row| {
                Ok(LogHead {
                    index: unsigned(row.get(0)?),
                    head: ChangeHash(row.get(1)?),
                })
            })
            .optional()?;
        Ok(found.unwrap_or(LogHead {
            index: 0,
            head: ChangeHash::ORIGIN,
        }))
    }

    async fn append_log(&mut self, district: &str, entry: &NewLogEntry<'_>) -> Result<(), StoreError> {
        self.append_entries(district, std::slice::from_ref(entry)).await
    }

    async fn append_entries(&mut self, district: &str, entries: &[NewLogEntry<'_>]) -> Result<(), StoreError> {
        let Some(end) = entries.last().map(|entry| entry.end) else {
            return Ok(());
        };
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO log_entry (district, log_index, at, event, counter, incarnation, seq, lane_kind, lane_id, taken,
                                    told_incarnation, told_index)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        )?;
        for entry in entries {
            let about = entry.about;
            let lane = about.and_then(|about| about.lane);
            insert.execute(params![
                district,
                signed(entry.end.index)?,
                entry.at,
                entry.event,
                about.map(|about| &about.counter.0),
                about.map(|about| about.incarnation.0),
                about.map(|about| signed(about.seq)).transpose()?,
                lane.map(|lane| &lane.kind),
                lane.map(|lane| &lane.id),
                about.is_some_and(|about| about.taken),
                entry.told.map(|told| told.hub_incarnation.0),
                entry.told.map(|told| signed(told.index)).transpose()?,
            ])?;
        }
        self.connection
            .prepare_cached("UPDATE district_log SET last_index = ?2, head = ?3 WHERE district = ?1")?
            .execute(params![district, signed(end.index)?, end.head.0])?;
        Ok(())
    }

    async fn is_told(&mut self, district: &str, told: ToldBefore) -> Result<bool, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM log_entry
                 WHERE district = ?1 AND told_incarnation = ?2 AND told_index = ?3 AND told_index IS NOT NULL)",
            )?
            .query_row(params![district, told.hub_incarnation.0, signed(told.index)?], |row| {
                row.get(0)
            })?;
        Ok(found)
    }

    async fn is_judged(&mut self, life: &Life, seq: u64) -> Result<bool, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT EXISTS (SELECT 1 FROM log_entry
                 WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND seq = ?4 AND lane_kind IS NOT NULL)",
            )?
            .query_row(
                params![life.district, life.counter.0, life.incarnation.0, signed(seq)?],
                |row| row.get(0),
            )?;
        Ok(found)
    }

    async fn log_after(&mut self, district: &str, after: u64, limit: usize) -> Result<Vec<LogRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT log_index, at, event FROM log_entry WHERE district = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3",
        )?;
        let rows = statement
            .query_map(params![district, signed(after)?, signed(limit as u64)?], |row| {
                Ok(LogRow {
                    index: unsigned(row.get(0)?),
                    at: row.get(1)?,
                    event: row.get(2)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}
