//! Tables `overview_head`, `case_overview` and `parked_change`, and what the pages read of counters.

use std::ops::RangeInclusive;

use counter_core::change::{ChangeHash, CounterCode, IncarnationId};
use rusqlite::{OptionalExtension, Row, params, params_from_iter, types::Value};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{CaseOverview, CaseQuery, CounterLifeRow, Life, OverviewStore, ParkedRow, Stored};

const CASE_COLUMNS: &str = "SELECT no, state, counter, authority, authority_code, subject, uscc, document_no, \
     received_on, due_on, asked, record_key FROM case_overview";

impl OverviewStore for SqliteTransaction {
    async fn lock_overview(&mut self, district: &str) -> Stored<u64> {
        self.connection
            .prepare_cached("INSERT INTO overview_head (district, log_index) VALUES (?1, 0) ON CONFLICT DO NOTHING")?
            .execute([district])?;
        self.overview_head(district).await
    }

    async fn overview_head(&mut self, district: &str) -> Stored<u64> {
        let found = self
            .connection
            .prepare_cached("SELECT log_index FROM overview_head WHERE district = ?1")?
            .query_row([district], |row| row.get(0).map(unsigned))
            .optional()?;
        Ok(found.unwrap_or(0))
    }

    async fn put_overview_head(&mut self, district: &str, index: u64) -> Stored<()> {
        self.connection
            .prepare_cached("UPDATE overview_head SET log_index = ?2 WHERE district = ?1")?
            .execute(params![district, signed(index)?])?;
        Ok(())
    }

    async fn forget_overview(&mut self, district: &str) -> Stored<()> {
        for table in ["case_overview", "objection_overview", "parked_change", "report_fact"] {
            self.connection
                .prepare_cached(&format!("DELETE FROM {table} WHERE district = ?1"))?
                .execute([district])?;
        }
        Ok(())
    }

