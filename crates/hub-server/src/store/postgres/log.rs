//! Tables `district_log` and `log_entry`.

use counter_core::change::ChangeHash;
use tokio_postgres::Row;

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{Life, LogHead, LogRow, LogStore, NewLogEntry, StoreError, Stored, ToldBefore};

const HEAD: &str = "SELECT last_index, head FROM district_log WHERE district = $1";
const LOCKED_HEAD: &str = "SELECT last_index, head FROM district_log WHERE district = $1 FOR UPDATE";

impl LogStore for PostgresTransaction {
    async fn lock_log(&mut self, district: &str) -> Stored<LogHead> {
        if let Some(row) = self.row(LOCKED_HEAD, &[&district]).await? {
            return head_row(&row);
        }
        self.execute(
            "INSERT INTO district_log (district, last_index, head) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING",
            &[&district, &ChangeHash::ORIGIN.0.as_slice()],
        )
        .await?;
        let row = self.row(LOCKED_HEAD, &[&district]).await?;
        head_row(&row.ok_or_else(|| StoreError::Damaged(format!("the log of {district} is missing")))?)
    }

    async fn log_head(&mut self, district: &str) -> Stored<LogHead> {
        match self.row(HEAD, &[&district]).await? {
            Some(row) => head_row(&row),
            None => Ok(LogHead {
                index: 0,
                head: ChangeHash::ORIGIN,
            }),
        }
    }

    async fn append_log(&mut self, district: &str, entry: &NewLogEntry<'_>) -> Stored<()> {
        self.append_entries(district, std::slice::from_ref(entry)).await
    }

    async fn append_entries(&mut self, district: &str, entries: &[NewLogEntry<'_>]) -> Stored<()> {
        let Some(end) = entries.last().map(|entry| entry.end) else {
            return Ok(());
        };
        let mut rows = Columns::default();
        for entry in entries {
            let about = entry.about.as_ref();
            let lane = about.and_then(|about| about.lane);
            rows.index.push(signed(entry.end.index)?);
            rows.at.push(entry.at);
            rows.event.push(entry.event.to_vec());
            rows.counter.push(about.map(|about| about.counter.0.clone()));
            rows.incarnation.push(about.map(|about| about.incarnation.0.to_vec()));
            rows.seq.push(about.map(|about| signed(about.seq)).transpose()?);
            rows.lane_kind.push(lane.map(|lane| lane.kind.clone()));
            rows.lane_id.push(lane.map(|lane| lane.id.clone()));
            rows.taken.push(about.is_some_and(|about| about.taken));
            let told = entry.told.as_ref();
            rows.told_incarnation
                .push(told.map(|told| told.hub_incarnation.0.to_vec()));
            rows.told_index.push(told.map(|told| signed(told.index)).transpose()?);
        }
        self.send(
            "WITH moved AS (UPDATE district_log SET last_index = $2, head = $3 WHERE district = $1)
             INSERT INTO log_entry (district, log_index, at, event, counter, incarnation, seq, lane_kind, lane_id, taken,
                                    told_incarnation, told_index)
             SELECT $1::text, one.* FROM unnest($4::bigint[], $5::bigint[], $6::bytea[], $7::text[], $8::bytea[],
                                                $9::bigint[], $10::text[], $11::text[], $12::boolean[],
                                                $13::bytea[], $14::bigint[]) AS one",
            vec![
                Box::new(district.to_owned()),
                Box::new(signed(end.index)?),
                Box::new(end.head.0.to_vec()),
                Box::new(rows.index),
                Box::new(rows.at),
                Box::new(rows.event),
                Box::new(rows.counter),
                Box::new(rows.incarnation),
                Box::new(rows.seq),
                Box::new(rows.lane_kind),
                Box::new(rows.lane_id),
                Box::new(rows.taken),
                Box::new(rows.told_incarnation),
                Box::new(rows.told_index),
            ],
        )
        .await
    }

    async fn is_told(&mut self, district: &str, told: ToldBefore) -> Stored<bool> {
        let found = self
            .row(
                "SELECT 1 FROM log_entry
                 WHERE district = $1 AND told_incarnation = $2 AND told_index = $3 AND told_index IS NOT NULL",
                &[&district, &told.hub_incarnation.0.as_slice(), &signed(told.index)?],
            )
            .await?;
        Ok(found.is_some())
    }

    async fn is_judged(&mut self, life: &Life, seq: u64) -> Stored<bool> {
        let found = self
            .row(
                "SELECT 1 FROM log_entry
                 WHERE district = $1 AND counter = $2 AND incarnation = $3 AND seq = $4 AND lane_kind IS NOT NULL LIMIT 1",
                &[
                    &life.district,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                    &signed(seq)?,
                ],
            )
            .await?;
        Ok(found.is_some())
    }

    async fn log_after(&mut self, district: &str, after: u64, limit: usize) -> Stored<Vec<LogRow>> {
        let rows = self
            .rows(
                "SELECT log_index, at, event FROM log_entry WHERE district = $1 AND log_index > $2
                 ORDER BY log_index LIMIT $3",
                &[&district, &signed(after)?, &signed(limit as u64)?],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(LogRow {
                    index: unsigned(row, 0)?,
                    at: row.try_get(1)?,
                    event: row.try_get(2)?,
                })
            })
            .collect()
    }
}

/// The columns of entries to be appended.
#[derive(Default)]
struct Columns {
    index: Vec<i64>,
    at: Vec<i64>,
    event: Vec<Vec<u8>>,
    counter: Vec<Option<String>>,
    incarnation: Vec<Option<Vec<u8>>>,
    seq: Vec<Option<i64>>,
    lane_kind: Vec<Option<String>>,
    lane_id: Vec<Option<String>>,
    taken: Vec<bool>,
    told_incarnation: Vec<Option<Vec<u8>>>,
    told_index: Vec<Option<i64>>,
}

fn head_row(row: &Row) -> Stored<LogHead> {
    Ok(LogHead {
        index: unsigned(row, 0)?,
        head: ChangeHash(fixed(row, 1)?),
    })
}
