//! What can happen to a case.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{CaseReceived, MaterialMark};
use crate::document_issue::IssuedDocument;

/// What happens to a case. Receiving and forwarding are the counter's acts; accepting and deciding the authority's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CaseChange {
    /// 收件: the counter took the papers in.
    Received(Box<CaseReceived>),
    /// The state of one material changed.
    MaterialMarked {
        /// Which, by its code in the pack.
        code: String,
        /// How it stands now.
        mark: MaterialMark,
    },
    /// A paper about this case was issued.
    DocumentIssued {
        /// The paper.
        document: IssuedDocument,
    },
    /// 已提交: entered at the site that takes such requests.
    Submitted {
        /// The site, in its own name.
        site: String,
        /// The number the site gave.
        number: String,
        /// The day.
        on: Date,
    },
    /// 认定单位受理.
    Accepted {
        /// Who accepted.
        by: String,
        /// The day.
        on: Date,
        /// Its number, where it has one.
        number: Option<String>,
    },
    /// 认定单位不予受理.
    Declined {
        /// Who declined.
        by: String,
        /// The day.
        on: Date,
        /// Why.
        reason: String,
    },
    /// The authority asks for more.
    SupplementAsked {
        /// Who asks.
        by: String,
        /// The day.
        on: Date,
        /// For what.
        reason: String,
    },
    /// 决定.
    Decided {
        /// Who decided.
        by: String,
        /// The day.
        on: Date,
        /// How.
        outcome: DecisionOutcome,
        /// Why.
        reason: String,
    },
    /// 已撤下: a person looked at the sites and the record is gone.
    TakenDown {
        /// The sites looked at.
        sites: Vec<String>,
        /// The day of looking.
        on: Date,
    },
    /// 撤回: the applicant takes the request back.
    Withdrawn {
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 转介: another office has to deal with it.
    Referred {
        /// Which.
        office: String,
        /// Why.
        reason: String,
        /// The day.
        on: Date,
    },
    /// 结案.
    Closed {
        /// A word on it.
        note: String,
        /// The day.
        on: Date,
    },
    /// The penalty record this case is about came again with other content.
    RecordChanged {
        /// The file that brought it.
        source: String,
        /// What differs, header by header.
        differences: Vec<String>,
    },
}

/// How the authority decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum DecisionOutcome {
    /// 准予修复.
    Repaired,
    /// 不予修复.
    Refused,
}

impl CaseChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Received(_) => "case_received",
            Self::MaterialMarked { .. } => "case_material_marked",
            Self::DocumentIssued { .. } => "case_document_issued",
            Self::Submitted { .. } => "case_submitted",
            Self::Accepted { .. } => "case_accepted",
            Self::Declined { .. } => "case_declined",
            Self::SupplementAsked { .. } => "case_supplement_asked",
            Self::Decided { .. } => "case_decided",
            Self::TakenDown { .. } => "case_taken_down",
            Self::Withdrawn { .. } => "case_withdrawn",
            Self::Referred { .. } => "case_referred",
            Self::Closed { .. } => "case_closed",
            Self::RecordChanged { .. } => "case_record_changed",
        }
    }

    /// The same act on another day; `None` where it has no day, or where the day stands in what was received.
    pub fn dated(mut self, day: Date) -> Option<Self> {
        match &mut self {
            Self::Submitted { on, .. }
            | Self::Accepted { on, .. }
            | Self::Declined { on, .. }
            | Self::SupplementAsked { on, .. }
            | Self::Decided { on, .. }
            | Self::TakenDown { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Referred { on, .. }
            | Self::Closed { on, .. } => *on = day,
            Self::Received(_)
            | Self::MaterialMarked { .. }
            | Self::DocumentIssued { .. }
            | Self::RecordChanged { .. } => return None,
        }
        Some(self)
    }

    /// The day of the act, where it has one.
    pub fn on(&self) -> Option<Date> {
        match self {
            Self::Received(received) => Some(received.received_on),
            Self::Submitted { on, .. }
            | Self::Accepted { on, .. }
            | Self::Declined { on, .. }
            | Self::SupplementAsked { on, .. }
            | Self::Decided { on, .. }
            | Self::TakenDown { on, .. }
            | Self::Withdrawn { on, .. }
            | Self::Referred { on, .. }
            | Self::Closed { on, .. } => Some(*on),
            Self::MaterialMarked { .. } | Self::DocumentIssued { .. } | Self::RecordChanged { .. } => None,
        }
    }
}
