//! 撤销: taken back in every lane or in none, before a paper and before a receipt, and the log keeps both.

use counter_core::{
    case::CaseState,
    change::{ActId, ChangeBody, Lane, LaneKind},
    document_issue::{DocumentKind, IssuedDocument},
    lane_state::LaneState,
    number::NumberFamily,
    refusal::RefusalCode,
    visit::{VisitChange, VisitEnd},
};
use counter_store::{ActContext, RecordError, Store, StoreError, Verdict, table::repair_case};
use test_support::work;

use crate::{
    feed::{own, take_in},
    outbox::receive,
    rebuild::everything,
    support::{Counter, act, case_lane, submit, take_case_in},
};

fn state(store: &Store, no: &str) -> CaseState {
    let row = store.read::<_, StoreError>(|tx| repair_case::get(tx, no));
    row.unwrap().unwrap().state
}

fn undoable(store: &Store, lane: &Lane) -> Option<ActId> {
    let found = store.read(|tx| tx.undoable_act(lane)).unwrap();
    found.map(|found| found.act)
}

fn undo(store: &Store, lane: &Lane, of: ActId) -> Result<(), RecordError> {
    store.write(|tx| tx.undo(&act(), lane, of))
}

fn code(result: Result<(), RecordError>) -> Option<RefusalCode> {
    match result {
        Err(RecordError::Refused(refusal)) => Some(refusal.code),
        Ok(()) | Err(RecordError::Store(_)) => None,
    }
}

/// A visit in progress and, as one act, the case taken in at its end, as at the counter.
fn visit_and_case(store: &Store) -> (Lane, String, ActId) {
    let opened = VisitChange::Opened {
        subject: work::subject(),
        queue_number: None,
    };
    let visit = store
        .write::<_, RecordError>(|tx| {
            let lane = Lane::new(LaneKind::Visit, tx.next_number(NumberFamily::Visit, 2026)?);
            tx.record(&act(), lane.clone(), ChangeBody::Visit(opened))?;
            Ok(lane)
        })
        .unwrap();
    let context: ActContext = act();
    let no = store
        .write::<_, RecordError>(|tx| {
            let no = tx.next_number(NumberFamily::Case, 2026)?;
            let received = counter_core::case::CaseChange::Received(Box::new(work::received(&visit.id, None)));
            tx.record(&context, case_lane(&no), ChangeBody::Case(received))?;
            let taken = VisitChange::CaseTaken { case: no.clone() };
            tx.record(&context, visit.clone(), ChangeBody::Visit(taken))?;
            let end = VisitEnd::Received;
            tx.record(&context, visit.clone(), ChangeBody::Visit(VisitChange::Ended { end }))?;
            Ok(no)
        })
        .unwrap();
    (visit, no, context.act_id)
}

#[test]
fn a_submission_taken_back_leaves_the_case_as_it_was_and_both_in_the_log() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None);
    let lane = case_lane(&no);
    submit(store, &no).unwrap();
    let submitted = undoable(store, &lane).unwrap();
    undo(store, &lane, submitted).unwrap();
    assert_eq!(state(store, &no), CaseState::Received);
    let kinds: Vec<String> = store
        .read(|tx| tx.changes_of(&lane))
        .unwrap()
        .into_iter()
        .map(|change| change.kind)
        .collect();
    assert_eq!(kinds, ["case_received", "case_submitted", "act_undone"]);
    assert_eq!(code(undo(store, &lane, submitted)), Some(RefusalCode::NothingToUndo));
    submit(store, &no).unwrap();
    assert_eq!(state(store, &no), CaseState::Submitted, "and it is entered again");

    let written = everything(store);
    store.rebuild_projections().unwrap();
    assert_eq!(everything(store), written);
    assert!(store.check().unwrap().ok);
}

#[test]
fn a_case_taken_in_by_mistake_is_taken_back_with_its_visit() {
    let counter = Counter::new();
    let store = counter.store();
    let (visit, no, taken_in) = visit_and_case(store);
    // Asked from the case or from the visit, it is the same act.
    assert_eq!(undoable(store, &case_lane(&no)), Some(taken_in));
    assert_eq!(undoable(store, &visit), Some(taken_in));
    undo(store, &visit, taken_in).unwrap();
    assert_eq!(state(store, &no), CaseState::Voided);
    let Some(LaneState::Visit(open)) = store.read(|tx| tx.lane(&visit)).unwrap() else {
        panic!("the lane of a visit holds something else");
    };
    assert_eq!(
        (open.end, open.cases.len()),
        (None, 0),
        "the applicant still sits there"
    );
    let (_, next, _) = visit_and_case(store);
    assert_ne!(next, no, "a number is not given twice");
}

#[test]
fn a_paper_closes_what_went_before_it_in_every_lane_of_the_act() {
    let counter = Counter::new();
    let store = counter.store();
    let (visit, no, taken_in) = visit_and_case(store);
    let file = store.attachments().put("回执.pdf", "application/pdf", b"%PDF").unwrap();
    let document = IssuedDocument {
        kind: DocumentKind::AcceptanceReceipt,
        number: "S1".into(),
        file,
        pack: None,
        says: None,
    };
    let issued = ChangeBody::Visit(VisitChange::DocumentIssued { document });
    store
        .write::<_, RecordError>(|tx| tx.record(&act(), visit.clone(), issued))
        .unwrap();
    // The case itself has no paper; but its receipt is the visit's.
    assert_eq!(undoable(store, &case_lane(&no)), None);
    assert_eq!(
        code(undo(store, &case_lane(&no), taken_in)),
        Some(RefusalCode::NothingToUndo)
    );
    assert_eq!(state(store, &no), CaseState::Received);
    submit(store, &no).unwrap();
    assert!(
        undoable(store, &case_lane(&no)).is_some(),
        "what comes after it is open again"
    );
}

#[test]
fn a_receipt_or_a_verdict_ends_it() {
    let counter = Counter::new();
    let store = counter.store();
    let no = take_case_in(store, None); // 2..=5
    submit(store, &no).unwrap(); // 6
    let submitted = undoable(store, &case_lane(&no)).unwrap();
    receive(store, 1, 6, &[]).unwrap();
    assert_eq!(undoable(store, &case_lane(&no)), None);
    assert_eq!(
        code(undo(store, &case_lane(&no), submitted)),
        Some(RefusalCode::NothingToUndo)
    );

    let other = Counter::new();
    let store = other.store();
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    let code_of_counter = store.identity().counter;
    let told: Vec<_> = (1..=6)
        .map(|seq| (seq, own(store, seq), Some(&code_of_counter), seq, Verdict::Applied))
        .collect();
    take_in(store, &told).unwrap();
    assert_eq!(undoable(store, &case_lane(&no)), None);
}
