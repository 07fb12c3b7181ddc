//! Merging: what to do with a change made before others' changes of the same lane were known.
//!
//! Where both orders come to the same state, the change is merged. Where the change is impossible
//! without the others' work, it was made knowing it and is applied. Anything else is refused:
//! nobody's work is overwritten in silence.

use crate::{
    change::Change,
    document_issue::DocumentReprinted,
    lane_fold::LaneFold,
    lane_state::LaneState,
    refusal::{Refusal, RefusalCode},
};

/// A change the lane has taken.
#[derive(Clone, Debug)]
pub struct Step {
    /// Made by others, and after what the change to judge was based on.
    pub foreign: bool,
    /// The change.
    pub change: Change,
}

/// What the lane becomes with a change it takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// Whether both orders were possible, and come to the same.
    pub both_orders: bool,
    /// The lane in hub order; `None` where all of it was given up.
    pub state: Option<LaneState>,
}

/// Judges `change` against `steps`, the lane's whole history in hub order.
///
/// # Errors
/// The [`Refusal`] of the reducer in hub order; [`RefusalCode::Contradiction`] where both orders are possible and differ.
pub fn merge(steps: &[Step], change: &Change) -> Result<Merged, Refusal> {
    let all = steps.iter().map(|step| &step.change);
    let known = steps.iter().filter(|step| !step.foreign).map(|step| &step.change);
    let mut foreign = steps.iter().filter(|step| step.foreign).map(|step| &step.change);

    let state = LaneFold::replay(all.chain([change]))?.into_state();
    let Ok(mut other_order) = LaneFold::replay(known.chain([change])) else {
        return Ok(Merged {
            both_orders: false,
            state,
        });
    };
    let taken = foreign.try_for_each(|step| other_order.take(step));
    let other_order = other_order.into_state();
    if taken.is_ok() && other_order.map(in_one_order) == state.clone().map(in_one_order) {
        Ok(Merged {
            both_orders: true,
            state,
        })
    } else {
        Err(Refusal::new(RefusalCode::Contradiction, change.body.kind()))
    }
}

/// Lists that only grow are compared as sets: in which order two papers were printed decides nothing.
pub fn in_one_order(mut state: LaneState) -> LaneState {
    match &mut state {
        LaneState::Case(case) => {
            case.documents.sort_by(|a, b| a.number.cmp(&b.number));
            case.late_gaps.sort();
            case.reprints
                .sort_by(|a, b| (&a.sha256, &a.reason).cmp(&(&b.sha256, &b.reason)));
            case.served
                .sort_by(|a, b| (&a.sha256, a.on, &a.to).cmp(&(&b.sha256, b.on, &b.to)));
        }
        LaneState::Visit(visit) => {
            visit.documents.sort_by(|a, b| a.number.cmp(&b.number));
            visit
                .reprints
                .sort_by(|a, b| (&a.sha256, &a.reason).cmp(&(&b.sha256, &b.reason)));
            visit.continued.sort_by(|a, b| a.case.cmp(&b.case));
            visit.cases.sort();
        }
        LaneState::Objection(objection) => {
            objection.documents.sort_by(|a, b| a.number.cmp(&b.number));
            let by = |paper: &DocumentReprinted| (paper.sha256.clone(), paper.reason.clone());
            objection.reprints.sort_by_key(by);
        }
        LaneState::Record(entered) => entered.calls.sort_by(|a, b| (a.on, &a.note).cmp(&(b.on, &b.note))),
        LaneState::Counter(_)
        | LaneState::Account(_)
        | LaneState::Class(_)
        | LaneState::Exam(_)
        | LaneState::Certificate(_) => {}
    }
    state
}

#[cfg(test)]
mod tests {
    use crate::{
        change::{ActId, CHANGE_SCHEMA, ChangeBody, ChangeHash, CounterCode, IncarnationId, Lane, LaneKind},
        document_issue::{DocumentKind, IssuedDocument},
        subject_snapshot::SubjectSnapshot,
        visit::{VisitChange, VisitEnd},
    };

    use super::*;

    fn visit(body: VisitChange) -> Change {
        Change {
            schema: CHANGE_SCHEMA,
            counter: CounterCode("W03".into()),
            incarnation: IncarnationId([1; 16]),
            seq: 1,
            lane: Lane::new(LaneKind::Visit, "YX-W03-2026-V000001"),
            act: ActId([2; 16]),
            body: ChangeBody::Visit(body),
            actor: "li".into(),
            made_at: 1,
            base: None,
            prev_hash: ChangeHash::ORIGIN,
            settles: None,
        }
    }

    fn opened() -> VisitChange {
        VisitChange::Opened {
            subject: SubjectSnapshot {
                uscc: None,
                name: "某公司".into(),
            },
            queue_number: None,
        }
    }

    fn paper(number: &str) -> VisitChange {
        let file = crate::attachment::AttachmentRef {
            sha256: "0".repeat(64),
            name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            length: 1,
        };
        let document = IssuedDocument {
            kind: DocumentKind::AdviceSlip,
            number: number.into(),
            file,
            pack: None,
            says: None,
        };
        VisitChange::DocumentIssued { document }
    }

    fn check(known: Vec<VisitChange>, foreign: Vec<VisitChange>, change: VisitChange, expected: &str) {
        let steps: Vec<Step> = known
            .into_iter()
            .map(|body| Step {
                foreign: false,
                change: visit(body),
            })
            .chain(foreign.into_iter().map(|body| Step {
                foreign: true,
                change: visit(body),
            }))
            .collect();
        let word = match merge(&steps, &visit(change)) {
            Ok(merged) if merged.both_orders => "merged",
            Ok(_) => "applied",
            Err(_) => "refused",
        };
        assert_eq!(word, expected);
    }

    #[test]
    fn two_papers_issued_apart_are_merged() {
        check(vec![opened()], vec![paper("S1")], paper("S2"), "merged");
    }

    #[test]
    fn two_ends_of_one_visit_are_not_overwritten_in_silence() {
        check(
            vec![opened()],
            vec![VisitChange::Ended { end: VisitEnd::Advice }],
            VisitChange::Ended { end: VisitEnd::NotYet },
            "refused",
        );
    }

    #[test]
    fn a_change_that_no_longer_follows_is_refused_and_one_that_needs_the_others_work_is_applied() {
        let case = || VisitChange::CaseTaken {
            case: "YX-W03-2026-000001".into(),
        };
        check(
            vec![opened()],
            vec![VisitChange::Ended { end: VisitEnd::Advice }],
            case(),
            "refused",
        );
        check(vec![], vec![opened()], case(), "applied");
    }
}
