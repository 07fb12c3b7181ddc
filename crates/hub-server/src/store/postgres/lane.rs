//! Tables `lane`, `lane_freeze` and `lane_key`, and the steps of a lane in the log.

use counter_core::change::{CounterCode, IncarnationId};
use hub_api::push::LaneWords;
use tokio_postgres::Row;

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{LaneRow, LaneStanding, LaneStore, Life, StepRow, Stored};

impl LaneStore for PostgresTransaction {
    async fn lane(&mut self, district: &str, lane: &LaneWords) -> Stored<Option<LaneRow>> {
        let found = self
            .row(
                "SELECT state, last_index FROM lane WHERE district = $1 AND kind = $2 AND id = $3",
                &[&district, &lane.kind, &lane.id],
            )
            .await?;
        found.as_ref().map(lane_row).transpose()
    }

    async fn districts_of_lane(&mut self, lane: &LaneWords) -> Stored<Vec<String>> {
        let rows = self
            .rows(
                "SELECT district FROM lane WHERE kind = $1 AND id = $2 ORDER BY district",
                &[&lane.kind, &lane.id],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn lanes_of(&mut self, district: &str, kind: &str) -> Stored<Vec<LaneRow>> {
        let rows = self
            .rows(
                "SELECT state, last_index FROM lane WHERE district = $1 AND kind = $2 ORDER BY id",
                &[&district, &kind],
            )
            .await?;
        rows.iter().map(lane_row).collect()
    }

    async fn put_lane(&mut self, district: &str, lane: &LaneWords, row: &LaneRow) -> Stored<()> {
        self.execute(
            "INSERT INTO lane (district, kind, id, state, last_index) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (district, kind, id)
             DO UPDATE SET state = excluded.state, last_index = excluded.last_index",
            &[&district, &lane.kind, &lane.id, &row.state, &signed(row.last_index)?],
        )
        .await?;
        Ok(())
    }

    async fn steps(&mut self, district: &str, lane: &LaneWords) -> Stored<Vec<StepRow>> {
        let rows = self
            .rows(
                "SELECT coalesce(told_index, log_index), counter, incarnation, bytes
                 FROM log_entry JOIN change USING (district, counter, incarnation, seq)
                 WHERE district = $1 AND lane_kind = $2 AND lane_id = $3 AND taken ORDER BY log_index",
                &[&district, &lane.kind, &lane.id],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(StepRow {
                    index: unsigned(row, 0)?,
                    counter: CounterCode(row.try_get(1)?),
                    incarnation: IncarnationId(fixed(row, 2)?),
                    bytes: row.try_get(3)?,
                })
            })
            .collect()
    }

    async fn newest_foreign_step(&mut self, life: &Life, lane: &LaneWords) -> Stored<Option<u64>> {
        let found = self
            .row(
                "SELECT max(coalesce(told_index, log_index)) FROM log_entry
                 WHERE district = $1 AND lane_kind = $2 AND lane_id = $3 AND taken
                   AND NOT (counter = $4 AND incarnation = $5)",
                &[
                    &life.district,
                    &lane.kind,
                    &lane.id,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                ],
            )
            .await?;
        found.map_or(Ok(None), |row| optional(&row, 0))
    }

    async fn standings(&mut self, life: &Life, lanes: &[LaneWords]) -> Stored<Vec<LaneStanding>> {
        let kinds: Vec<&str> = lanes.iter().map(|lane| lane.kind.as_str()).collect();
        let ids: Vec<&str> = lanes.iter().map(|lane| lane.id.as_str()).collect();
        let rows = self
            .rows(
                // Lane by lane: a plan made while the tables were small would read all of them for each batch.
                "SELECT lane.state, lane.last_index,
                    (SELECT log_index FROM lane_freeze frozen
                     WHERE frozen.district = $1 AND frozen.kind = asked.kind AND frozen.id = asked.id
                       AND frozen.counter = $2 AND frozen.incarnation = $3),
                    CASE WHEN lane.state IS NOT NULL THEN
                        (SELECT max(coalesce(step.told_index, step.log_index)) FROM log_entry step
                         WHERE step.district = $1 AND step.lane_kind = asked.kind AND step.lane_id = asked.id AND step.taken
                           AND NOT (step.counter = $2 AND step.incarnation = $3)) END
                 FROM unnest($4::text[], $5::text[]) WITH ORDINALITY AS asked (kind, id, place)
                 LEFT JOIN LATERAL (SELECT state, last_index FROM lane
                     WHERE district = $1 AND kind = asked.kind AND id = asked.id OFFSET 0) AS lane ON true
                 ORDER BY asked.place",
                &[
                    &life.district,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                    &kinds,
                    &ids,
                ],
            )
            .await?;
        rows.iter()
            .map(|row| {
                let state: Option<Vec<u8>> = row.try_get(0)?;
                Ok(LaneStanding {
                    row: match state {
                        Some(state) => Some(LaneRow {
                            state,
                            last_index: unsigned(row, 1)?,
                        }),
                        None => None,
                    },
                    frozen: optional(row, 2)?,
                    newest_foreign: optional(row, 3)?,
                })
            })
            .collect()
    }

    async fn put_lanes(&mut self, district: &str, lanes: &[(&LaneWords, LaneRow)]) -> Stored<()> {
        let kinds: Vec<String> = lanes.iter().map(|(lane, _)| lane.kind.clone()).collect();
        let ids: Vec<String> = lanes.iter().map(|(lane, _)| lane.id.clone()).collect();
        let states: Vec<Vec<u8>> = lanes.iter().map(|(_, row)| row.state.clone()).collect();
        let indices: Vec<i64> = lanes
            .iter()
            .map(|(_, row)| signed(row.last_index))
            .collect::<Stored<_>>()?;
        self.send(
            "INSERT INTO lane (district, kind, id, state, last_index)
             SELECT $1::text, one.* FROM unnest($2::text[], $3::text[], $4::bytea[], $5::bigint[]) AS one
             ON CONFLICT (district, kind, id)
             DO UPDATE SET state = excluded.state, last_index = excluded.last_index",
            vec![
                Box::new(district.to_owned()),
                Box::new(kinds),
                Box::new(ids),
                Box::new(states),
                Box::new(indices),
            ],
        )
        .await
    }

    async fn freeze(&mut self, life: &Life, lane: &LaneWords) -> Stored<Option<u64>> {
        let found = self
            .row(
                "SELECT log_index FROM lane_freeze
                 WHERE district = $1 AND kind = $2 AND id = $3 AND counter = $4 AND incarnation = $5",
                &[
                    &life.district,
                    &lane.kind,
                    &lane.id,
                    &life.counter.0,
                    &life.incarnation.0.as_slice(),
                ],
            )
            .await?;
        found.as_ref().map(|row| unsigned(row, 0)).transpose()
    }

    async fn put_freeze(&mut self, life: &Life, lane: &LaneWords, index: Option<u64>) -> Stored<()> {
        let incarnation = life.incarnation.0.as_slice();
        match index {
            Some(index) => {
                self.execute(
                    "INSERT INTO lane_freeze (district, kind, id, counter, incarnation, log_index)
                     VALUES ($1, $2, $3, $4, $5, $6)
                     ON CONFLICT (district, kind, id, counter, incarnation)
                     DO UPDATE SET log_index = excluded.log_index",
                    &[
                        &life.district,
                        &lane.kind,
                        &lane.id,
                        &life.counter.0,
                        &incarnation,
                        &signed(index)?,
                    ],
                )
                .await?
            }
            None => {
                self.execute(
                    "DELETE FROM lane_freeze
                     WHERE district = $1 AND kind = $2 AND id = $3 AND counter = $4 AND incarnation = $5",
                    &[&life.district, &lane.kind, &lane.id, &life.counter.0, &incarnation],
                )
                .await?
            }
        };
        Ok(())
    }

    async fn lane_key(&mut self, district: &str, lane: &LaneWords) -> Stored<Option<Vec<u8>>> {
        let found = self
            .row(
                "SELECT key FROM lane_key WHERE district = $1 AND kind = $2 AND id = $3",
                &[&district, &lane.kind, &lane.id],
            )
            .await?;
        Ok(found.map(|row| row.try_get(0)).transpose()?)
    }

    async fn put_lane_key(&mut self, district: &str, lane: &LaneWords, key: &[u8]) -> Stored<()> {
        self.put_lane_keys(district, &[(lane.clone(), key)]).await
    }

    async fn put_lane_keys(&mut self, district: &str, keys: &[(LaneWords, &[u8])]) -> Stored<()> {
        if keys.is_empty() {
            return Ok(());
        }
        let kinds: Vec<String> = keys.iter().map(|(lane, _)| lane.kind.clone()).collect();
        let ids: Vec<String> = keys.iter().map(|(lane, _)| lane.id.clone()).collect();
        let bytes: Vec<Vec<u8>> = keys.iter().map(|(_, key)| key.to_vec()).collect();
        // The first key stays: a lane is sealed under one key, and another would only hide what it opens.
        self.send(
            "INSERT INTO lane_key (district, kind, id, key)
             SELECT $1::text, one.* FROM unnest($2::text[], $3::text[], $4::bytea[]) AS one ON CONFLICT DO NOTHING",
            vec![
                Box::new(district.to_owned()),
                Box::new(kinds),
                Box::new(ids),
                Box::new(bytes),
            ],
        )
        .await
    }
}

fn lane_row(row: &Row) -> Stored<LaneRow> {
    Ok(LaneRow {
        state: row.try_get(0)?,
        last_index: unsigned(row, 1)?,
    })
}

/// A number that may be missing.
fn optional(row: &Row, column: usize) -> Stored<Option<u64>> {
    Ok(row.try_get::<_, Option<i64>>(column)?.map(i64::unsigned_abs))
}
