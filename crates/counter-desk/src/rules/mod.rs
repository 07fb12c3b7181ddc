//! 规则: the packs as documents that can be read and checked, and the calendar.

pub mod import_calendar;

use counter_core::pack::CitedValue;
use serde::Serialize;

use crate::Desk;

/// A pack in the list.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PackHead {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The document with its number.
    pub document: String,
    /// Its first day.
    pub effective_from: String,
    /// Its last day, where it has ended.
    pub effective_to: Option<String>,
    /// Whether it is in force today.
    pub in_force: bool,
    /// How many values it has.
    pub values: u32,
    /// How many of them are recalled or stand in conflict.
    pub doubtful: u32,
}

/// A pack, whole.
#[derive(Clone, Debug, PartialEq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct PackDocument {
    /// Its head.
    pub head: PackHead,
    /// Its values, in the order of the document.
    pub values: Vec<CitedValue>,
}

/// The packs, as shipped and corrected.
pub fn packs(desk: &Desk) -> Vec<PackHead> {
    desk.rules().packs().iter().map(|pack| head(desk, pack)).collect()
}

/// The pack `id`, whole.
pub fn pack_document(desk: &Desk, id: &str) -> Option<PackDocument> {
    let pack = desk.rules().pack(id)?;
    Some(PackDocument {
        head: head(desk, pack),
        values: pack.values().collect(),
    })
}

fn head(desk: &Desk, pack: &counter_core::pack::RulePack) -> PackHead {
    let doubtful = pack.rules().iter().filter(|rule| rule.is_doubtful());
    PackHead {
        id: pack.id.clone(),
        title: pack.title.clone(),
        document: pack.document.clone(),
        effective_from: pack.effective_from().to_string(),
        effective_to: pack.effective_to().map(|day| day.to_string()),
        in_force: pack.in_force(desk.clock().today()),
        doubtful: u32::try_from(doubtful.count()).unwrap_or(u32::MAX),
        values: u32::try_from(pack.rules().len()).unwrap_or(u32::MAX),
    }
}
