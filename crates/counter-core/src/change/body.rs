//! What can happen: one variant per kind of lane, each owned by its own module.

use serde::{Deserialize, Serialize};

use super::{CHANGE_SCHEMA, CLASS_CHOICE_SCHEMA, COUNTER_DAY_SCHEMA, LaneKind, UNDO_SCHEMA, Undone, Withdrawal};
use crate::{
    account::AccountChange, case::CaseChange, certificate::CertificateChange, class::ClassChange, exam::ExamChange,
    incarnation::CounterChange, objection::ObjectionChange, record::Record, record_entry::RecordChange,
    visit::VisitChange,
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
    /// To an objection.
    Objection(ObjectionChange),
    /// To a training class.
    Class(ClassChange),
    /// In a sitting of an exam.
    Exam(ExamChange),
    /// To a training certificate.
    Certificate(CertificateChange),
    /// An earlier change of the lane is given up.
    Withdrawal(Withdrawal),
    /// The last act on the lane is taken back.
    Undone(Undone),
}

impl ChangeBody {
    /// Whether this can happen in a lane of `kind`.
    pub fn belongs_in(&self, kind: LaneKind) -> bool {
        match self {
            Self::Counter(_) => kind == LaneKind::Counter,
            Self::Account(_) => kind == LaneKind::Account,
            Self::Visit(_) => kind == LaneKind::Visit,
            Self::Record(_) => kind == LaneKind::Record,
            Self::Case(_) => kind == LaneKind::Case,
            Self::Objection(_) => kind == LaneKind::Objection,
            Self::Class(_) => kind == LaneKind::Class,
            Self::Exam(_) => kind == LaneKind::ExamSession,
            Self::Certificate(_) => kind == LaneKind::Certificate,
            Self::Withdrawal(_) => true,
            Self::Undone(_) => Undone::LANES.contains(&kind),
        }
    }

    /// Whether an act that did this may be taken back: what was printed, opened or came from elsewhere stands.
    pub fn can_be_undone(&self) -> bool {
        match self {
            Self::Visit(change) => change.can_be_undone(),
            Self::Case(change) => change.can_be_undone(),
            Self::Objection(change) => change.can_be_undone(),
            Self::Counter(_)
            | Self::Account(_)
            | Self::Record(_)
            | Self::Class(_)
            | Self::Exam(_)
            | Self::Certificate(_)
            | Self::Withdrawal(_)
            | Self::Undone(_) => false,
        }
    }

    /// The envelope version from which on programs read this.
    pub(super) fn schema(&self) -> u16 {
        let chosen = self.record().is_some_and(|record| record.class_chosen.is_some());
        let of_record = if chosen { CLASS_CHOICE_SCHEMA } else { CHANGE_SCHEMA };
        of_record.max(self.schema_of_act())
    }

    /// The record as it is written into this.
    fn record(&self) -> Option<&Record> {
        if let Self::Case(CaseChange::Received(received)) = self {
            return Some(&received.record);
        }
        if let Self::Objection(ObjectionChange::Received(received)) = self {
            return Some(&received.record);
        }
        if let Self::Record(change) = self {
            change.record()
        } else {
            None
        }
    }

    fn schema_of_act(&self) -> u16 {
        match self {
            Self::Visit(change) => change.schema(),
            Self::Case(change) => change.schema(),
            Self::Record(change) => change.schema(),
            Self::Objection(_) => COUNTER_DAY_SCHEMA,
            Self::Undone(_) => UNDO_SCHEMA,
            Self::Counter(_)
            | Self::Account(_)
            | Self::Class(_)
            | Self::Exam(_)
            | Self::Certificate(_)
            | Self::Withdrawal(_) => CHANGE_SCHEMA,
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
            Self::Objection(change) => change.kind(),
            Self::Class(change) => change.kind(),
            Self::Exam(change) => change.kind(),
            Self::Certificate(change) => change.kind(),
            Self::Withdrawal(_) => Withdrawal::KIND,
            Self::Undone(_) => Undone::KIND,
        }
    }
}
