//! Where the work on a lane is. Delivered to the hub is not submitted to a national site.

use serde::{Deserialize, Serialize};

/// Where the work on a lane is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Delivery {
    /// 已保存(本机): something of it has no receipt yet, or the hub lacks a file of it.
    Saved,
    /// 已送达区信用平台: the hub has recorded all of it.
    Delivered,
    /// The hub refused something of it, and nobody has dealt with that.
    Refused,
}

impl Delivery {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::Delivered => "delivered",
            Self::Refused => "refused",
        }
    }

    /// What is named by `word`, the inverse of [`Delivery::as_str`].
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Saved, Self::Delivered, Self::Refused]
            .into_iter()
            .find(|delivery| delivery.as_str() == word)
    }
}
