//! What only PostgreSQL can do to a hub: other versions on one database, and a database that goes away.

use std::time::Duration;

use hub_server::store::{
    HubStore, HubTransaction, LogStore, StoreError,
    postgres::{PostgresOptions, PostgresStore},
};
use test_postgres::Database;
use tokio_postgres::{Client, NoTls};

const SITE: &str = "440104";

async fn console(database: &Database) -> Client {
    let (client, connection) = tokio_postgres::connect(&database.url(), NoTls).await.unwrap();
    tokio::spawn(connection);
    client
}

async fn open(database: &Database) -> Result<PostgresStore, StoreError> {
    PostgresStore::open(&PostgresOptions::at(database.url())).await
}

async fn records(store: &PostgresStore) -> Result<(), StoreError> {
    let mut transaction = store.begin().await?;
    transaction.lock_log(SITE).await?;
    transaction.commit().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_older_program_goes_on_beside_a_newer_one_until_the_database_asks_for_more() {
    let database = Database::fresh().unwrap();
    let running = open(&database).await.unwrap();
    let console = console(&database).await;

    // The next version expands the schema while this one runs.
    console
        .batch_execute(
            "ALTER TABLE change ADD COLUMN of_the_next_version text;
             INSERT INTO refinery_schema_history (version, name, applied_on, checksum)
             VALUES (900, 'expand', '2027-01-01T00:00:00Z', '1')",
        )
        .await
        .unwrap();
    records(&running).await.unwrap();
    records(&open(&database).await.unwrap()).await.unwrap();

    // The one after it takes away what this one needs, and says so.
    console
        .batch_execute("UPDATE min_program_version SET version = 900")
        .await
        .unwrap();
    assert!(matches!(
        open(&database).await,
        Err(StoreError::NewerSchema { found: 900, .. })
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn processes_that_start_at_once_on_an_empty_database_make_it_once() {
    let database = Database::fresh().unwrap();
    let starting: Vec<_> = (0..4)
        .map(|_| {
            let options = PostgresOptions::at(database.url());
            tokio::spawn(async move { PostgresStore::open(&options).await })
        })
        .collect();
    for started in starting {
        records(&started.await.unwrap().unwrap()).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_cut_is_busy_until_a_new_one_serves() {
    let database = Database::fresh().unwrap();
    let store = open(&database).await.unwrap();
    let console = console(&database).await;
    let mut cut = store.begin().await.unwrap();
    cut.lock_log(SITE).await.unwrap();
    console
        .execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()",
            &[],
        )
        .await
        .unwrap();
    assert!(matches!(cut.log_head(SITE).await, Err(StoreError::Busy)));
    assert!(cut.commit().await.is_err());
    // As a counter does: again as long as it is busy, and nothing else is ever said.
    let again = async { while matches!(records(&store).await, Err(StoreError::Busy)) {} };
    tokio::time::timeout(Duration::from_secs(30), again).await.unwrap();
    records(&store).await.unwrap();
}
