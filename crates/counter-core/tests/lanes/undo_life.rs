//! What holds of an act that is taken back, whatever happened before it and meanwhile.

use counter_core::{
    case::CaseState,
    change::{ActId, Change, ChangeBody, LaneKind, Undone},
    lane_fold::LaneFold,
    lane_state::LaneState,
    merge::{Step, merge},
    refusal::RefusalCode,
};
use proptest::{prelude::*, sample::Index};

use crate::{
    acts::{KINDS, acts},
    change,
};

/// A lane's history in which every change is an act of its own, as far as the lane took it.
fn lane() -> impl Strategy<Value = (LaneKind, LaneFold, Vec<Change>)> {
    let picks = prop::collection::vec(any::<Index>(), 0..14);
    (0..KINDS.len(), picks).prop_map(|(kind, picks)| {
        let kind = KINDS[kind];
        let acts = acts(kind);
        let begun = std::iter::once(acts[0].clone());
        let bodies = begun.chain(picks.iter().map(|index| index.get(&acts).clone()));
        let (mut fold, mut taken) = (LaneFold::default(), Vec::new());
        for (seq, body) in (1..).zip(bodies) {
            let change = act(kind, seq, body);
            if fold.take(&change).is_ok() {
                taken.push(change);
            }
        }
        (kind, fold, taken)
    })
}

fn act(kind: LaneKind, seq: u64, body: ChangeBody) -> Change {
    Change {
        act: ActId([u8::try_from(seq).unwrap(); 16]),
        ..change(kind, seq, body)
    }
}

fn undo(kind: LaneKind, seq: u64, of: &Change) -> Change {
    act(kind, seq, ChangeBody::Undone(Undone { act: of.act }))
}

fn code(taken: Result<(), counter_core::refusal::Refusal>) -> Option<RefusalCode> {
    taken.err().map(|refusal| refusal.code)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    /// What is taken back is as if it had never been; what cannot be taken back is refused and leaves no trace.
    #[test]
    fn an_act_taken_back_leaves_the_lane_as_it_was((kind, fold, taken) in lane(), pick in any::<Index>()) {
        let body = pick.get(&acts(kind)).clone();
        let next = act(kind, 100, body);
        let mut after = fold.clone();
        if after.take(&next).is_err() {
            return Ok(());
        }
        let mut undone = after.clone();
        let refused = code(undone.take(&undo(kind, 101, &next)));
        if next.body.can_be_undone() {
            prop_assert_eq!(refused, None);
            prop_assert_eq!(undone.state(), fold.state());
            let again = code(undone.take(&undo(kind, 102, &next)));
            prop_assert_eq!(again, Some(RefusalCode::NothingToUndo), "one act is taken back once");
            // And the whole history, read again, comes to the same.
            let steps = taken.iter().cloned().chain([next.clone(), undo(kind, 101, &next)]);
            let whole: Vec<Change> = steps.collect();
            let again = LaneFold::replay(&whole).unwrap();
            prop_assert_eq!(again.state(), fold.state());
        } else {
            prop_assert!(refused.is_some());
            prop_assert_eq!(undone.state(), after.state());
        }
    }

    /// Behind what somebody else did meanwhile, nothing is taken back in silence.
    #[test]
    fn an_act_that_others_built_on_is_not_taken_back((kind, fold, taken) in lane(), mine in any::<Index>(), theirs in any::<Index>()) {
        let mine = act(kind, 100, mine.get(&acts(kind)).clone());
        let theirs = act(kind, 103, theirs.get(&acts(kind)).clone());
        let mut both = fold;
        if !mine.body.can_be_undone() || both.take(&mine).is_err() || both.take(&theirs).is_err() {
            return Ok(());
        }
        let of_others = !matches!(theirs.body, ChangeBody::Withdrawal(_));
        let known = taken.iter().chain([&mine]).map(|change| Step { foreign: false, change: change.clone() });
        let steps: Vec<Step> = known.chain([Step { foreign: true, change: theirs }]).collect();
        let merged = merge(&steps, &undo(kind, 101, &mine));
        prop_assert_eq!(merged.is_err(), of_others);
    }
}

#[test]
fn a_case_taken_in_by_mistake_is_void_and_its_number_stays() {
    let begun = act(LaneKind::Case, 1, acts(LaneKind::Case)[0].clone());
    let whole = [begun.clone(), undo(LaneKind::Case, 2, &begun)];
    let fold = LaneFold::replay(&whole).unwrap();
    let Some(LaneState::Case(case)) = fold.state() else {
        panic!("the lane of a case holds something else");
    };
    assert_eq!((case.state(), case.no.as_str()), (CaseState::Voided, "YX-1"));
    for body in acts(LaneKind::Case) {
        let kind = body.kind();
        let goes_on = fold.clone().take(&act(LaneKind::Case, 3, body)).is_ok();
        // The file may still bring its record again, and what was parked may be given up.
        assert_eq!(
            goes_on,
            matches!(kind, "case_record_changed" | "change_withdrawn"),
            "{kind}"
        );
    }
}

#[test]
fn an_act_is_taken_back_as_a_whole_or_not_at_all() {
    let visit = acts(LaneKind::Visit);
    let of = |kind: &str| visit.iter().find(|body| body.kind() == kind).unwrap().clone();
    let in_one = |seq: u64, body: ChangeBody| Change {
        act: ActId([7; 16]),
        ..change(LaneKind::Visit, seq, body)
    };
    let opened = act(LaneKind::Visit, 1, visit[0].clone());
    let taken = [in_one(2, of("visit_case_taken")), in_one(3, of("visit_ended"))];
    let mut fold = LaneFold::replay([&opened]).unwrap();
    let before = fold.state().cloned();
    taken.iter().for_each(|change| fold.take(change).unwrap());
    fold.take(&undo(LaneKind::Visit, 4, &taken[0])).unwrap();
    assert_eq!(fold.state().cloned(), before);

    let printed = [in_one(2, of("visit_document_issued")), in_one(3, of("visit_ended"))];
    let mut fold = LaneFold::replay([&opened]).unwrap();
    printed.iter().for_each(|change| fold.take(change).unwrap());
    let refused = code(fold.take(&undo(LaneKind::Visit, 4, &printed[0])));
    assert_eq!(refused, Some(RefusalCode::NothingToUndo));
}