    async fn put_case_overview(&mut self, district: &str, row: &CaseOverview) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO case_overview (district, no, state, counter, authority, authority_code, subject, uscc,
                     document_no, received_on, due_on, asked, record_key)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
                 ON CONFLICT DO UPDATE SET state = excluded.state, counter = excluded.counter,
                     authority = excluded.authority, authority_code = excluded.authority_code,
                     subject = excluded.subject, uscc = excluded.uscc, document_no = excluded.document_no,
                     received_on = excluded.received_on, due_on = excluded.due_on, asked = excluded.asked,
                     record_key = excluded.record_key",
            )?
            .execute(params![
                district,
                row.no,
                row.state,
                row.counter,
                row.authority,
                row.authority_code,
                row.subject,
                row.uscc,
                row.document_no,
                row.received_on,
                row.due_on,
                row.asked,
                row.record_key
            ])?;
        Ok(())
    }

    async fn case_overview(&mut self, district: &str, no: &str) -> Stored<Option<CaseOverview>> {
        let found = self
            .connection
            .prepare_cached(&format!("{CASE_COLUMNS} WHERE district = ?1 AND no = ?2"))?
            .query_row([district, no], case_row)
            .optional()?;
        Ok(found)
    }

    async fn case_overviews(&mut self, district: &str, query: &CaseQuery) -> Stored<Vec<CaseOverview>> {
        let mut clauses = vec!["district = ?".to_owned()];
        let mut values: Vec<Value> = vec![district.to_owned().into()];
        let among = |column: &str, words: &[String], values: &mut Vec<Value>| {
            values.extend(words.iter().cloned().map(Value::from));
            format!("{column} IN ({})", vec!["?"; words.len()].join(", "))
        };
        if !query.states.is_empty() {
            let clause = among("state", &query.states, &mut values);
            clauses.push(clause);
        }
        if let Some(authorities) = &query.authorities {
            let by_name = among("authority", authorities, &mut values);
            let by_code = among("authority_code", authorities, &mut values);
            clauses.push(format!("({by_name} OR {by_code})"));
        }
        if let Some(day) = &query.overdue_on {
            clauses.push("due_on <> '' AND due_on < ?".to_owned());
            values.push(day.clone().into());
        }
        if !query.text.is_empty() {
            let columns = ["no", "subject", "uscc", "document_no"];
            let part = format!("%{}%", escaped(&query.text));
            clauses.push(format!(
                "({})",
                columns
                    .map(|column| format!("{column} LIKE ? ESCAPE '\\'"))
                    .join(" OR ")
            ));
            values.extend(columns.map(|_| Value::from(part.clone())));
        }
        if let Some((day, no)) = &query.after {
            clauses.push("(received_on, no) > (?, ?)".to_owned());
            values.extend([Value::from(day.clone()), Value::from(no.clone())]);
        }
        values.push(signed(query.limit as u64)?.into());
        let sql = format!(
            "{CASE_COLUMNS} WHERE {} ORDER BY received_on, no LIMIT ?",
            clauses.join(" AND ")
        );
        let rows = self
            .connection
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values), case_row)?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    async fn put_objection(&mut self, district: &str, no: &str, record_key: &str, pending: bool) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO objection_overview (district, no, record_key, pending) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET record_key = excluded.record_key, pending = excluded.pending",
            )?
            .execute(params![district, no, record_key, pending])?;
        Ok(())
    }

    async fn pending_objections(&mut self, district: &str, records: &[String]) -> Stored<Vec<(String, String)>> {
        let sql = format!(
            "SELECT record_key, no FROM objection_overview
             WHERE district = ? AND pending = 1 AND record_key IN ({}) ORDER BY no",
            vec!["?"; records.len()].join(", ")
        );
        let values = std::iter::once(district).chain(records.iter().map(String::as_str));
        let rows = self
            .connection
            .prepare_cached(&sql)?
            .query_map(params_from_iter(values), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    async fn put_parked(&mut self, district: &str, row: &ParkedRow) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO parked_change (district, counter, incarnation, seq, log_index, at, lane_kind, lane_id,
                     change_kind, verdict, reason, detail)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
                 ON CONFLICT DO UPDATE SET log_index = excluded.log_index, at = excluded.at,
                     verdict = excluded.verdict, reason = excluded.reason, detail = excluded.detail",
            )?
            .execute(params![
                district,
                row.counter.0,
                row.incarnation.0,
                signed(row.seq)?,
                signed(row.log_index)?,
                row.at,
                row.lane_kind,
                row.lane_id,
                row.change_kind,
                row.verdict,
                row.reason,
                row.detail
            ])?;
        Ok(())
    }

    async fn settle_parked(
        &mut self,
        life: &Life,
        lane_kind: &str,
        lane_id: &str,
        seqs: RangeInclusive<u64>,
    ) -> Stored<()> {
        self.connection
            .prepare_cached(
                "DELETE FROM parked_change WHERE district = ?1 AND counter = ?2 AND incarnation = ?3
                     AND lane_kind = ?4 AND lane_id = ?5 AND seq BETWEEN ?6 AND ?7",
            )?
            .execute(params![
                life.district,
                life.counter.0,
                life.incarnation.0,
                lane_kind,
                lane_id,
                signed(*seqs.start())?,
                signed(*seqs.end())?
            ])?;
        Ok(())
    }

    async fn parked(&mut self, district: &str, after: u64, limit: usize) -> Stored<Vec<ParkedRow>> {
        let rows = self
            .connection
            .prepare_cached(
                "SELECT counter, incarnation, seq, log_index, at, lane_kind, lane_id, change_kind, verdict, reason, detail
                 FROM parked_change WHERE district = ?1 AND log_index > ?2 ORDER BY log_index LIMIT ?3",
            )?
            .query_map(params![district, signed(after)?, signed(limit as u64)?], |row| {
                Ok(ParkedRow {
                    counter: CounterCode(row.get(0)?),
                    incarnation: IncarnationId(row.get(1)?),
                    seq: unsigned(row.get(2)?),
                    log_index: unsigned(row.get(3)?),
                    at: row.get(4)?,
                    lane_kind: row.get(5)?,
                    lane_id: row.get(6)?,
                    change_kind: row.get(7)?,
                    verdict: row.get(8)?,
                    reason: row.get(9)?,
                    detail: row.get(10)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    async fn last_heard(&mut self, district: &str) -> Stored<Vec<(CounterCode, Option<i64>)>> {
        let rows = self
            .connection
            .prepare_cached(
                "SELECT counter, max(last_heard_at) FROM counter_key WHERE district = ?1 GROUP BY counter ORDER BY counter",
            )?
            .query_map([district], |row| Ok((CounterCode(row.get(0)?), row.get(1)?)))?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }

    async fn counter_lives(&mut self, district: &str) -> Stored<Vec<CounterLifeRow>> {
        let rows = self
            .connection
            .prepare_cached(
                "SELECT counter, incarnation, head_seq, head_hash, closed_at FROM incarnation WHERE district = ?1
                 ORDER BY counter, closed_at IS NULL, closed_at",
            )?
            .query_map([district], |row| {
                Ok(CounterLifeRow {
                    counter: CounterCode(row.get(0)?),
                    incarnation: IncarnationId(row.get(1)?),
                    head_seq: unsigned(row.get(2)?),
                    head_hash: ChangeHash(row.get(3)?),
                    closed_at: row.get(4)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

/// What stands for itself in a `LIKE` pattern.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

fn case_row(row: &Row<'_>) -> rusqlite::Result<CaseOverview> {
    Ok(CaseOverview {
        no: row.get(0)?,
        state: row.get(1)?,
        counter: row.get(2)?,
        authority: row.get(3)?,
        authority_code: row.get(4)?,
        subject: row.get(5)?,
        uscc: row.get(6)?,
        document_no: row.get(7)?,
        received_on: row.get(8)?,
        due_on: row.get(9)?,
        asked: row.get(10)?,
        record_key: row.get(11)?,
    })
}
