//! Files by content, in chunks, in an encrypted file of their own, so that the database stays small to copy.
//!
//! A file is committed here before the change that cites it. Nothing is ever replaced.

use std::{
    io::Read,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use counter_core::attachment::AttachmentRef;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};

use crate::{
    StoreError,
    connection::{self, Mode, PooledReader, ReaderPool},
    key::DatabaseKey,
    migration::Schema,
};

/// How long a chunk is, and so the ranges in which a file goes to the hub: 1 MiB.
pub const CHUNK_BYTES: usize = 1024 * 1024;

/// How far a file that is being fetched has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// So many bytes are here.
    Part(u64),
    /// All of it is here and is what its name says.
    Whole,
}

/// The files that changes cite.
pub struct Attachments {
    path: PathBuf,
    readers: ReaderPool,
    writer: Option<Mutex<Connection>>,
}

impl Attachments {
    pub(crate) fn open(path: &Path, key: &DatabaseKey, mode: Mode, writes: bool) -> Result<Self, StoreError> {
        let writer = if writes {
            let mut connection = connection::open(path, key, Mode::Write)?;
            Schema::Attachments.migrate(&mut connection)?;
            Some(Mutex::new(connection))
        } else {
            None
        };
        Ok(Self {
            path: path.to_owned(),
            readers: ReaderPool::new(path.to_owned(), key.clone(), mode),
            writer,
        })
    }

