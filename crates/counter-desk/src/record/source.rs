//! A record wherever it came from: imported, typed in by hand, answered for at the counter.

use counter_core::{
    attachment::AttachmentRef,
    case::CaseState,
    change::{Lane, LaneKind},
    lane_state::LaneState,
    record::Record,
    record_entry::EnteredRecord,
    subject_snapshot::SubjectSnapshot,
};
use counter_store::{
    ReadTx, StoreError,
    table::{
        entered_record, penalty,
        publicity_row::KeptRow,
        repair_case::{self, CaseFilter, CaseRow},
        subject::{self, Subject},
    },
};
use jiff::civil::Date;

use super::facts::Facts;
use crate::objection::objection_list::pending_about;

/// Said of a record that was typed in.
pub const BY_HAND: &str = "手工录入·未核对";

/// A record with where it came from.
#[derive(Clone, Debug)]
pub struct SourcedRecord {
    /// Names it at this counter: the key of the decision, or the number of the entry by hand.
    pub key: String,
    /// The record, with what was found out at the counter.
    pub record: Record,
    /// Whose it is, by the name of today.
    pub subject: SubjectSnapshot,
    /// Whether it was typed in.
    pub by_hand: bool,
    /// Why it is kept for check; empty where it is fit for reporting.
    pub check_notes: Vec<String>,
    /// The scan of the decision.
    pub scan: Option<AttachmentRef>,
    /// What the answers rest on, oldest first.
    pub bases: Vec<String>,
    /// The file or the person it came from.
    pub source: String,
    /// Of which day it is.
    pub data_as_of: Option<Date>,
    /// The objection that is pending about it; it is marked wherever it is shown or printed.
    pub objection: Option<String>,
}

impl SourcedRecord {
    /// The name the decision bears, where the subject goes by another now.
    pub fn named_as(&self) -> Option<&str> {
        self.record.named_otherwise(&self.subject.name)
    }
}

/// Whose a record is, by the name of today where it is known; else as the record says.
fn subject_of(record: &Record, name: Option<String>) -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: record.uscc.clone(),
        name: name.or_else(|| record.subject_name.clone()).unwrap_or_default(),
    }
}

/// A record as it may enter a change: without personal numbers, which stay in the reference data.
pub(crate) fn for_change(record: Record) -> Record {
    Record {
        legal_representative_number: None,
        person_number: None,
        ..record
    }
}

/// The record named `key`.
pub(crate) fn load(tx: &ReadTx<'_>, key: &str) -> Result<Option<SourcedRecord>, StoreError> {
    let entered = entered(tx, key)?;
    Ok(match penalty::get(tx, key)? {
        Some(row) => Some(imported(tx, row, entered)?),
        None => match entered.filter(|entered| entered.by_hand) {
            Some(entered) => Some(typed_in(tx, key, entered)?),
            None => None,
        },
    })
}

/// Every record of a subject, the newest decision first. What was typed in and later imported is one record.
pub(crate) fn of_subject(tx: &ReadTx<'_>, subject: &Subject) -> Result<Vec<SourcedRecord>, StoreError> {
    let mut records = Vec::new();
    for row in penalty::of_subject(tx, subject.id)? {
        let entered = entered(tx, &row.key)?;
        records.push(imported(tx, row, entered)?);
    }
    for row in entered_record::of_subject(tx, subject.uscc.as_deref(), &subject.name)? {
        if row.by_hand
            && row.merged_from.is_none()
            && let Some(entered) = entered(tx, &row.key)?
        {
            records.push(typed_in(tx, &row.key, entered)?);
        }
    }
    records.sort_by_key(|record| std::cmp::Reverse(record.record.decided_on));
    Ok(records)
}

/// The case that is running about a record, if any.
pub(crate) fn running_case(tx: &ReadTx<'_>, key: &str) -> Result<Option<CaseRow>, StoreError> {
    let filter = CaseFilter {
        record_key: Some(key),
        ..CaseFilter::default()
    };
    Ok(repair_case::list(tx, &filter)?
        .into_iter()
        .find(|case| match case.state {
            CaseState::Received
            | CaseState::GapsOpen
            | CaseState::Submitted
            | CaseState::Accepted
            | CaseState::Decided => true,
            CaseState::Declined
            | CaseState::TakenDown
            | CaseState::Withdrawn
            | CaseState::Referred
            | CaseState::Closed
            | CaseState::Voided => false,
        }))
}

pub(crate) fn entered(tx: &ReadTx<'_>, key: &str) -> Result<Option<EnteredRecord>, StoreError> {
    match tx.lane(&Lane::new(LaneKind::Record, key))? {
        Some(LaneState::Record(entered)) => Ok(Some(entered)),
        Some(_) | None => Ok(None),
    }
}

fn imported(tx: &ReadTx<'_>, row: KeptRow, answered: Option<EnteredRecord>) -> Result<SourcedRecord, StoreError> {
    // What was typed in before the import stays with the record: its scan and the answers given.
    let typed = match &row.entered_key {
        Some(key) => entered(tx, key)?,
        None => None,
    };
    let known = answered.as_ref().or(typed.as_ref());
    let record = row.row.to_record();
    let record = match known {
        Some(entered) => Facts::of(&entered.record)
            .applied_to(&record)
            .map_err(StoreError::Contradiction)?,
        None => record,
    };
    Ok(SourcedRecord {
        subject: subject_of(&record, subject::name_of(tx, row.subject_id)?),
        objection: pending_about(tx, &row.key)?,
        key: row.key,
        record,
        by_hand: false,
        check_notes: row.check_notes,
        scan: typed.as_ref().and_then(|typed| typed.scan.clone()),
        bases: known.map(|entered| entered.bases.clone()).unwrap_or_default(),
        source: row.source,
        data_as_of: row.data_as_of,
    })
}

fn typed_in(tx: &ReadTx<'_>, key: &str, entered: EnteredRecord) -> Result<SourcedRecord, StoreError> {
    let code = entered.record.uscc.as_deref();
    let name = code.map(|code| subject::name_by_code(tx, code)).transpose()?.flatten();
    Ok(SourcedRecord {
        subject: subject_of(&entered.record, name),
        objection: pending_about(tx, key)?,
        key: key.to_owned(),
        record: entered.record,
        by_hand: true,
        check_notes: Vec::new(),
        scan: entered.scan,
        bases: entered.bases,
        source: BY_HAND.to_owned(),
        data_as_of: None,
    })
}
