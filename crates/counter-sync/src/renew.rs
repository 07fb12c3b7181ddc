//! Renewing the delegation before it ends: signed by the key that still holds, no code is needed.

use counter_store::table::hub_binding;
use hub_api::{
    delegation::{Delegation, RENEW_WITHIN_MS},
    key::PublicKey,
    protocol::RENEW_PATH,
    refused::RefusedCode,
    signed::Signed,
};

use crate::{SyncError, Transport, call::Connection};

/// Asks for a new delegation where the present one ends soon, and keeps it. An older hub renews with a code only.
pub(crate) async fn renew<T: Transport>(connection: &Connection<'_, T>) -> Result<(), SyncError> {
    let known = connection.store.read(hub_binding::get)?.ok_or(SyncError::NotEnrolled)?;
    if known.delegated_until_at - connection.clock.hub_now() > RENEW_WITHIN_MS {
        return Ok(());
    }
    let life = connection.identity.incarnation;
    let answer = match connection.call(http::Method::POST, RENEW_PATH, Vec::new(), life).await {
        Err(SyncError::Refused {
            code: RefusedCode::NotFound,
            ..
        }) => return Ok(()),
        answered => answered?,
    };
    let signed: Signed<Delegation> = Signed::from_bytes(answer.to_vec());
    let not_ours = || SyncError::Nonsense("its delegation is not for this counter");
    let delegation = signed.open(&connection.hub_key).map_err(|_| not_ours())?;
    let identity = &connection.identity;
    let ours = delegation.site == identity.site
        && delegation.counter == identity.counter
        && delegation.key == PublicKey::of(&connection.key);
    if !ours {
        return Err(not_ours());
    }
    if delegation.until_at > known.delegated_until_at {
        connection
            .store
            .write(|tx| hub_binding::renew(tx, signed.as_bytes(), delegation.until_at))?;
        tracing::info!(until_at = delegation.until_at, "the delegation was renewed");
    }
    Ok(())
}
