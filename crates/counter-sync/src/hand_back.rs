//! Helping a restored hub: its own signed pages and our changes go back to it, and what it lost is sent again.

use counter_core::change::{CounterCode, IncarnationId};
use counter_store::{
    RecordedTo, StoreError,
    table::hub_page::{self, HubPage},
};
use hub_api::{
    cbor,
    feed::{FeedEvent, FeedPage},
    hand_back::{HandBack, HandBackAnswer, verify_hand_back},
    protocol::{HAND_BACK_PATH, MAX_BATCH_BYTES},
    signed::Signed,
};
use serde_bytes::ByteBuf;

use crate::{SyncError, Transport, call::Connection};

/// Hands back what the hub lost, in the order it was told in, and goes on in the hub's new life. What was recorded
/// and is lost there counts as saved here until there is a new receipt; so does every attachment until the hub says
/// again that it has it.
///
/// # Errors
/// [`SyncError::HubRestored`] where the hub does not agree that it was restored; as for a round.
pub(crate) async fn hand_back<T: Transport>(connection: &mut Connection<'_, T>) -> Result<(), SyncError> {
    let (page_proof, receipt_proof) = connection.store.read(|tx| {
        let page = hub_page::newest(tx)?.map(|page| Signed::from_bytes(page.bytes));
        Ok::<_, StoreError>((page, tx.newest_receipt()?.map(Signed::from_bytes)))
    })?;
    let mut told = send(
        connection,
        &HandBack {
            page_proof,
            receipt_proof,
            page: None,
            changes: Vec::new(),
        },
    )
    .await?;
    let before = connection.cursor;
    if told.hub_incarnation == before.hub_incarnation {
        return Err(SyncError::HubRestored);
    }
    tracing::warn!(life = %told.hub_incarnation, "the hub was restored; handing back what it lost");
    let common = told
        .ended
        .iter()
        .find(|life| life.hub_incarnation == before.hub_incarnation)
        .map_or(0, |life| life.ended_at.min(before.index));
    let mut after = common;
    while let Some(page) = next_page(connection, after, &told)? {
        after = page.next;
        told = hand_back_page(connection, page).await?;
    }
    let now = connection.clock.now();
    let heads: Vec<RecordedTo> = told
        .heads
        .iter()
        .map(|head| RecordedTo {
            incarnation: head.incarnation,
            seq: head.seq,
        })
        .collect();
    connection
        .store
        .write(|tx| tx.hub_was_restored(&told.hub_incarnation.0, common, &heads, now))?;
    connection.cursor.hub_incarnation = told.hub_incarnation;
    connection.cursor.index = common;
    Ok(())
}

fn next_page<T: Transport>(
    connection: &Connection<'_, T>,
    after: u64,
    told: &HandBackAnswer,
) -> Result<Option<HubPage>, StoreError> {
    connection
        .store
        .read(|tx| hub_page::first_above(tx, after, &told.hub_incarnation.0))
}

/// Hands back one page with our own changes that it names, in as many requests as their length asks for.
async fn hand_back_page<T: Transport>(
    connection: &Connection<'_, T>,
    kept: HubPage,
) -> Result<HandBackAnswer, SyncError> {
    let signed: Signed<FeedPage> = Signed::from_bytes(kept.bytes);
    let page = signed
        .open(&connection.hub_key)
        .map_err(hub_api::feed::FeedError::Open)?;
    let mut known_to = 0;
    loop {
        let changes = changes_after(connection, &page, known_to)?;
        let answer = send(
            connection,
            &HandBack {
                page_proof: None,
                receipt_proof: None,
                page: Some(signed.clone()),
                changes,
            },
        )
        .await?;
        if answer.taken_to >= page.next.index {
            return Ok(answer);
        }
        if answer.taken_to <= known_to {
            return Err(SyncError::Nonsense("it does not take back what it signed"));
        }
        known_to = answer.taken_to;
    }
}

/// The changes of this counter that the entries after `after` name, as many as a request holds.
fn changes_after<T: Transport>(
    connection: &Connection<'_, T>,
    page: &FeedPage,
    after: u64,
) -> Result<Vec<ByteBuf>, StoreError> {
    let (mut changes, mut length) = (Vec::new(), 0);
    for entry in page
        .entries
        .iter()
        .filter(|entry| entry.index > after && entry.change.is_none())
    {
        let FeedEvent::Judged {
            counter,
            incarnation,
            seq,
            ..
        } = &entry.event
        else {
            continue;
        };
        let Some(bytes) = own_change(connection, counter, *incarnation, *seq)? else {
            continue;
        };
        length += bytes.len();
        if length > MAX_BATCH_BYTES && !changes.is_empty() {
            break;
        }
        changes.push(ByteBuf::from(bytes));
    }
    Ok(changes)
}

fn own_change<T: Transport>(
    connection: &Connection<'_, T>,
    counter: &CounterCode,
    incarnation: IncarnationId,
    seq: u64,
) -> Result<Option<Vec<u8>>, StoreError> {
    let found = connection.store.read(|tx| tx.change(counter, incarnation, seq))?;
    Ok(found.map(|change| change.stored.bytes))
}

async fn send<T: Transport>(connection: &Connection<'_, T>, message: &HandBack) -> Result<HandBackAnswer, SyncError> {
    let life = connection.identity.incarnation;
    let answer = connection
        .call(http::Method::POST, HAND_BACK_PATH, cbor::encode(message), life)
        .await?;
    let identity = &connection.identity;
    verify_hand_back(
        &Signed::from_bytes(answer.to_vec()),
        &connection.hub_key,
        &identity.site,
        &identity.counter,
    )
    .map_err(|_| SyncError::Nonsense("its word on its lives does not hold"))
}
