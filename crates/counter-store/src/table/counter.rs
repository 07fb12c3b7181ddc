//! Whose database this is, with the seed of its signing key. One row.

use counter_core::change::{CounterCode, IncarnationId};
use rusqlite::{Connection, params};
use zeroize::Zeroizing;

use super::column;
use crate::{CounterIdentity, Environment, NewCounter, ReadTx, StoreError};

pub(crate) fn insert(
    connection: &Connection,
    counter: &NewCounter,
    environment: &Environment,
) -> Result<(), StoreError> {
    let mut seed = Zeroizing::new([0; 32]);
    environment.entropy.fill(seed.as_mut());
    connection.execute(
        "INSERT INTO counter (id, site, counter, prefix, test, signing_seed, created_at) VALUES (1, ?, ?, ?, ?, ?, ?)",
        params![
            counter.site,
            counter.counter.0,
            counter.prefix,
            counter.test,
            seed.as_slice(),
            environment.now_at
        ],
    )?;
    Ok(())
}

pub(crate) fn identity(tx: &ReadTx<'_>) -> Result<CounterIdentity, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT site, counter, prefix, test, i.id, i.number_tag
         FROM counter LEFT JOIN incarnation i ON i.ordinal = (SELECT max(ordinal) FROM incarnation)",
    )?;
    Ok(statement.query_row([], |row| {
        let begun = row.get_ref(4)? != rusqlite::types::ValueRef::Null;
        Ok(CounterIdentity {
            site: row.get(0)?,
            counter: CounterCode(row.get(1)?),
            prefix: row.get(2)?,
            test: row.get(3)?,
            incarnation: if begun {
                column::incarnation(row, 4)?
            } else {
                IncarnationId([0; 16])
            },
            number_tag: if begun { row.get(5)? } else { String::new() },
        })
    })?)
}

impl ReadTx<'_> {
    /// The seed of the Ed25519 key this counter signs with. It never leaves the process.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn signing_seed(&self) -> Result<Zeroizing<[u8; 32]>, StoreError> {
        let mut seed = Zeroizing::new([0; 32]);
        self.connection()
            .query_row("SELECT signing_seed FROM counter", [], |row| {
                let stored = row.get_ref(0)?.as_blob()?;
                if stored.len() != 32 {
                    return Err(rusqlite::Error::InvalidColumnType(
                        0,
                        "signing_seed".to_owned(),
                        rusqlite::types::Type::Blob,
                    ));
                }
                seed.copy_from_slice(stored);
                Ok(())
            })?;
        Ok(seed)
    }
}
