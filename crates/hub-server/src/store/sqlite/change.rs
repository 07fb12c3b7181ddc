//! Table `change`.

use counter_core::change::ChangeHash;
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{ChangeStore, Life, RecordedChange, StoreError};

impl ChangeStore for SqliteTransaction {
    async fn change_hashes(&mut self, life: &Life, from: u64, to: u64) -> Result<Vec<ChangeHash>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT hash FROM change
             WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND seq BETWEEN ?4 AND ?5 ORDER BY seq",
        )?;
        let hashes = statement
            .query_map(
                params![
                    life.district,
                    life.counter.0,
                    life.incarnation.0,
                    signed(from)?,
                    signed(to)?
                ],
                |row| row.get(0).map(ChangeHash),
            )?
            .collect::<Result<_, _>>()?;
        Ok(hashes)
    }

    async fn last_stored(&mut self, life: &Life) -> Result<u64, StoreError> {
        let last = self
            .connection
            .prepare_cached(
                "SELECT coalesce(max(seq), 0) FROM change WHERE district = ?1 AND counter = ?2 AND incarnation = ?3",
            )?
            .query_row(params![life.district, life.counter.0, life.incarnation.0], |row| {
                row.get(0)
            })?;
        Ok(unsigned(last))
    }

    async fn change_bytes(&mut self, life: &Life, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT bytes FROM change WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND seq = ?4",
            )?
            .query_row(
                params![life.district, life.counter.0, life.incarnation.0, signed(seq)?],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found)
    }

    async fn insert_change(&mut self, life: &Life, change: RecordedChange<'_>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO change (district, counter, incarnation, seq, hash, bytes) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                signed(change.seq)?,
                change.hash.0,
                change.bytes
            ])?;
        Ok(())
    }
}
