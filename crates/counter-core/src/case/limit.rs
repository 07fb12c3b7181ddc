//! Statutory limits that run on a case. They run from the act the rule names, not from ours: where that act is not
//! entered yet, no day is claimed. The screens call one `DueDate`.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Case, CaseState, DecisionOutcome};
use crate::{
    document_issue::DocumentKind,
    pack::{Act, Actor, RuleBook, RulePack, citation_words},
};

/// 延期: the end of a limit was moved, with a reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct LimitExtension {
    /// Which, by its name in the pack.
    pub limit: String,
    /// The new last day.
    #[specta(type = String)]
    pub until: Date,
    /// Who moved it.
    pub by: String,
    /// Why.
    pub reason: String,
    /// The day it was said.
    #[specta(type = String)]
    pub on: Date,
}

/// What the limits of a case run from: the days of its acts, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseClock {
    /// The pack it was received under.
    pub pack: Option<String>,
    /// How far it is, gaps included.
    pub state: CaseState,
    /// Whether the gaps were named on paper.
    pub gaps_named: bool,
    /// The day it was taken in.
    pub received_on: Date,
    /// The day it was submitted.
    pub submitted_on: Option<Date>,
    /// The day the site handed it to the authority.
    pub pushed_on: Option<Date>,
    /// The day the authority accepted.
    pub accepted_on: Option<Date>,
    /// The day it was decided that the record is repaired.
    pub repaired_on: Option<Date>,
    /// Limits that were moved, the latest last.
    pub extensions: Vec<LimitExtension>,
}

/// A limit that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase", rename = "DueDate")]
pub struct RunningLimit {
    /// Its name in the pack, such as `acceptance`.
    pub name: String,
    /// What has to happen, in the pack's words.
    pub label: String,
    /// How long, in the pack's words.
    pub limit: String,
    /// Who has to act, where the pack says.
    pub owner: Option<Actor>,
    /// The act it runs from.
    pub from_act: Act,
    /// The day of that act; null where it is not entered yet.
    #[specta(type = Option<String>)]
    pub from_on: Option<Date>,
    /// The last day; null where the act is not entered or the calendar does not reach.
    #[specta(type = Option<String>)]
    pub due_on: Option<Date>,
    /// How it was moved, where it was.
    pub extension: Option<LimitExtension>,
    /// The rule.
    pub source: String,
    /// Whether the rule still has to be checked.
    pub unverified: bool,
}

/// Each limit by its name, and the act it ends with.
const LIMITS: [(&str, Act); 5] = [
    ("one_time_notice", Act::Receive),
    ("acceptance", Act::Accept),
    ("decision", Act::Decide),
    ("overall", Act::Decide),
    ("take_down", Act::TakeDown),
];

/// The limits that run on `case` under the pack it was received under.
pub fn running_limits(case: &CaseClock, rules: &RuleBook) -> Vec<RunningLimit> {
    let Some(pack) = case.pack.as_deref().and_then(|id| rules.pack(id)) else {
        return Vec::new();
    };
    LIMITS
        .into_iter()
        .filter_map(|(name, ends_with)| case.limit(pack, rules, name, ends_with))
        .collect()
}

impl CaseClock {
    fn limit(&self, pack: &RulePack, rules: &RuleBook, name: &str, ends_with: Act) -> Option<RunningLimit> {
        let limit = pack.limit(name)?;
        if !(self.awaits(ends_with) && self.is_past(limit.from)) {
            return None;
        }
        let key = format!("limit.{name}");
        let (rule, value) = (pack.rule(&key)?, pack.value(&key)?);
        let from_on = self.day_of(limit.from);
        let extension = self.extensions.iter().rev().find(|moved| moved.limit == name).cloned();
        let reckoned = from_on.and_then(|from| rules.due(limit, from).due_on);
        Some(RunningLimit {
            name: name.to_owned(),
            label: value.label,
            limit: value.display,
            owner: pack.actor(ends_with),
            from_act: limit.from,
            from_on,
            due_on: extension.as_ref().map(|moved| moved.until).or(reckoned),
            extension,
            source: citation_words(&value.source, &value.article),
            unverified: rule.is_doubtful(),
        })
    }

    /// Whether `act` has yet to follow. What lacks papers waits for its applicant, not for the authority.
    fn awaits(&self, act: Act) -> bool {
        use CaseState::{Accepted, Decided, GapsOpen, Received, Submitted};
        match act {
            Act::Receive => self.state == GapsOpen && !self.gaps_named,
            Act::Accept => matches!(self.state, Received | Submitted),
            Act::Decide => matches!(self.state, Received | Submitted | Accepted),
            Act::TakeDown => self.state == Decided && self.repaired_on.is_some(),
            Act::Submit | Act::Push | Act::Check | Act::Inquire => false,
        }
    }

    /// Whether the case has come as far as `act`. The push follows the submission by itself and is entered once it is known.
    fn is_past(&self, act: Act) -> bool {
        use CaseState::{Accepted, Decided, Submitted};
        match act {
            Act::Receive => true,
            Act::Submit | Act::Push => matches!(self.state, Submitted | Accepted | Decided),
            Act::Accept => matches!(self.state, Accepted | Decided),
            Act::Decide => self.state == Decided,
            Act::TakeDown | Act::Check | Act::Inquire => false,
        }
    }

    fn day_of(&self, act: Act) -> Option<Date> {
        match act {
            Act::Receive => Some(self.received_on),
            Act::Submit => self.submitted_on,
            Act::Push => self.pushed_on,
            Act::Accept => self.accepted_on,
            Act::Decide => self.repaired_on,
            Act::TakeDown | Act::Check | Act::Inquire => None,
        }
    }
}

impl Case {
    /// What its limits run from.
    pub fn clock(&self) -> CaseClock {
        let repaired = self
            .decision
            .as_ref()
            .filter(|decision| decision.outcome == DecisionOutcome::Repaired);
        CaseClock {
            pack: self.received.assessment.pack.clone(),
            state: self.state(),
            gaps_named: self
                .documents
                .iter()
                .any(|paper| paper.kind == DocumentKind::SupplementNotice),
            received_on: self.received.received_on,
            submitted_on: self.submission.as_ref().map(|submission| submission.on),
            pushed_on: self.pushed_on,
            accepted_on: self.accepted_on,
            repaired_on: repaired.map(|decision| decision.on),
            extensions: self.extensions.clone(),
        }
    }
}
