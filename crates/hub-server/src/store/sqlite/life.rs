//! Table `incarnation`.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{Life, LifeRow, LifeStore, StoreError};

impl LifeStore for SqliteTransaction {
    async fn life(&mut self, life: &Life) -> Result<Option<LifeRow>, StoreError> {
        let found = self.connection
            .prepare_cached(
                "SELECT head_seq, head_hash, closed_at FROM incarnation WHERE district = ?1 AND counter = ?2 AND incarnation = ?3",
            )?
            .query_row(params![life.district, life.counter.0, life.incarnation.0], |row| {
                Ok(LifeRow { head_seq: unsigned(row.get(0)?), head_hash: ChangeHash(row.get(1)?), closed_at: row.get(2)? })
            })
            .optional()?;
        Ok(found)
    }

    async fn lives_of(
        &mut self,
        district: &str,
        counter: &CounterCode,
    ) -> Result<Vec<(IncarnationId, LifeRow)>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT incarnation, head_seq, head_hash, closed_at FROM incarnation WHERE district = ?1 AND counter = ?2",
        )?;
        let lives = statement
            .query_map(params![district, counter.0], |row| {
                Ok((
                    IncarnationId(row.get(0)?),
                    LifeRow {
                        head_seq: unsigned(row.get(1)?),
                        head_hash: ChangeHash(row.get(2)?),
                        closed_at: row.get(3)?,
                    },
                ))
            })?
            .collect::<Result<_, _>>()?;
        Ok(lives)
    }

    async fn put_life_head(&mut self, life: &Life, seq: u64, hash: ChangeHash) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash",
            )?
            .execute(params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                signed(seq)?,
                hash.0
            ])?;
        Ok(())
    }

    async fn close_life(&mut self, life: &Life, now: i64) -> Result<(), StoreError> {
        // A parent the hub never heard of is closed too: what it still sends comes late.
        self.connection
            .prepare_cached(
                "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash, closed_at)
                 VALUES (?1, ?2, ?3, 0, ?4, ?5)
                 ON CONFLICT DO UPDATE SET closed_at = coalesce(closed_at, excluded.closed_at)",
            )?
            .execute(params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                ChangeHash::ORIGIN.0,
                now
            ])?;
        Ok(())
    }
}
