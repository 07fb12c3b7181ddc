//! Tables `officer`, `officer_authority` and `officer_session`.

use rusqlite::{OptionalExtension, Row, params};

use super::SqliteTransaction;
use crate::store::{OfficerRow, OfficerStore, SessionRow, Stored};

const COLUMNS: &str = "SELECT district, account, name, role, password_hash, must_change, failures, resting_until_at, \
     disabled_at, created_at FROM officer";

impl OfficerStore for SqliteTransaction {
    async fn put_officer(&mut self, row: &OfficerRow) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO officer (district, account, name, role, password_hash, must_change, failures,
                     resting_until_at, disabled_at, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
                 ON CONFLICT DO UPDATE SET name = excluded.name, role = excluded.role,
                     password_hash = excluded.password_hash, must_change = excluded.must_change,
                     failures = excluded.failures, resting_until_at = excluded.resting_until_at,
                     disabled_at = excluded.disabled_at",
            )?
            .execute(params![
                row.district,
                row.account,
                row.name,
                row.role,
                row.password_hash,
                row.must_change,
                row.failures,
                row.resting_until_at,
                row.disabled_at,
                row.created_at
            ])?;
        self.connection
            .prepare_cached("DELETE FROM officer_authority WHERE district = ?1 AND account = ?2")?
            .execute([&row.district, &row.account])?;
        for authority in &row.authorities {
            self.connection
                .prepare_cached(
                    "INSERT INTO officer_authority (district, account, authority) VALUES (?1, ?2, ?3)
                     ON CONFLICT DO NOTHING",
                )?
                .execute([&row.district, &row.account, authority])?;
        }
        Ok(())
    }

    async fn officer(&mut self, district: &str, account: &str) -> Stored<Option<OfficerRow>> {
        let found = self
            .connection
            .prepare_cached(&format!("{COLUMNS} WHERE district = ?1 AND account = ?2"))?
            .query_row([district, account], officer_row)
            .optional()?;
        found.map(|row| self.with_authorities(row)).transpose()
    }

    async fn officers(&mut self, district: &str) -> Stored<Vec<OfficerRow>> {
        let rows: Vec<OfficerRow> = self
            .connection
            .prepare_cached(&format!("{COLUMNS} WHERE district = ?1 ORDER BY account"))?
            .query_map([district], officer_row)?
            .collect::<Result<_, _>>()?;
        rows.into_iter().map(|row| self.with_authorities(row)).collect()
    }

    async fn districts_with_officers(&mut self) -> Stored<Vec<String>> {
        let districts = self
            .connection
            .prepare_cached("SELECT DISTINCT district FROM officer ORDER BY district")?
            .query_map([], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(districts)
    }

    async fn put_session(&mut self, row: &SessionRow) -> Stored<()> {
        self.connection
            .prepare_cached(
                "INSERT INTO officer_session (district, token_hash, account, began_at, seen_at)
                 VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at",
            )?
            .execute(params![
                row.district,
                row.token_hash,
                row.account,
                row.began_at,
                row.seen_at
            ])?;
        Ok(())
    }

    async fn session(&mut self, district: &str, token_hash: [u8; 32]) -> Stored<Option<SessionRow>> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT district, token_hash, account, began_at, seen_at FROM officer_session
                 WHERE district = ?1 AND token_hash = ?2",
            )?
            .query_row(params![district, token_hash], |row| {
                Ok(SessionRow {
                    district: row.get(0)?,
                    token_hash: row.get(1)?,
                    account: row.get(2)?,
                    began_at: row.get(3)?,
                    seen_at: row.get(4)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    async fn end_session(&mut self, district: &str, token_hash: [u8; 32]) -> Stored<()> {
        self.connection
            .prepare_cached("DELETE FROM officer_session WHERE district = ?1 AND token_hash = ?2")?
            .execute(params![district, token_hash])?;
        Ok(())
    }

    async fn end_sessions_of(&mut self, district: &str, account: &str, before: i64) -> Stored<()> {
        self.connection
            .prepare_cached("DELETE FROM officer_session WHERE district = ?1 AND (account = ?2 OR began_at < ?3)")?
            .execute(params![district, account, before])?;
        Ok(())
    }
}

impl SqliteTransaction {
    fn with_authorities(&self, row: OfficerRow) -> Stored<OfficerRow> {
        let authorities = self
            .connection
            .prepare_cached(
                "SELECT authority FROM officer_authority WHERE district = ?1 AND account = ?2 ORDER BY authority",
            )?
            .query_map([&row.district, &row.account], |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        Ok(OfficerRow { authorities, ..row })
    }
}

fn officer_row(row: &Row<'_>) -> rusqlite::Result<OfficerRow> {
    Ok(OfficerRow {
        district: row.get(0)?,
        account: row.get(1)?,
        name: row.get(2)?,
        role: row.get(3)?,
        password_hash: row.get(4)?,
        must_change: row.get(5)?,
        failures: row.get(6)?,
        resting_until_at: row.get(7)?,
        disabled_at: row.get(8)?,
        created_at: row.get(9)?,
        authorities: Vec::new(),
    })
}
