//! Visits: an applicant at the counter, from sitting down to leaving with a paper in hand.
//!
//! The cases taken in live in their own lanes; a visit names them.

mod agent;
mod apply;
mod booking;
mod change;
mod continued;

use serde::{Deserialize, Serialize};

pub use agent::{Agent, AgentCapacity, AuthorityProof};
pub use apply::apply;
pub use booking::Booking;
pub use change::VisitChange;
pub use continued::{BroughtPaper, ContinuedCase};

use crate::{
    document_issue::{DocumentReprinted, IssuedDocument},
    subject_snapshot::SubjectSnapshot,
};

/// How a visit ended. Every end has its paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum VisitEnd {
    /// 咨询.
    Advice,
    /// 未到期.
    NotYet,
    /// 走错门.
    WrongDoor,
    /// 无记录.
    NoRecord,
    /// 收件.
    Received,
    /// 续办.
    Continued,
}

/// A visit as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Its number.
    pub no: String,
    /// For whom.
    pub subject: SubjectSnapshot,
    /// The number called.
    pub queue_number: Option<String>,
    /// Who stands at the counter, once known.
    pub agent: Option<Agent>,
    /// The cases taken in.
    pub cases: Vec<String>,
    /// The papers of the visit as a whole, oldest first.
    pub documents: Vec<IssuedDocument>,
    /// How it ended, once it has.
    pub end: Option<VisitEnd>,
    /// When it began, ms UTC.
    pub opened_at: i64,
    /// When it ended, ms UTC.
    pub ended_at: Option<i64>,
    /// The account that opened it.
    pub clerk: String,
    /// The appointment it began with.
    #[serde(default)]
    pub booking: Option<Booking>,
    /// Whether the applicant of an appointment has not come yet.
    #[serde(default)]
    pub awaited: bool,
    /// Why the appointment was called off.
    #[serde(default)]
    pub cancelled: Option<String>,
    /// Cases of earlier visits, here or elsewhere, that it went on with.
    #[serde(default)]
    pub continued: Vec<ContinuedCase>,
    /// Papers printed once more.
    #[serde(default)]
    pub reprints: Vec<DocumentReprinted>,
}

impl Visit {
    /// Whether it is over: it ended, or its appointment was called off.
    pub fn is_over(&self) -> bool {
        self.end.is_some() || self.cancelled.is_some()
    }
}
