//! Sending what has no receipt yet, life by life, in batches of consecutive changes.
//!
//! While the hub records one batch, the receipts of the one before are stored here and the one after is made ready.
//! It is sent only when the answer before it was checked, so the hub never has two batches of a counter at once.

mod batch;

use counter_core::change::IncarnationId;
use counter_store::StoreError;
use hub_api::{
    cbor,
    protocol::{MAX_BATCH_CHANGES, PUSH_PATH},
    push::PushAnswer,
    receipt::Receipt,
    signed::Signed,
};

use crate::{
    SyncError, Transport,
    call::{Binding, Body, Connection},
    receipts::{self, Believed, Came},
};
pub(crate) use batch::Batch;

/// As long as it is not known whether the hub unpacks, batches are short: a slow line pays for every byte.
const PLAIN_CHANGES: usize = 50;

/// What came of pushing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Pushed {
    /// Changes that got a receipt.
    pub changes: u32,
    /// Receipts stored.
    pub receipts: u32,
    /// The hub knows other changes under our numbers, and a new life was begun.
    pub forked: bool,
}

/// Where in the outbox a batch begins: in which life, with which number.
type Place = (IncarnationId, u64);

/// How often one round may find itself forked. Each time something is carried over into a life that cannot fork
/// again, so more is the work of a hub that is not in order.
const FORKS: u32 = 3;

/// Pushes until nothing is unsent. What another copy of this database sent under the same numbers is carried over.
///
/// # Errors
/// [`SyncError::HubRestored`] where the hub lacks what it has given receipts for.
pub(crate) async fn push<T: Transport>(
    connection: &mut Connection<'_, T>,
    pushed: &mut Pushed,
) -> Result<(), SyncError> {
    let mut unstored = Vec::new();
    let sent = send_all(connection, pushed, &mut unstored).await;
    receipts::keep(connection, &unstored, Came::InAnswer)?;
    sent
}

/// Leaves in `unstored` the receipts that are believed and not stored yet.
async fn send_all<T: Transport>(
    connection: &mut Connection<'_, T>,
    pushed: &mut Pushed,
    unstored: &mut Vec<Believed>,
) -> Result<(), SyncError> {
    let mut forks = 0;
    // Up to where the hub was seen to have what we have, and how far to step back where it has not.
    let (mut common, mut step) = (None, 1);
    // Where the hub wants to be sent from, if that is below what is unsent.
    let mut again_from: Option<Place> = None;
    // Where the outbox began when it was last looked at: what got its receipts does not stand there again.
    let mut begun: Option<Place> = None;
    let mut ready: Option<(Batch, Body)> = None;
    loop {
        if ready.is_none() {
            // What is unsent is told by the receipts that are stored.
            receipts::keep(connection, &std::mem::take(unstored), Came::InAnswer)?;
            let place = match again_from.take() {
                Some(place) => Some(place),
                None => {
                    let first = connection.store.read(|tx| tx.first_unsent())?;
                    if first.is_some() && first == begun {
                        return Err(SyncError::Nonsense("its receipts change nothing"));
                    }
                    begun = first;
                    first
                }
            };
            if let Some(place) = place {
                ready = make_ready(connection, place)?;
            }
        }
        let Some((batch, body)) = ready.take() else {
            return Ok(());
        };
        let (incarnation, to) = (batch.incarnation, batch.last().0);
        let (answer, following) = {
            let connection = &*connection;
            // The first batches of a round were made ready before the hub had said that it unpacks.
            let sent = connection.call(http::Method::POST, PUSH_PATH, connection.packed(body), incarnation);
            let meanwhile = async {
                // The request leaves before this thread is busy.
                tokio::task::yield_now().await;
                receipts::keep(connection, &std::mem::take(unstored), Came::InAnswer)?;
                Ok::<_, SyncError>(make_ready(connection, (incarnation, to + 1))?)
            };
            tokio::join!(sent, meanwhile)
        };
        let following = following?;
        let answer = cbor::decode(&answer?)?;
        if !matches!(answer, PushAnswer::Recorded { .. }) {
            receipts::keep(connection, &std::mem::take(unstored), Came::InAnswer)?;
        }
        match answer {
            PushAnswer::Recorded { receipts } => {
                common = Some((incarnation, to));
                let believed = believe(connection, &batch, &receipts)?;
                pushed.receipts += u32::try_from(believed.len()).unwrap_or(u32::MAX);
                unstored.extend(believed);
                pushed.changes += u32::try_from(batch.changes.len()).unwrap_or(u32::MAX);
                ready = following;
            }
            // Before anything is sent again, it is given back what it told: its order counts.
            PushAnswer::Expected { seq } if seq >= 1 && seq < batch.first() => return Err(SyncError::HubRestored),
            PushAnswer::Expected { .. } => return Err(SyncError::Nonsense("it expects a change that was sent")),
            // A receipt of an earlier life of the hub proves nothing now: where the paths parted may lie further back.
            PushAnswer::Fork { seq }
                if seq <= batch.first()
                    && batch.first() > 1
                    && common != seq.checked_sub(1).map(|seq| (incarnation, seq)) =>
            {
                again_from = Some((incarnation, batch.first().saturating_sub(step).max(1)));
                begun = None;
                step *= 2;
            }
            PushAnswer::Fork { seq } => {
                forks += 1;
                if forks > FORKS || seq <= 1 || seq < batch.first() || seq > to {
                    return Err(SyncError::Nonsense("it tells of a fork that cannot be"));
                }
                tracing::error!(seq, %incarnation, "the hub knows another change under this number");
                let now = connection.clock.now();
                connection.store.carry_over(incarnation, seq, now)?;
                connection.go_on();
                pushed.forked = true;
            }
        }
    }
}

/// Reads the batch that begins at `place` and writes it as it is sent.
fn make_ready<T: Transport>(
    connection: &Connection<'_, T>,
    (incarnation, seq): Place,
) -> Result<Option<(Batch, Body)>, StoreError> {
    let limit = if connection.unpacks() {
        MAX_BATCH_CHANGES
    } else {
        PLAIN_CHANGES
    };
    let batch = connection.store.read(|tx| Batch::read(tx, incarnation, seq, limit))?;
    Ok(batch.map(|batch| {
        let body = connection.packed(cbor::encode(&batch.message(connection)).into());
        (batch, body)
    }))
}

/// Believes the receipts for `batch` if every one of them holds and they cover it without a hole.
fn believe(binding: &Binding<'_>, batch: &Batch, receipts: &[Signed<Receipt>]) -> Result<Vec<Believed>, SyncError> {
    let believed = receipts::believe(binding, batch.incarnation, receipts)?;
    let mut covered_to = batch.first() - 1;
    for (receipt, _) in &believed {
        if receipt.from > covered_to + 1 {
            return Err(SyncError::Nonsense("its receipts leave a hole"));
        }
        covered_to = covered_to.max(receipt.to);
    }
    if covered_to < batch.last().0 {
        return Err(SyncError::Nonsense("its receipts do not cover what was sent"));
    }
    Ok(believed)
}
