//! Tables `report_fact` and `report_month`.

use super::{PostgresTransaction, Values, signed, unsigned};
use crate::store::{ReportCount, ReportFact, ReportMonthRow, ReportStore, Stored};

impl ReportStore for PostgresTransaction {
    async fn put_report_fact(&mut self, district: &str, fact: &ReportFact) -> Stored<()> {
        self.execute(
            "INSERT INTO report_fact (district, kind, id, month, arrived_in, log_index, authority, counter, days)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING",
            &[
                &district,
                &fact.kind,
                &fact.id,
                &fact.month,
                &fact.arrived_in,
                &signed(fact.log_index)?,
                &fact.authority,
                &fact.counter,
                &fact.days,
            ],
        )
        .await?;
        Ok(())
    }

    async fn forget_report_fact(&mut self, district: &str, id: &str, index: u64) -> Stored<()> {
        self.execute(
            "DELETE FROM report_fact WHERE district = $1 AND id = $2 AND log_index = $3",
            &[&district, &id, &signed(index)?],
        )
        .await?;
        Ok(())
    }

    async fn report_counts(&mut self, district: &str, month: &str) -> Stored<Vec<ReportCount>> {
        self.counts(
            "SELECT month, kind, authority, counter, count(*), sum(days)::bigint FROM report_fact
             WHERE district = $1 AND month = $2 GROUP BY month, kind, authority, counter",
            &[&district, &month],
        )
        .await
    }

    async fn late_counts(&mut self, district: &str, month: &str) -> Stored<Vec<ReportCount>> {
        self.counts(
            "SELECT fact.month, kind, authority, counter, count(*), sum(days)::bigint FROM report_fact AS fact
             JOIN report_month AS closed ON closed.district = fact.district AND closed.month = fact.month
             WHERE fact.district = $1 AND fact.arrived_in = $2 AND fact.log_index > closed.closed_index
             GROUP BY fact.month, kind, authority, counter",
            &[&district, &month],
        )
        .await
    }

    async fn report_months(&mut self, district: &str) -> Stored<Vec<String>> {
        let rows = self
            .rows(
                "SELECT month FROM report_fact WHERE district = $1 UNION SELECT month FROM report_month
                 WHERE district = $1 ORDER BY month DESC",
                &[&district],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn close_month(&mut self, district: &str, row: &ReportMonthRow) -> Stored<()> {
        self.execute(
            "INSERT INTO report_month (district, month, closed_at, closed_by, closed_index, figures)
             VALUES ($1, $2, $3, $4, $5, $6)",
            &[
                &district,
                &row.month,
                &row.closed_at,
                &row.closed_by,
                &signed(row.closed_index)?,
                &row.figures,
            ],
        )
        .await?;
        Ok(())
    }

    async fn closed_month(&mut self, district: &str, month: &str) -> Stored<Option<ReportMonthRow>> {
        let found = self
            .row(
                "SELECT month, closed_at, closed_by, closed_index, figures FROM report_month
                 WHERE district = $1 AND month = $2",
                &[&district, &month],
            )
            .await?;
        found
            .map(|row| {
                Ok(ReportMonthRow {
                    month: row.try_get(0)?,
                    closed_at: row.try_get(1)?,
                    closed_by: row.try_get(2)?,
                    closed_index: unsigned(&row, 3)?,
                    figures: row.try_get(4)?,
                })
            })
            .transpose()
    }
}

impl PostgresTransaction {
    async fn counts(&mut self, sql: &str, values: &Values<'_>) -> Stored<Vec<ReportCount>> {
        let rows = self.rows(sql, values).await?;
        rows.iter()
            .map(|row| {
                Ok(ReportCount {
                    month: row.try_get(0)?,
                    kind: row.try_get(1)?,
                    authority: row.try_get(2)?,
                    counter: row.try_get(3)?,
                    count: unsigned(row, 4)?,
                    days: row.try_get(5)?,
                })
            })
            .collect()
    }
}
