//! Tables `officer`, `officer_authority` and `officer_session`.

use tokio_postgres::Row;

use super::{PostgresTransaction, fixed};
use crate::store::{OfficerRow, OfficerStore, SessionRow, Stored};

const COLUMNS: &str = "SELECT district, account, name, role, password_hash, must_change, failures, resting_until_at, \
     disabled_at, created_at, \
     ARRAY(SELECT authority FROM officer_authority AS held \
           WHERE held.district = officer.district AND held.account = officer.account \
           ORDER BY authority COLLATE \"C\") FROM officer";

impl OfficerStore for PostgresTransaction {
    async fn put_officer(&mut self, row: &OfficerRow) -> Stored<()> {
        let failures = i32::try_from(row.failures).unwrap_or(i32::MAX);
        self.execute(
            "INSERT INTO officer (district, account, name, role, password_hash, must_change, failures,
                 resting_until_at, disabled_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
             ON CONFLICT (district, account) DO UPDATE SET name = excluded.name, role = excluded.role,
                 password_hash = excluded.password_hash, must_change = excluded.must_change,
                 failures = excluded.failures, resting_until_at = excluded.resting_until_at,
                 disabled_at = excluded.disabled_at",
            &[
                &row.district,
                &row.account,
                &row.name,
                &row.role,
                &row.password_hash,
                &row.must_change,
                &failures,
                &row.resting_until_at,
                &row.disabled_at,
                &row.created_at,
            ],
        )
        .await?;
        self.execute(
            "DELETE FROM officer_authority WHERE district = $1 AND account = $2",
            &[&row.district, &row.account],
        )
        .await?;
        self.execute(
            "INSERT INTO officer_authority (district, account, authority)
             SELECT $1, $2, unnest($3::text[]) ON CONFLICT DO NOTHING",
            &[&row.district, &row.account, &row.authorities],
        )
        .await?;
        Ok(())
    }

    async fn officer(&mut self, district: &str, account: &str) -> Stored<Option<OfficerRow>> {
        // Attempts that come at once are counted one after the other.
        let sql = format!("{COLUMNS} WHERE district = $1 AND account = $2{}", self.for_update());
        let found = self.row(&sql, &[&district, &account]).await?;
        found.as_ref().map(officer_row).transpose()
    }

    async fn officers(&mut self, district: &str) -> Stored<Vec<OfficerRow>> {
        let sql = format!("{COLUMNS} WHERE district = $1 ORDER BY account COLLATE \"C\"");
        let rows = self.rows(&sql, &[&district]).await?;
        rows.iter().map(officer_row).collect()
    }

    async fn districts_with_officers(&mut self) -> Stored<Vec<String>> {
        let sql = "SELECT DISTINCT district FROM officer ORDER BY district";
        let rows = self.rows(sql, &[]).await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn put_session(&mut self, row: &SessionRow) -> Stored<()> {
        self.execute(
            "INSERT INTO officer_session (district, token_hash, account, began_at, seen_at) VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (district, token_hash) DO UPDATE SET seen_at = excluded.seen_at",
            &[
                &row.district,
                &row.token_hash.as_slice(),
                &row.account,
                &row.began_at,
                &row.seen_at,
            ],
        )
        .await?;
        Ok(())
    }

    async fn session(&mut self, district: &str, token_hash: [u8; 32]) -> Stored<Option<SessionRow>> {
        let found = self
            .row(
                "SELECT district, token_hash, account, began_at, seen_at FROM officer_session
                 WHERE district = $1 AND token_hash = $2",
                &[&district, &token_hash.as_slice()],
            )
            .await?;
        found
            .map(|row| {
                Ok(SessionRow {
                    district: row.try_get(0)?,
                    token_hash: fixed(&row, 1)?,
                    account: row.try_get(2)?,
                    began_at: row.try_get(3)?,
                    seen_at: row.try_get(4)?,
                })
            })
            .transpose()
    }

    async fn end_session(&mut self, district: &str, token_hash: [u8; 32]) -> Stored<()> {
        self.execute(
            "DELETE FROM officer_session WHERE district = $1 AND token_hash = $2",
            &[&district, &token_hash.as_slice()],
        )
        .await?;
        Ok(())
    }

    async fn end_sessions_of(&mut self, district: &str, account: &str, before: i64) -> Stored<()> {
        self.execute(
            "DELETE FROM officer_session WHERE district = $1 AND (account = $2 OR began_at < $3)",
            &[&district, &account, &before],
        )
        .await?;
        Ok(())
    }
}

fn officer_row(row: &Row) -> Stored<OfficerRow> {
    Ok(OfficerRow {
        district: row.try_get(0)?,
        account: row.try_get(1)?,
        name: row.try_get(2)?,
        role: row.try_get(3)?,
        password_hash: row.try_get(4)?,
        must_change: row.try_get(5)?,
        failures: row.try_get::<_, i32>(6)?.unsigned_abs(),
        resting_until_at: row.try_get(7)?,
        disabled_at: row.try_get(8)?,
        created_at: row.try_get(9)?,
        authorities: row.try_get(10)?,
    })
}
