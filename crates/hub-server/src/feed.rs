//! Reading the district's log for one counter.
//!
//! A counter gets the verdicts on its own changes and the changes others made in its district,
//! but not what is private to another counter (its accounts, its own lives) or not taken there.
//! Once the hub was restored it gets the verdict on what was not taken too, without the change: what was told it as
//! taken before may have lost its place to newer work.

use std::time::Duration;

use counter_core::change::{CounterCode, IncarnationId};
use hub_api::{
    cbor,
    feed::{Cursor, FeedEntry, FeedEvent, FeedPage},
    protocol::{MAX_FEED_BYTES, MAX_FEED_ENTRIES},
    push::LaneWords,
    signed::Signed,
};
use serde_bytes::ByteBuf;

use crate::{
    hub::Hub,
    judge::{filed_under, is_private},
    store::{HubLifeStore, HubStore, HubTransaction, Life, LogRow, LogStore, StoreError},
};

/// How often a waiting reader looks for what another process appended.
const LOOK_AGAIN: Duration = Duration::from_millis(500);

/// Entries whose changes are read together; each may be as long as a change may be.
const ROWS_AT_ONCE: usize = 64;

/// Who reads.
#[derive(Clone, Debug)]
pub struct Reader {
    /// The district.
    pub district: String,
    /// The counter.
    pub counter: CounterCode,
    /// The life of its database that reads.
    pub incarnation: IncarnationId,
}

/// No page was made.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    /// The cursor lies beyond the log.
    #[error("the cursor is beyond the log")]
    BeyondLog,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The signed page after `after`, waiting up to `wait` for something to put on it.
/// Without a cursor, or with one of another life of this hub, reading begins anew.
///
/// # Errors
/// [`FeedError`].
pub async fn page<S: HubStore>(
    hub: &Hub<S>,
    reader: &Reader,
    after: Option<Cursor>,
    wait: Duration,
) -> Result<Signed<FeedPage>, FeedError> {
    let deadline = tokio::time::Instant::now() + wait;
    let (mut news, mut stopping) = (hub.news(), hub.stopping());
    loop {
        news.borrow_and_update();
        let page = read(hub, reader, after).await?;
        let nothing_new = page.head == page.after;
        if !nothing_new || *stopping.borrow() || tokio::time::Instant::now() >= deadline {
            return Ok(Signed::seal(&page, hub.key()));
        }
        let look_again = deadline.min(tokio::time::Instant::now() + LOOK_AGAIN);
        tokio::select! {
            _ = news.changed() => {}
            _ = stopping.changed() => {}
            () = tokio::time::sleep_until(look_again) => {}
        }
    }
}

async fn read<S: HubStore>(hub: &Hub<S>, reader: &Reader, after: Option<Cursor>) -> Result<FeedPage, FeedError> {
    let mut transaction = hub.store.begin_read().await?;
    let start = Cursor {
        hub_incarnation: transaction.life_now().await?,
        index: 0,
    };
    let after = after
        .filter(|after| after.hub_incarnation == start.hub_incarnation)
        .unwrap_or(start);
    let head = transaction.log_head(&reader.district).await?;
    if after.index > head.index {
        return Err(FeedError::BeyondLog);
    }
    let rows = transaction
        .log_after(&reader.district, after.index, MAX_FEED_ENTRIES)
        .await?;
    // Readers that wait look again and again, mostly at nothing.
    let was_restored = !rows.is_empty() && !transaction.ended_lives(&reader.district).await?.is_empty();
    let (mut entries, mut next, mut bytes) = (Vec::new(), after, 0);
    let mut to_the_end = rows.len() < MAX_FEED_ENTRIES;
    'rows: for rows in rows.chunks(ROWS_AT_ONCE) {
        let given = for_reader(&mut transaction, reader, was_restored, rows).await?;
        for (row, given) in rows.iter().zip(given) {
            if let Some(Given {
                event,
                change,
                lane_key,
            }) = given
            {
                bytes += row.event.len() + change.as_ref().map_or(0, |change| change.len());
                if bytes > MAX_FEED_BYTES && !entries.is_empty() {
                    to_the_end = false;
                    break 'rows;
                }
                entries.push(FeedEntry {
                    index: row.index,
                    at: row.at,
                    event,
                    change,
                    lane_key,
                });
            }
            next.index = row.index;
        }
    }
    if to_the_end {
        // Between the last entry and the end there may be the gap before a new life of the hub.
        next.index = next.index.max(head.index);
    }
    Ok(FeedPage {
        site: reader.district.clone(),
        counter: reader.counter.clone(),
        after,
        next,
        head: Cursor {
            index: head.index,
            ..after
        },
        at: hub.world.now(),
        entries,
    })
}

/// An event as a reader gets it.
struct Given {
    event: FeedEvent,
    /// The change it does not have.
    change: Option<ByteBuf>,
    /// The key of the lane, where the change is its own counter's.
    lane_key: Option<ByteBuf>,
}

impl Given {
    fn alone(event: FeedEvent) -> Self {
        Self {
            event,
            change: None,
            lane_key: None,
        }
    }
}

/// Rows as this reader gets them; `None` where one does not concern it. Their changes are read together.
async fn for_reader(
    transaction: &mut impl HubTransaction,
    reader: &Reader,
    was_restored: bool,
    rows: &[LogRow],
) -> Result<Vec<Option<Given>>, StoreError> {
    let mut given = Vec::with_capacity(rows.len());
    let (mut lacking, mut places) = (Vec::new(), Vec::new());
    for row in rows {
        let event: FeedEvent =
            cbor::decode(&row.event).map_err(|error| StoreError::Damaged(format!("entry {}: {error}", row.index)))?;
        let mut one = Given::alone(event);
        let concerns = match &one.event {
            FeedEvent::TrustPublished { .. } | FeedEvent::DatasetPublished { .. } | FeedEvent::Unknown => true,
            FeedEvent::Recorded { counter, .. } => *counter == reader.counter,
            FeedEvent::Judged {
                counter,
                incarnation,
                seq,
                lane,
                verdict,
                ..
            } => {
                let own = *counter == reader.counter;
                let own_life = own && *incarnation == reader.incarnation;
                let concerns = own || (!is_private(lane) && (verdict.is_taken() || was_restored));
                if concerns && !own_life && (own || verdict.is_taken()) {
                    lacking.push((counter.clone(), *incarnation, *seq));
                    places.push(given.len());
                }
                if own && !own_life {
                    // What another life of this counter made comes along: a restored database may lack it.
                    one.lane_key = key_of(transaction, reader, *incarnation, lane).await?;
                }
                concerns
            }
        };
        given.push(concerns.then_some(one));
    }
    let found = transaction.bytes_of(&reader.district, &lacking).await?;
    for (place, bytes) in places.into_iter().zip(found) {
        if let Some(one) = &mut given[place] {
            one.change = bytes.map(ByteBuf::from);
        }
    }
    Ok(given)
}

async fn key_of(
    transaction: &mut impl HubTransaction,
    reader: &Reader,
    incarnation: IncarnationId,
    lane: &LaneWords,
) -> Result<Option<ByteBuf>, StoreError> {
    let life = Life {
        district: reader.district.clone(),
        counter: reader.counter.clone(),
        incarnation,
    };
    let filed = filed_under(&life, lane);
    Ok(transaction.lane_key(&reader.district, &filed).await?.map(ByteBuf::from))
}
