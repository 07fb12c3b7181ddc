//! A rehearsal of the way back: a backup is opened and looked through in a place of its own.

use std::{fs, path::Path};

use rusqlite::{Connection, OptionalExtension};

use super::{RemovedAtEnd, file::BackupFile, remove, require_space};
use crate::{
    Problem, ReadTx, StoreError, Unlock, check,
    connection::{self, Mode},
    key::{self, DatabaseKey},
    migration::Schema,
    table::{self, column},
};

/// What a backup holds, as the rehearsal found it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupContents {
    /// The division code of the district.
    pub site: String,
    /// The code of the counter inside it.
    pub counter: String,
    /// How many changes.
    pub changes: u64,
    /// When the last of them was made here, ms UTC.
    pub last_change_at: Option<i64>,
    /// How many visits.
    pub visits: u64,
    /// How many cases.
    pub cases: u64,
    /// How many certificates.
    pub certificates: u64,
    /// How many files.
    pub attachments: u64,
    /// What they are long together, in bytes.
    pub attachment_bytes: u64,
    /// What is not as it must be; with a problem it is no good backup.
    pub problems: Vec<Problem>,
}

/// Unpacks the backup at `source` into `place`, opens it the way `unlock` says, brings it to the form of this program
/// and looks at all of it. `place` must not exist; it is gone afterwards, and nothing else is touched.
///
/// # Errors
/// The key errors; [`StoreError::DamagedBackup`] when the file is not what it was; [`StoreError::NewerSchema`];
/// [`StoreError::TooLittleSpace`].
pub fn rehearse(source: &Path, place: &Path, unlock: &Unlock) -> Result<BackupContents, StoreError> {
    let mut backup = BackupFile::open(source)?;
    let key = key::unlock(&backup.key_file, unlock)?;
    remove(place)?;
    fs::create_dir(place).map_err(StoreError::io(place))?;
    let cleared = RemovedAtEnd(place);
    require_space(place, backup.length)?;
    let mut open = |name: &str, schema: Schema| {
        let path = place.join(name);
        backup.unpack(&path)?;
        migrated(&path, schema, &key)
    };
    let (database, attachments) = (
        open("counter.db", Schema::Counter)?,
        open("attachments.db", Schema::Attachments)?,
    );
    let contents = contents(&database, &attachments);
    drop((database, attachments));
    drop(cleared);
    contents
}

fn migrated(path: &Path, schema: Schema, key: &DatabaseKey) -> Result<Connection, StoreError> {
    let mut connection = connection::open(path, key, Mode::Write)?;
    schema.migrate(&mut connection)?;
    Ok(connection)
}

fn contents(database: &Connection, attachments: &Connection) -> Result<BackupContents, StoreError> {
    let reading = ReadTx::new(database);
    let identity = table::counter::identity(&reading)?;
    let count =
        |connection: &Connection, question: &str| connection.query_row(question, [], |row| column::count(row, 0));
    Ok(BackupContents {
        site: identity.site,
        counter: identity.counter.to_string(),
        changes: count(database, "SELECT count(*) FROM change")?,
        last_change_at: database
            .query_row("SELECT max(made_at) FROM change WHERE origin = 'own'", [], |row| {
                row.get(0)
            })
            .optional()?
            .flatten(),
        visits: count(database, "SELECT count(*) FROM visit")?,
        cases: count(database, "SELECT count(*) FROM repair_case")?,
        certificates: count(database, "SELECT count(*) FROM certificate")?,
        attachments: count(attachments, "SELECT count(*) FROM attachment WHERE sha256 IS NOT NULL")?,
        attachment_bytes: count(attachments, "SELECT coalesce(sum(length), 0) FROM attachment")?,
        problems: check::everything(database, attachments)?,
    })
}
