//! Table `receipt`.

use rusqlite::params;

use super::{SqliteTransaction, signed};
use crate::store::{Life, ReceiptRow, ReceiptStore, StoreError};

impl ReceiptStore for SqliteTransaction {
    async fn receipts(&mut self, life: &Life, from: u64, to: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT bytes FROM receipt
             WHERE district = ?1 AND counter = ?2 AND incarnation = ?3 AND to_seq >= ?4 AND from_seq <= ?5 ORDER BY to_seq",
        )?;
        let receipts = statement
            .query_map(
                params![
                    life.district,
                    life.counter.0,
                    life.incarnation.0,
                    signed(from)?,
                    signed(to)?
                ],
                |row| row.get(0),
            )?
            .collect::<Result<_, _>>()?;
        Ok(receipts)
    }

    async fn insert_receipt(&mut self, life: &Life, row: ReceiptRow<'_>) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO receipt (district, counter, incarnation, from_seq, to_seq, bytes, head_claim)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                signed(row.from)?,
                signed(row.to)?,
                row.bytes,
                row.head_claim
            ])?;
        Ok(())
    }
}
