//! What the database says, in the store's words.

use std::error::Error as _;

use deadpool_postgres::PoolError;
use tokio_postgres::{Error, error::SqlState};

use crate::store::StoreError;

impl From<Error> for StoreError {
    fn from(error: Error) -> Self {
        if let Some(why) = not_trusted(&error) {
            return Self::Failed(format!("the database server was not trusted: {why}").into());
        }
        if passes(&error) {
            // Whoever asked tries again; why it was busy is for the log.
            tracing::warn!(error = %with_cause(&error), "the database is busy or away");
            return Self::Busy;
        }
        match error.code() {
            Some(&SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED) => Self::Damaged(with_cause(&error)),
            _ => Self::Failed(with_cause(&error).into()),
        }
    }
}

impl From<PoolError> for StoreError {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => error.into(),
            PoolError::Timeout(_) => {
                tracing::warn!("no connection to the database became free in time");
                Self::Busy
            }
            PoolError::Closed | PoolError::NoRuntimeSpecified | PoolError::PostCreateHook(_) => {
                tracing::warn!(%error, "a connection to the database was not made");
                Self::Busy
            }
        }
    }
}

/// Why TLS was not begun, where the server's certificate was the reason: that does not pass by itself.
fn not_trusted(error: &Error) -> Option<String> {
    let cause = error.source()?;
    let inner = cause.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
    Some(inner?.downcast_ref::<rustls::Error>()?.to_string())
}

/// Whether the same request may succeed a moment later: conflicts, locks, limits, and a database that went away.
fn passes(error: &Error) -> bool {
    let Some(code) = error.code() else {
        // Without a code the connection itself failed: nothing was kept, or it is not known whether it was, and
        // recording the same again changes nothing.
        return error.is_closed() || error.source().is_some_and(|cause| cause.is::<std::io::Error>());
    };
    // Class 08: connection; 40: rolled back, serialization and deadlock; 53: out of resources; 57: shut down or cancelled.
    matches!(code.code().get(..2), Some("08" | "40" | "53" | "57"))
        || *code == SqlState::LOCK_NOT_AVAILABLE
        // A standby that has not taken over yet.
        || *code == SqlState::READ_ONLY_SQL_TRANSACTION
}

/// The message with what the server said, without the values of the statement.
fn with_cause(error: &Error) -> String {
    match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => error
            .source()
            .map_or_else(|| error.to_string(), |cause| format!("{error}: {cause}")),
    }
}
