//! Decisions typed in by hand because the data does not hold them: 手工录入·未核对.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    attachment::AttachmentRef,
    change::{CHANGE_SCHEMA, COUNTER_DAY_SCHEMA, Change},
    record::Record,
    refusal::{Refusal, RefusalCode},
};

/// What happens to a record entered by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordChange {
    /// A clerk typed the decision in.
    Entered {
        /// What the decision says.
        record: Box<Record>,
        /// Its scan, where there is one.
        scan: Option<AttachmentRef>,
    },
    /// A clerk answered what the data does not say: fulfilled, rectified, the procedure.
    FactsConfirmed {
        /// The record with the answers in it.
        record: Box<Record>,
        /// What the answers rest on.
        basis: String,
    },
    /// 电话告知: the subject was called about it.
    Called {
        /// The record as it was, for a lane that begins with the call.
        record: Box<Record>,
        /// What came of it.
        call: Call,
    },
    /// An import brought the same decision.
    Merged {
        /// The file it came in.
        source: String,
        /// The day of the import.
        on: Date,
    },
}

impl RecordChange {
    /// The word for what happened.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Entered { .. } => "record_entered",
            Self::FactsConfirmed { .. } => "record_facts_confirmed",
            Self::Called { .. } => "record_called",
            Self::Merged { .. } => "record_merged",
        }
    }

    /// The record as it is written into this.
    pub(crate) fn record(&self) -> Option<&Record> {
        match self {
            Self::Entered { record, .. } | Self::FactsConfirmed { record, .. } | Self::Called { record, .. } => {
                Some(record)
            }
            Self::Merged { .. } => None,
        }
    }

    /// The envelope version from which on programs read this.
    pub(crate) fn schema(&self) -> u16 {
        match self {
            Self::Called { .. } => COUNTER_DAY_SCHEMA,
            Self::Entered { .. } | Self::FactsConfirmed { .. } | Self::Merged { .. } => CHANGE_SCHEMA,
        }
    }
}

/// A call to a subject whose record becomes eligible.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Call {
    /// The day.
    #[specta(type = String)]
    pub on: Date,
    /// What came of it.
    pub outcome: CallOutcome,
    /// A word on it.
    pub note: String,
}

/// What came of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum CallOutcome {
    /// 已告知.
    Told,
    /// 无人接听.
    NoAnswer,
    /// 号码不对.
    WrongNumber,
    /// 无意办理.
    NotWanted,
}

/// A record with what people at the counter know about it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EnteredRecord {
    /// The record as it stands.
    pub record: Record,
    /// Whether it was typed in rather than imported.
    pub by_hand: bool,
    /// Its scan.
    pub scan: Option<AttachmentRef>,
    /// The file that later brought it.
    pub merged_from: Option<String>,
    /// What the answers rest on, oldest first.
    pub bases: Vec<String>,
    /// Calls to its subject, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
}

/// Applies a change to a record's lane. Facts may be confirmed for an imported record too: then the lane begins with them.
///
/// # Errors
/// When a record is entered twice or merged before it is entered.
pub fn apply(state: Option<EnteredRecord>, change: &Change, body: &RecordChange) -> Result<EnteredRecord, Refusal> {
    match (state, body) {
        (None, RecordChange::Entered { record, scan }) => Ok(EnteredRecord {
            record: (**record).clone(),
            by_hand: true,
            scan: scan.clone(),
            merged_from: None,
            bases: Vec::new(),
            calls: Vec::new(),
        }),
        (Some(_), RecordChange::Entered { .. }) => Err(Refusal::new(RefusalCode::AlreadyExists, &change.lane.id)),
        (None, RecordChange::FactsConfirmed { record, basis }) => Ok(EnteredRecord {
            record: (**record).clone(),
            by_hand: false,
            scan: None,
            merged_from: None,
            bases: vec![basis.clone()],
            calls: Vec::new(),
        }),
        (None, RecordChange::Called { record, call }) => Ok(EnteredRecord {
            record: (**record).clone(),
            by_hand: false,
            scan: None,
            merged_from: None,
            bases: Vec::new(),
            calls: vec![call.clone()],
        }),
        (Some(mut entered), RecordChange::Called { call, .. }) => {
            entered.calls.push(call.clone());
            Ok(entered)
        }
        (Some(mut entered), RecordChange::FactsConfirmed { record, basis }) => {
            entered.record = (**record).clone();
            entered.bases.push(basis.clone());
            Ok(entered)
        }
        (None, RecordChange::Merged { .. }) => Err(Refusal::new(RefusalCode::NotFound, &change.lane.id)),
        (Some(mut entered), RecordChange::Merged { source, .. }) => {
            entered.merged_from = Some(source.clone());
            Ok(entered)
        }
    }
}
