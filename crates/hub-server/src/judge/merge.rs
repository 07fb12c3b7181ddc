//! Merging: what to do with a change made before others' changes of the same lane were known.
//!
//! Where both orders come to the same state, the change is merged. Where the change is impossible
//! without the others' work, it was made knowing it and is applied. Anything else is refused:
//! nobody's work is overwritten in silence.

use counter_core::{
    change::Change,
    lane_state::{LaneState, apply},
    refusal::{Refusal, RefusalCode},
};
use hub_api::feed::Verdict;

use super::Judged;

/// A change the lane has taken.
#[derive(Clone, Debug)]
pub(super) struct Step {
    /// Made by others, and after what the change to judge was based on.
    pub foreign: bool,
    /// The change.
    pub change: Change,
}

/// Judges `change` against `steps`, the lane's whole history in hub order.
pub(super) fn merge(steps: &[Step], change: &Change) -> Judged {
    let all = steps.iter().map(|step| &step.change);
    let known = steps.iter().filter(|step| !step.foreign).map(|step| &step.change);
    let foreign = steps.iter().filter(|step| step.foreign).map(|step| &step.change);

    let hub_order = match replay(None, all.chain([change])) {
        Ok(state) => state,
        Err(refusal) => return Judged::refused(refusal),
    };
    let Ok(alone) = replay(None, known.chain([change])) else {
        return Judged {
            verdict: Verdict::Applied,
            state: hub_order,
        };
    };
    match replay(alone, foreign) {
        Ok(other_order) if other_order.map(in_one_order) == hub_order.clone().map(in_one_order) => Judged {
            verdict: Verdict::Merged,
            state: hub_order,
        },
        Ok(_) | Err(_) => Judged::refused(Refusal::new(RefusalCode::Contradiction, change.body.kind())),
    }
}

fn replay<'a>(
    state: Option<LaneState>,
    changes: impl Iterator<Item = &'a Change>,
) -> Result<Option<LaneState>, Refusal> {
    changes.into_iter().try_fold(state, apply)
}

/// Lists that only grow are compared as sets: in which order two papers were printed decides nothing.
fn in_one_order(mut state: LaneState) -> LaneState {
    match &mut state {
        LaneState::Case(case) => case.documents.sort_by(|a, b| a.number.cmp(&b.number)),
        LaneState::Visit(visit) => {
            visit.documents.sort_by(|a, b| a.number.cmp(&b.number));
            visit.cases.sort();
        }
        LaneState::Counter(_)
        | LaneState::Account(_)
        | LaneState::Record(_)
        | LaneState::Class(_)
        | LaneState::Exam(_)
        | LaneState::Certificate(_) => {}
    }
    state
}

#[cfg(test)]
mod tests {
    use counter_core::{
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
        let file = counter_core::attachment::AttachmentRef {
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
        let judged = merge(&steps, &visit(change));
        assert_eq!(judged.verdict.as_str(), expected);
        assert_eq!(judged.state.is_some(), judged.verdict.is_taken());
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
