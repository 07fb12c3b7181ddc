//! Every class at this counter, the latest first.

use counter_core::class::ClassKind;
use counter_store::{StoreError, table::class};
use jiff::civil::Date;
use serde::Serialize;

use crate::Desk;

/// A class in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ClassListItem {
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
    #[specta(type = String)]
    pub starts_on: Date,
    /// 学时.
    pub hours: u16,
    /// How many are on the list.
    pub trainees: u32,
    /// The day it was closed.
    #[specta(type = Option<String>)]
    pub closed_on: Option<Date>,
}

/// The list.
///
/// # Errors
/// When the store cannot be read.
pub fn class_list(desk: &Desk) -> Result<Vec<ClassListItem>, StoreError> {
    desk.store().read(|tx| {
        let rows = class::list(tx)?;
        Ok(rows
            .into_iter()
            .map(|row| ClassListItem {
                no: row.no,
                title: row.title,
                kind: row.kind,
                host: row.host,
                place: row.place,
                starts_on: row.starts_on,
                hours: row.hours,
                trainees: row.trainees,
                closed_on: row.closed_on,
            })
            .collect())
    })
}
