//! The embedded store: one SQLite file, one writer at a time, readable beside it by other processes.
//!
//! Statements run where they are called: a transaction holds its connection, and a commit that
//! waits for the disk lets the other tasks of a multi-threaded runtime go on.

pub mod backup;
mod blob;
mod change;
mod dataset;
mod enrolment;
mod hub_life;
mod lane;
mod life;
mod log;
mod officer;
mod overview;
mod receipt;
mod report;
mod request;

use std::{path::Path, sync::Arc, time::Duration};

use rusqlite::Connection;
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{Mutex, OwnedMutexGuard},
};

use super::{HubStore, HubTransaction, StoreError};

mod embedded {
    refinery::embed_migrations!("../../migrations/hub-sqlite");
}

/// How long a process waits for another one's transaction.
const BUSY_WAIT: Duration = Duration::from_secs(10);

/// The store of one office.
#[derive(Clone, Debug)]
pub struct SqliteStore {
    writer: Arc<Mutex<Connection>>,
    reader: Arc<Mutex<Connection>>,
}

/// A transaction on one of its connections.
pub struct SqliteTransaction {
    connection: OwnedMutexGuard<Connection>,
    open: bool,
}

impl SqliteStore {
    /// Opens the database at `path`, makes it where there is none, and brings it up to date.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] where a newer program wrote it; [`StoreError::Failed`] where it cannot be opened.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        make_private(path).map_err(|error| StoreError::Failed(Box::new(error)))?;
        let mut writer = connect(path)?;
        migrate(&mut writer)?;
        let reader = connect(path)?;
        Ok(Self {
            writer: Arc::new(Mutex::new(writer)),
            reader: Arc::new(Mutex::new(reader)),
        })
    }
}

/// Makes an empty file that only its owner reads; the log beside it takes over its rights.
fn make_private(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path).map(drop)
}

fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(BUSY_WAIT)?;
    connection.set_prepared_statement_cache_capacity(64);
    // The log is taken into the file every 16 MB: sooner, a push of a week would wait for it after every other batch.
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 4000; PRAGMA synchronous = FULL;
         PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;",
    )?;
    Ok(connection)
}

fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let runner = embedded::migrations::runner();
    let supported = runner
        .get_migrations()
        .iter()
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or(0);
    let has_history: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history')",
        [],
        |row| row.get(0),
    )?;
    if has_history {
        let found: i64 = connection.query_row(
            "SELECT coalesce(max(version), 0) FROM refinery_schema_history",
            [],
            |row| row.get(0),
        )?;
        if found > supported {
            return Err(StoreError::NewerSchema { found, supported });
        }
        if found == supported {
            return Ok(());
        }
    }
    runner
        .set_grouped(true)
        .run(connection)
        .map_err(|error| StoreError::Failed(Box::new(error)))?;
    Ok(())
}

impl HubStore for SqliteStore {
    type Transaction = SqliteTransaction;

    async fn begin(&self) -> Result<SqliteTransaction, StoreError> {
        begin(&self.writer, "PRAGMA synchronous = FULL; BEGIN IMMEDIATE").await
    }

    async fn begin_lazily(&self) -> Result<SqliteTransaction, StoreError> {
        begin(&self.writer, "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE").await
    }

    async fn begin_read(&self) -> Result<SqliteTransaction, StoreError> {
        begin(&self.reader, "BEGIN").await
    }
}

async fn begin(connection: &Arc<Mutex<Connection>>, statement: &str) -> Result<SqliteTransaction, StoreError> {
    let connection = Arc::clone(connection).lock_owned().await;
    off_the_runtime(|| connection.execute_batch(statement))?;
    Ok(SqliteTransaction { connection, open: true })
}

/// Lets the other tasks of a multi-threaded runtime go on while this one waits for the disk or another process.
pub(crate) fn off_the_runtime<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        Ok(_) | Err(_) => work(),
    }
}

impl Drop for SqliteTransaction {
    fn drop(&mut self) {
        if self.open
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a transaction could not be undone");
        }
    }
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Failed(Box::new(error)),
        }
    }
}

impl HubTransaction for SqliteTransaction {
    async fn commit(mut self) -> Result<(), StoreError> {
        off_the_runtime(|| self.connection.execute_batch("COMMIT"))?;
        self.open = false;
        Ok(())
    }
}

/// A number that SQLite keeps with a sign.
fn signed(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|_| StoreError::Failed("a number is beyond what the store can hold".into()))
}

/// A number as the store keeps it, which is never negative.
fn unsigned(number: i64) -> u64 {
    number.unsigned_abs()
}
