//! What the hub tells: others' acts come in, refused work is kept and shown, the hub's order counts.

use counter_core::{
    case::{CaseChange, CaseState},
    change::{ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeBytes, ChangeHash, CounterCode, IncarnationId},
    refusal::{Refusal, RefusalCode},
};
use counter_store::{
    Delivery, FeedEntry, FeedEvent, FeedOutcome, Store, StoreError, Verdict,
    table::{
        hub_page::{self, NewHubPage},
        repair_case,
    },
};
use jiff::civil::date;

use crate::support::{Counter, NOW, act, case_lane, submit, take_case_in};

fn at_hub(no: &str, seq: u64, body: CaseChange) -> ChangeBytes {
    at_hub_after(ChangeHash::ORIGIN, no, seq, body)
}

/// An act entered at the hub, after the one with hash `prev_hash`.
pub fn at_hub_after(prev_hash: ChangeHash, no: &str, seq: u64, body: CaseChange) -> ChangeBytes {
    Change {
        schema: CHANGE_SCHEMA,
        counter: CounterCode(CounterCode::HUB.into()),
        incarnation: IncarnationId([8; 16]),
        seq,
        lane: case_lane(no),
        act: ActId([1; 16]),
        body: ChangeBody::Case(body),
        actor: "officer".into(),
        made_at: NOW,
        base: None,
        prev_hash,
        settles: None,
    }
    .to_bytes()
}

pub fn take_in(
    store: &Store,
    entries: &[(u64, ChangeBytes, Option<&CounterCode>, u64, Verdict)],
) -> Result<FeedOutcome, StoreError> {
    let hub = CounterCode(CounterCode::HUB.into());
    let own = store.identity();
    let entries: Vec<FeedEntry<'_>> = entries
        .iter()
        .map(|(index, stored, counter, seq, verdict)| FeedEntry {
            index: *index,
            at: NOW,
            event: FeedEvent::Judged {
                counter: counter.unwrap_or(&hub),
                incarnation: if counter.is_some() {
                    own.incarnation
                } else {
                    IncarnationId([8; 16])
                },
                seq: *seq,
                hash: stored.hash,
                verdict: verdict.clone(),
                change: counter.is_none().then_some(stored.bytes.as_slice()),
                lane_key: None,
            },
        })
        .collect();
    let cursor = entries.last().map_or(0, |entry| entry.index);
    let page = NewHubPage {
        hub_incarnation: &[9; 16],
        after: entries.first().map_or(0, |entry| entry.index - 1),
        next: cursor,
        entries: entries.len(),
        unread: false,
        bytes: b"as it came",
    };
    store.write(|tx| {
        tx.keep_page(&page)?;
        tx.apply_feed(page.hub_incarnation, page.next, &entries, NOW)
    })
}

pub fn own(store: &Store, seq: u64) -> ChangeBytes {
    let identity = store.identity();
    store
        .read(|tx| tx.change(&identity.counter, identity.incarnation, seq))
        .unwrap()
        .unwrap()
        .stored
}

fn state(store: &Store, no: &str) -> (CaseState, Delivery) {
    let row = store
        .read::<_, StoreError>(|tx| repair_case::get(tx, no))
        .unwrap()
        .unwrap();
    (row.state, row.delivery)
}

