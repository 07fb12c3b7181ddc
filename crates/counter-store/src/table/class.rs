//! Training classes, projected from their lanes for the lists.

use counter_core::class::{Class, ClassKind};
use jiff::civil::Date;
use rusqlite::params;

use super::column;
use crate::{ReadTx, StoreError, WriteTx};

/// One class in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassRow {
    /// Its number.
    pub no: String,
    /// 班名.
    pub title: String,
    /// Who stands behind it.
    pub kind: ClassKind,
    /// 主办单位.
    pub host: String,
    /// 地点.
    pub place: String,
    /// The first day.
    pub starts_on: Date,
    /// 学时.
    pub hours: u16,
    /// How many are on the list.
    pub trainees: u32,
    /// The day it was closed.
    pub closed_on: Option<Date>,
}

/// Every class, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn list(tx: &ReadTx<'_>) -> Result<Vec<ClassRow>, StoreError> {
    let mut statement = tx.connection().prepare_cached(
        "SELECT no, title, kind, host, place, starts_on, hours, trainees, closed_on FROM class
         ORDER BY starts_on DESC, no DESC",
    )?;
    let rows = statement.query_map([], |row| {
        Ok(ClassRow {
            no: row.get(0)?,
            title: row.get(1)?,
            kind: column::word(row, 2, |word| {
                [ClassKind::Public, ClassKind::Market]
                    .into_iter()
                    .find(|kind| kind.as_str() == word)
            })?,
            host: row.get(3)?,
            place: row.get(4)?,
            starts_on: column::day(row, 5)?,
            hours: column::count(row, 6)?,
            trainees: column::count(row, 7)?,
            closed_on: column::optional_day(row, 8)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put(tx: &WriteTx<'_>, class: &Class) -> Result<(), StoreError> {
    tx.connection()
        .prepare_cached(
            "INSERT OR REPLACE INTO class (no, title, kind, host, place, starts_on, hours, trainees, closed_on)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?
        .execute(params![
            class.no,
            class.opened.title,
            class.opened.kind.as_str(),
            class.opened.host,
            class.opened.place,
            class.opened.starts_on.to_string(),
            class.opened.hours,
            column::integer(class.active_trainees().count() as u64),
            class.closed_on.map(|day| day.to_string()),
        ])?;
    Ok(())
}
