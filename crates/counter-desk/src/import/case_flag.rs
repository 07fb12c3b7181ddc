//! Cases whose record came again with other content.

use counter_core::{
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{
    ActContext, WriteTx,
    table::repair_case::{self, CaseFilter},
};

use super::ImportError;

/// Says so on every case about the record `key`.
pub(super) fn flag(
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    key: &str,
    source: &str,
    differences: &[String],
) -> Result<(), ImportError> {
    let filter = CaseFilter {
        record_key: Some(key),
        ..CaseFilter::default()
    };
    for case in repair_case::list(tx, &filter)? {
        let changed = CaseChange::RecordChanged {
            source: source.to_owned(),
            differences: differences.to_vec(),
        };
        tx.record(act, Lane::new(LaneKind::Case, case.no), ChangeBody::Case(changed))?;
    }
    Ok(())
}