    /// Keeps `bytes`; the same content again is kept once. Durable when this returns.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn put(&self, name: &str, media_type: &str, bytes: &[u8]) -> Result<AttachmentRef, StoreError> {
        self.put_reader(name, media_type, bytes, u64::MAX)
    }

    /// Keeps what `reader` gives, chunk by chunk, at most `limit` bytes. Durable when this returns.
    ///
    /// # Errors
    /// [`StoreError::AttachmentTooLong`]; [`StoreError::Io`] when the reader fails; when the store cannot keep it.
    pub fn put_reader(
        &self,
        name: &str,
        media_type: &str,
        mut reader: impl Read,
        limit: u64,
    ) -> Result<AttachmentRef, StoreError> {
        let writer = self.writer.as_ref().ok_or(StoreError::OpenedForReading)?;
        let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute("INSERT INTO attachment (length) VALUES (0)", [])?;
        let id = transaction.last_insert_rowid();
        let mut hasher = Sha256::new();
        let mut length = 0_u64;
        let mut chunk = Vec::new();
        for number in 0_i64.. {
            chunk.clear();
            reader
                .by_ref()
                .take(CHUNK_BYTES as u64)
                .read_to_end(&mut chunk)
                .map_err(StoreError::io(name))?;
            if chunk.is_empty() {
                break;
            }
            length += chunk.len() as u64;
            if length > limit {
                return Err(StoreError::AttachmentTooLong { limit });
            }
            hasher.update(&chunk);
            transaction
                .prepare_cached("INSERT INTO attachment_chunk (attachment_id, number, bytes) VALUES (?, ?, ?)")?
                .execute(params![id, number, chunk])?;
        }
        let sha256 = hex::encode(hasher.finalize());
        if find(&transaction, &sha256)?.is_some() {
            transaction.rollback()?;
        } else {
            let stored = i64::try_from(length).map_err(|_| StoreError::AttachmentTooLong { limit: i64::MAX as u64 })?;
            transaction.execute(
                "UPDATE attachment SET sha256 = ?, length = ? WHERE id = ?",
                params![sha256, stored, id],
            )?;
            transaction.commit()?;
        }
        Ok(AttachmentRef {
            sha256,
            name: name.to_owned(),
            media_type: media_type.to_owned(),
            length,
        })
    }

    /// How many bytes of a file that is being fetched are here; 0 before the first.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn arrived(&self, sha256: &str) -> Result<u64, StoreError> {
        Ok(arriving(&*self.reader()?, sha256)?.map_or(0, |(_, received)| received))
    }

    /// Keeps the part of a file that begins at `offset`, which must be where the last part ended. Durable when this
    /// returns. With the last part the whole is checked against its name; a wrong whole is forgotten.
    ///
    /// # Errors
    /// [`StoreError::Contradiction`] for a part that does not fit, or a whole that is not what its name says.
    pub fn arrive(&self, sha256: &str, length: u64, offset: u64, part: &[u8]) -> Result<Arrival, StoreError> {
        let writer = self.writer.as_ref().ok_or(StoreError::OpenedForReading)?;
        let mut connection = writer.lock().unwrap_or_else(PoisonError::into_inner);
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        if find(&transaction, sha256)?.is_some() {
            return Ok(Arrival::Whole);
        }
        let (id, received) = match arriving(&transaction, sha256)? {
            Some(found) => found,
            None => {
                transaction.execute("INSERT INTO attachment (length) VALUES (0)", [])?;
                let id = transaction.last_insert_rowid();
                transaction.execute(
                    "INSERT INTO arriving_attachment (sha256, attachment_id, received) VALUES (?, ?, 0)",
                    params![sha256, id],
                )?;
                (id, 0)
            }
        };
        let end = offset.saturating_add(part.len() as u64);
        if offset != received || end > length || (part.is_empty() && length > 0) {
            return Err(StoreError::Contradiction(format!(
                "a part of file {sha256} that does not fit"
            )));
        }
        append(&transaction, id, received, part)?;
        let stored = i64::try_from(end).map_err(|_| StoreError::AttachmentTooLong { limit: i64::MAX as u64 })?;
        if end < length {
            transaction.execute(
                "UPDATE arriving_attachment SET received = ? WHERE sha256 = ?",
                params![stored, sha256],
            )?;
            transaction.commit()?;
            return Ok(Arrival::Part(end));
        }
        let mut hasher = Sha256::new();
        each_chunk(&transaction, id, |chunk| hasher.update(chunk))?;
        let whole = hex::encode(hasher.finalize()) == sha256;
        transaction.execute("DELETE FROM arriving_attachment WHERE sha256 = ?", [sha256])?;
        if whole {
            transaction.execute(
                "UPDATE attachment SET sha256 = ?, length = ? WHERE id = ?",
                params![sha256, stored, id],
            )?;
        } else {
            transaction.execute("DELETE FROM attachment_chunk WHERE attachment_id = ?", [id])?;
            transaction.execute("DELETE FROM attachment WHERE id = ?", [id])?;
        }
        transaction.commit()?;
        if whole {
            Ok(Arrival::Whole)
        } else {
            Err(StoreError::Contradiction(format!(
                "file {sha256} is not what its name says"
            )))
        }
    }

    /// The whole content, checked against its name.
    ///
    /// # Errors
    /// [`StoreError::NoAttachment`]; [`StoreError::Damaged`] when the content is not what it was.
    pub fn get(&self, sha256: &str) -> Result<Vec<u8>, StoreError> {
        let reader = self.reader()?;
        let (id, length) = find(&reader, sha256)?.ok_or_else(|| StoreError::NoAttachment(sha256.to_owned()))?;
        let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or(0));
        each_chunk(&reader, id, |chunk| bytes.extend_from_slice(chunk))?;
        if hex::encode(Sha256::digest(&bytes)) == sha256 {
            Ok(bytes)
        } else {
            Err(StoreError::Damaged(format!("attachment {sha256}")))
        }
    }

    /// Chunk `number` (from 0) of a file; empty beyond its end. For sending in ranges.
    ///
    /// # Errors
    /// [`StoreError::NoAttachment`].
    pub fn chunk(&self, sha256: &str, number: u32) -> Result<Vec<u8>, StoreError> {
        let reader = self.reader()?;
        let (id, _) = find(&reader, sha256)?.ok_or_else(|| StoreError::NoAttachment(sha256.to_owned()))?;
        let chunk = reader
            .prepare_cached("SELECT bytes FROM attachment_chunk WHERE attachment_id = ? AND number = ?")?
            .query_row(params![id, number], |row| row.get(0))
            .optional()?;
        Ok(chunk.unwrap_or_default())
    }

    /// The length of a file in bytes; `None` where it is not kept.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn length(&self, sha256: &str) -> Result<Option<u64>, StoreError> {
        Ok(find(&*self.reader()?, sha256)?.map(|(_, length)| length))
    }

    pub(crate) fn holds(&self, sha256: &str) -> Result<bool, StoreError> {
        holds(&*self.reader()?, sha256)
    }

    pub(crate) fn take_log_in(&self) -> Result<(), StoreError> {
        let Some(writer) = &self.writer else { return Ok(()) };
        connection::take_log_in(&writer.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn reader(&self) -> Result<PooledReader<'_>, StoreError> {
        self.readers.take()
    }

    /// A reader that has seen nothing of the file yet.
    pub(crate) fn reader_of_its_own(&self) -> Result<Connection, StoreError> {
        self.readers.fresh()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
}

/// The row a file that is being fetched hangs on, and how many bytes of it are here.
fn arriving(connection: &Connection, sha256: &str) -> Result<Option<(i64, u64)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT attachment_id, received FROM arriving_attachment WHERE sha256 = ?")?
        .query_row([sha256], |row| Ok((row.get(0)?, crate::table::column::count(row, 1)?)))
        .optional()?)
}

