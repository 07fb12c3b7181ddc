//! Tables `overview_head`, `case_overview` and `parked_change`, and what the pages read of counters.

use std::ops::RangeInclusive;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use tokio_postgres::{Row, types::ToSql};

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{CaseOverview, CaseQuery, CounterLifeRow, Life, OverviewStore, ParkedRow, StoreError, Stored};

const CASE_COLUMNS: &str = "SELECT no, state, counter, authority, authority_code, subject, uscc, document_no, \
     received_on, due_on, asked, record_key FROM case_overview";

impl OverviewStore for PostgresTransaction {
    async fn lock_overview(&mut self, district: &str) -> Stored<u64> {
        self.execute(
            "INSERT INTO overview_head (district, log_index) VALUES ($1, 0) ON CONFLICT DO NOTHING",
            &[&district],
        )
        .await?;
        let sql = "SELECT log_index FROM overview_head WHERE district = $1 FOR UPDATE";
        match self.row(sql, &[&district]).await? {
            Some(row) => unsigned(&row, 0),
            None => Err(StoreError::Damaged(format!("the lists of {district} are missing"))),
        }
    }

    async fn overview_head(&mut self, district: &str) -> Stored<u64> {
        let sql = "SELECT log_index FROM overview_head WHERE district = $1";
        let found = self.row(sql, &[&district]).await?;
        found.map_or(Ok(0), |row| unsigned(&row, 0))
    }

    async fn put_overview_head(&mut self, district: &str, index: u64) -> Stored<()> {
        self.execute(
            "UPDATE overview_head SET log_index = $2 WHERE district = $1",
            &[&district, &signed(index)?],
        )
        .await?;
        Ok(())
    }

    async fn forget_overview(&mut self, district: &str) -> Stored<()> {
        for table in ["case_overview", "objection_overview", "parked_change", "report_fact"] {
            self.execute(&format!("DELETE FROM {table} WHERE district = $1"), &[&district])
                .await?;
        }
        Ok(())
    }

