//! What holds of every lane, whatever happens in it: generated histories, and two changes made apart.

#![cfg(test)]

mod acts;
mod case_life;
mod objection_life;
mod undo_life;

use counter_core::{
    change::{
        ActId, CHANGE_SCHEMA, Change, ChangeBody, ChangeHash, ChangeRef, CounterCode, IncarnationId, Lane, LaneKind,
    },
    lane_state::{LaneState, apply},
    merge::{Step, in_one_order, merge},
    refusal::RefusalCode,
};
use proptest::{prelude::*, sample::Index};

use acts::{KINDS, acts};

fn change(kind: LaneKind, seq: u64, body: ChangeBody) -> Change {
    let settles = matches!(body, ChangeBody::Withdrawal(_)).then_some(ChangeRef {
        incarnation: IncarnationId([9; 16]),
        seq: 1,
        hash: ChangeHash::ORIGIN,
    });
    Change {
        schema: CHANGE_SCHEMA,
        counter: CounterCode("W03".into()),
        incarnation: IncarnationId([u8::try_from(seq % 3).unwrap(); 16]),
        seq,
        lane: Lane::new(kind, "YX-1"),
        act: ActId([2; 16]),
        body,
        actor: "li".into(),
        made_at: 1_795_485_600_000 + i64::try_from(seq).unwrap(),
        base: None,
        prev_hash: ChangeHash::ORIGIN,
        settles,
    }
}

/// A lane's history out of what was tried in it: what the reducer took, and what that comes to.
fn history(tried: &[Change]) -> (Vec<Change>, Option<LaneState>) {
    let (mut taken, mut state) = (Vec::new(), None);
    for change in tried {
        if let Ok(after) = apply(state.clone(), change) {
            state = after;
            taken.push(change.clone());
        }
    }
    (taken, state)
}

fn in_order(changes: &[&Change], state: Option<LaneState>) -> Option<Option<LaneState>> {
    changes
        .iter()
        .try_fold(state, |state, change| apply(state, change).ok())
}

fn steps(known: &[Change], foreign: &Change) -> Vec<Step> {
    let own = known.iter().map(|change| Step {
        foreign: false,
        change: change.clone(),
    });
    own.chain([Step {
        foreign: true,
        change: foreign.clone(),
    }])
    .collect()
}

fn alike(one: Option<LaneState>, other: Option<LaneState>) -> bool {
    one.map(in_one_order) == other.map(in_one_order)
}

/// A lane with a history, and two changes made apart on top of it.
fn lane_and_pair() -> impl Strategy<Value = (Vec<Change>, Change, Change)> {
    let picks = prop::collection::vec(any::<Index>(), 0..10);
    (0..KINDS.len(), picks, any::<Index>(), any::<Index>()).prop_map(|(kind, picks, one, other)| {
        let (kind, acts) = (KINDS[kind], acts(KINDS[kind]));
        let pick = |at: usize, index: &Index| change(kind, at as u64 + 1, index.get(&acts).clone());
        // Most lanes begin as they must, so that more of the rest is taken.
        let begun = std::iter::once(change(kind, 0, acts[0].clone()));
        let tried = begun.chain(picks.iter().enumerate().map(|(at, index)| pick(at, index)));
        (tried.collect(), pick(100, &one), pick(101, &other))
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    /// Where two changes made apart are merged, both orders come to one state, and whoever is judged second is merged
    /// as well, to the same end.
    #[test]
    fn what_is_merged_comes_to_the_same_in_both_orders((tried, one, other) in lane_and_pair()) {
        let (known, state) = history(&tried);
        if apply(state.clone(), &one).is_err() {
            return Ok(());
        }
        let judged = merge(&steps(&known, &one), &other);
        let both = (in_order(&[&one, &other], state.clone()), in_order(&[&other, &one], state.clone()));
        match judged {
            Ok(merged) => {
                prop_assert_eq!(Some(merged.state.clone()), both.0.clone(), "the state is that of the hub's order");
                let possible = apply(state, &other).is_ok();
                prop_assert_eq!(merged.both_orders, possible, "without the first one it was not possible");
                if merged.both_orders {
                    let Some(other_order) = both.1 else {
                        return Err(TestCaseError::fail("the other order is not possible"));
                    };
                    prop_assert!(alike(merged.state.clone(), other_order));
                    let turned = merge(&steps(&known, &other), &one).map_err(|refusal| TestCaseError::fail(refusal.to_string()))?;
                    prop_assert!(turned.both_orders && alike(turned.state, merged.state));
                }
            }
            Err(refusal) if refusal.code == RefusalCode::Contradiction && both.0.is_some() => {
                prop_assert!(apply(state, &other).is_ok(), "it needed the first one, and is no conflict");
                let same = both.1.is_some_and(|other_order| both.0.is_some_and(|hub_order| alike(hub_order, other_order)));
                prop_assert!(!same, "both orders are possible and come to the same");
            }
            Err(_) => prop_assert_eq!(both.0, None, "the hub's order was possible"),
        }
    }

    /// A refused change leaves no trace: with it tried anywhere in between, a history comes to the same.
    #[test]
    fn a_refusal_changes_no_state((tried, one, other) in lane_and_pair()) {
        let (known, state) = history(&tried);
        for refused in [&one, &other] {
            if apply(state.clone(), refused).is_ok() {
                continue;
            }
            for at in 0..=known.len() {
                let (before, after) = known.split_at(at);
                let (_, there) = history(before);
                if apply(there, refused).is_ok() {
                    continue;
                }
                let with: Vec<Change> = before.iter().chain([refused]).chain(after).cloned().collect();
                let (taken, came_to) = history(&with);
                prop_assert_eq!(&taken, &known);
                prop_assert_eq!(&came_to, &state);
            }
        }
    }

    /// Giving up what no lane took changes nothing, and stands beside whatever others did.
    #[test]
    fn giving_up_commutes_with_everything((tried, one, _other) in lane_and_pair()) {
        let (known, state) = history(&tried);
        let withdrawal = acts::withdrawal();
        let given_up = change(one.lane.kind, 200, withdrawal);
        prop_assert_eq!(apply(state.clone(), &given_up), Ok(state.clone()));
        if let Ok(after) = apply(state, &one) {
            let merged = merge(&steps(&known, &one), &given_up);
            prop_assert_eq!(merged.map(|merged| (merged.both_orders, merged.state)), Ok((true, after)));
        }
    }
}

/// The generated histories are not empty ones: of every kind of lane, pairs are merged or contradict each other.
#[test]
fn every_kind_of_lane_is_tried_with_acts_that_it_takes() {
    for kind in KINDS {
        let acts = acts(kind);
        let begun = change(kind, 0, acts[0].clone());
        let state = apply(None, &begun).unwrap();
        let taken = acts
            .iter()
            .enumerate()
            .filter(|(at, body)| apply(state.clone(), &change(kind, *at as u64 + 1, (*body).clone())).is_ok());
        assert!(taken.count() >= 2, "{kind}: hardly anything can happen in it");
    }
}
