//! 转介机关: offices that applicants are sent to, as people at this counter entered them.

use rusqlite::{OptionalExtension, Row, params};

use crate::{ReadTx, StoreError, WriteTx};

/// An office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// Its name, as records name it.
    pub name: String,
    /// 地址; empty where not known.
    pub address: String,
    /// 电话.
    pub phone: String,
    /// 办公时间.
    pub hours: String,
    /// What to bring beyond what the rules name.
    pub papers: String,
    /// The account that entered it.
    pub entered_by: String,
    /// When, ms UTC.
    pub entered_at: i64,
}

/// Every office, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<Office>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!("{SELECT} ORDER BY name"))?;
    let rows = statement.query_map([], read_row)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The office called `name`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, name: &str) -> Result<Option<Office>, StoreError> {
    let mut statement = tx.connection().prepare_cached(&format!("{SELECT} WHERE name = ?"))?;
    Ok(statement.query_row([name], read_row).optional()?)
}

/// Enters an office; one of the same name takes its place.
///
/// # Errors
/// When the store cannot keep it.
pub fn put(tx: &WriteTx<'_>, office: &Office) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO office (name, address, phone, hours, papers, entered_by, entered_at)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            office.name,
            office.address,
            office.phone,
            office.hours,
            office.papers,
            office.entered_by,
            office.entered_at,
        ])?;
    Ok(())
}

/// Takes an office off the list; answers whether it was there.
///
/// # Errors
/// When the store cannot be written.
pub fn delete(tx: &WriteTx<'_>, name: &str) -> Result<bool, StoreError> {
    let deleted = tx
        .connection()
        .prepare_cached("DELETE FROM office WHERE name = ?")?
        .execute([name])?;
    Ok(deleted > 0)
}

const SELECT: &str = "SELECT name, address, phone, hours, papers, entered_by, entered_at FROM office";

fn read_row(row: &Row<'_>) -> rusqlite::Result<Office> {
    Ok(Office {
        name: row.get(0)?,
        address: row.get(1)?,
        phone: row.get(2)?,
        hours: row.get(3)?,
        papers: row.get(4)?,
        entered_by: row.get(5)?,
        entered_at: row.get(6)?,
    })
}
