//! A database of one test.

use std::{
    env,
    path::Path,
    process::Command,
    sync::{Arc, Mutex, PoisonError, Weak},
};

use crate::{
    ADDRESS_VARIABLE, Cluster, Durability, PostgresError,
    programs::{program, run},
};

/// The cluster this process started, as long as a test of it uses one.
static OWN: Mutex<Weak<Cluster>> = Mutex::new(Weak::new());

/// An empty database that goes away with this value.
#[derive(Debug)]
pub struct Database {
    name: String,
    cluster_url: String,
    _own: Option<Arc<Cluster>>,
}

impl Database {
    /// An empty database in the cluster of the whole run, or in one of this process.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn fresh() -> Result<Self, PostgresError> {
        match env::var(ADDRESS_VARIABLE) {
            Ok(url) => Self::make(url, None),
            Err(_) => {
                let cluster = own_cluster()?;
                Self::make(cluster.url().to_owned(), Some(cluster))
            }
        }
    }

    /// An empty database in `cluster`, which must outlive it.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn within(cluster: &Cluster) -> Result<Self, PostgresError> {
        Self::make(cluster.url().to_owned(), None)
    }

    fn make(cluster_url: String, own: Option<Arc<Cluster>>) -> Result<Self, PostgresError> {
        let mut name = [0; 8];
        getrandom::fill(&mut name).map_err(|_| PostgresError::Entropy)?;
        let database = Self {
            name: format!("test_{}", hex::encode(name)),
            cluster_url,
            _own: own,
        };
        database.run("createdb", &["--template=template0"])?;
        Ok(database)
    }

    /// Its address: `postgres://user:password@127.0.0.1:port/name`.
    pub fn url(&self) -> String {
        format!("{}/{}", self.cluster_url, self.name)
    }

    /// Writes everything in it to `file`, as an operator does with `pg_dump -Fc`.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn dump(&self, file: &Path) -> Result<(), PostgresError> {
        let mut command = Command::new(program("pg_dump")?);
        command.arg("-Fc").arg("-f").arg(file).arg(self.url());
        run(&mut command).map(drop)
    }

    /// What a statement that gives one value says, asked with `psql`.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn ask(&self, statement: &str) -> Result<String, PostgresError> {
        let mut command = Command::new(program("psql")?);
        command.args(["-X", "-A", "-t", "-c", statement]).arg(self.url());
        let output = run(&mut command)?;
        Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned())
    }

    /// Puts what [`Database::dump`] wrote into this empty one, with `pg_restore`.
    ///
    /// # Errors
    /// [`PostgresError`].
    pub fn restore(&self, file: &Path) -> Result<(), PostgresError> {
        let mut command = Command::new(program("pg_restore")?);
        command.arg("--exit-on-error").arg("-d").arg(self.url()).arg(file);
        run(&mut command).map(drop)
    }

    fn run(&self, name: &str, arguments: &[&str]) -> Result<(), PostgresError> {
        let mut command = Command::new(program(name)?);
        command
            .arg(format!("--maintenance-db={}/postgres", self.cluster_url))
            .args(arguments)
            .arg(&self.name);
        run(&mut command).map(drop)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Where the cluster is gone already, so is the database.
        let _gone = self.run("dropdb", &["--force", "--if-exists"]);
    }
}

fn own_cluster() -> Result<Arc<Cluster>, PostgresError> {
    let mut own = OWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(cluster) = own.upgrade() {
        return Ok(cluster);
    }
    let cluster = Arc::new(Cluster::start(Durability::None)?);
    *own = Arc::downgrade(&cluster);
    Ok(cluster)
}
