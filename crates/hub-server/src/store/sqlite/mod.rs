//! The embedded store: one SQLite file, one writer at a time, readable beside it by other processes.
//!
//! Statements run where they are called: a transaction holds its connection, and a commit that
//! waits for the disk lets the other tasks of a multi-threaded runtime go on.

mod blob;
mod change_log;
mod enrolment;
mod lane;

use std::{path::Path, sync::Arc, time::Duration};

use counter_core::change::ChangeHash;
use hub_api::{
    blob::BlobRef,
    key::{HubIncarnation, KeyId, PublicKey},
    push::LaneWords,
};
use rusqlite::{Connection, OptionalExtension, params};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    sync::{Mutex, OwnedMutexGuard},
};

use super::{
    BlobRow, CounterKeyRow, EnrolmentCodeRow, HubStore, HubTransaction, LaneRow, Life, LifeRow, LogHead, LogRow,
    NewLogEntry, ReceiptRow, RecordedChange, StepRow, StoreError,
};

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
    connection.execute_batch("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")?;
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
        begin(&self.writer, "BEGIN IMMEDIATE").await
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
fn off_the_runtime<T>(work: impl FnOnce() -> T) -> T {
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

    async fn hub_incarnation(&mut self, fresh: HubIncarnation, now: i64) -> Result<HubIncarnation, StoreError> {
        let found: Option<[u8; 16]> = self
            .connection
            .query_row("SELECT incarnation FROM hub", [], |row| row.get(0))
            .optional()?;
        if let Some(found) = found {
            return Ok(HubIncarnation(found));
        }
        self.connection.execute(
            "INSERT INTO hub (id, incarnation, created_at) VALUES (1, ?1, ?2)",
            params![fresh.0, now],
        )?;
        Ok(fresh)
    }

    async fn insert_enrolment_code(&mut self, row: &EnrolmentCodeRow) -> Result<(), StoreError> {
        enrolment::insert_code(&self.connection, row)
    }

    async fn enrolment_code(&mut self, code: KeyId) -> Result<Option<EnrolmentCodeRow>, StoreError> {
        enrolment::code(&self.connection, code)
    }

    async fn use_enrolment_code(
        &mut self,
        code: KeyId,
        key: &PublicKey,
        reply: &[u8],
        now: i64,
    ) -> Result<(), StoreError> {
        enrolment::use_code(&self.connection, code, key, reply, now)
    }

    async fn put_counter_key(&mut self, row: &CounterKeyRow) -> Result<(), StoreError> {
        enrolment::put_key(&self.connection, row)
    }

    async fn counter_key(&mut self, key: KeyId) -> Result<Option<CounterKeyRow>, StoreError> {
        enrolment::key(&self.connection, key)
    }

    async fn counter_keys(&mut self) -> Result<Vec<CounterKeyRow>, StoreError> {
        enrolment::keys(&self.connection)
    }

    async fn note_request(
        &mut self,
        key: KeyId,
        nonce: [u8; 16],
        now: i64,
        forget_before: i64,
    ) -> Result<bool, StoreError> {
        enrolment::note_request(&self.connection, key, nonce, now, forget_before)
    }

    async fn lock_log(&mut self, district: &str) -> Result<LogHead, StoreError> {
        change_log::lock(&self.connection, district)
    }

    async fn log_head(&mut self, district: &str) -> Result<LogHead, StoreError> {
        change_log::head(&self.connection, district)
    }

    async fn append_log(&mut self, district: &str, entry: &NewLogEntry<'_>) -> Result<(), StoreError> {
        change_log::append(&self.connection, district, entry)
    }

    async fn log_after(&mut self, district: &str, after: u64, limit: usize) -> Result<Vec<LogRow>, StoreError> {
        change_log::after(&self.connection, district, after, limit)
    }

    async fn life(&mut self, life: &Life) -> Result<Option<LifeRow>, StoreError> {
        change_log::life(&self.connection, life)
    }

    async fn put_life_head(&mut self, life: &Life, seq: u64, hash: ChangeHash) -> Result<(), StoreError> {
        change_log::put_life_head(&self.connection, life, seq, hash)
    }

    async fn close_life(&mut self, life: &Life, now: i64) -> Result<(), StoreError> {
        change_log::close_life(&self.connection, life, now)
    }

    async fn change_hashes(&mut self, life: &Life, from: u64, to: u64) -> Result<Vec<ChangeHash>, StoreError> {
        change_log::hashes(&self.connection, life, from, to)
    }

    async fn change_bytes(&mut self, life: &Life, seq: u64) -> Result<Option<Vec<u8>>, StoreError> {
        change_log::bytes(&self.connection, life, seq)
    }

    async fn insert_change(&mut self, life: &Life, change: RecordedChange<'_>) -> Result<(), StoreError> {
        change_log::insert(&self.connection, life, change)
    }

    async fn receipts(&mut self, life: &Life, from: u64, to: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        change_log::receipts(&self.connection, life, from, to)
    }

    async fn insert_receipt(&mut self, life: &Life, row: ReceiptRow<'_>) -> Result<(), StoreError> {
        change_log::insert_receipt(&self.connection, life, row)
    }

    async fn lane(&mut self, district: &str, lane: &LaneWords) -> Result<Option<LaneRow>, StoreError> {
        lane::state(&self.connection, district, lane)
    }

    async fn districts_of_lane(&mut self, lane: &LaneWords) -> Result<Vec<String>, StoreError> {
        lane::districts(&self.connection, lane)
    }

    async fn lanes_of(&mut self, district: &str, kind: &str) -> Result<Vec<LaneRow>, StoreError> {
        lane::of_kind(&self.connection, district, kind)
    }

    async fn put_lane(&mut self, district: &str, lane: &LaneWords, row: &LaneRow) -> Result<(), StoreError> {
        lane::put(&self.connection, district, lane, row)
    }

    async fn steps(&mut self, district: &str, lane: &LaneWords) -> Result<Vec<StepRow>, StoreError> {
        lane::steps(&self.connection, district, lane)
    }

    async fn has_foreign_steps(&mut self, life: &Life, lane: &LaneWords, after: u64) -> Result<bool, StoreError> {
        lane::has_foreign_steps(&self.connection, life, lane, after)
    }

    async fn freeze(&mut self, life: &Life, lane: &LaneWords) -> Result<Option<u64>, StoreError> {
        lane::freeze(&self.connection, life, lane)
    }

    async fn put_freeze(&mut self, life: &Life, lane: &LaneWords, index: Option<u64>) -> Result<(), StoreError> {
        lane::put_freeze(&self.connection, life, lane, index)
    }

    async fn put_lane_key(&mut self, district: &str, lane: &LaneWords, key: &[u8]) -> Result<(), StoreError> {
        lane::put_key(&self.connection, district, lane, key)
    }

    async fn blob(&mut self, district: &str, blob: BlobRef) -> Result<Option<BlobRow>, StoreError> {
        blob::row(&self.connection, district, blob)
    }

    async fn append_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        blob::append(&self.connection, district, blob, offset, bytes)
    }

    async fn blob_range(&mut self, district: &str, blob: BlobRef, offset: u64) -> Result<Option<Vec<u8>>, StoreError> {
        blob::range(&self.connection, district, blob, offset)
    }

    async fn forget_blob(&mut self, district: &str, blob: BlobRef) -> Result<(), StoreError> {
        blob::forget(&self.connection, district, blob)
    }

    async fn complete_blob(&mut self, district: &str, blob: BlobRef, receipt: &[u8]) -> Result<(), StoreError> {
        blob::complete(&self.connection, district, blob, receipt)
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
