//! 信用主体: who the rows are about, with every name they were known by.

use rusqlite::OptionalExtension;

use super::column;
use crate::{ReadTx, StoreError};

/// A subject as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its number at this counter.
    pub id: i64,
    /// 统一社会信用代码, where there is a valid one.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// How many penalty rows there are.
    pub penalties: u32,
    /// How many permit rows there are.
    pub permits: u32,
    /// Whether it is made up, for practice.
    pub demo: bool,
}

/// The subject numbered `id`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, id: i64) -> Result<Option<Subject>, StoreError> {
    head(tx, id)?
        .map(|(subject, _)| with_former_names(tx, subject))
        .transpose()
}

/// The name now of the subject numbered `id`.
///
/// # Errors
/// When the store cannot be read.
pub fn name_of(tx: &ReadTx<'_>, id: i64) -> Result<Option<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT name FROM subject WHERE id = ?")?;
    Ok(statement.query_row([id], |row| row.get(0)).optional()?)
}

/// The name now of the subject whose 统一社会信用代码 is `code`.
///
/// # Errors
/// When the store cannot be read.
pub fn name_by_code(tx: &ReadTx<'_>, code: &str) -> Result<Option<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT name FROM subject WHERE identity = ?1 AND uscc = ?1")?;
    Ok(statement.query_row([code], |row| row.get(0)).optional()?)
}

/// The subject numbered `id` without its former names, and the key of its name.
pub(crate) fn head(tx: &ReadTx<'_>, id: i64) -> Result<Option<(Subject, String)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id, uscc, name, penalties, permits, demo, name_key FROM subject WHERE id = ?")?;
    let found = statement.query_row([id], |row| {
        let subject = Subject {
            id: row.get(0)?,
            uscc: row.get(1)?,
            name: row.get(2)?,
            former_names: Vec::new(),
            penalties: column::count(row, 3)?,
            permits: column::count(row, 4)?,
            demo: row.get(5)?,
        };
        Ok((subject, row.get(6)?))
    });
    Ok(found.optional()?)
}

/// Adds the former names.
pub(crate) fn with_former_names(tx: &ReadTx<'_>, mut subject: Subject) -> Result<Subject, StoreError> {
    if subject.former_names.is_empty() {
        subject.former_names = former_names(tx, subject.id)?;
    }
    Ok(subject)
}

/// How many subjects there are, and whether any is made up.
///
/// # Errors
/// When the store cannot be read.
pub fn count(tx: &ReadTx<'_>) -> Result<(u64, bool), StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT count(*), coalesce(max(demo), 0) FROM subject")?;
    Ok(statement.query_row([], |row| Ok((column::count(row, 0)?, row.get(1)?)))?)
}

/// The names a subject had, newest first.
pub(super) fn former_names(tx: &ReadTx<'_>, id: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT name FROM subject_former_name WHERE subject_id = ? ORDER BY ordinal DESC")?;
    let names = statement.query_map([id], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}
