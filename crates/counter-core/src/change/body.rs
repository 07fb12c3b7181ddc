//! What can happen: one variant per kind of lane, each owned by its own module.

use serde::{Deserialize, Serialize};

use super::LaneKind;
use crate::{
    account::AccountChange, case::CaseChange, certificate::CertificateChange, class::ClassChange, exam::ExamChange,
    incarnation::CounterChange, record_entry::RecordChange, visit::VisitChange,
};

/// What happened in a lane.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeBody {
    /// In a counter's own life.
    Counter(CounterChange),
    /// To an account.
    Account(AccountChange),
    /// During a visit.
    Visit(VisitChange),
    /// To a record entered by hand.
    Record(RecordChange),
    /// To a case.
    Case(CaseChange),
    /// To a training class.
    Class(ClassChange),
    /// In a sitting of an exam.
    Exam(ExamChange),
    /// To a training certificate.
    Certificate(CertificateChange),
}

impl ChangeBody {
    /// The kind of lane this can happen in.
    pub fn lane_kind(&self) -> LaneKind {
        match self {
            Self::Counter(_) => LaneKind::Counter,
            Self::Account(_) => LaneKind::Account,
            Self::Visit(_) => LaneKind::Visit,
            Self::Record(_) => LaneKind::Record,
            Self::Case(_) => LaneKind::Case,
            Self::Class(_) => LaneKind::Class,
            Self::Exam(_) => LaneKind::ExamSession,
            Self::Certificate(_) => LaneKind::Certificate,
        }
    }

    /// The word for what happened, such as `case_received`; stable, used in histories and at the hub.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Counter(change) => change.kind(),
            Self::Account(change) => change.kind(),
            Self::Visit(change) => change.kind(),
            Self::Record(change) => change.kind(),
            Self::Case(change) => change.kind(),
            Self::Class(change) => change.kind(),
            Self::Exam(change) => change.kind(),
            Self::Certificate(change) => change.kind(),
        }
    }
}
