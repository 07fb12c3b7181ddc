//! 待处理 has two ways out, and both stay in the log.

use counter_core::{
    case::{CaseChange, CaseState, MaterialMark, MaterialState},
    change::{ChangeBody, SETTLING_SCHEMA},
    refusal::{Refusal, RefusalCode},
};
use counter_store::{Delivery, RecordError, Store, StoreError, StoredChange, Verdict, WaitingFor, table::repair_case};
use jiff::civil::date;

use crate::{
    feed::{own, take_in},
    support::{Counter, act, case_lane, submit, take_case_in},
};

fn parked(store: &Store) -> Vec<StoredChange> {
    store.read(|tx| tx.parked_changes()).unwrap()
}

fn state(store: &Store, no: &str) -> Option<(CaseState, Delivery)> {
    let row = store.read::<_, StoreError>(|tx| repair_case::get(tx, no)).unwrap();
    row.map(|row| (row.state, row.delivery))
}

/// The hub says `verdict` about change `seq`; of those before it, it took what it has not judged yet.
fn with_verdict(store: &Store, seq: u64, verdict: Verdict) {
    let code = store.identity().counter;
    let unjudged = |seq: &u64| {
        let identity = store.identity();
        let change = store.read(|tx| tx.change(&identity.counter, identity.incarnation, *seq));
        change.unwrap().unwrap().verdict.is_none()
    };
    let entries: Vec<_> = (1..seq)
        .filter(unjudged)
        .map(|seq| (seq, own(store, seq), Some(&code), seq, Verdict::Applied))
        .chain([(seq, own(store, seq), Some(&code), seq, verdict)])
        .collect();
    take_in(store, &entries).unwrap();
}

fn refused() -> Verdict {
    Verdict::Refused(Refusal::new(RefusalCode::Contradiction, "case_submitted"))
}

#[test]
fn what_was_refused_is_said_again_in_the_same_lane_and_both_stay_in_the_log() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    with_verdict(store, 6, refused());
    assert_eq!(state(store, &no), Some((CaseState::Received, Delivery::Refused)));

    let stuck = parked(store).remove(0);
    let again = stuck.stored.decode().unwrap().body;
    store
        .write(|tx| tx.amend(&act(), &stuck.reference(), again.clone()))
        .unwrap();
    assert_eq!(state(store, &no), Some((CaseState::Submitted, Delivery::Saved)));
    assert_eq!(parked(store), []);
    let settled = store.read(|tx| tx.settled_changes(10)).unwrap();
    let (before, by) = &settled[0];
    assert_eq!((settled.len(), before.seq, by.seq), (1, 6, 7));
    let change = by.stored.decode().unwrap();
    assert_eq!(
        (change.schema, change.settles),
        (SETTLING_SCHEMA, Some(stuck.reference()))
    );
    assert_eq!(change.base, Some(6), "the hub hears that the verdict was seen");

    // Once only, and nothing else is written.
    let twice = store.write(|tx| tx.amend(&act(), &stuck.reference(), again.clone()));
    assert!(matches!(twice, Err(RecordError::Refused(refusal)) if refusal.code == RefusalCode::NothingToSettle));
    assert!(store.check().unwrap().ok, "{:?}", store.check());
    store.rebuild_projections().unwrap();
    assert_eq!(state(store, &no), Some((CaseState::Submitted, Delivery::Saved)));
}

#[test]
fn what_does_not_fit_the_lane_as_it_is_now_is_not_said_again_and_stays_parked() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    with_verdict(store, 6, refused());
    let stuck = parked(store).remove(0);
    let accepted = CaseChange::Accepted {
        by: "区局".into(),
        on: date(2026, 11, 26),
        number: None,
    };
    let no_such = store.write(|tx| tx.amend(&act(), &stuck.reference(), ChangeBody::Case(accepted)));
    assert!(matches!(no_such, Err(RecordError::Refused(refusal)) if refusal.code == RefusalCode::WrongState));
    assert_eq!(parked(store).len(), 1);
    assert_eq!(state(store, &no), Some((CaseState::Received, Delivery::Refused)));
}

#[test]
fn what_waits_and_is_given_up_no_longer_shows_in_its_lane() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    with_verdict(store, 6, Verdict::Waiting(WaitingFor::EarlierChange));
    assert_eq!(state(store, &no).unwrap().0, CaseState::Submitted, "it stands on top");
    let stuck = parked(store).remove(0);
    store
        .write(|tx| tx.withdraw(&act(), &stuck.reference(), "重复登记"))
        .unwrap();
    assert_eq!(state(store, &no), Some((CaseState::Received, Delivery::Saved)));
    assert!(store.check().unwrap().ok, "{:?}", store.check());
}

#[test]
fn a_lane_of_which_nothing_was_taken_is_gone_once_its_first_change_is_given_up() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    with_verdict(store, 3, Verdict::Waiting(WaitingFor::Claim));
    assert!(state(store, &no).is_some());
    let stuck = parked(store).remove(0);
    assert_eq!(stuck.lane, case_lane(&no));
    store
        .write(|tx| tx.withdraw(&act(), &stuck.reference(), "重复收件"))
        .unwrap();
    assert_eq!(state(store, &no), None);
    assert_eq!(store.read(|tx| tx.changes_of(&case_lane(&no))).unwrap().len(), 2);
    assert!(store.check().unwrap().ok, "{:?}", store.check());
}

#[test]
fn what_settles_and_is_refused_is_parked_in_its_turn_and_can_be_corrected() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    let mark = |state| {
        ChangeBody::Case(CaseChange::MaterialMarked {
            code: "commitment".into(),
            mark: MaterialMark {
                state,
                original_seen: true,
                copy_kept: true,
                ..MaterialMark::default()
            },
        })
    };
    store
        .write::<_, RecordError>(|tx| tx.record(&act(), case_lane(&no), mark(MaterialState::Pending)))
        .unwrap();
    with_verdict(store, 6, refused());
    let first = parked(store).remove(0);
    store
        .write(|tx| tx.amend(&act(), &first.reference(), mark(MaterialState::Pending)))
        .unwrap();
    with_verdict(store, 7, refused());
    let second = parked(store).remove(0);
    assert_eq!(second.seq, 7);
    store
        .write(|tx| tx.amend(&act(), &second.reference(), mark(MaterialState::Received)))
        .unwrap();
    assert_eq!(parked(store), []);
    assert_eq!(store.read(|tx| tx.settled_changes(10)).unwrap().len(), 2);
}
