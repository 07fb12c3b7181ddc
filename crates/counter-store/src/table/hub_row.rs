//! Penalty and permit rows that the hub publishes, beside those a file brought here.
//!
//! `of_hub` says whose a row is: the hub publishes it and it stands so (1); the hub publishes it, but a file imported
//! here speaks of a later day and stands (2); the hub does not publish it (0).

use counter_core::publicity::{ContentHash, RowKey, RowKind};
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::{
    column,
    publicity_row::{self, NewRow},
};
use crate::{ReadTx, StoreError, WriteTx};

/// Whose a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// A file brought it; the hub does not publish it.
    Imported,
    /// The hub's row stands.
    OfHub,
    /// The hub publishes it; what a file brought here is newer and stands.
    Overridden,
}

/// A row that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StandingRow {
    /// Whose it is.
    pub standing: Standing,
    /// What it says.
    pub content: ContentHash,
    /// Whom it is about.
    pub subject_id: i64,
    /// The last day the file or version it came in speaks of.
    pub data_as_of: Option<Date>,
}

/// The row of this decision, if it is there.
///
/// # Errors
/// When the store cannot be read.
pub fn find(tx: &ReadTx<'_>, kind: RowKind, key: RowKey) -> Result<Option<StandingRow>, StoreError> {
    let sql = match kind {
        RowKind::Penalty => {
            "SELECT p.of_hub, p.content, p.subject_id, r.data_as_of FROM penalty p
             JOIN import_run r ON r.id = p.run_id WHERE p.key = ?"
        }
        RowKind::Permit => {
            "SELECT p.of_hub, p.content, p.subject_id, r.data_as_of FROM permit p
             JOIN import_run r ON r.id = p.run_id WHERE p.key = ?"
        }
    };
    let mut statement = tx.connection().prepare_cached(sql)?;
    let found = statement.query_row([key.0.as_slice()], |row| {
        Ok(StandingRow {
            standing: match row.get::<_, u8>(0)? {
                0 => Standing::Imported,
                1 => Standing::OfHub,
                _ => Standing::Overridden,
            },
            content: ContentHash(row.get(1)?),
            subject_id: row.get(2)?,
            data_as_of: column::optional_day(row, 3)?,
        })
    });
    Ok(found.optional()?)
}

/// Whether there is any row of this kind.
///
/// # Errors
/// When the store cannot be read.
pub fn any(tx: &ReadTx<'_>, kind: RowKind) -> Result<bool, StoreError> {
    let sql = match kind {
        RowKind::Penalty => "SELECT EXISTS (SELECT 1 FROM penalty)",
        RowKind::Permit => "SELECT EXISTS (SELECT 1 FROM permit)",
    };
    Ok(tx.connection().query_row(sql, [], |row| row.get(0))?)
}

/// Keeps a row that was not there.
///
/// # Errors
/// When the store cannot keep it.
pub fn insert(tx: &WriteTx<'_>, kind: RowKind, row: &NewRow<'_>) -> Result<(), StoreError> {
    let sql = match kind {
        RowKind::Penalty => {
            "INSERT INTO penalty (key, content, subject_id, document_no, decided_on, cells, originals, check_notes, late,
                run_id, sheet, row, of_hub) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        }
        RowKind::Permit => {
            "INSERT INTO permit (key, content, subject_id, document_no, decided_on, cells, originals, check_notes, late,
                run_id, sheet, row, of_hub) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)"
        }
    };
    publicity_row::write(tx, sql, row)
}

/// Puts the hub's row in the place of what stands.
///
/// # Errors
/// When the store cannot keep it.
pub fn replace(tx: &WriteTx<'_>, kind: RowKind, row: &NewRow<'_>) -> Result<(), StoreError> {
    let sql = match kind {
        RowKind::Penalty => {
            "UPDATE penalty SET content = ?2, subject_id = ?3, document_no = ?4, decided_on = ?5, cells = ?6,
                originals = ?7, check_notes = ?8, late = ?9, run_id = ?10, sheet = ?11, row = ?12, of_hub = 1 WHERE key = ?1"
        }
        RowKind::Permit => {
            "UPDATE permit SET content = ?2, subject_id = ?3, document_no = ?4, decided_on = ?5, cells = ?6,
                originals = ?7, check_notes = ?8, late = ?9, run_id = ?10, sheet = ?11, row = ?12, of_hub = 1 WHERE key = ?1"
        }
    };
    publicity_row::write(tx, sql, row)
}

/// Says whose a row is from now on; what it says stays.
///
/// # Errors
/// When the store cannot keep it.
pub fn set_standing(tx: &WriteTx<'_>, kind: RowKind, key: RowKey, standing: Standing) -> Result<(), StoreError> {
    let sql = match kind {
        RowKind::Penalty => "UPDATE penalty SET of_hub = ?2 WHERE key = ?1",
        RowKind::Permit => "UPDATE permit SET of_hub = ?2 WHERE key = ?1",
    };
    let word = match standing {
        Standing::Imported => 0,
        Standing::OfHub => 1,
        Standing::Overridden => 2,
    };
    tx.connection()
        .prepare_cached(sql)?
        .execute(params![key.0.as_slice(), word])?;
    Ok(())
}

/// Takes a row away, and counts one less of its subject.
///
/// # Errors
/// When the store cannot keep it.
pub fn remove(tx: &WriteTx<'_>, kind: RowKind, key: RowKey, subject_id: i64) -> Result<(), StoreError> {
    let (row, count) = match kind {
        RowKind::Penalty => (
            "DELETE FROM penalty WHERE key = ?",
            "UPDATE subject SET penalties = penalties - 1 WHERE id = ?",
        ),
        RowKind::Permit => (
            "DELETE FROM permit WHERE key = ?",
            "UPDATE subject SET permits = permits - 1 WHERE id = ?",
        ),
    };
    tx.connection().prepare_cached(row)?.execute([key.0.as_slice()])?;
    tx.connection().prepare_cached(count)?.execute([subject_id])?;
    Ok(())
}

/// The rows that the hub publishes and a newer file stands in for.
///
/// # Errors
/// When the store cannot be read.
pub fn overridden(tx: &ReadTx<'_>, kind: RowKind) -> Result<Vec<RowKey>, StoreError> {
    let sql = match kind {
        RowKind::Penalty => "SELECT key FROM penalty WHERE of_hub = 2",
        RowKind::Permit => "SELECT key FROM permit WHERE of_hub = 2",
    };
    let mut statement = tx.connection().prepare_cached(sql)?;
    let keys = statement.query_map([], |row| Ok(RowKey(row.get(0)?)))?;
    Ok(keys.collect::<Result<_, _>>()?)
}
