//! The tables are only a reading of the changes.

use counter_core::change::LaneKind;
use counter_store::{
    Store, StoreError,
    table::{account, repair_case, visit},
};

use crate::support::{Counter, make_account, submit, take_case_in};

pub fn everything(store: &Store) -> String {
    store
        .read::<_, StoreError>(|tx| {
            let lanes: Vec<_> = tx
                .lane_ids(LaneKind::Case)?
                .into_iter()
                .map(|no| {
                    (
                        tx.lane(&crate::support::case_lane(&no)).unwrap(),
                        tx.delivery(&crate::support::case_lane(&no)).unwrap(),
                    )
                })
                .collect();
            Ok(format!(
                "{lanes:?} {:?} {:?} {:?}",
                account::list(tx)?,
                visit::list(tx, 0, i64::MAX)?,
                repair_case::list(tx, &repair_case::CaseFilter::default())?
            ))
        })
        .unwrap()
}

#[test]
fn tables_made_again_from_the_changes_equal_the_tables_written() {
    let counter = Counter::new();
    let store = counter.store();
    make_account(store, "wang").unwrap();
    let no = take_case_in(store, None);
    take_case_in(store, None);
    submit(store, &no).unwrap();
    let written = everything(store);
    store.rebuild_projections().unwrap();
    assert_eq!(everything(store), written);
    assert!(store.check().unwrap().ok);
}