#[test]
fn an_act_of_the_authority_reaches_the_case() {
    let counter = Counter::new();
    let store = counter.store();
    let code = store.identity().counter;
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    let accepted = at_hub(
        &no,
        1,
        CaseChange::Accepted {
            by: "区市场监管局".into(),
            on: date(2026, 11, 26),
            number: None,
        },
    );
    let entries = [
        (10, own(store, 3), Some(&code), 3, Verdict::Applied),
        (11, own(store, 6), Some(&code), 6, Verdict::Applied),
        (12, accepted, None, 1, Verdict::Applied),
    ];
    let outcome = take_in(store, &entries).unwrap();
    assert_eq!(outcome.lanes, [case_lane(&no)]);
    assert_eq!(state(store, &no).0, CaseState::Accepted);
    assert_eq!(take_in(store, &entries).unwrap(), FeedOutcome::default());
    let kept = store
        .read(|tx| hub_page::first_above(tx, 11, &[8; 16]))
        .unwrap()
        .unwrap();
    assert_eq!(
        (kept.after, kept.next, kept.bytes.as_slice()),
        (9, 12, b"as it came".as_slice())
    );
    assert!(store.check().unwrap().ok, "{:?}", store.check());
    // What is written next says what it was based on.
    let body = CaseChange::Withdrawn {
        reason: "x".into(),
        on: date(2026, 11, 27),
    };
    store
        .write::<_, counter_store::RecordError>(|tx| {
            tx.record(&crate::support::act(), case_lane(&no), ChangeBody::Case(body))
        })
        .unwrap();
    assert_eq!(own(store, 7).decode().unwrap().base, Some(12));
}

#[test]
fn refused_work_is_kept_and_shown_until_somebody_deals_with_it() {
    let counter = Counter::new();
    let store = counter.store();
    let code = store.identity().counter;
    let no = take_case_in(store, None);
    let withdrawn = at_hub(
        &no,
        1,
        CaseChange::Withdrawn {
            reason: "当事人撤回".into(),
            on: date(2026, 11, 25),
        },
    );
    submit(store, &no).unwrap();
    let refusal = Verdict::Refused(Refusal::new(RefusalCode::WrongState, "withdrawn"));
    let outcome = take_in(
        store,
        &[
            (10, own(store, 3), Some(&code), 3, Verdict::Applied),
            (11, withdrawn, None, 1, Verdict::Applied),
            (12, own(store, 6), Some(&code), 6, refusal.clone()),
        ],
    )
    .unwrap();
    assert_eq!(outcome.refused.len(), 1);
    assert_eq!(state(store, &no), (CaseState::Withdrawn, Delivery::Refused));
    let parked = store.read(|tx| tx.parked_changes()).unwrap();
    assert_eq!(parked[0].verdict, Some(refusal));
    assert_eq!(parked[0].stored.decode().unwrap().body.kind(), "case_submitted");
    assert_eq!(parked[0].judged_at, Some(NOW));
    let named = parked[0].reference();
    store.write(|tx| tx.withdraw(&act(), &named, "当事人已撤回")).unwrap();
    assert!(store.read(|tx| tx.parked_changes()).unwrap().is_empty());
    assert_eq!(state(store, &no), (CaseState::Withdrawn, Delivery::Saved));
    assert!(store.check().unwrap().ok);
}

#[test]
fn our_unjudged_work_is_replayed_on_top_of_the_hubs_order() {
    let counter = Counter::new();
    let store = counter.store();
    let code = store.identity().counter;
    let no = take_case_in(store, None);
    submit(store, &no).unwrap();
    let changed = at_hub(
        &no,
        1,
        CaseChange::RecordChanged {
            source: "x.xlsx".into(),
            differences: vec!["处罚内容".into()],
        },
    );
    take_in(
        store,
        &[
            (10, own(store, 3), Some(&code), 3, Verdict::Applied),
            (11, changed, None, 1, Verdict::Merged),
        ],
    )
    .unwrap();
    let row = store
        .read::<_, StoreError>(|tx| repair_case::get(tx, &no))
        .unwrap()
        .unwrap();
    assert_eq!((row.state, row.record_changed), (CaseState::Submitted, true));
}

#[test]
fn an_entry_about_another_change_is_not_believed() {
    let counter = Counter::new();
    let store = counter.store();
    let code = store.identity().counter;
    let forged = at_hub(
        "x",
        1,
        CaseChange::Closed {
            note: String::new(),
            on: date(2026, 11, 25),
        },
    );
    let refused = take_in(store, &[(10, forged, Some(&code), 1, Verdict::Applied)]);
    assert!(matches!(refused, Err(StoreError::Contradiction(_))));
}
