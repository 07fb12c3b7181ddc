//! Tables `report_fact` and `report_month`.

use rusqlite::{OptionalExtension, Params, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{ReportCount, ReportFact, ReportMonthRow, ReportStore, Stored};

impl ReportStore for SqliteTransaction {
    async fn put_report_fact(&mut self, district: &str, fact: &ReportFact) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO report_fact (district, kind, id, month, arrived_in, log_index, authority, counter, days)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT DO NOTHING",
            )?
            .execute(params![
                district,
                fact.kind,
                fact.id,
                fact.month,
                fact.arrived_in,
                signed(fact.log_index)?,
                fact.authority,
                fact.counter,
                fact.days
            ])?;
        Ok(())
    }

    async fn forget_report_fact(&mut self, district: &str, id: &str, index: u64) -> Stored<()> {
        self.connection
            .prepare_cached("DELETE FROM report_fact WHERE district = ? AND id = ? AND log_index = ?")?
            .execute(params![district, id, signed(index)?])?;
        Ok(())
    }

    async fn report_counts(&mut self, district: &str, month: &str) -> Stored<Vec<ReportCount>> {
        self.counts(
            "SELECT month, kind, authority, counter, count(*), sum(days) FROM report_fact
             WHERE district = ?1 AND month = ?2 GROUP BY month, kind, authority, counter",
            params![district, month],
        )
    }

    async fn late_counts(&mut self, district: &str, month: &str) -> Stored<Vec<ReportCount>> {
        self.counts(
            "SELECT fact.month, kind, authority, counter, count(*), sum(days) FROM report_fact AS fact
             JOIN report_month AS closed ON closed.district = fact.district AND closed.month = fact.month
             WHERE fact.district = ?1 AND fact.arrived_in = ?2 AND fact.log_index > closed.closed_index
             GROUP BY fact.month, kind, authority, counter",
            params![district, month],
        )
    }

    async fn report_months(&mut self, district: &str) -> Stored<Vec<String>> {
        let months = self
            .connection
            .prepare_cached(
                "SELECT month FROM report_fact WHERE district = ?1 UNION SELECT month FROM report_month
                 WHERE district = ?1 ORDER BY month DESC",
            )?
            .query_map([district], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(months)
    }

    async fn close_month(&mut self, district: &str, row: &ReportMonthRow) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO report_month (district, month, closed_at, closed_by, closed_index, figures)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                district,
                row.month,
                row.closed_at,
                row.closed_by,
                signed(row.closed_index)?,
                row.figures
            ])?;
        Ok(())
    }

    async fn closed_month(&mut self, district: &str, month: &str) -> Stored<Option<ReportMonthRow>> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT month, closed_at, closed_by, closed_index, figures FROM report_month
                 WHERE district = ?1 AND month = ?2",
            )?
            .query_row([district, month], |row| {
                Ok(ReportMonthRow {
                    month: row.get(0)?,
                    closed_at: row.get(1)?,
                    closed_by: row.get(2)?,
                    closed_index: unsigned(row.get(3)?),
                    figures: row.get(4)?,
                })
            })
            .optional()?;
        Ok(found)
    }
}

impl SqliteTransaction {
    fn counts(&self, sql: &str, parameters: impl Params) -> Stored<Vec<ReportCount>> {
        let counts = self
            .connection
            .prepare_cached(sql)?
            .query_map(parameters, |row| {
                Ok(ReportCount {
                    month: row.get(0)?,
                    kind: row.get(1)?,
                    authority: row.get(2)?,
                    counter: row.get(3)?,
                    count: unsigned(row.get(4)?),
                    days: row.get(5)?,
                })
            })?
            .collect::<Result<_, _>>()?;
        Ok(counts)
    }
}
