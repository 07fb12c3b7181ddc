//! Taking in the hub's answer: looked through to its seal first, then believed item by item as over the network.

use std::{
    cell::Cell,
    fs::File,
    io::{Seek, SeekFrom},
    path::Path,
};

use counter_core::change::IncarnationId;
use counter_store::{Store, StoreError};
use hub_api::{
    blob::verify_blob_receipt,
    feed::{FeedPage, verify_page},
    push::PushAnswer,
    refused::RefusedCode,
    signed::Signed,
    stick::{AnswerItem, ClosedStick, MAX_FILE_BYTES, StickError, StickHeader, StickReader},
};
use serde::Serialize;

use super::progress::{Counted, Tell, tell};
use crate::{
    Clock, RefusedChange, StickProgress, SyncError,
    call::Binding,
    pull::{Pulled, fork_in, parts, take_in},
    receipts::{self, Came},
};

/// What an answer brought.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Imported {
    /// Changes that had no receipt and have one now.
    pub changes: u32,
    /// Receipts in the answer, for changes and for attachments.
    pub receipts: u32,
    /// Changes made elsewhere that came in.
    pub pulled: u32,
    /// Our changes that the hub refused, newly.
    pub refused: Vec<RefusedChange>,
    /// The hub knows other changes under our numbers; a new life of the database was begun.
    pub forked: bool,
    /// The district's trust list as the hub signed it, not yet believed.
    #[serde(skip)]
    pub trust: Option<Vec<u8>>,
}

/// Takes in the answer in `file`. An answer that was taken before, or one older than what is known, changes nothing.
///
/// # Errors
/// [`SyncError::Stick`] for a file that is not ours, not whole or not the hub's, before anything is written;
/// [`SyncError::Refused`] where the hub did not record a batch, after everything else was taken in; others as over the network.
pub fn import_answer(
    store: &Store,
    clock: &Clock,
    file: &Path,
    progress: &mut dyn FnMut(StickProgress) -> bool,
) -> Result<Imported, SyncError> {
    let binding = Binding::open(store, clock)?;
    let mut file = File::open(file).map_err(StickError::from)?;
    let length = file.metadata().map_err(StickError::from)?.len();
    if length > MAX_FILE_BYTES {
        return Err(StickError::TooLarge.into());
    }
    let read = Cell::new(0);
    // Looked through, then taken in: the file is read twice.
    let mut following = Following {
        read: &read,
        of: 2 * length,
        progress,
    };
    let (_, mut looked_through) = open(&binding, &mut file, &read)?;
    while looked_through.next_item()?.is_some() {
        following.tell()?;
    }
    drop(looked_through);

    file.seek(SeekFrom::Start(0)).map_err(StickError::from)?;
    let (header, mut answer) = open(&binding, &mut file, &read)?;
    let mut taking = Taking {
        binding,
        life: header.incarnation,
        imported: Imported::default(),
        not_recorded: None,
    };
    while let Some(item) = answer.next_item()? {
        taking.take(item)?;
        following.tell()?;
    }
    match taking.not_recorded {
        Some(code) => Err(SyncError::Refused {
            code,
            message: "the hub did not record a batch of the stick".to_owned(),
            retry_after: None,
        }),
        None => Ok(taking.imported),
    }
}

struct Following<'a> {
    read: &'a Cell<u64>,
    of: u64,
    progress: Tell<'a>,
}

impl Following<'_> {
    fn tell(&mut self) -> Result<(), StickError> {
        tell(self.progress, self.read.get(), self.of)
    }
}

type Reading<'f, 'c> = StickReader<AnswerItem, Counted<'c, &'f mut File>>;

fn open<'f, 'c>(
    binding: &Binding<'_>,
    file: &'f mut File,
    read: &'c Cell<u64>,
) -> Result<(StickHeader, Reading<'f, 'c>), StickError> {
    let closed = ClosedStick::read(Counted { inner: file, read })?;
    let header = closed.header().clone();
    let reader = closed.open(&binding.key, &binding.hub_key)?;
    if header.site != binding.identity.site || header.counter != binding.identity.counter {
        return Err(StickError::OtherCounter);
    }
    Ok((header, reader))
}

struct Taking<'a> {
    binding: Binding<'a>,
    /// The life that wrote the outbox this answers.
    life: IncarnationId,
    imported: Imported,
    not_recorded: Option<RefusedCode>,
}

