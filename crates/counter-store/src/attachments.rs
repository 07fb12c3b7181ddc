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
        Ok(self.length(sha256)?.is_some())
    }

    /// The names of the files whose content is not what it was.
    pub(crate) fn damaged(&self) -> Result<Vec<String>, StoreError> {
        let reader = self.reader()?;
        let mut statement = reader.prepare("SELECT id, sha256, length FROM attachment ORDER BY id")?;
        let mut rows = statement.query([])?;
        let mut damaged = Vec::new();
        while let Some(row) = rows.next()? {
            let (id, sha256, length): (i64, String, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let (mut hasher, mut found) = (Sha256::new(), 0_i64);
            each_chunk(&reader, id, |chunk| {
                hasher.update(chunk);
                found += i64::try_from(chunk.len()).unwrap_or(i64::MAX);
            })?;
            if found != length || hex::encode(hasher.finalize()) != sha256 {
                damaged.push(sha256);
            }
        }
        Ok(damaged)
    }

    pub(crate) fn reader(&self) -> Result<PooledReader<'_>, StoreError> {
        self.readers.take()
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }
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
