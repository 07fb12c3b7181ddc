//! Numbered, checksummed migrations; forward only, all of a start in one transaction.

use rusqlite::{Connection, OptionalExtension};

use crate::StoreError;

mod counter {
    refinery::embed_migrations!("../../migrations/counter");
}

mod attachments {
    refinery::embed_migrations!("../../migrations/counter-attachments");
}

/// Which of the two files.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Schema {
    /// `counter.db`.
    Counter,
    /// `attachments.db`.
    Attachments,
}

impl Schema {
    fn runner(self) -> refinery::Runner {
        match self {
            Self::Counter => counter::migrations::runner(),
            Self::Attachments => attachments::migrations::runner(),
        }
    }

    /// The newest version this program knows.
    pub(crate) fn supported(self) -> i64 {
        self.runner()
            .get_migrations()
            .iter()
            .map(|migration| i64::from(migration.version()))
            .max()
            .unwrap_or(0)
    }

    /// Brings the file up to date.
    ///
    /// # Errors
    /// [`StoreError::NewerSchema`] before anything is touched when a newer program was here.
    pub(crate) fn migrate(self, connection: &mut Connection) -> Result<(), StoreError> {
        let (found, supported) = (version(connection)?, self.supported());
        if found > supported {
            return Err(StoreError::NewerSchema { found, supported });
        }
        if found < supported {
            // Grouped: a kill between the SQL and its history row would otherwise brick the next start.
            self.runner()
                .set_grouped(true)
                .run(connection)
                .map_err(|error| StoreError::Migration(Box::new(error)))?;
        }
        Ok(())
    }

    /// Makes sure that no newer program was here.
    pub(crate) fn require_not_newer(self, connection: &Connection) -> Result<(), StoreError> {
        let (found, supported) = (version(connection)?, self.supported());
        if found > supported {
            Err(StoreError::NewerSchema { found, supported })
        } else {
            Ok(())
        }
    }

    /// Makes sure that a reader finds the tables it knows.
    pub(crate) fn require(self, connection: &Connection) -> Result<(), StoreError> {
        let (found, supported) = (version(connection)?, self.supported());
        if found > supported {
            return Err(StoreError::NewerSchema { found, supported });
        }
        if found < supported {
            return Err(StoreError::OlderSchema { found, supported });
        }
        Ok(())
    }
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    let history = connection
        .query_row(
            "SELECT 1 FROM sqlite_schema WHERE name = 'refinery_schema_history'",
            [],
            |_| Ok(()),
        )
        .optional()?;
    if history.is_none() {
        return Ok(0);
    }
    Ok(connection.query_row(
        "SELECT coalesce(max(version), 0) FROM refinery_schema_history",
        [],
        |row| row.get(0),
    )?)
}
