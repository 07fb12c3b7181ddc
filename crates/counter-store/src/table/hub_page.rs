//! The hub's signed pages as they came: handed back to a hub that lost them, read again by a newer program.

use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// A page whose signature was verified.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewHubPage<'a> {
    /// The life of the hub's database.
    pub hub_incarnation: &'a [u8],
    /// The cursor it was asked with.
    pub after: u64,
    /// The cursor to go on with.
    pub next: u64,
    /// How many entries it holds.
    pub entries: usize,
    /// Whether one of them cannot be read by this program.
    pub unread: bool,
    /// As the hub signed it.
    pub bytes: &'a [u8],
}

/// A page as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HubPage {
    /// The life of the hub's database.
    pub hub_incarnation: Vec<u8>,
    /// The cursor it was asked with.
    pub after: u64,
    /// The cursor to go on with.
    pub next: u64,
    /// As the hub signed it.
    pub bytes: Vec<u8>,
}

/// The first page that reaches above `after`, of any life of the hub but `but`, by the numbers of its log.
///
/// # Errors
/// When the store cannot be read.
pub fn first_above(tx: &ReadTx<'_>, after: u64, but: &[u8]) -> Result<Option<HubPage>, StoreError> {
    Ok(select(
        tx,
        "WHERE next_index > ?1 AND hub_incarnation <> ?2 ORDER BY next_index, after_index LIMIT 1",
        params![column::integer(after), but],
    )?
    .pop())
}

/// The newest page: the proof of how far the hub's log had come.
///
/// # Errors
/// When the store cannot be read.
pub fn newest(tx: &ReadTx<'_>) -> Result<Option<HubPage>, StoreError> {
    Ok(select(tx, "ORDER BY next_index DESC, after_index DESC LIMIT 1", [])?.pop())
}

/// The pages that hold entries this program could not read when they came.
///
/// # Errors
/// When the store cannot be read.
pub fn unread(tx: &ReadTx<'_>) -> Result<Vec<HubPage>, StoreError> {
    select(tx, "WHERE unread = 1 ORDER BY next_index", [])
}

fn select(tx: &ReadTx<'_>, condition: &str, parameters: impl rusqlite::Params) -> Result<Vec<HubPage>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!(
        "SELECT hub_incarnation, after_index, next_index, bytes FROM hub_page {condition}"
    ))?;
    let rows = statement.query_map(parameters, |row| {
        Ok(HubPage {
            hub_incarnation: row.get(0)?,
            after: column::count(row, 1)?,
            next: column::count(row, 2)?,
            bytes: row.get(3)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Keeps a page. Of pages without entries only the newest stays, as proof of how far the log had come.
pub(crate) fn put(tx: &WriteTx<'_>, page: &NewHubPage<'_>) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached("DELETE FROM hub_page WHERE entries = 0 AND hub_incarnation = ? AND next_index <= ?")?
        .execute(params![page.hub_incarnation, column::integer(page.next)])?;
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO hub_page (hub_incarnation, after_index, next_index, entries, unread, bytes)
             VALUES (?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            page.hub_incarnation,
            column::integer(page.after),
            column::integer(page.next),
            column::integer(page.entries as u64),
            page.unread,
            page.bytes
        ])?;
    Ok(())
}
