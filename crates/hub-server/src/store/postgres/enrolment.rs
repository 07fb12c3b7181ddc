//! Tables `enrolment_code` and `counter_key`.

use counter_core::change::CounterCode;
use hub_api::key::{KeyId, PublicKey};
use tokio_postgres::Row;

use super::{PostgresTransaction, fixed};
use crate::store::{CounterKeyRow, EnrolmentCodeRow, EnrolmentStore, StoreError, Stored};

const KEY_COLUMNS: &str =
    "SELECT public_key, district, counter, delegation, from_at, until_at, program FROM counter_key";

impl EnrolmentStore for PostgresTransaction {
    async fn insert_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> Stored<()> {
        self.execute(
            "INSERT INTO enrolment_code (code_key_id, code_key, district, counter, valid_until_at)
             VALUES ($1, $2, $3, $4, $5)",
            &[
                &row.code_key.id().0.as_slice(),
                &row.code_key.0.as_slice(),
                &row.district,
                &row.counter.0,
                &row.valid_until_at,
            ],
        )
        .await?;
        Ok(())
    }

    async fn enrolment_code(&mut self, code: KeyId) -> Stored<Option<EnrolmentCodeRow>> {
        let sql = format!(
            "SELECT code_key, district, counter, valid_until_at, used_by_key, reply FROM enrolment_code
             WHERE code_key_id = $1{}",
            self.for_update()
        );
        let Some(row) = self.row(&sql, &[&code.0.as_slice()]).await? else {
            return Ok(None);
        };
        let used_by: Option<&[u8]> = row.try_get(4)?;
        let used_by = used_by
            .map(|key| key.try_into().map(PublicKey))
            .transpose()
            .map_err(|_| StoreError::Damaged("a key is not one".into()))?;
        Ok(Some(EnrolmentCodeRow {
            code_key: PublicKey(fixed(&row, 0)?),
            district: row.try_get(1)?,
            counter: CounterCode(row.try_get(2)?),
            valid_until_at: row.try_get(3)?,
            used_by,
            reply: row.try_get(5)?,
        }))
    }

    async fn use_enrolment_code(&mut self, code: KeyId, key: &PublicKey, reply: &[u8], now: i64) -> Stored<()> {
        self.execute(
            "UPDATE enrolment_code SET used_by_key = $2, reply = $3, used_at = $4 WHERE code_key_id = $1",
            &[&code.0.as_slice(), &key.0.as_slice(), &reply, &now],
        )
        .await?;
        Ok(())
    }

    async fn put_counter_key(&mut self, row: &CounterKeyRow) -> Stored<()> {
        self.execute(
            "INSERT INTO counter_key (key_id, public_key, district, counter, delegation, from_at, until_at)
             VALUES ($1, $2, $3, $4, $5, $6, $7)
             ON CONFLICT (key_id) DO UPDATE SET delegation = excluded.delegation,
                 from_at = least(counter_key.from_at, excluded.from_at), until_at = excluded.until_at",
            &[
                &row.id().0.as_slice(),
                &row.key.0.as_slice(),
                &row.district,
                &row.counter.0,
                &row.delegation,
                &row.from_at,
                &row.until_at,
            ],
        )
        .await?;
        Ok(())
    }

    async fn counter_key(&mut self, key: KeyId) -> Stored<Option<CounterKeyRow>> {
        let found = self
            .row(&format!("{KEY_COLUMNS} WHERE key_id = $1"), &[&key.0.as_slice()])
            .await?;
        found.as_ref().map(key_row).transpose()
    }

    async fn counter_keys(&mut self) -> Stored<Vec<CounterKeyRow>> {
        let rows = self
            .rows(&format!("{KEY_COLUMNS} ORDER BY from_at, key_id"), &[])
            .await?;
        rows.iter().map(key_row).collect()
    }
}

fn key_row(row: &Row) -> Stored<CounterKeyRow> {
    Ok(CounterKeyRow {
        key: PublicKey(fixed(row, 0)?),
        district: row.try_get(1)?,
        counter: CounterCode(row.try_get(2)?),
        delegation: row.try_get(3)?,
        from_at: row.try_get(4)?,
        until_at: row.try_get(5)?,
        program: row.try_get(6)?,
    })
}
