//! Where a test's hub keeps what it knows, and the list that runs a test in every such place.

use ed25519_dalek::SigningKey;
use hub_server::{
    clock::World,
    hub::{Hub, OpenHubError},
    store::{
        HubStore,
        postgres::{PostgresOptions, PostgresStore},
        sqlite::SqliteStore,
    },
};
use tempfile::TempDir;
use test_postgres::Database;

/// A place for one hub, empty at first. Opened twice it is two processes over one database.
pub trait Place {
    type Store: HubStore;

    fn fresh() -> Self;
    async fn open(&self) -> Self::Store;
}

/// A folder.
pub struct Sqlite(TempDir);

impl Place for Sqlite {
    type Store = SqliteStore;

    fn fresh() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    async fn open(&self) -> SqliteStore {
        SqliteStore::open(&self.0.path().join("hub.db")).unwrap()
    }
}

/// A database of its own in a private PostgreSQL.
pub struct Postgres(Database);

impl Place for Postgres {
    type Store = PostgresStore;

    fn fresh() -> Self {
        Self(Database::fresh().unwrap())
    }

    async fn open(&self) -> PostgresStore {
        PostgresStore::open(&PostgresOptions::at(self.0.url())).await.unwrap()
    }
}

/// What every hub here takes for this moment, ms UTC.
pub const NOW: i64 = 1_795_485_600_000;

/// Opens the hub in `place` under the key that is made of `key`.
pub async fn open_hub<P: Place>(place: &P, key: u8) -> Result<Hub<P::Store>, OpenHubError> {
    let world = World::new(
        || NOW,
        |bytes| {
            bytes.fill(5);
            Ok(())
        },
    );
    Hub::open(place.open().await, SigningKey::from_bytes(&[key; 32]), world).await
}

/// The hub in `place`, under the key of this place.
pub async fn hub<P: Place>(place: &P) -> Hub<P::Store> {
    open_hub(place, 1).await.unwrap()
}

/// Runs each of the named promises, `async fn(impl Place)`, on every store. One that is not named is dead code.
macro_rules! on_every_store {
    ($($promise:ident),+ $(,)?) => {
        mod on_sqlite {
            use crate::place::{Place, Sqlite};
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(Sqlite::fresh()).await; })+
        }
        mod on_postgres {
            use crate::place::{Place, Postgres};
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(Postgres::fresh()).await; })+
        }
    };
}
pub(crate) use on_every_store;
