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

#[cfg(test)]
mod upgrade;

#[cfg(test)]
mod tests {
    use std::fs;

    use crate::{Access, Custody, EntropySource, Environment, NewCounter, Passphrase, Store, StoreError, Unlock};
    use counter_core::change::CounterCode;

    #[test]
    fn a_database_of_a_newer_program_is_refused_and_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let passphrase = Passphrase::new("x");
        let environment = Environment {
            entropy: EntropySource::system(),
            now_at: 0,
        };
        let counter = NewCounter {
            site: "440104".into(),
            counter: CounterCode("W03".into()),
            prefix: "YX".into(),
            test: true,
        };
        let custody = Custody::Passphrase(passphrase.clone());
        let (store, _) = Store::create(folder.path(), &counter, &custody, &environment).unwrap();
        store.note_schema_version(9999).unwrap();
        drop(store);
        let before = fs::read(folder.path().join("counter.db")).unwrap();
        for access in [Access::ReadWrite, Access::ReadOnly] {
            let refused = Store::open(
                folder.path(),
                &Unlock::Passphrase(passphrase.clone()),
                access,
                &environment,
            );
            assert!(
                matches!(refused, Err(StoreError::NewerSchema { found: 9999, .. })),
                "{refused:?}"
            );
        }
        assert_eq!(fs::read(folder.path().join("counter.db")).unwrap(), before);
    }
}
