//! Whatever is done here and at the hub in whatever order: in the end both have the same, and nothing is unexplained.

use std::collections::BTreeMap;

use counter_core::{
    case::CaseChange,
    change::{ChangeBytes, ChangeHash, CounterCode, Lane},
    lane_fold::LaneFold,
};
use counter_store::{RecordError, Store, StoreError, Verdict};
use jiff::civil::date;
use proptest::prelude::*;
use test_support::work;

use crate::{
    feed::{at_hub_after, own, take_in},
    outbox::receive,
    rebuild::everything,
    support::{Counter, case_lane, submit, take_case_in},
};

/// A hub that judges with the shared reducer and forgets nothing.
#[derive(Default)]
struct Hub {
    lanes: BTreeMap<Lane, LaneFold>,
    log: Vec<(u64, ChangeBytes, Option<u64>, u64, Verdict)>,
    own_acts: u64,
    own_head: Option<ChangeHash>,
    recorded: u64,
    told: usize,
}

impl Hub {
    fn judge(&mut self, stored: &ChangeBytes) -> Verdict {
        let change = stored.decode().unwrap();
        match self.lanes.entry(change.lane.clone()).or_default().take(&change) {
            Ok(()) => Verdict::Applied,
            Err(refusal) => Verdict::Refused(refusal),
        }
    }

    fn enter(&mut self, no: &str, body: CaseChange) {
        let stored = at_hub_after(self.own_head.unwrap_or(ChangeHash::ORIGIN), no, self.own_acts + 1, body);
        // An officer is told at once; only what holds is recorded.
        if self.judge(&stored) == Verdict::Applied {
            self.own_acts += 1;
            self.own_head = Some(stored.hash);
            self.log
                .push((self.log.len() as u64 + 1, stored, None, self.own_acts, Verdict::Applied));
        }
    }

    fn sync(&mut self, store: &Store) {
        let unsent = store.read(|tx| tx.unsent(1000)).unwrap();
        for change in &unsent {
            assert_eq!(change.seq, self.recorded + 1);
            let verdict = self.judge(&change.stored);
            self.recorded += 1;
            self.log.push((
                self.log.len() as u64 + 1,
                change.stored.clone(),
                Some(change.seq),
                change.seq,
                verdict,
            ));
        }
        if let (Some(first), Some(last)) = (unsent.first(), unsent.last()) {
            receive(store, first.seq, last.seq, &[]).unwrap();
        }
        let counter = store.identity().counter;
        let entries: Vec<(u64, ChangeBytes, Option<&CounterCode>, u64, Verdict)> = self.log[self.told..]
            .iter()
            .map(|(index, stored, own_seq, seq, verdict)| {
                (
                    *index,
                    own_seq.map_or_else(|| stored.clone(), |seq| own(store, seq)),
                    own_seq.map(|_| &counter),
                    *seq,
                    verdict.clone(),
                )
            })
            .collect();
        take_in(store, &entries).unwrap();
        self.told = self.log.len();
    }
}

/// Takes the last act back, as long as the hub has not heard of it.
fn undo(store: &Store, no: &str) -> Result<(), RecordError> {
    let lane = case_lane(no);
    store.write(|tx| match tx.undoable_act(&lane)? {
        Some(undoable) => tx.undo(&work::act(), &lane, undoable.act),
        None => Ok(()),
    })
}

fn withdraw(store: &Store, no: &str) -> Result<(), RecordError> {
    work::act_on_case(store, no, work::withdrawn())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn after_healing_the_counter_has_what_the_hub_has(steps in proptest::collection::vec((0..8_u8, any::<prop::sample::Index>()), 1..24)) {
        let counter = Counter::new();
        let store = counter.store();
        let mut hub = Hub::default();
        let mut cases = vec![take_case_in(store, None)];
        for (step, which) in steps {
            let no = which.get(&cases).clone();
            match step {
                0 => cases.push(take_case_in(store, None)),
                // What the counter's own state does not allow is refused on the spot and never becomes a change.
                1 => { let _ = submit(store, &no); }
                2 => { let _ = withdraw(store, &no); }
                3 => hub.enter(&no, CaseChange::Accepted { by: "区局".into(), on: date(2026, 11, 26), number: None }),
                4 => hub.enter(&no, CaseChange::Withdrawn { reason: "电话撤回".into(), on: date(2026, 11, 25) }),
                5 => hub.enter(&no, CaseChange::SupplementAsked { by: "区局".into(), on: date(2026, 11, 26), reason: "补材料".into() }),
                6 => undo(store, &no).unwrap(),
                _ => hub.sync(store),
            }
            let report = store.check().unwrap();
            prop_assert!(report.ok, "{report:?}");
        }
        hub.sync(store);
        let outbox = store.read(|tx| tx.outbox()).unwrap();
        prop_assert_eq!(outbox.changes, 0);
        let refused = hub.log.iter().filter(|(.., verdict)| matches!(verdict, Verdict::Refused(_))).count();
        prop_assert_eq!(outbox.refused, refused as u64);
        for no in &cases {
            let here = store.read::<_, StoreError>(|tx| tx.lane(&case_lane(no))).unwrap();
            prop_assert_eq!(here.as_ref(), hub.lanes.get(&case_lane(no)).and_then(LaneFold::state));
        }
        let written = everything(store);
        store.rebuild_projections().unwrap();
        prop_assert_eq!(everything(store), written);
    }
}
