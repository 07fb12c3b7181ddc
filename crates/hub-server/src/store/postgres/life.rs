//! Table `incarnation`.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{Life, LifeRow, LifeStore, Stored};

impl LifeStore for PostgresTransaction {
    async fn life(&mut self, life: &Life) -> Stored<Option<LifeRow>> {
        let found = self
            .row(
                "SELECT head_seq, head_hash, closed_at FROM incarnation
                 WHERE district = $1 AND counter = $2 AND incarnation = $3",
                &[&life.district, &life.counter.0, &life.incarnation.0.as_slice()],
            )
            .await?;
        let Some(row) = found else {
            return Ok(None);
        };
        Ok(Some(LifeRow {
            head_seq: unsigned(&row, 0)?,
            head_hash: ChangeHash(fixed(&row, 1)?),
            closed_at: row.try_get(2)?,
        }))
    }

    async fn lives_of(&mut self, district: &str, counter: &CounterCode) -> Stored<Vec<(IncarnationId, LifeRow)>> {
        let rows = self
            .rows(
                "SELECT incarnation, head_seq, head_hash, closed_at FROM incarnation
                 WHERE district = $1 AND counter = $2 ORDER BY incarnation",
                &[&district, &counter.0],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let life = LifeRow {
                    head_seq: unsigned(row, 1)?,
                    head_hash: ChangeHash(fixed(row, 2)?),
                    closed_at: row.try_get(3)?,
                };
                Ok((IncarnationId(fixed(row, 0)?), life))
            })
            .collect()
    }

    async fn put_life_head(&mut self, life: &Life, seq: u64, hash: ChangeHash) -> Stored<()> {
        self.send(
            "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (district, counter, incarnation)
             DO UPDATE SET head_seq = excluded.head_seq, head_hash = excluded.head_hash",
            vec![
                Box::new(life.district.clone()),
                Box::new(life.counter.0.clone()),
                Box::new(life.incarnation.0.to_vec()),
                Box::new(signed(seq)?),
                Box::new(hash.0.to_vec()),
            ],
        )
        .await
    }

    async fn close_life(&mut self, life: &Life, now: i64) -> Stored<()> {
        // A parent the hub never heard of is closed too: what it still sends comes late.
        self.execute(
            "INSERT INTO incarnation (district, counter, incarnation, head_seq, head_hash, closed_at)
             VALUES ($1, $2, $3, 0, $4, $5)
             ON CONFLICT (district, counter, incarnation)
             DO UPDATE SET closed_at = coalesce(incarnation.closed_at, excluded.closed_at)",
            &[
                &life.district,
                &life.counter.0,
                &life.incarnation.0.as_slice(),
                &ChangeHash::ORIGIN.0.as_slice(),
                &now,
            ],
        )
        .await?;
        Ok(())
    }
}
