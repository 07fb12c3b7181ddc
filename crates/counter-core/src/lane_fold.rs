//! A lane read from its changes, one after another: what it has become, and which acts can still be taken back.

use crate::{
    case::CaseState,
    change::{ActId, Change, ChangeBody, CounterCode, Undone},
    lane_state::{LaneState, apply},
    refusal::{Refusal, RefusalCode},
};

/// A lane on the way through its history. The counter, the hub and [`crate::merge`] all replay with it.
#[derive(Clone, Debug, Default)]
pub struct LaneFold {
    state: Option<LaneState>,
    /// The acts that can be taken back, the last one last.
    acts: Vec<Done>,
    /// The act that did something final, which all of it is from then on.
    barred: Option<ActId>,
}

/// An act, and what the lane was before it.
#[derive(Clone, Debug)]
struct Done {
    act: ActId,
    counter: CounterCode,
    before: Option<LaneState>,
}

impl Done {
    /// Whether `change` belongs to it. An act is its counter's, whatever another one calls its own.
    fn is_of(&self, change: &Change) -> bool {
        self.act == change.act && self.counter == change.counter
    }
}

impl LaneFold {
    /// The lane after `changes`.
    ///
    /// # Errors
    /// The [`Refusal`] of the first that the lane does not take.
    pub fn replay<'a>(changes: impl IntoIterator<Item = &'a Change>) -> Result<Self, Refusal> {
        let mut fold = Self::default();
        changes.into_iter().try_for_each(|change| fold.take(change))?;
        Ok(fold)
    }

    /// Takes the next change.
    ///
    /// # Errors
    /// A [`Refusal`] with the reason; everything stays as it was.
    pub fn take(&mut self, change: &Change) -> Result<(), Refusal> {
        if let ChangeBody::Undone(undone) = &change.body {
            return self.take_back(change, undone);
        }
        let after = apply(self.state.clone(), change)?;
        let before = std::mem::replace(&mut self.state, after);
        if matches!(change.body, ChangeBody::Withdrawal(_)) {
            return Ok(());
        }
        if !change.body.can_be_undone() {
            self.acts.clear();
            self.barred = Some(change.act);
        } else if self.barred != Some(change.act) && !self.acts.last().is_some_and(|done| done.is_of(change)) {
            self.acts.push(Done {
                act: change.act,
                counter: change.counter.clone(),
                before,
            });
        }
        Ok(())
    }

    /// The act that would be taken back next.
    pub fn last_act(&self) -> Option<ActId> {
        self.acts.last().map(|done| done.act)
    }

    /// What the lane has become; `None` before its first change, and where all of it was given up.
    pub fn state(&self) -> Option<&LaneState> {
        self.state.as_ref()
    }

    /// As [`LaneFold::state`], for keeping.
    pub fn into_state(self) -> Option<LaneState> {
        self.state
    }

    fn take_back(&mut self, change: &Change, undone: &Undone) -> Result<(), Refusal> {
        let nothing = || Refusal::new(RefusalCode::NothingToUndo, change.lane.to_string());
        if !change.body.belongs_in(change.lane.kind) {
            return Err(Refusal::new(RefusalCode::WrongLane, change.lane.to_string()));
        }
        let is_it = |done: &mut Done| done.act == undone.act && done.counter == change.counter;
        let done = self.acts.pop_if(is_it).ok_or_else(nothing)?;
        self.state = done.before.or_else(|| self.state.take().map(voided));
        Ok(())
    }
}

/// What a lane is whose first act was taken back: its number stays given.
fn voided(mut state: LaneState) -> LaneState {
    if let LaneState::Case(case) = &mut state {
        case.stage = CaseState::Voided;
    }
    state
}