    async fn put_case_overview(&mut self, district: &str, row: &CaseOverview) -> Stored<()> {
        self.execute(
            "INSERT INTO case_overview (district, no, state, counter, authority, authority_code, subject, uscc,
                 document_no, received_on, due_on, asked, record_key)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
             ON CONFLICT (district, no) DO UPDATE SET state = excluded.state, counter = excluded.counter,
                 authority = excluded.authority, authority_code = excluded.authority_code,
                 subject = excluded.subject, uscc = excluded.uscc, document_no = excluded.document_no,
                 received_on = excluded.received_on, due_on = excluded.due_on, asked = excluded.asked,
                     record_key = excluded.record_key",
            &[
                &district,
                &row.no,
                &row.state,
                &row.counter,
                &row.authority,
                &row.authority_code,
                &row.subject,
                &row.uscc,
                &row.document_no,
                &row.received_on,
                &row.due_on,
                &row.asked,
                &row.record_key,
            ],
        )
        .await?;
        Ok(())
    }

    async fn case_overview(&mut self, district: &str, no: &str) -> Stored<Option<CaseOverview>> {
        let sql = format!("{CASE_COLUMNS} WHERE district = $1 AND no = $2");
        let found = self.row(&sql, &[&district, &no]).await?;
        found.as_ref().map(case_row).transpose()
    }

    async fn case_overviews(&mut self, district: &str, query: &CaseQuery) -> Stored<Vec<CaseOverview>> {
        let part = format!("%{}%", escaped(&query.text));
        let limit = signed(query.limit as u64)?;
        let mut clauses = vec!["district = $1".to_owned()];
        let mut values: Vec<&(dyn ToSql + Sync)> = vec![&district];
        if !query.states.is_empty() {
            values.push(&query.states);
            clauses.push(format!("state = ANY(${})", values.len()));
        }
        if let Some(authorities) = &query.authorities {
            values.push(authorities);
            let place = values.len();
            clauses.push(format!("(authority = ANY(${place}) OR authority_code = ANY(${place}))"));
        }
        if let Some(day) = &query.overdue_on {
            values.push(day);
            clauses.push(format!("due_on <> '' AND due_on < ${}", values.len()));
        }
        if !query.text.is_empty() {
            values.push(&part);
            let columns = ["no", "subject", "uscc", "document_no"];
            let place = values.len();
            clauses.push(format!(
                "({})",
                columns.map(|column| format!("{column} ILIKE ${place}")).join(" OR ")
            ));
        }
        if let Some((day, no)) = &query.after {
            values.push(day);
            values.push(no);
            clauses.push(format!(
                "(received_on, no) > (${}, ${})",
                values.len() - 1,
                values.len()
            ));
        }
        values.push(&limit);
        let sql = format!(
            "{CASE_COLUMNS} WHERE {} ORDER BY received_on, no LIMIT ${}",
            clauses.join(" AND "),
            values.len()
        );
        let rows = self.rows(&sql, &values).await?;
        rows.iter().map(case_row).collect()
    }

    async fn put_objection(&mut self, district: &str, no: &str, record_key: &str, pending: bool) -> Stored<()> {
        self.execute(
            "INSERT INTO objection_overview (district, no, record_key, pending) VALUES ($1, $2, $3, $4)
             ON CONFLICT (district, no) DO UPDATE SET record_key = excluded.record_key, pending = excluded.pending",
            &[&district, &no, &record_key, &pending],
        )
        .await?;
        Ok(())
    }

    async fn pending_objections(&mut self, district: &str, records: &[String]) -> Stored<Vec<(String, String)>> {
        let rows = self
            .rows(
                "SELECT record_key, no FROM objection_overview
                 WHERE district = $1 AND pending AND record_key = ANY($2) ORDER BY no",
                &[&district, &records],
            )
            .await?;
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect()
    }

    async fn put_parked(&mut self, district: &str, row: &ParkedRow) -> Stored<()> {
        self.execute(
            "INSERT INTO parked_change (district, counter, incarnation, seq, log_index, at, lane_kind, lane_id,
                 change_kind, verdict, reason, detail)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
             ON CONFLICT (district, counter, incarnation, seq) DO UPDATE SET log_index = excluded.log_index,
                 at = excluded.at, verdict = excluded.verdict, reason = excluded.reason, detail = excluded.detail",
            &[
                &district,
                &row.counter.0,
                &row.incarnation.0.as_slice(),
                &signed(row.seq)?,
                &signed(row.log_index)?,
                &row.at,
                &row.lane_kind,
                &row.lane_id,
                &row.change_kind,
                &row.verdict,
                &row.reason,
                &row.detail,
            ],
        )
        .await?;
        Ok(())
    }

    async fn settle_parked(
        &mut self,
        life: &Life,
        lane_kind: &str,
        lane_id: &str,
        seqs: RangeInclusive<u64>,
    ) -> Stored<()> {
        self.execute(
            "DELETE FROM parked_change WHERE district = $1 AND counter = $2 AND incarnation = $3
                 AND lane_kind = $4 AND lane_id = $5 AND seq BETWEEN $6 AND $7",
            &[
                &life.district,
                &life.counter.0,
                &life.incarnation.0.as_slice(),
                &lane_kind,
                &lane_id,
                &signed(*seqs.start())?,
                &signed(*seqs.end())?,
            ],
        )
        .await?;
        Ok(())
    }

    async fn parked(&mut self, district: &str, after: u64, limit: usize) -> Stored<Vec<ParkedRow>> {
        let rows = self
            .rows(
                "SELECT counter, incarnation, seq, log_index, at, lane_kind, lane_id, change_kind, verdict, reason, detail
                 FROM parked_change WHERE district = $1 AND log_index > $2 ORDER BY log_index LIMIT $3",
                &[&district, &signed(after)?, &signed(limit as u64)?],
            )
            .await?;
        rows.iter().map(parked_row).collect()
    }

    async fn last_heard(&mut self, district: &str) -> Stored<Vec<(CounterCode, Option<i64>)>> {
        let rows = self
            .rows(
                "SELECT counter, max(last_heard_at) FROM counter_key WHERE district = $1 GROUP BY counter
                 ORDER BY counter COLLATE \"C\"",
                &[&district],
            )
            .await?;
        rows.iter()
            .map(|row| Ok((CounterCode(row.try_get(0)?), row.try_get(1)?)))
            .collect()
    }

    async fn counter_lives(&mut self, district: &str) -> Stored<Vec<CounterLifeRow>> {
        let rows = self
            .rows(
                "SELECT counter, incarnation, head_seq, head_hash, closed_at FROM incarnation WHERE district = $1
                 ORDER BY counter COLLATE \"C\", closed_at IS NULL, closed_at",
                &[&district],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(CounterLifeRow {
                    counter: CounterCode(row.try_get(0)?),
                    incarnation: IncarnationId(fixed(row, 1)?),
                    head_seq: unsigned(row, 2)?,
                    head_hash: ChangeHash(fixed(row, 3)?),
                    closed_at: row.try_get(4)?,
                })
            })
            .collect()
    }
}

/// What stands for itself in a `LIKE` pattern.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn case_row(row: &Row) -> Stored<CaseOverview> {
    Ok(CaseOverview {
        no: row.try_get(0)?,
        state: row.try_get(1)?,
        counter: row.try_get(2)?,
        authority: row.try_get(3)?,
        authority_code: row.try_get(4)?,
        subject: row.try_get(5)?,
        uscc: row.try_get(6)?,
        document_no: row.try_get(7)?,
        received_on: row.try_get(8)?,
        due_on: row.try_get(9)?,
        asked: row.try_get(10)?,
        record_key: row.try_get(11)?,
    })
}

fn parked_row(row: &Row) -> Stored<ParkedRow> {
    Ok(ParkedRow {
        counter: CounterCode(row.try_get(0)?),
        incarnation: IncarnationId(fixed(row, 1)?),
        seq: unsigned(row, 2)?,
        log_index: unsigned(row, 3)?,
        at: row.try_get(4)?,
        lane_kind: row.try_get(5)?,
        lane_id: row.try_get(6)?,
        change_kind: row.try_get(7)?,
        verdict: row.try_get(8)?,
        reason: row.try_get(9)?,
        detail: row.try_get(10)?,
    })
}
