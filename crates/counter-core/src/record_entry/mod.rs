//! Decisions typed in by hand because the data does not hold them: 手工录入·未核对.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    attachment::AttachmentRef,
    change::Change,
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
            Self::Merged { .. } => "record_merged",
        }
    }
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
        }),
        (Some(_), RecordChange::Entered { .. }) => Err(Refusal::new(RefusalCode::AlreadyExists, &change.lane.id)),
        (None, RecordChange::FactsConfirmed { record, basis }) => Ok(EnteredRecord {
            record: (**record).clone(),
            by_hand: false,
            scan: None,
            merged_from: None,
            bases: vec![basis.clone()],
        }),
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
