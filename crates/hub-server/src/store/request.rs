//! The requests seen lately, so that none is believed twice.

use std::future::Future;

use hub_api::key::KeyId;

use super::Stored;

/// Requests by key and nonce.
pub trait RequestStore {
    /// Notes a request of `key`, which speaks in `district` with this `program`, where it says so; `false` where it was
    /// here before.
    /// Nonces seen before `forget_before` (ms UTC) may be forgotten.
    fn note_request(
        &mut self,
        district: &str,
        key: KeyId,
        program: Option<&str>,
        nonce: [u8; 16],
        now: i64,
        forget_before: i64,
    ) -> impl Future<Output = Stored<bool>> + Send;
}
