//! The work of some years at a counter: most of its cases are over.

use counter_core::{
    case::CaseChange,
    change::{ChangeBody, Lane, LaneKind},
};
use counter_store::{
    RecordError, StoreError,
    table::repair_case::{self, CaseFilter},
};

use crate::{Failure, Office, work_offline};

/// Changes of a week's work for each case in it.
const CHANGES_OF: (usize, usize) = (13, 3);
/// Of so many cases one is under way; the others are over.
const UNDER_WAY: usize = 50;
/// Cases closed in one transaction.
const BATCH: usize = 500;

/// Works at `office` until there are `cases`, and answers how many of them are over.
///
/// # Errors
/// When the store cannot keep them.
pub fn work_of_years(office: &Office, cases: usize) -> Result<usize, Failure> {
    work_offline(office, cases * CHANGES_OF.0 / CHANGES_OF.1)?;
    close_most(office)
}

/// All but one in [`UNDER_WAY`] are over, as at the end of some years.
fn close_most(office: &Office) -> Result<usize, Failure> {
    let store = office.desk.store();
    let all = store.read::<_, StoreError>(|tx| repair_case::list(tx, &CaseFilter::default()))?;
    let over: Vec<_> = all
        .into_iter()
        .enumerate()
        .filter(|(nth, _)| nth % UNDER_WAY != 0)
        .collect();
    for batch in over.chunks(BATCH) {
        store.write::<_, RecordError>(|tx| {
            for (_, case) in batch {
                let lane = Lane::new(LaneKind::Case, &case.no);
                let (on, act) = (case.last_act_on, office.act());
                let withdrawn = CaseChange::Withdrawn {
                    reason: "申请人撤回".into(),
                    on,
                };
                tx.record(&act, lane.clone(), ChangeBody::Case(withdrawn))?;
                let closed = CaseChange::Closed {
                    note: String::new(),
                    on,
                };
                tx.record(&act, lane, ChangeBody::Case(closed))?;
            }
            Ok(())
        })?;
    }
    Ok(over.len())
}
