//! Where the counter is: printed on what tells an applicant where to come, ask or bring papers.

use counter_store::{ReadTx, RecordError, StoreError, table::setting};
use serde::{Deserialize, Serialize};

use super::SITE_NAME;
use crate::{Coded, Desk, coded::from_store_error};

const ADDRESS: &str = "site_address";
const PHONE: &str = "site_phone";
const HOURS: &str = "site_hours";
/// More than a line of a paper holds.
const TOO_LONG: usize = 80;

/// The counter's place. Choices of this computer; empty parts are printed nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The place that heads every paper, such as 越秀区政务服务中心.
    pub name: String,
    /// 地址.
    pub address: String,
    /// 电话.
    pub phone: String,
    /// 办公时间.
    pub hours: String,
}

/// The place was not changed.
#[derive(Debug, thiserror::Error)]
pub enum SavePlaceError {
    /// The name is empty.
    #[error("the place has no name")]
    NoName,
    /// A part is longer than a line of a paper.
    #[error("{0} is too long")]
    TooLong(&'static str),
    /// Not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(SavePlaceError);

impl Coded for SavePlaceError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoName => "field_empty",
            Self::TooLong(_) => "field_too_long",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoName => "name".to_owned(),
            Self::TooLong(field) => (*field).to_owned(),
            Self::Record(error) => error.detail(),
        }
    }
}

impl Place {
    /// Where to ask, a sentence; none where neither address nor telephone is known.
    pub(crate) fn contact(&self) -> Option<String> {
        let parts = [
            ("地址", &self.address),
            ("电话", &self.phone),
            ("办公时间", &self.hours),
        ];
        let known: Vec<String> = parts
            .into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(label, value)| format!("{label}：{value}"))
            .collect();
        (!known.is_empty()).then(|| format!("窗口{}。", known.join("；")))
    }

    /// Where to bring papers: the office with its address.
    pub(super) fn bring_to(&self, office: &str) -> String {
        match self.address.as_str() {
            "" => office.to_owned(),
            address => format!("{office}（{address}）"),
        }
    }
}

/// The place as it was entered.
///
/// # Errors
/// When the store cannot be read.
pub fn place(desk: &Desk) -> Result<Place, StoreError> {
    desk.store().read(load)
}

/// Changes the place.
///
/// # Errors
/// [`SavePlaceError`].
pub fn save_place(desk: &Desk, place: &Place) -> Result<(), SavePlaceError> {
    let parts = [
        ("name", SITE_NAME, &place.name),
        ("address", ADDRESS, &place.address),
        ("phone", PHONE, &place.phone),
        ("hours", HOURS, &place.hours),
    ];
    if place.name.trim().is_empty() {
        return Err(SavePlaceError::NoName);
    }
    if let Some((field, ..)) = parts.iter().find(|(.., value)| value.chars().count() > TOO_LONG) {
        return Err(SavePlaceError::TooLong(field));
    }
    desk.store().write(|tx| {
        for (_, key, value) in parts {
            setting::set(tx, key, value.trim())?;
        }
        Ok(())
    })
}

pub(crate) fn load(tx: &ReadTx<'_>) -> Result<Place, StoreError> {
    let get = |key| Ok::<_, StoreError>(setting::get(tx, key)?.unwrap_or_default());
    Ok(Place {
        name: get(SITE_NAME)?,
        address: get(ADDRESS)?,
        phone: get(PHONE)?,
        hours: get(HOURS)?,
    })
}
