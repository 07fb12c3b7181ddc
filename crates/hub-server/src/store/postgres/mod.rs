//! The store of a city: PostgreSQL, shared by any number of hub processes.
//!
//! Writing transactions run at READ COMMITTED and take the row of `district_log` first, which puts
//! the acts of one district in a row and leaves other districts alone. Reading ones see one moment
//! (REPEATABLE READ). A process keeps nothing that the others would need: it may be killed at any
//! point, and a transaction it left behind is undone by the database.

mod behind;
mod blob;
mod change;
mod connect;
mod dataset;
mod enrolment;
mod error;
mod hub_life;
mod lane;
mod life;
mod log;
mod migrate;
mod officer;
mod overview;
mod receipt;
mod report;
mod request;

use std::sync::Arc;

use deadpool_postgres::{Object, Pool};
use futures_util::FutureExt;
use tokio_postgres::{Row, types::ToSql};

use super::{Connections, HubStore, HubTransaction, StoreError, Stored};

use behind::{Behind, Value};
pub use connect::PostgresOptions;

/// The store of a city.
#[derive(Clone)]
pub struct PostgresStore {
    pool: Pool,
}

/// A transaction on one of its connections.
pub struct PostgresTransaction {
    // Dropped first: what it waits for holds the connection too.
    behind: Behind,
    connection: Arc<Object>,
    writes: bool,
    /// BEGIN was sent, and neither COMMIT nor ROLLBACK since.
    open: bool,
    /// A statement failed: PostgreSQL would answer a COMMIT with a silent ROLLBACK.
    failed: bool,
}

/// How a statement's values are passed.
type Values<'a> = [&'a (dyn ToSql + Sync)];

impl PostgresStore {
    /// Connects and brings the schema up to date, unless a newer program has done so already.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] where the database asks for a newer program; [`StoreError::Busy`] where it does not
    /// answer; [`StoreError::Failed`] where the address cannot be read or the database refuses.
    pub async fn open(options: &PostgresOptions) -> Result<Self, StoreError> {
        let pool = connect::pool(options)?;
        migrate::migrate(&pool).await?;
        Ok(Self { pool })
    }

    async fn begin_with(&self, statement: &'static str, writes: bool) -> Stored<PostgresTransaction> {
        let mut transaction = PostgresTransaction {
            behind: Behind::default(),
            connection: Arc::new(self.pool.get().await?),
            writes,
            open: true,
            failed: false,
        };
        let connection = Arc::clone(&transaction.connection);
        transaction.behind.batch(connection, statement).await;
        Ok(transaction)
    }
}

impl std::fmt::Debug for PostgresStore {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("PostgresStore")
    }
}

impl HubStore for PostgresStore {
    type Transaction = PostgresTransaction;

    async fn begin(&self) -> Stored<PostgresTransaction> {
        self.begin_with("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE", true)
            .await
    }

    async fn begin_lazily(&self) -> Stored<PostgresTransaction> {
        self.begin_with(
            "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE; SET LOCAL synchronous_commit = off",
            true,
        )
        .await
    }

    async fn begin_read(&self) -> Stored<PostgresTransaction> {
        self.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", false)
            .await
    }

    fn connections(&self) -> Option<Connections> {
        let status = self.pool.status();
        Some(Connections {
            open: status.size,
            free: status.available,
            waited_for: status.waiting,
        })
    }
}

impl HubTransaction for PostgresTransaction {
    async fn commit(mut self) -> Stored<()> {
        if self.failed {
            return Err(StoreError::Failed(
                "a transaction was to be kept after a failure".into(),
            ));
        }
        let kept = self.connection.batch_execute("COMMIT").await;
        self.settle().await?;
        self.note(kept)?;
        self.open = false;
        Ok(())
    }
}

impl PostgresTransaction {
    async fn execute(&mut self, sql: &str, values: &Values<'_>) -> Stored<u64> {
        let done = match self.connection.prepare_cached(sql).await {
            Ok(statement) => self.connection.execute(&statement, values).await,
            Err(error) => Err(error),
        };
        self.settle().await?;
        self.note(done)
    }

    /// Sends a statement whose outcome is looked at before anything else is read or kept.
    async fn send(&mut self, sql: &str, values: Vec<Value>) -> Stored<()> {
        match self.connection.prepare_cached(sql).await {
            Ok(statement) => {
                let connection = Arc::clone(&self.connection);
                self.behind.execute(connection, statement, values).await;
                Ok(())
            }
            Err(error) => {
                self.settle().await?;
                self.note(Err(error))
            }
        }
    }

    async fn settle(&mut self) -> Stored<()> {
        let settled = self.behind.settle().await;
        self.note(settled)
    }

    async fn rows(&mut self, sql: &str, values: &Values<'_>) -> Stored<Vec<Row>> {
        let found = match self.connection.prepare_cached(sql).await {
            Ok(statement) => self.connection.query(&statement, values).await,
            Err(error) => Err(error),
        };
        self.settle().await?;
        self.note(found)
    }

    async fn row(&mut self, sql: &str, values: &Values<'_>) -> Stored<Option<Row>> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Locks the rows read where the transaction writes; a reading one may not.
    fn for_update(&self) -> &'static str {
        if self.writes { " FOR UPDATE" } else { "" }
    }

    fn note<T>(&mut self, result: Result<T, tokio_postgres::Error>) -> Stored<T> {
        self.failed |= result.is_err();
        result.map_err(StoreError::from)
    }
}

impl Drop for PostgresTransaction {
    fn drop(&mut self) {
        if self.open {
            // Polled once, the statement is on its way; whatever uses the connection next comes after it.
            let _on_its_way = self.connection.batch_execute("ROLLBACK").now_or_never();
        }
    }
}

/// A number that PostgreSQL keeps with a sign.
fn signed(number: u64) -> Stored<i64> {
    i64::try_from(number).map_err(|_| StoreError::Failed("a number is beyond what the store can hold".into()))
}

/// A number as the store keeps it, which is never negative.
fn unsigned(row: &Row, column: usize) -> Stored<u64> {
    Ok(row.try_get::<_, i64>(column)?.unsigned_abs())
}

/// Bytes of a length the schema promises.
fn fixed<const N: usize>(row: &Row, column: usize) -> Stored<[u8; N]> {
    let bytes: &[u8] = row.try_get(column)?;
    bytes
        .try_into()
        .map_err(|_| StoreError::Damaged(format!("column {column} holds {} bytes instead of {N}", bytes.len())))
}
