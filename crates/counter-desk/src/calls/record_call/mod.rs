//! What came of a call.

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    record_entry::{Call, CallOutcome, RecordChange},
};
use counter_store::RecordError;

use crate::{Actor, Coded, Desk, coded::from_store_error, record::source};

/// The call was not written down.
#[derive(Debug, thiserror::Error)]
pub enum RecordCallError {
    /// The record does not exist at this counter.
    #[error("there is no record {0}")]
    UnknownRecord(String),
    /// Refused or not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(RecordCallError);

impl Coded for RecordCallError {
    fn code(&self) -> &'static str {
        match self {
            Self::UnknownRecord(_) => "unknown_record",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::UnknownRecord(key) => key.clone(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// Writes down that the subject of the record was called today.
///
/// # Errors
/// [`RecordCallError`].
pub fn record_call(
    desk: &Desk,
    actor: &Actor,
    record: &str,
    outcome: CallOutcome,
    note: &str,
) -> Result<(), RecordCallError> {
    let act = desk.act(actor);
    let call = Call {
        on: desk.clock().today(),
        outcome,
        note: note.trim().to_owned(),
    };
    desk.store().write(|tx| {
        let sourced = source::load(tx, record)?.ok_or_else(|| RecordCallError::UnknownRecord(record.to_owned()))?;
        let record_now = Box::new(source::for_change(sourced.record));
        let body = ChangeBody::Record(RecordChange::Called {
            record: record_now,
            call,
        });
        tx.record(&act, Lane::new(LaneKind::Record, record), body)?;
        Ok(())
    })
}
