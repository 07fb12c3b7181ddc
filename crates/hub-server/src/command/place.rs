//! Where the hub keeps what it knows: a data folder with SQLite, or a PostgreSQL that several processes share.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use crate::{
    clock::World,
    head_mark,
    hub::Hub,
    hub_key,
    store::{
        HubLifeStore, HubStore, StoreError,
        postgres::{PostgresOptions, PostgresStore},
        sqlite::SqliteStore,
    },
};

/// The database's name in the hub's data folder.
const DATABASE: &str = "hub.db";

/// Where the hub's data is.
#[derive(Debug, Args)]
pub(super) struct Place {
    /// The hub's data folder; made where there is none. With --postgres it holds the key only.
    #[arg(long, global = true, env = "CREDIT_HUB_DATA")]
    data: Option<PathBuf>,
    /// The file with the hub's key; hub.key in the data folder where absent.
    #[arg(long, global = true, env = "CREDIT_HUB_KEY")]
    key: Option<PathBuf>,
    /// The PostgreSQL database, such as postgres://user@host/database. With a password in it, set
    /// CREDIT_HUB_POSTGRES instead: others see the command line.
    #[arg(long, global = true, env = "CREDIT_HUB_POSTGRES", hide_env_values = true)]
    postgres: Option<Address>,
    /// The certificates, PEM, of the authority that vouches for the PostgreSQL server; the system's where absent.
    #[arg(long, global = true, env = "CREDIT_HUB_POSTGRES_CA")]
    postgres_ca: Option<PathBuf>,
    /// The most connections this process holds to PostgreSQL.
    #[arg(long, global = true, env = "CREDIT_HUB_POSTGRES_CONNECTIONS", default_value_t = PostgresOptions::CONNECTIONS)]
    postgres_connections: usize,
}

/// An address that holds a password and is therefore never printed.
#[derive(Clone)]
pub(super) struct Address(String);

impl std::str::FromStr for Address {
    type Err = std::convert::Infallible;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for Address {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Address")
    }
}

impl Place {
    /// Whether a PostgreSQL is named.
    pub(super) fn is_postgres(&self) -> bool {
        self.postgres.is_some()
    }

    /// The database of one office, which is there.
    pub(super) fn database(&self) -> Result<PathBuf, Failure> {
        let database = self.database_to_be()?;
        if database.exists() {
            return Ok(database);
        }
        Err(no_hub(&format!("in {}", self.folder()?.display())))
    }

    /// Where the database of one office is or comes to be.
    pub(super) fn database_to_be(&self) -> Result<PathBuf, Failure> {
        if self.is_postgres() {
            return Err(Failure::refused(
                "use_postgres_tools",
                "a PostgreSQL is backed up and restored by its own programs, not by credit-hub",
                "pg_basebackup with an archived WAL, or pg_dump -Fc and pg_restore; after a restore run credit-hub restored once",
            ));
        }
        Ok(self.folder()?.join(DATABASE))
    }

    /// The file with the hub's key.
    pub(super) fn key_file(&self) -> Result<PathBuf, Failure> {
        match &self.key {
            Some(key) => Ok(key.clone()),
            None => Ok(self.folder()?.join(hub_key::FILE)),
        }
    }

    /// Where it is marked how far the hub of one office has come: beside its key.
    pub(super) fn mark(&self) -> Result<PathBuf, Failure> {
        Ok(self.key_file()?.with_file_name(head_mark::FILE))
    }

    fn folder(&self) -> Result<&Path, Failure> {
        let data = self.data.as_deref();
        data.ok_or_else(|| Failure::arguments("--data DIR is needed: the hub's data folder"))
    }

    /// Opens the hub in the data folder; makes it there only where `may_make`.
    pub(super) async fn open_sqlite(self, may_make: bool) -> Result<Hub<SqliteStore>, Failure> {
        let data = self.folder()?;
        let database = data.join(DATABASE);
        if may_make {
            make_private(data).map_err(|error| Failure::other("data", format!("{}: {error}", data.display())))?;
        } else if !database.exists() {
            return Err(no_hub(&format!("in {}", data.display())));
        }
        let world = World::system();
        let key = hub_key::at(&self.key_file()?, database.exists(), &world)?;
        let store = SqliteStore::open(&database)?;
        Ok(Hub::open(store, key, world).await?)
    }

    /// Opens the hub in the PostgreSQL that is named; begins it there only where `may_make`.
    pub(super) async fn open_postgres(self, may_make: bool) -> Result<Hub<PostgresStore>, Failure> {
        let url = self
            .postgres
            .ok_or_else(|| Failure::arguments("--postgres URL is needed"))?
            .0;
        let key = match (self.key, self.data) {
            (Some(key), _) => key,
            (None, Some(data)) => {
                if may_make {
                    make_private(&data)
                        .map_err(|error| Failure::other("data", format!("{}: {error}", data.display())))?;
                }
                data.join(hub_key::FILE)
            }
            (None, None) => {
                return Err(Failure::arguments(
                    "--key FILE or --data DIR is needed: PostgreSQL never holds the hub's key",
                ));
            }
        };
        let store = PostgresStore::open(&PostgresOptions {
            url,
            authority: self.postgres_ca,
            connections: self.postgres_connections,
        })
        .await?;
        let has_hub = has_hub(&store).await?;
        if !has_hub && !may_make {
            return Err(no_hub("in this database"));
        }
        let world = World::system();
        let key = hub_key::at(&key, has_hub, &world)?;
        Ok(Hub::open(store, key, world).await?)
    }
}

async fn has_hub(store: &impl HubStore) -> Result<bool, StoreError> {
    store.begin_read().await?.has_hub().await
}

fn no_hub(place: &str) -> Failure {
    let message = format!("there is no hub {place}");
    Failure::refused("no_hub", message, "start the hub once")
}

fn make_private(folder: &Path) -> std::io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
