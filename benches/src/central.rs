//! The central side of a figure: one or more `credit-hub` processes of the release build over SQLite or over a PostgreSQL
//! that waits for its disk, and what they took.

use std::time::Duration;

use acceptance_tests::hub::Hub;
use counter_sync::{Transport, enrol};
use tempfile::TempDir;
use test_postgres::{Cluster, Database, Durability};

use crate::{
    Failure, Office, clock_of_today, folder, most_memory, parent_of, processor_time, processor_time_of_family,
};

/// A PostgreSQL as in use: what is committed is on the disk.
pub struct City {
    cluster: Cluster,
    postmaster: u32,
}

impl City {
    /// Makes and starts one.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub async fn start() -> Result<Self, Failure> {
        let cluster = Cluster::start(Durability::Full)?;
        let database = Database::within(&cluster)?;
        let client = connect(&database.url()).await?;
        let backend: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await?.get(0);
        Ok(Self {
            postmaster: parent_of(u32::try_from(backend)?)?,
            cluster,
        })
    }

    /// An empty database.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn database(&self) -> Result<Database, Failure> {
        Ok(Database::within(&self.cluster)?)
    }

    /// How long PostgreSQL has run on a processor.
    ///
    /// # Errors
    /// When the system does not say it.
    pub fn processor_time(&self) -> Result<Duration, Failure> {
        processor_time_of_family(self.postmaster)
    }
}

/// A connection to the database at `url`.
///
/// # Errors
/// When it refuses.
pub async fn connect(url: &str) -> Result<tokio_postgres::Client, Failure> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    Ok(client)
}

/// Hub processes over one database.
pub struct Central {
    /// They answer alike.
    pub hubs: Vec<Hub>,
    database: Option<Database>,
    folder: TempDir,
}

impl Central {
    /// One process over a SQLite of its own.
    ///
    /// # Errors
    /// When the release build is missing: `cargo build --release -p hub-server`.
    pub fn on_sqlite() -> Result<Self, Failure> {
        let folder = folder()?;
        Ok(Self {
            hubs: vec![Hub::start(folder.path(), "127.0.0.1:0")?],
            database: None,
            folder,
        })
    }

    /// `processes` processes over one new database of `city`.
    ///
    /// # Errors
    /// As for [`Central::on_sqlite`].
    pub fn on_postgres(city: &City, processes: usize) -> Result<Self, Failure> {
        let (folder, database) = (folder()?, city.database()?);
        let hubs = (0..processes)
            .map(|_| Hub::start_over(folder.path(), Some(&database.url()), "127.0.0.1:0"))
            .collect::<Result<_, _>>()?;
        Ok(Self {
            hubs,
            database: Some(database),
            folder,
        })
    }

    /// Binds the counter of `office` to the process number `at`, counted round.
    ///
    /// # Errors
    /// When the hub does not take it.
    pub async fn enrol(&self, office: &Office, at: usize, line: &impl Transport) -> Result<(), Failure> {
        let hub = &self.hubs[at % self.hubs.len()];
        let store = office.desk.store();
        let code = hub.enrolment_code_for(&store.identity().counter.0)?;
        enrol(store, line, &clock_of_today(), &hub.url, &code).await?;
        Ok(())
    }

    /// How long the processes have run on a processor.
    ///
    /// # Errors
    /// When the system does not say it.
    pub fn processor_time(&self) -> Result<Duration, Failure> {
        self.hubs.iter().map(|hub| processor_time(hub.id())).sum()
    }

    /// The most memory one of them has held, in bytes.
    ///
    /// # Errors
    /// When the system does not say it.
    pub fn most_memory(&self) -> Result<u64, Failure> {
        let memory = self
            .hubs
            .iter()
            .map(|hub| most_memory(hub.id()))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(memory.into_iter().max().unwrap_or_default())
    }

    /// What the hub's data take of the disk, in bytes.
    ///
    /// # Errors
    /// When the database does not say it.
    pub async fn disk(&self) -> Result<u64, Failure> {
        let Some(database) = &self.database else {
            let files = std::fs::read_dir(self.folder.path())?;
            return Ok(files
                .flatten()
                .filter_map(|file| file.metadata().ok())
                .map(|data| data.len())
                .sum());
        };
        let client = connect(&database.url()).await?;
        let size = client
            .query_one("SELECT pg_database_size(current_database())", &[])
            .await?;
        Ok(u64::try_from(size.get::<_, i64>(0))?)
    }
}
