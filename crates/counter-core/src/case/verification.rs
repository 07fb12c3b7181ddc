//! 信用核查: somebody of the counter made sure of something before the case went on.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentRef;

/// One verification: who looked at what, when, and what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    /// Who made sure.
    pub by: String,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
    /// What was looked at: a place, a site, a paper, whom was asked.
    pub seen: String,
    /// Photographs, screenshots, letters.
    pub evidence: Vec<AttachmentRef>,
    /// What came of it.
    pub result: VerificationResult,
    /// What else to know.
    pub note: String,
}

/// What came of a verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum VerificationResult {
    /// 属实.
    Confirmed,
    /// 不属实.
    NotConfirmed,
    /// 无法核实.
    Open,
}