/// Puts `part` behind the `received` bytes that are there, cut into chunks of the one length.
fn append(connection: &Connection, id: i64, mut received: u64, mut part: &[u8]) -> Result<(), StoreError> {
    const CHUNK: u64 = CHUNK_BYTES as u64;
    while !part.is_empty() {
        let within = usize::try_from(received % CHUNK).unwrap_or(0);
        let (now, later) = part.split_at(part.len().min(CHUNK_BYTES - within));
        let number = i64::try_from(received / CHUNK).unwrap_or(i64::MAX);
        let statement = if within == 0 {
            "INSERT INTO attachment_chunk (attachment_id, number, bytes) VALUES (?1, ?2, ?3)"
        } else {
            "UPDATE attachment_chunk SET bytes = CAST(bytes || ?3 AS BLOB) WHERE attachment_id = ?1 AND number = ?2"
        };
        connection
            .prepare_cached(statement)?
            .execute(params![id, number, now])?;
        received += now.len() as u64;
        part = later;
    }
    Ok(())
}

/// Whether a file with this content is kept.
pub(crate) fn holds(connection: &Connection, sha256: &str) -> Result<bool, StoreError> {
    Ok(find(connection, sha256)?.is_some())
}

/// The names of the files whose content is not what it was.
pub(crate) fn damaged(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut statement =
        connection.prepare("SELECT id, sha256, length FROM attachment WHERE sha256 IS NOT NULL ORDER BY id")?;
    let mut rows = statement.query([])?;
    let mut damaged = Vec::new();
    while let Some(row) = rows.next()? {
        let (id, sha256, length): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (mut hasher, mut found) = (Sha256::new(), 0_i64);
        each_chunk(connection, id, |chunk| {
            hasher.update(chunk);
            found += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
        })?;
        if found != length || hex::encode(hasher.finalize()) != sha256 {
            damaged.push(sha256);
        }
    }
    Ok(damaged)
}

fn find(connection: &Connection, sha256: &str) -> Result<Option<(i64, u64)>, StoreError> {
    Ok(connection
        .prepare_cached("SELECT id, length FROM attachment WHERE sha256 = ?")?
        .query_row([sha256], |row| Ok((row.get(0)?, crate::table::column::count(row, 1)?)))
        .optional()?)
}

fn each_chunk(connection: &Connection, id: i64, mut take: impl FnMut(&[u8])) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT bytes FROM attachment_chunk WHERE attachment_id = ? ORDER BY number")?;
    let mut rows = statement.query([id])?;
    while let Some(row) = rows.next()? {
        take(row.get_ref(0)?.as_blob().map_err(rusqlite::Error::from)?);
    }
    Ok(())
}
