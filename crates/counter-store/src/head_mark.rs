//! How far the chain has come, written outside the database: what is behind it is a restored or copied one.
//!
//! The file is written with every commit but flushed to the disk by a thread of its own, and the keyring
//! follows there too: a mark that lags only looks less far, it never raises a false alarm, and a commit
//! costs one flush, not two (docs/decisions/0032).

use std::{
    fs::File,
    io::{Read, Seek, SeekFrom, Write},
    path::PathBuf,
    sync::{Arc, Condvar, Mutex, PoisonError},
    thread::{self, JoinHandle},
    time::Duration,
};

use counter_core::change::{ChangeHash, IncarnationId};
use sha2::{Digest, Sha256};

use crate::{ReadTx, StoreError, folder::Folder, key::KeyringEntry, table, tx::ChainHead};

/// How long saves are gathered before the mark is flushed: so far it may lag after a power cut.
const GATHERED: Duration = Duration::from_secs(1);

const RECORD: usize = 16 + 8 + 32;
const SLOT: usize = RECORD + 8;

/// The mark of one data folder, held by its writer.
pub(crate) struct HeadMark {
    shared: Arc<Shared>,
    path: PathBuf,
    file: Mutex<MarkFile>,
    flusher: Option<JoinHandle<()>>,
    /// What was found when it was opened: in the file, in the keyring.
    found: Vec<ChainHead>,
}

struct MarkFile {
    file: File,
    next_slot: u64,
}

#[derive(Default)]
struct Shared {
    pending: Mutex<Pending>,
    woken: Condvar,
}

#[derive(Default)]
struct Pending {
    head: Option<ChainHead>,
    closing: bool,
}

impl HeadMark {
    /// The mark of a new folder.
    pub(crate) fn create(folder: &Folder, keyring: Option<&str>) -> Result<Self, StoreError> {
        let path = folder.head_mark();
        let file = File::options()
            .create(true)
            .truncate(true)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        Self::start(path, file, Vec::new(), keyring)
    }

    /// The mark of a folder with a database.
    pub(crate) fn open(folder: &Folder, keyring: Option<&str>) -> Result<Self, StoreError> {
        let path = folder.head_mark();
        let mut file = File::options()
            .create(true)
            .truncate(false)
            .read(true)
            .write(true)
            .open(&path)
            .map_err(StoreError::io(&path))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(StoreError::io(&path))?;
        let mut found: Vec<ChainHead> = bytes
            .chunks(SLOT)
            .filter_map(read_slot)
            .max_by_key(|(count, _)| *count)
            .map(|(_, head)| head)
            .into_iter()
            .collect();
        if let Some(account) = keyring {
            // A keyring that does not answer now says nothing about the database; the file still does.
            match KeyringEntry::head_mark(account).get() {
                Ok(Some(secret)) => found.extend(decode(&secret)),
                Ok(None) => {}
                Err(trouble) => tracing::warn!(%trouble, "the keyring did not tell the head of the chain"),
            }
        }
        Self::start(path, file, found, keyring)
    }

    /// Whether the database has come at least as far as every mark. Without a mark nobody can know: then it has not.
    pub(crate) fn stands_in(&self, tx: &ReadTx<'_>) -> Result<bool, StoreError> {
        for mark in &self.found {
            if !table::change::contains(tx, mark)? {
                return Ok(false);
            }
        }
        Ok(!self.found.is_empty())
    }

    /// Moves the mark. What is written survives the end of the process at once, and a power cut a moment later.
    pub(crate) fn set(&self, head: ChainHead) -> Result<(), StoreError> {
        let mut mark = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let slot = slot(mark.next_slot, &head);
        // Two slots by turns: a torn write spoils the newer and leaves the older.
        let at = (mark.next_slot % 2) * SLOT as u64;
        mark.file
            .seek(SeekFrom::Start(at))
            .and_then(|_| mark.file.write_all(&slot))
            .map_err(StoreError::io(&self.path))?;
        mark.next_slot += 1;
        drop(mark);
        self.shared.pending.lock().unwrap_or_else(PoisonError::into_inner).head = Some(head);
        self.shared.woken.notify_one();
        Ok(())
    }

