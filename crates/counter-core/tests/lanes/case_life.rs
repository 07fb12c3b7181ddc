//! What holds of a case whatever happens to it.

use counter_core::{
    case::{Case, CaseState, running_limits},
    change::LaneKind,
    lane_state::{LaneState, apply},
    pack::RuleBook,
};
use proptest::{prelude::*, sample::Index};

use crate::{acts::acts, change, history};

/// A case after some acts that it took.
fn a_case() -> impl Strategy<Value = Case> {
    prop::collection::vec(any::<Index>(), 0..16).prop_filter_map("the case was never taken in", |picks| {
        let acts = acts(LaneKind::Case);
        let begun = std::iter::once(change(LaneKind::Case, 0, acts[0].clone()));
        let picked = picks
            .iter()
            .enumerate()
            .map(|(at, index)| change(LaneKind::Case, at as u64 + 1, index.get(&acts).clone()));
        let tried: Vec<_> = begun.chain(picked).collect();
        match history(&tried).1 {
            Some(LaneState::Case(case)) => Some(case),
            _ => None,
        }
    })
}

/// The stages that one act leads to.
fn next(case: &Case) -> Vec<Case> {
    let acts = acts(LaneKind::Case).into_iter().enumerate();
    acts.filter_map(|(at, body)| {
        let change = change(LaneKind::Case, 1000 + at as u64, body);
        match apply(Some(LaneState::Case(case.clone())), &change) {
            Ok(Some(LaneState::Case(after))) if after.state() != case.state() => Some(after),
            _ => None,
        }
    })
    .collect()
}

/// Whether an end is reached by way of `steps` acts at most.
fn ends(case: &Case, steps: u8) -> bool {
    case.state() == CaseState::Closed || steps > 0 && next(case).iter().any(|after| ends(after, steps - 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// From wherever a case has come to there is a way to its end, and from its end a way back.
    #[test]
    fn no_state_of_a_case_is_without_a_way_out(case in a_case()) {
        prop_assert!(ends(&case, 3), "{:?} leads nowhere", case.state());
        if case.state() == CaseState::Closed {
            prop_assert!(!next(&case).is_empty(), "what is closed cannot be opened again");
        }
    }

    /// A limit ends on the day its cause happened or later, and is not claimed to run from what nobody entered.
    #[test]
    fn no_limit_is_due_before_its_cause(case in a_case()) {
        for limit in running_limits(&case.clock(), &RuleBook::shipped()) {
            match (limit.from_on, limit.due_on, &limit.extension) {
                (_, Some(due_on), Some(moved)) => prop_assert!(due_on >= moved.on),
                (Some(from_on), Some(due_on), None) => prop_assert!(due_on >= from_on),
                (None, due_on, None) => prop_assert_eq!(due_on, None),
                (_, None, _) => {}
            }
        }
    }
}
