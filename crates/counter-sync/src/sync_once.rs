//! One round: attachments, changes, receipts, feed.

use counter_store::{Store, StoreError};
use serde::Serialize;

use crate::{
    Clock, ReferenceProgress, SyncError, Transport,
    blobs::send_blobs,
    call::Connection,
    fetch_blobs::fetch_blobs,
    hand_back::hand_back,
    pull::{Pulled, pull},
    push::{Pushed, push},
    reference::fetch,
    renew::renew,
};

/// Answers with reference data that one round waits for, so that what was saved meanwhile is sent in between.
const ANSWERS_A_ROUND: usize = 4;

/// What one round did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SyncOutcome {
    /// Changes that now have a receipt.
    pub pushed: u32,
    /// Receipts stored.
    pub receipts: u32,
    /// Changes made elsewhere that came in.
    pub pulled: u32,
    /// Our changes that the hub refused, newly.
    pub refused: Vec<RefusedChange>,
    /// The hub knows other changes under our numbers; a new life of the database was begun.
    pub forked: bool,
    /// Our own changes that came back: this database had lost them.
    pub returned: u32,
    /// What came of reference data.
    pub reference: ReferenceProgress,
}

/// A change of ours that the hub's lane does not take.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RefusedChange {
    /// The number of the case, or the lane where it is about something else.
    pub case: String,
    /// The reason's word.
    pub code: String,
    /// The number, state or material that stands in the way.
    pub message: String,
}

/// Pushes what has no receipt, reads the feed to its end, then fetches what is lacking of reference data.
///
/// # Errors
/// [`SyncError`]. What got a receipt or was read until then is kept.
pub async fn sync_once<T: Transport>(store: &Store, transport: &T, clock: &Clock) -> Result<SyncOutcome, SyncError> {
    let mut outcome = round(store, transport, clock, 0).await?;
    if outcome.reference.more {
        let connection = Connection::open(store, transport, clock)?;
        let rest = fetch(&connection, usize::MAX).await;
        outcome.reference = ReferenceProgress {
            chunks: outcome.reference.chunks + rest.chunks,
            bytes: outcome.reference.bytes + rest.bytes,
            ..rest
        };
    }
    Ok(outcome)
}

/// A round whose feed is held open up to `wait_s` seconds while there is nothing new. It fetches a few answers of
/// reference data at most, and says whether there is more.
pub(crate) async fn round<T: Transport>(
    store: &Store,
    transport: &T,
    clock: &Clock,
    wait_s: u64,
) -> Result<SyncOutcome, SyncError> {
    let mut connection = Connection::open(store, transport, clock)?;
    let mut done = Done::default();
    match exchange(&mut connection, wait_s, &mut done).await {
        Err(SyncError::HubRestored) => {
            hand_back(&mut connection).await?;
            exchange(&mut connection, 0, &mut done).await?;
        }
        other => other?,
    }
    let Done { pushed, pulled } = done;
    let reference = fetch(&connection, ANSWERS_A_ROUND).await;
    Ok(SyncOutcome {
        pushed: pushed.changes,
        receipts: pushed.receipts,
        pulled: pulled.changes,
        refused: pulled.refused,
        forked: pushed.forked || pulled.forked,
        returned: pulled.returned,
        reference,
    })
}

/// What a round did until now.
#[derive(Debug, Default)]
struct Done {
    pushed: Pushed,
    pulled: Pulled,
}

async fn exchange<T: Transport>(
    connection: &mut Connection<'_, T>,
    wait_s: u64,
    done: &mut Done,
) -> Result<(), SyncError> {
    // A database put back from a backup first learns what it lost: receipts the hub gave for that prove more than
    // it could check now.
    if is_new_life(connection)? {
        pull(connection, 0, &mut done.pulled).await?;
    }
    if let Err(error) = send_blobs(connection).await {
        tracing::warn!(%error, "attachments wait; the changes go on");
    }
    push(connection, &mut done.pushed).await?;
    pull(connection, wait_s, &mut done.pulled).await?;
    if let Err(error) = renew(connection).await {
        tracing::warn!(%error, "the delegation was not renewed; there is time left");
    }
    if let Err(error) = fetch_blobs(connection).await {
        tracing::warn!(%error, "attachments that were lost here wait");
    }
    Ok(())
}

/// Whether the life that writes grew out of another and the hub has not heard of it yet.
fn is_new_life<T: Transport>(connection: &Connection<'_, T>) -> Result<bool, StoreError> {
    let identity = &connection.identity;
    let recorded_to = connection.store.read(|tx| tx.recorded_to(identity.incarnation))?;
    Ok(recorded_to == 0 && !identity.number_tag.is_empty())
}
