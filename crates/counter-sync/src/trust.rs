//! Fetching the district's trust bundle. It is signed; whoever keeps it checks it against the pinned key.

use bytes::Bytes;
use counter_store::{Store, StoreError, table::hub_binding};
use hub_api::protocol::TRUST_PATH;

use crate::{
    Clock, SyncError, Transport,
    call::{finish, read_answer},
};

/// The bundle as the hub signed it, not yet believed.
///
/// # Errors
/// [`SyncError`].
pub async fn fetch_trust<T: Transport>(store: &Store, transport: &T, clock: &Clock) -> Result<Vec<u8>, SyncError> {
    let binding = store.read::<_, StoreError>(hub_binding::get)?;
    let url = binding.ok_or(SyncError::NotEnrolled)?.url;
    let request = http::Request::get(format!("{url}{TRUST_PATH}?site={}", store.identity().site));
    let answer = transport.send(finish(request, Bytes::new())?).await?;
    Ok(read_answer(answer, clock)?.to_vec())
}
