//! 续办: a case of an earlier visit goes on, at the same window or, with its slip, at any other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::MaterialMark;

/// What a visit brought for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinuedCase {
    /// Its number.
    pub case: String,
    /// The slip it was read from, where this counter does not know the case: its number and day.
    pub slip: Option<(String, Date)>,
    /// Papers brought that the case has yet to take over; none where it did at once.
    pub brought: Vec<BroughtPaper>,
}

/// A paper brought for a case that this counter does not know yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtPaper {
    /// Its code in the pack.
    pub code: String,
    /// How it stands.
    pub mark: MaterialMark,
}
