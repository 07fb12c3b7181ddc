//! Table `request_nonce`.

use hub_api::key::KeyId;
use rusqlite::params;

use super::SqliteTransaction;
use crate::store::{RequestStore, StoreError};

impl RequestStore for SqliteTransaction {
    async fn note_request(
        &mut self,
        district: &str,
        key: KeyId,
        program: Option<&str>,
        nonce: [u8; 16],
        now: i64,
        forget_before: i64,
    ) -> Result<bool, StoreError> {
        self.connection
            .prepare_cached("DELETE FROM request_nonce WHERE district = ?1 AND seen_at < ?2")?
            .execute(params![district, forget_before])?;
        self.connection
            .prepare_cached(
                "UPDATE counter_key SET last_heard_at = ?2, program = coalesce(?3, program) WHERE key_id = ?1",
            )?
            .execute(params![key.0, now, program])?;
        let inserted = self
            .connection
            .prepare_cached(
                "INSERT INTO request_nonce (district, key_id, nonce, seen_at) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO NOTHING",
            )?
            .execute(params![district, key.0, nonce, now])?;
        Ok(inserted == 1)
    }
}
