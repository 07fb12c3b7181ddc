//! Table `request_nonce`.

use hub_api::key::KeyId;

use super::PostgresTransaction;
use crate::store::{RequestStore, Stored};

/// How many old nonces one request forgets at most. Others that do the same are passed by, not waited for.
const FORGET: i64 = 64;

impl RequestStore for PostgresTransaction {
    async fn note_request(
        &mut self,
        district: &str,
        key: KeyId,
        program: Option<&str>,
        nonce: [u8; 16],
        now: i64,
        forget_before: i64,
    ) -> Stored<bool> {
        self.send(
            "DELETE FROM request_nonce USING (
                 SELECT key_id, nonce FROM request_nonce WHERE district = $1 AND seen_at < $2
                 ORDER BY seen_at LIMIT $3 FOR UPDATE SKIP LOCKED
             ) AS old
             WHERE request_nonce.district = $1 AND request_nonce.key_id = old.key_id AND request_nonce.nonce = old.nonce",
            vec![Box::new(district.to_owned()), Box::new(forget_before), Box::new(FORGET)],
        )
        .await?;
        self.send(
            "UPDATE counter_key SET last_heard_at = $2, program = coalesce($3, program) WHERE key_id = $1",
            vec![
                Box::new(key.0.to_vec()),
                Box::new(now),
                Box::new(program.map(str::to_owned)),
            ],
        )
        .await?;
        let inserted = self
            .execute(
                "INSERT INTO request_nonce (district, key_id, nonce, seen_at) VALUES ($1, $2, $3, $4)
                 ON CONFLICT DO NOTHING",
                &[&district, &key.0.as_slice(), &nonce.as_slice(), &now],
            )
            .await?;
        Ok(inserted == 1)
    }
}
