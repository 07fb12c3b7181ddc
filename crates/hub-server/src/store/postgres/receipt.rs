//! Table `receipt`.

use super::{PostgresTransaction, signed};
use crate::store::{Life, ReceiptRow, ReceiptStore, Stored};

impl ReceiptStore for PostgresTransaction {
    async fn receipts(&mut self, life: &Life, from: u64, to: u64) -> Stored<Vec<Vec<u8>>> {
        let rows = self
            .rows(
                "SELECT bytes FROM receipt
                 WHERE district = $1 AND counter = $2 AND incarnation = $3 AND to_seq >= $4 AND from_seq <= $5
                 ORDER BY to_seq",
                &[
                    &life.district,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                    &signed(from)?,
                    &signed(to)?,
                ],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn insert_receipt(&mut self, life: &Life, row: ReceiptRow<'_>) -> Stored<()> {
        self.send(
            "INSERT INTO receipt (district, counter, incarnation, from_seq, to_seq, bytes, head_claim)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            vec![
                Box::new(life.district.clone()),
                Box::new(life.counter.0.clone()),
                Box::new(life.incarnation.0.to_vec()),
                Box::new(signed(row.from)?),
                Box::new(signed(row.to)?),
                Box::new(row.bytes.to_vec()),
                Box::new(row.head_claim.to_vec()),
            ],
        )
        .await
    }
}
