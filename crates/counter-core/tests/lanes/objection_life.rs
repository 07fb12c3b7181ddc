//! What holds of an objection whatever happens to it.

use counter_core::{
    change::LaneKind,
    lane_state::{LaneState, apply},
    objection::{Objection, ObjectionState, objection_limits},
    pack::RuleBook,
};
use proptest::{prelude::*, sample::Index};

use crate::{acts::acts, change, history};

/// An objection after some acts that it took.
fn an_objection() -> impl Strategy<Value = Objection> {
    prop::collection::vec(any::<Index>(), 0..16).prop_filter_map("it was never taken in", |picks| {
        let acts = acts(LaneKind::Objection);
        let begun = std::iter::once(change(LaneKind::Objection, 0, acts[0].clone()));
        let picked = picks
            .iter()
            .enumerate()
            .map(|(at, index)| change(LaneKind::Objection, at as u64 + 1, index.get(&acts).clone()));
        let tried: Vec<_> = begun.chain(picked).collect();
        match history(&tried).1 {
            Some(LaneState::Objection(objection)) => Some(objection),
            _ => None,
        }
    })
}

/// Whether an end is reached by way of `steps` acts at most.
fn ends(objection: &Objection, steps: u8) -> bool {
    let next = || {
        let acts = acts(LaneKind::Objection).into_iter().enumerate();
        acts.filter_map(|(at, body)| {
            let change = change(LaneKind::Objection, 1000 + at as u64, body);
            match apply(Some(LaneState::Objection(objection.clone())), &change) {
                Ok(Some(LaneState::Objection(after))) if after.state() != objection.state() => Some(after),
                _ => None,
            }
        })
    };
    objection.stage == ObjectionState::Closed || steps > 0 && next().any(|after| ends(&after, steps - 1))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn no_state_of_an_objection_is_without_a_way_out(objection in an_objection()) {
        prop_assert!(ends(&objection, 2), "{:?} leads nowhere", objection.state());
    }

    /// No day is claimed from what nobody entered, and none before its cause.
    #[test]
    fn no_limit_of_an_objection_is_due_before_its_cause(objection in an_objection()) {
        for limit in objection_limits(&objection, &RuleBook::shipped()) {
            match (limit.from_on, limit.due_on) {
                (Some(from_on), Some(due_on)) => prop_assert!(due_on > from_on),
                (None, due_on) => prop_assert_eq!(due_on, None),
                (Some(_), None) => {}
            }
        }
    }
}
