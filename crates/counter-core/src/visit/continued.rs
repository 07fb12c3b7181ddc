//! 续办: a case of an earlier visit goes on, at the same window or, with its slip, at any other.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::MaterialMark;

/// What a visit brought for a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContinuedCase {
    /// Its number.
    pub case: String,
    /// 文号 of its record, where the slip or this counter names it.
    pub document_no: Option<String>,
    /// The slip it was read from, where this counter does not know the case: its number and day.
    pub slip: Option<(String, Date)>,
    /// Papers brought. With a `slip` the case has yet to take them over; without one it did at once.
    pub brought: Vec<BroughtPaper>,
    /// The names of what is missing still.
    pub missing: Vec<String>,
}

/// A paper brought for a case that goes on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BroughtPaper {
    /// Its code in the pack.
    pub code: String,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub mark: MaterialMark,
}
