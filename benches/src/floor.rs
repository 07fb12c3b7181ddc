//! The least that keeping changes can cost a database: their bytes under their numbers, and nothing else.

use std::time::{Duration, Instant};

use rusqlite::{Connection, params};
use tokio_postgres::Client;

use crate::{Failure, folder};

/// As many changes as a batch of the protocol holds.
const BATCH: usize = hub_api::protocol::MAX_BATCH_CHANGES;

/// PostgreSQL: one prepared statement for each batch, which is a transaction of its own.
///
/// # Errors
/// The database's.
pub async fn postgres_upserts(client: &Client, changes: &[Vec<u8>]) -> Result<Duration, Failure> {
    client
        .batch_execute(
            "DROP TABLE IF EXISTS bare;
             CREATE TABLE bare (counter text NOT NULL, seq bigint NOT NULL, bytes bytea NOT NULL, PRIMARY KEY (counter, seq))",
        )
        .await?;
    let upsert = client
        .prepare(
            "INSERT INTO bare (counter, seq, bytes) SELECT $1::text, one.* FROM unnest($2::bigint[], $3::bytea[]) AS one
             ON CONFLICT (counter, seq) DO UPDATE SET bytes = excluded.bytes",
        )
        .await?;
    let begin = Instant::now();
    for (at, batch) in changes.chunks(BATCH).enumerate() {
        let first = i64::try_from(at * BATCH)?;
        let numbers: Vec<i64> = (first..).take(batch.len()).collect();
        client.execute(&upsert, &[&"W03", &numbers, &batch]).await?;
    }
    Ok(begin.elapsed())
}

/// SQLite with the pragmas of the hub's embedded store: a transaction for each batch.
///
/// # Errors
/// The database's.
pub fn sqlite_transactions(changes: &[Vec<u8>]) -> Result<Duration, Failure> {
    transactions("", changes)
}

/// SQLite under the cipher and with the pragmas of a counter: a transaction for each batch.
///
/// # Errors
/// The database's.
pub fn encrypted_transactions(changes: &[Vec<u8>]) -> Result<Duration, Failure> {
    let key = "5a".repeat(32);
    transactions(
        &format!("PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{key}'\"; PRAGMA cache_size = -16000;"),
        changes,
    )
}

fn transactions(pragmas: &str, changes: &[Vec<u8>]) -> Result<Duration, Failure> {
    let folder = folder()?;
    let mut connection = Connection::open(folder.path().join("floor.db"))?;
    connection.execute_batch(&format!(
        "{pragmas} PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         CREATE TABLE bare (counter TEXT NOT NULL, seq INTEGER NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (counter, seq)) STRICT"
    ))?;
    let begin = Instant::now();
    for (at, batch) in changes.chunks(BATCH).enumerate() {
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction.prepare_cached("INSERT INTO bare (counter, seq, bytes) VALUES (?, ?, ?)")?;
            for (within, bytes) in batch.iter().enumerate() {
                insert.execute(params!["W03", i64::try_from(at * BATCH + within)?, bytes])?;
            }
        }
        transaction.commit()?;
    }
    Ok(begin.elapsed())
}
