//! Writing the outbox: changes without a receipt, the attachments the hub may lack, and the place in the feed.

use std::{collections::BTreeSet, path::Path};

use counter_store::{Store, StoreError, UnsentLife};
use hub_api::{
    blob::{BlobHash, BlobRef},
    key::PublicKey,
    protocol::{MAX_BATCH_CHANGES, MAX_BLOB_BYTES},
    stick::{Direction, FORMAT, OutboxItem, StickError, StickFile, StickHeader, StickWriter},
};
use serde::Serialize;
use serde_bytes::ByteBuf;

use super::progress::{Tell, tell};
use crate::{
    Clock, StickProgress, SyncError,
    blobs::{range_at, wanted},
    call::Binding,
    push::Batch,
};

/// What a file may need beside its items, in bytes: header, seal, the place in the feed.
const FRAME_BYTES: u64 = 16 * 1024;
/// What a change or a range may need beside its own bytes.
const ITEM_BYTES: u64 = 512;

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    /// Changes without a receipt.
    pub changes: u32,
    /// Whole attachments.
    pub attachments: u32,
    /// Changes and attachments that do not fit into one file. They go with the next one, once the answer to this one is in.
    pub left_out: u32,
    /// The length of the file in bytes.
    #[specta(type = f64)]
    pub bytes: u64,
}

/// Writes the outbox of `store` to `file`, at most `limit` bytes long, for the hub the counter is bound to. `progress`
/// is told how far it is and answers whether to go on.
///
/// # Errors
/// [`SyncError::NotEnrolled`]; [`SyncError::Stick`] where the medium does not take it or a person stopped it; the store's.
/// There is no file then.
pub fn export_outbox(
    store: &Store,
    clock: &Clock,
    file: &Path,
    limit: u64,
    progress: &mut dyn FnMut(StickProgress) -> bool,
) -> Result<Exported, SyncError> {
    let binding = Binding::open(store, clock)?;
    let lives = store.read::<_, StoreError>(|tx| tx.unsent_lives())?;
    let blobs = kept_blobs(&binding)?;
    let of = FRAME_BYTES
        + lives.iter().map(|life| life.bytes).sum::<u64>()
        + blobs.iter().map(|blob| blob.length).sum::<u64>();
    // Encryption adds 16 bytes to every 64 KiB.
    let limit = limit - limit / 4096;
    let header = StickHeader {
        format: FORMAT,
        direction: Direction::Outbox,
        site: binding.identity.site.clone(),
        counter: binding.identity.counter.clone(),
        incarnation: binding.identity.incarnation,
        counter_key: PublicKey::of(&binding.key).id(),
        hub_key: binding.hub_key.id(),
        made_at: clock.now(),
    };
    let target = StickFile::create(file, of.min(limit))?;
    let mut outbox = Outbox {
        writer: StickWriter::begin(target, &header, &binding.hub_key)?,
        binding: &binding,
        exported: Exported::default(),
        limit: limit.saturating_sub(FRAME_BYTES),
        of,
        progress,
    };
    for life in lives {
        outbox.changes(life)?;
    }
    for blob in blobs {
        outbox.attachment(blob)?;
    }
    let Outbox {
        mut writer,
        mut exported,
        progress,
        ..
    } = outbox;
    writer.put(&OutboxItem::Feed { after: binding.cursor })?;
    exported.bytes = writer.seal(&binding.key)?.keep()?;
    tell(progress, of, of)?;
    Ok(exported)
}

/// The attachments the hub may lack, as far as their content is here and the hub takes one that long.
fn kept_blobs(binding: &Binding<'_>) -> Result<Vec<BlobRef>, StoreError> {
    let mut blobs = BTreeSet::new();
    for sha256 in wanted(binding)? {
        let length = binding.store.attachments().length(&sha256)?;
        if let (Some(sha256), Some(length)) = (BlobHash::from_hex(&sha256), length)
            && length <= MAX_BLOB_BYTES
        {
            blobs.insert(BlobRef { sha256, length });
        }
    }
    Ok(blobs.into_iter().collect())
}

struct Outbox<'a> {
    writer: StickWriter<StickFile>,
    binding: &'a Binding<'a>,
    exported: Exported,
    limit: u64,
    of: u64,
    progress: Tell<'a>,
}

impl Outbox<'_> {
    /// The changes of one life in batches. They go before the attachments: should there be no room for all, they matter more.
    fn changes(&mut self, life: UnsentLife) -> Result<(), SyncError> {
        let mut next = life.recorded_to + 1;
        loop {
            let binding = self.binding;
            let batch = binding
                .store
                .read(|tx| Batch::read(tx, life.incarnation, next, MAX_BATCH_CHANGES))?;
            let Some(batch) = batch else { return Ok(()) };
            let changes = u32::try_from(batch.changes.len()).unwrap_or(u32::MAX);
            let bytes = batch
                .changes
                .iter()
                .map(|change| change.stored.bytes.len() as u64 + ITEM_BYTES);
            if self.writer.written() + bytes.sum::<u64>() > self.limit {
                self.exported.left_out += changes;
            } else {
                self.writer.put(&OutboxItem::Batch {
                    incarnation: life.incarnation,
                    batch: batch.message(binding),
                })?;
                self.exported.changes += changes;
                self.tell()?;
            }
            next = batch.last().0 + 1;
        }
    }

    fn attachment(&mut self, blob: BlobRef) -> Result<(), SyncError> {
        let ranges = 1 + blob.length / counter_store::CHUNK_BYTES as u64;
        if self.writer.written() + blob.length + ranges * ITEM_BYTES > self.limit {
            self.exported.left_out += 1;
            return Ok(());
        }
        let mut offset = 0;
        loop {
            let bytes = range_at(self.binding, blob, offset)?;
            let end = offset + bytes.len() as u64;
            self.writer.put(&OutboxItem::Range {
                blob,
                offset,
                bytes: ByteBuf::from(bytes),
            })?;
            self.tell()?;
            if end >= blob.length {
                break;
            }
            offset = end;
        }
        self.exported.attachments += 1;
        Ok(())
    }

    fn tell(&mut self) -> Result<(), StickError> {
        tell(self.progress, self.writer.written(), self.of)
    }
}