impl Taking<'_> {
    fn take(&mut self, item: AnswerItem) -> Result<(), SyncError> {
        match item {
            AnswerItem::Pushed { incarnation, answer } => self.pushed(incarnation, answer),
            AnswerItem::NotRecorded { incarnation, code } => {
                tracing::error!(%incarnation, %code, "a batch was not recorded");
                self.not_recorded.get_or_insert(code);
                Ok(())
            }
            AnswerItem::Blob { blob, receipt } => {
                let binding = &self.binding;
                verify_blob_receipt(&receipt, &binding.hub_key, &binding.identity.site, blob)
                    .map_err(|_| SyncError::Nonsense("its receipt for an attachment does not hold"))?;
                binding.store.write(|tx| tx.blob_delivered(&blob.sha256.to_string()))?;
                self.imported.receipts += 1;
                Ok(())
            }
            AnswerItem::BlobNotWhole { blob, code } => {
                tracing::warn!(blob = %blob.sha256, %code, "an attachment did not arrive; it goes with the next file");
                Ok(())
            }
            AnswerItem::Page { page } => self.page(&page),
            AnswerItem::Trust { bundle } => {
                self.imported.trust = Some(bundle.into_bytes());
                Ok(())
            }
        }
    }

    fn pushed(&mut self, incarnation: IncarnationId, answer: PushAnswer) -> Result<(), SyncError> {
        let binding = &self.binding;
        let recorded_to = || binding.store.read::<_, StoreError>(|tx| tx.recorded_to(incarnation));
        let before = recorded_to()?;
        match answer {
            PushAnswer::Recorded { receipts } => {
                let believed = receipts::believe(binding, incarnation, &receipts)?;
                self.imported.receipts += receipts::keep(binding, &believed, Came::OnAStick)?;
                self.imported.changes += u32::try_from(recorded_to()? - before).unwrap_or(u32::MAX);
                Ok(())
            }
            PushAnswer::Expected { seq } if seq <= before => Err(SyncError::HubRestored),
            // What came before in the same file was not recorded, and is said by an item of its own.
            PushAnswer::Expected { .. } => Ok(()),
            PushAnswer::Fork { seq } => {
                tracing::error!(seq, %incarnation, "the hub knows another change under this number");
                // An answer taken twice begins one new life only.
                if binding.store.identity().incarnation == incarnation {
                    self.carry_over(incarnation, seq)?;
                }
                Ok(())
            }
        }
    }

    /// Writes again, in a new life, what another copy of this database had sent under the same numbers.
    fn carry_over(&mut self, forked: IncarnationId, from: u64) -> Result<(), SyncError> {
        let now = self.binding.clock.now();
        self.binding.store.carry_over(forked, from, now)?;
        self.binding.identity = self.binding.store.identity();
        self.imported.forked = true;
        Ok(())
    }

    /// Takes in what is new on a page. A page made for another life of this counter lacks what that life had, and waits
    /// for the next answer.
    fn page(&mut self, page: &Signed<FeedPage>) -> Result<(), SyncError> {
        let identity = &self.binding.identity;
        let cursor = self.binding.cursor;
        let asked = page
            .open(&self.binding.hub_key)
            .map_err(hub_api::feed::FeedError::from)?
            .after;
        let signed = page;
        let mut page = verify_page(signed, &self.binding.hub_key, &identity.site, &identity.counter, asked)?;
        if page.next.hub_incarnation != cursor.hub_incarnation {
            return Err(SyncError::HubRestored);
        }
        if self.life != self.binding.store.identity().incarnation || page.next.index <= cursor.index {
            return Ok(());
        }
        if page.after.index > cursor.index {
            return Err(SyncError::Nonsense("its page goes on where nothing was read"));
        }
        if let Some((life, from)) = fork_in(&self.binding, &page)? {
            return self.carry_over(life, from);
        }
        page.entries.retain(|entry| entry.index > cursor.index);
        let mut pulled = Pulled::default();
        for part in parts(&page) {
            take_in(&self.binding, signed, &page, part, &mut pulled)?;
        }
        self.binding.cursor = page.next;
        self.imported.pulled += pulled.changes;
        self.imported.refused.extend(pulled.refused);
        Ok(())
    }
}
