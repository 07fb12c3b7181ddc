//! `with-postgres COMMAND…`: runs a command beside a private PostgreSQL whose address stands in `CREDIT_TEST_POSTGRES`.

use std::{
    env,
    process::{Command, ExitCode},
};

use test_postgres::{ADDRESS_VARIABLE, Cluster, Durability, PostgresError};

fn main() -> Result<ExitCode, PostgresError> {
    let mut words = env::args_os().skip(1);
    let Some(program) = words.next() else {
        return Err(PostgresError::Failed {
            program: "with-postgres".into(),
            said: "name a command".into(),
        });
    };
    let cluster = Cluster::start(Durability::None)?;
    let status = Command::new(&program)
        .args(words)
        .env(ADDRESS_VARIABLE, cluster.url())
        .status()
        .map_err(|source| PostgresError::Io {
            program: program.to_string_lossy().into_owned(),
            source,
        })?;
    // A command ended by a signal has no code.
    let code = status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(1);
    Ok(ExitCode::from(code))
}
