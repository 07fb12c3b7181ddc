//! Connections to an encrypted file, with the pragmas the promises rest on, and a pool of reading ones.

use std::{
    ops::Deref,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use rusqlite::{Connection, OpenFlags};
use zeroize::Zeroizing;

use crate::{StoreError, key::DatabaseKey};

/// Idle reading connections that are kept open.
const IDLE_READERS: usize = 4;
/// How long a statement waits for another connection's lock.
const PATIENCE: Duration = Duration::from_secs(10);
/// Below, a checkpoint that meets a writer can lose pages of the write-ahead log.
const OLDEST_SQLITE: i32 = 3_051_003;

/// What a connection may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Make the file if need be, and write.
    Write,
    /// Read beside a writer.
    Read,
    /// Read from a medium nobody can write to.
    Immutable,
}

/// Opens `path` under `key`.
pub(crate) fn open(path: &Path, key: &DatabaseKey, mode: Mode) -> Result<Connection, StoreError> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreError::OldSqlite(rusqlite::version()));
    }
    let common = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = match mode {
        Mode::Write => Connection::open_with_flags(
            path,
            common | OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
        ),
        // A reader of a write-ahead log takes part in its locks, hence the flag; `query_only` keeps it from writing.
        Mode::Read => Connection::open_with_flags(path, common | OpenFlags::SQLITE_OPEN_READ_WRITE),
        Mode::Immutable => Connection::open_with_flags(immutable_uri(path), common | OpenFlags::SQLITE_OPEN_READ_ONLY),
    }?;
    // Before the key, so that no message about it reaches the standard error stream.
    connection.execute_batch("PRAGMA cipher_log_level = NONE")?;
    let pragma = Zeroizing::new(format!("PRAGMA key = \"{}\"", key.raw_literal().as_str()));
    connection.execute_batch(&pragma)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(128);
    // The first look inside: here a damaged header or a foreign file shows.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0))?;
    // Each page in the cache is one that is not read and deciphered again.
    connection.execute_batch(
        "PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY; PRAGMA trusted_schema = OFF; PRAGMA cache_size = -16000;",
    )?;
    match mode {
        Mode::Write => {
            let journal: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
            if journal != "wal" {
                return Err(StoreError::ReadOnlyMedia);
            }
            connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA secure_delete = FAST;")?;
        }
        Mode::Read | Mode::Immutable => connection.execute_batch("PRAGMA query_only = ON")?,
    }
    Ok(connection)
}

/// Takes the write-ahead log into the file and leaves it empty, if nobody reads from it just now.
pub(crate) fn take_log_in(connection: &Connection) -> Result<(), StoreError> {
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    Ok(())
}

fn immutable_uri(path: &Path) -> String {
    let mut uri = String::from("file:");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'.' | b'-' | b'_' | b':' | b'\\') {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri.push_str("?immutable=1");
    uri
}

/// Reading connections to one file.
#[derive(Debug)]
pub(crate) struct ReaderPool {
    path: PathBuf,
    key: DatabaseKey,
    mode: Mode,
    idle: Mutex<Vec<Connection>>,
}

impl ReaderPool {
    pub(crate) fn new(path: PathBuf, key: DatabaseKey, mode: Mode) -> Self {
        Self {
            path,
            key,
            mode,
            idle: Mutex::new(Vec::new()),
        }
    }

    pub(crate) fn mode(&self) -> Mode {
        self.mode
    }

    /// A fresh connection, which never goes into the pool.
    pub(crate) fn fresh(&self) -> Result<Connection, StoreError> {
        open(&self.path, &self.key, self.mode)
    }

    /// An idle connection, or a fresh one (with a raw key that takes a fraction of a millisecond).
    pub(crate) fn take(&self) -> Result<PooledReader<'_>, StoreError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = match idle {
            Some(connection) => connection,
            None => self.fresh()?,
        };
        Ok(PooledReader {
            pool: self,
            connection: Some(connection),
        })
    }
}

/// A connection that goes back to its pool.
pub(crate) struct PooledReader<'p> {
    pool: &'p ReaderPool,
    connection: Option<Connection>,
}

impl Deref for PooledReader<'_> {
    type Target = Connection;

    fn deref(&self) -> &Connection {
        self.connection.as_ref().expect("taken out only when dropped")
    }
}

impl Drop for PooledReader<'_> {
    fn drop(&mut self) {
        let mut idle = self.pool.idle.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(connection) = self.connection.take()
            && idle.len() < IDLE_READERS
            && connection.is_autocommit()
        {
            idle.push(connection);
        }
    }
}
