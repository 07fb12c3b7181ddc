//! Tables `enrolment_code` and `counter_key`.

use counter_core::change::CounterCode;
use hub_api::key::{KeyId, PublicKey};
use rusqlite::{OptionalExtension, Row, params};

use super::SqliteTransaction;
use crate::store::{CounterKeyRow, EnrolmentCodeRow, EnrolmentStore, StoreError};

const KEY_COLUMNS: &str =
    "SELECT public_key, district, counter, delegation, from_at, until_at, program FROM counter_key";

impl EnrolmentStore for SqliteTransaction {
    async fn insert_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO enrolment_code (code_key_id, code_key, district, counter, valid_until_at) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![row.code_key.id().0, row.code_key.0, row.district, row.counter.0, row.valid_until_at])?;
        Ok(())
    }

    async fn enrolment_code(&mut self, code: KeyId) -> Result<Option<EnrolmentCodeRow>, StoreError> {
        let row = self.connection
            .prepare_cached(
                "SELECT code_key, district, counter, valid_until_at, used_by_key, reply FROM enrolment_code WHERE code_key_id = ?1",
            )?
            .query_row([code.0], |row| {
                Ok(EnrolmentCodeRow {
                    code_key: PublicKey(row.get(0)?),
                    district: row.get(1)?,
                    counter: CounterCode(row.get(2)?),
                    valid_until_at: row.get(3)?,
                    used_by: row.get::<_, Option<[u8; 32]>>(4)?.map(PublicKey),
                    reply: row.get(5)?,
                })
            })
            .optional()?;
        Ok(row)
    }

    async fn use_enrolment_code(
        &mut self,
        code: KeyId,
        key: &PublicKey,
        reply: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "UPDATE enrolment_code SET used_by_key = ?2, reply = ?3, used_at = ?4 WHERE code_key_id = ?1",
            )?
            .execute(params![code.0, key.0, reply, now])?;
        Ok(())
    }

    async fn put_counter_key(&mut self, row: &CounterKeyRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO counter_key (key_id, public_key, district, counter, delegation, from_at, until_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (key_id) DO UPDATE SET delegation = excluded.delegation,
                     from_at = min(from_at, excluded.from_at), until_at = excluded.until_at",
            )?
            .execute(params![
                row.id().0,
                row.key.0,
                row.district,
                row.counter.0,
                row.delegation,
                row.from_at,
                row.until_at
            ])?;
        Ok(())
    }

    async fn counter_key(&mut self, key: KeyId) -> Result<Option<CounterKeyRow>, StoreError> {
        let row = self
            .connection
            .prepare_cached(&format!("{KEY_COLUMNS} WHERE key_id = ?1"))?
            .query_row([key.0], key_row)
            .optional()?;
        Ok(row)
    }

    async fn counter_keys(&mut self) -> Result<Vec<CounterKeyRow>, StoreError> {
        let mut statement = self
            .connection
            .prepare_cached(&format!("{KEY_COLUMNS} ORDER BY from_at, key_id"))?;
        let rows = statement.query_map([], key_row)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }
}

fn key_row(row: &Row<'_>) -> rusqlite::Result<CounterKeyRow> {
    Ok(CounterKeyRow {
        key: PublicKey(row.get(0)?),
        district: row.get(1)?,
        counter: CounterCode(row.get(2)?),
        delegation: row.get(3)?,
        from_at: row.get(4)?,
        until_at: row.get(5)?,
        program: row.get(6)?,
    })
}
