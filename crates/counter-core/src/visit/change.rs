//! What can happen during a visit.

use serde::{Deserialize, Serialize};

use super::{Agent, Booking, ContinuedCase, VisitEnd};
use crate::{
    change::{CHANGE_SCHEMA, COUNTER_DAY_SCHEMA},
    document_issue::{DocumentReprinted, IssuedDocument},
    subject_snapshot::SubjectSnapshot,
};

/// What happens during a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitChange {
    /// The applicant sits down.
    Opened {
        /// For whom.
        subject: SubjectSnapshot,
        /// The number called, where there is a queue.
        queue_number: Option<String>,
    },
    /// It is known who stands at the counter.
    AgentRecorded {
        /// The person.
        agent: Agent,
    },
    /// A case was taken in during this visit.
    CaseTaken {
        /// Its number.
        case: String,
    },
    /// A paper was issued that belongs to the visit as a whole.
    DocumentIssued {
        /// The paper.
        document: IssuedDocument,
    },
    /// The applicant leaves.
    Ended {
        /// With what.
        end: VisitEnd,
    },
    /// 预约.
    Booked {
        /// For whom.
        subject: SubjectSnapshot,
        /// When, who, about what.
        booking: Booking,
    },
    /// The applicant of an appointment is here.
    Arrived {
        /// The number called, where there is a queue.
        queue_number: Option<String>,
    },
    /// 取消预约.
    BookingCancelled {
        /// Why.
        reason: String,
    },
    /// 续办: a case of an earlier visit goes on.
    CaseContinued(ContinuedCase),
    /// 重印: the same bytes once more.
    DocumentReprinted(DocumentReprinted),
}

impl VisitChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Opened { .. } => "visit_opened",
            Self::AgentRecorded { .. } => "visit_agent_recorded",
            Self::CaseTaken { .. } => "visit_case_taken",
            Self::DocumentIssued { .. } => "visit_document_issued",
            Self::Ended { .. } => "visit_ended",
            Self::Booked { .. } => "visit_booked",
            Self::Arrived { .. } => "visit_arrived",
            Self::BookingCancelled { .. } => "visit_booking_cancelled",
            Self::CaseContinued(_) => "visit_case_continued",
            Self::DocumentReprinted(_) => "visit_document_reprinted",
        }
    }

    /// Whether an act that did this may be taken back: not the beginning, and not once a paper is out.
    pub(crate) fn can_be_undone(&self) -> bool {
        match self {
            Self::AgentRecorded { .. }
            | Self::CaseTaken { .. }
            | Self::Ended { .. }
            | Self::Arrived { .. }
            | Self::BookingCancelled { .. }
            | Self::CaseContinued(_) => true,
            Self::Opened { .. } | Self::Booked { .. } | Self::DocumentIssued { .. } | Self::DocumentReprinted(_) => {
                false
            }
        }
    }

    /// The envelope version from which on programs read this.
    pub(crate) fn schema(&self) -> u16 {
        let plain = match self {
            Self::DocumentIssued { document } => document.kind.is_of_first_schema(),
            Self::Opened { .. } | Self::AgentRecorded { .. } | Self::CaseTaken { .. } | Self::Ended { .. } => true,
            Self::Booked { .. }
            | Self::Arrived { .. }
            | Self::BookingCancelled { .. }
            | Self::CaseContinued(_)
            | Self::DocumentReprinted(_) => false,
        };
        if plain { CHANGE_SCHEMA } else { COUNTER_DAY_SCHEMA }
    }
}
