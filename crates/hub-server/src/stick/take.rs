//! Taking in a counter's file: looked through to its seal first, then item by item, each in a transaction of its own.

use std::{
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use hub_api::stick::{
    ClosedStick, Direction, FORMAT, MAX_FILE_BYTES, OutboxItem, StickError, StickFile, StickHeader, StickReader,
    StickWriter,
};

use super::answer::Answering;
use crate::{
    feed::FeedError,
    hub::Hub,
    recording::Sender,
    store::{CounterKeyRow, EnrolmentStore, HubStore, Life, StoreError},
};

/// What was taken from a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The district.
    pub site: String,
    /// The counter.
    pub counter: String,
    /// Changes in the file that are recorded now, also those that were before.
    pub changes: u64,
    /// Receipts in the answer, for changes and for attachments.
    pub receipts: u64,
    /// Batches of which nothing was recorded; the answer says why.
    pub refused: u64,
    /// The length of the answer in bytes.
    pub answer_bytes: u64,
}

/// A file that was not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// The file or the medium.
    #[error(transparent)]
    Stick(#[from] StickError),
    /// No counter is known by the key in the header.
    #[error("no counter has this key")]
    UnknownKey,
    /// The delegation of the key is over.
    #[error("the delegation of this counter's key is over")]
    KeyExpired,
    /// The feed was asked for beyond the log's end.
    #[error(transparent)]
    Feed(#[from] FeedError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Takes in the outbox in `file` and writes the answer to `out`. Taking it again answers the same again.
///
/// # Errors
/// [`TakeError`]. A file that is not whole, not for this hub or not of a counter it knows is refused before anything is
/// recorded; should the store or the medium fail later, what was recorded stays, and the file can be taken again.
pub async fn take<S: HubStore>(hub: &Hub<S>, file: &Path, out: &Path) -> Result<Taken, TakeError> {
    let mut file = File::open(file).map_err(StickError::from)?;
    if file.metadata().map_err(StickError::from)?.len() > MAX_FILE_BYTES {
        return Err(StickError::TooLarge.into());
    }
    let (key, _, looked_through) = open(hub, &mut file).await?;
    looked_through.check()?;

    file.seek(SeekFrom::Start(0)).map_err(StickError::from)?;
    let (_, asked, mut outbox) = open(hub, &mut file).await?;
    let header = StickHeader {
        format: FORMAT,
        direction: Direction::Answer,
        hub_key: hub.public_key().id(),
        made_at: hub.world.now(),
        ..asked
    };
    let writer = StickWriter::begin(StickFile::create(out, 0)?, &header, &key.key)?;
    let sender = Sender {
        key: key.key,
        life: Life {
            district: key.district,
            counter: key.counter,
            incarnation: header.incarnation,
        },
    };
    let mut answering = Answering::new(hub, sender, writer);
    while let Some(item) = outbox.next_item()? {
        match item {
            OutboxItem::Batch { incarnation, batch } => answering.batch(incarnation, &batch).await?,
            OutboxItem::Range { blob, offset, bytes } => answering.range(blob, offset, &bytes).await?,
            OutboxItem::Feed { after } => answering.feed(after).await?,
        }
    }
    answering.end().await
}

type Reading<'f> = StickReader<OutboxItem, &'f mut File>;

/// Opens a file with the key of the counter it names.
async fn open<'f, S: HubStore>(
    hub: &Hub<S>,
    file: &'f mut File,
) -> Result<(CounterKeyRow, StickHeader, Reading<'f>), TakeError> {
    let closed = ClosedStick::read(file)?;
    let header = closed.header().clone();
    if header.hub_key != hub.public_key().id() && header.direction == Direction::Outbox {
        return Err(StickError::OtherHub.into());
    }
    let mut transaction = hub.store.begin_read().await?;
    let key = transaction
        .counter_key(header.counter_key)
        .await?
        .ok_or(TakeError::UnknownKey)?;
    drop(transaction);
    if !key.holds_at(hub.world.now()) {
        return Err(TakeError::KeyExpired);
    }
    if key.district != header.site || key.counter != header.counter {
        return Err(StickError::OtherCounter.into());
    }
    let reader = closed.open(hub.key(), &key.key)?;
    Ok((key, header, reader))
}
