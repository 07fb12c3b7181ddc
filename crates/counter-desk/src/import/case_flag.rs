//! Cases whose record came again with other content.

use counter_core::{
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{
    ActContext, RecordError, WriteTx,
    table::repair_case::{self, CaseFilter},
};

/// Says so on every case about the record `key`; answers how many there are.
pub(crate) fn flag(
    tx: &mut WriteTx<'_>,
    act: &ActContext,
    key: &str,
    source: &str,
    differences: &[String],
) -> Result<u64, RecordError> {
    let filter = CaseFilter {
        record_key: Some(key),
        ..CaseFilter::default()
    };
    let cases = repair_case::list(tx, &filter)?;
    let flagged = cases.len() as u64;
    for case in cases {
        let changed = CaseChange::RecordChanged {
            source: source.to_owned(),
            differences: differences.to_vec(),
        };
        tx.record(act, Lane::new(LaneKind::Case, case.no), ChangeBody::Case(changed))?;
    }
    Ok(flagged)
}