    fn start(path: PathBuf, mut file: File, found: Vec<ChainHead>, keyring: Option<&str>) -> Result<Self, StoreError> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(0))
            .and_then(|_| file.read_to_end(&mut bytes))
            .map_err(StoreError::io(&path))?;
        let next_slot = bytes
            .chunks(SLOT)
            .filter_map(read_slot)
            .map(|(count, _)| count + 1)
            .max()
            .unwrap_or(0);
        let shared = Arc::new(Shared::default());
        let flushed = file.try_clone().map_err(StoreError::io(&path))?;
        let entry = keyring.map(KeyringEntry::head_mark);
        let flusher = thread::Builder::new()
            .name("head-mark".to_owned())
            .spawn({
                let shared = Arc::clone(&shared);
                move || flush_while_open(&shared, &flushed, entry.as_ref())
            })
            .map_err(StoreError::io(&path))?;
        Ok(Self {
            shared,
            path,
            file: Mutex::new(MarkFile { file, next_slot }),
            flusher: Some(flusher),
            found,
        })
    }
}

impl Drop for HeadMark {
    fn drop(&mut self) {
        self.shared
            .pending
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .closing = true;
        self.shared.woken.notify_one();
        if let Some(flusher) = self.flusher.take() {
            // It only ends early by a panic, and then there is nothing left to flush.
            let _ = flusher.join();
        }
    }
}

fn flush_while_open(shared: &Shared, file: &File, keyring: Option<&KeyringEntry>) {
    loop {
        let (head, closing) = {
            let mut pending = shared.pending.lock().unwrap_or_else(PoisonError::into_inner);
            while pending.head.is_none() && !pending.closing {
                pending = shared.woken.wait(pending).unwrap_or_else(PoisonError::into_inner);
            }
            // A flush of its own would stand in the way of the next commit's: several saves share one.
            (pending, _) = shared
                .woken
                .wait_timeout_while(pending, GATHERED, |pending| !pending.closing)
                .unwrap_or_else(PoisonError::into_inner);
            (pending.head.take(), pending.closing)
        };
        if let Some(head) = head {
            if let Err(error) = file.sync_data() {
                tracing::warn!(%error, "the mark of the chain's head was not flushed");
            }
            if let Some(trouble) = keyring.and_then(|entry| entry.set(&encode(&head)).err()) {
                tracing::warn!(%trouble, "the keyring did not take the head of the chain");
            }
        } else if closing {
            return;
        }
    }
}

fn encode(head: &ChainHead) -> [u8; RECORD] {
    let mut bytes = [0; RECORD];
    bytes[..16].copy_from_slice(&head.incarnation.0);
    bytes[16..24].copy_from_slice(&head.seq.to_be_bytes());
    bytes[24..].copy_from_slice(&head.hash.0);
    bytes
}

fn decode(bytes: &[u8]) -> Option<ChainHead> {
    let bytes: &[u8; RECORD] = bytes.try_into().ok()?;
    Some(ChainHead {
        incarnation: IncarnationId(bytes[..16].try_into().ok()?),
        seq: u64::from_be_bytes(bytes[16..24].try_into().ok()?),
        hash: ChangeHash(bytes[24..].try_into().ok()?),
    })
}

/// A record, a running count in 4 bytes and a check sum in 4.
fn slot(count: u64, head: &ChainHead) -> [u8; SLOT] {
    let mut bytes = [0; SLOT];
    bytes[..RECORD].copy_from_slice(&encode(head));
    bytes[RECORD..RECORD + 4].copy_from_slice(&u32::try_from(count).unwrap_or(u32::MAX).to_be_bytes());
    let check = Sha256::digest(&bytes[..RECORD + 4]);
    bytes[RECORD + 4..].copy_from_slice(&check[..4]);
    bytes
}

fn read_slot(bytes: &[u8]) -> Option<(u64, ChainHead)> {
    let bytes: &[u8; SLOT] = bytes.try_into().ok()?;
    let whole = Sha256::digest(&bytes[..RECORD + 4])[..4] == bytes[RECORD + 4..];
    let count = u32::from_be_bytes(bytes[RECORD..RECORD + 4].try_into().ok()?);
    if whole {
        Some((u64::from(count), decode(&bytes[..RECORD])?))
    } else {
        None
    }
}
