//! Table `change`.

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{ChangeStore, Life, RecordedChange, Stored};

impl ChangeStore for PostgresTransaction {
    async fn change_hashes(&mut self, life: &Life, from: u64, to: u64) -> Stored<Vec<ChangeHash>> {
        let rows = self
            .rows(
                "SELECT hash FROM change
                 WHERE district = $1 AND counter = $2 AND incarnation = $3 AND seq BETWEEN $4 AND $5 ORDER BY seq",
                &[
                    &life.district,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                    &signed(from)?,
                    &signed(to)?,
                ],
            )
            .await?;
        rows.iter().map(|row| fixed(row, 0).map(ChangeHash)).collect()
    }

    async fn change_bytes(&mut self, life: &Life, seq: u64) -> Stored<Option<Vec<u8>>> {
        let found = self
            .row(
                "SELECT bytes FROM change WHERE district = $1 AND counter = $2 AND incarnation = $3 AND seq = $4",
                &[
                    &life.district,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                    &signed(seq)?,
                ],
            )
            .await?;
        Ok(found.map(|row| row.try_get(0)).transpose()?)
    }

    async fn bytes_of(
        &mut self,
        district: &str,
        changes: &[(CounterCode, IncarnationId, u64)],
    ) -> Stored<Vec<Option<Vec<u8>>>> {
        if changes.is_empty() {
            return Ok(Vec::new());
        }
        let counters: Vec<&str> = changes.iter().map(|(counter, ..)| counter.0.as_str()).collect();
        let incarnations: Vec<&[u8]> = changes.iter().map(|(_, life, _)| life.0.as_slice()).collect();
        let seqs: Vec<i64> = changes.iter().map(|(.., seq)| signed(*seq)).collect::<Stored<_>>()?;
        let rows = self
            .rows(
                "SELECT (SELECT bytes FROM change WHERE district = $1 AND change.counter = asked.counter
                    AND change.incarnation = asked.incarnation AND change.seq = asked.seq)
                 FROM unnest($2::text[], $3::bytea[], $4::bigint[]) WITH ORDINALITY AS asked (counter, incarnation, seq, place)
                 ORDER BY asked.place",
                &[&district, &counters, &incarnations, &seqs],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn last_stored(&mut self, life: &Life) -> Stored<u64> {
        let last = self
            .row(
                "SELECT seq FROM change WHERE district = $1 AND counter = $2 AND incarnation = $3 ORDER BY seq DESC LIMIT 1",
                &[&life.district, &life.counter.0, &life.incarnation.0.as_slice()],
            )
            .await?;
        last.map_or(Ok(0), |row| unsigned(&row, 0))
    }

    async fn insert_change(&mut self, life: &Life, change: RecordedChange<'_>) -> Stored<()> {
        self.insert_changes(life, &[change]).await
    }

    async fn insert_changes(&mut self, life: &Life, changes: &[RecordedChange<'_>]) -> Stored<()> {
        let seqs: Vec<i64> = changes.iter().map(|change| signed(change.seq)).collect::<Stored<_>>()?;
        let hashes: Vec<Vec<u8>> = changes.iter().map(|change| change.hash.0.to_vec()).collect();
        let bytes: Vec<Vec<u8>> = changes.iter().map(|change| change.bytes.to_vec()).collect();
        self.send(
            "INSERT INTO change (district, counter, incarnation, seq, hash, bytes)
             SELECT $1::text, $2::text, $3::bytea, one.* FROM unnest($4::bigint[], $5::bytea[], $6::bytea[]) AS one",
            vec![
                Box::new(life.district.clone()),
                Box::new(life.counter.0.clone()),
                Box::new(life.incarnation.0.to_vec()),
                Box::new(seqs),
                Box::new(hashes),
                Box::new(bytes),
            ],
        )
        .await
    }
}
