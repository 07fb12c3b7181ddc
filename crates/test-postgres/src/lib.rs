//! A private PostgreSQL for tests: a cluster in a folder of its own, on a free port of loopback, run by an ordinary
//! user, and a database of its own for each test.
//!
//! `./test` starts one cluster for the whole run (`with-postgres COMMAND…`) and passes its address in
//! [`ADDRESS_VARIABLE`]; a test run alone starts its own. The server ends with the process that started it, also when
//! that is killed; only then its folder stays behind in the temporary one. Databases are made and asked by PostgreSQL's own
//! programs, so that no client of ours is needed.

mod cluster;
mod database;
mod programs;

pub use cluster::{Cluster, Durability, ServerCertificate};
pub use database::Database;

/// Under this name the address of a running cluster is passed to tests.
pub const ADDRESS_VARIABLE: &str = "CREDIT_TEST_POSTGRES";

/// PostgreSQL could not be started or used.
#[derive(Debug, thiserror::Error)]
pub enum PostgresError {
    /// Its programs are not here.
    #[error("PostgreSQL is not installed under /usr/lib/postgresql (Debian's package postgresql)")]
    NotInstalled,
    /// A program could not be run.
    #[error("{program}: {source}")]
    Io {
        /// Which.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// A program said no.
    #[error("{program} failed: {said}")]
    Failed {
        /// Which.
        program: String,
        /// What it said.
        said: String,
    },
    /// No random bytes.
    #[error("the system gives no random bytes")]
    Entropy,
}
