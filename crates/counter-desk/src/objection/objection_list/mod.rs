//! 异议, all of them, and those about one record.

use counter_core::objection::{ObjectionDoor, ObjectionState};
use counter_store::{
    Delivery, ReadTx, StoreError,
    table::objection::{self, ObjectionRow},
};
use serde::Serialize;

use crate::Desk;

/// An objection in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ObjectionHead {
    /// Its number.
    pub no: String,
    /// How far it is.
    pub state: ObjectionState,
    /// Whether the record is marked as disputed for it.
    pub pending: bool,
    /// Where the work on it is.
    pub delivery: Delivery,
    /// Who objects.
    pub subject_name: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// Who provided the information.
    pub authority: Option<String>,
    /// Where it is raised.
    pub door: ObjectionDoor,
    /// The day it was taken in.
    pub received_on: String,
}

impl From<ObjectionRow> for ObjectionHead {
    fn from(row: ObjectionRow) -> Self {
        Self {
            pending: row.state.is_pending(),
            no: row.no,
            state: row.state,
            delivery: row.delivery,
            subject_name: row.subject_name,
            decision_number: row.decision_number,
            authority: row.authority,
            door: row.door,
            received_on: row.received_on.to_string(),
        }
    }
}

/// Every objection, the latest first.
///
/// # Errors
/// When the store cannot be read.
pub fn objection_list(desk: &Desk) -> Result<Vec<ObjectionHead>, StoreError> {
    desk.store()
        .read(|tx| Ok(objection::list(tx)?.into_iter().map(ObjectionHead::from).collect()))
}

/// The objection that is pending about the record `key`; the record is marked everywhere it is shown or printed.
pub(crate) fn pending_about(tx: &ReadTx<'_>, key: &str) -> Result<Option<String>, StoreError> {
    let rows = objection::about(tx, key)?;
    Ok(rows.into_iter().find(|row| row.state.is_pending()).map(|row| row.no))
}
