//! 转介机关: where applicants are sent whose matter is another office's, with address and telephone.
//!
//! None come with the program: what nobody here has looked up is printed nowhere.

use counter_core::{authority::Referral, record::Record};
use counter_store::{
    ReadTx, RecordError, StoreError,
    table::office::{self, Office},
};
use serde::{Deserialize, Serialize};

use crate::{Actor, Coded, Desk, coded::from_store_error};

/// More than a line of a paper holds.
const TOO_LONG: usize = 120;

/// An office on the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct OfficeView {
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
}

/// The list was not changed.
#[derive(Debug, thiserror::Error)]
pub enum OfficeError {
    /// The office has no name.
    #[error("the office has no name")]
    NoName,
    /// Neither address nor telephone: nothing that helps anybody find it.
    #[error("the office has neither address nor telephone")]
    NoWay,
    /// A part is longer than a paper holds.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// It is not on the list.
    #[error("there is no office {0}")]
    Unknown(String),
    /// Not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(OfficeError);

impl Coded for OfficeError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "office_no_name",
            Self::NoWay => "office_no_way",
            Self::TooLong(_) => "field_too_long",
            Self::Unknown(_) => "not_found",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoName | Self::NoWay => String::new(),
            Self::TooLong(field) => (*field).to_owned(),
            Self::Unknown(name) => name.clone(),
            Self::Record(error) => error.detail(),
        }
    }
}

impl From<Office> for OfficeView {
    fn from(office: Office) -> Self {
        Self {
            name: office.name,
            address: office.address,
            phone: office.phone,
            hours: office.hours,
            papers: office.papers,
        }
    }
}

/// The offices on the list, by name.
///
/// # Errors
/// When the store cannot be read.
pub fn offices(desk: &Desk) -> Result<Vec<OfficeView>, StoreError> {
    desk.store()
        .read(|tx| Ok(office::list(tx)?.into_iter().map(OfficeView::from).collect()))
}

/// Enters an office; one of the same name takes its place.
///
/// # Errors
/// [`OfficeError`].
pub fn save_office(desk: &Desk, actor: &Actor, typed: &OfficeView) -> Result<(), OfficeError> {
    let parts = [
        ("name", &typed.name),
        ("address", &typed.address),
        ("phone", &typed.phone),
        ("hours", &typed.hours),
        ("papers", &typed.papers),
    ];
    if typed.name.trim().is_empty() {
        return Err(OfficeError::NoName);
    }
    if typed.address.trim().is_empty() && typed.phone.trim().is_empty() {
        return Err(OfficeError::NoWay);
    }
    if let Some((field, _)) = parts.iter().find(|(_, value)| value.chars().count() > TOO_LONG) {
        return Err(OfficeError::TooLong(field));
    }
    let kept = |value: &str| value.trim().to_owned();
    let act = desk.act(actor);
    desk.store().write(|tx| {
        let office = Office {
            name: kept(&typed.name),
            address: kept(&typed.address),
            phone: kept(&typed.phone),
            hours: kept(&typed.hours),
            papers: kept(&typed.papers),
            entered_by: act.actor.clone(),
            entered_at: act.made_at,
        };
        Ok(office::put(tx, &office)?)
    })
}

/// Takes an office off the list.
///
/// # Errors
/// [`OfficeError`].
pub fn remove_office(desk: &Desk, name: &str) -> Result<(), OfficeError> {
    desk.store().write(|tx| {
        if office::delete(tx, name)? {
            Ok(())
        } else {
            Err(OfficeError::Unknown(name.to_owned()))
        }
    })
}

/// The office a record is sent to, where it is on the list: the one that made the decision, else the one in charge of
/// such records.
pub(crate) fn office_for(
    tx: &ReadTx<'_>,
    record: &Record,
    referral: Option<&Referral>,
) -> Result<Option<OfficeView>, StoreError> {
    let names = [
        record.authority_name.as_deref(),
        referral.map(|referral| referral.office.as_str()),
    ];
    for name in names.into_iter().flatten() {
        if let Some(found) = office::get(tx, name)? {
            return Ok(Some(found.into()));
        }
    }
    Ok(None)
}
