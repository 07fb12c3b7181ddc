//! Statutory limits that run on a case. They run from the act the rule names, not from ours. The screens call one
//! `DueDate`.

use jiff::civil::Date;
use serde::Serialize;

use super::{Case, CaseState};
use crate::pack::{RuleBook, RulePack, citation_words};

/// A limit that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase", rename = "DueDate")]
pub struct RunningLimit {
    /// What has to happen, in the pack's words.
    pub label: String,
    /// How long, in the pack's words.
    pub limit: String,
    /// The last day; null where the calendar does not reach.
    #[specta(type = Option<String>)]
    pub due_on: Option<Date>,
    /// The rule.
    pub source: String,
    /// Whether the rule still has to be checked.
    pub unverified: bool,
}

/// The limits that run on `case` under the pack it was received under.
pub fn running_limits(case: &Case, rules: &RuleBook) -> Vec<RunningLimit> {
    let Some(pack) = case.received.assessment.pack.as_deref().and_then(|id| rules.pack(id)) else {
        return Vec::new();
    };
    let (name, from) = match (case.stage, &case.submission, &case.decision) {
        (CaseState::Submitted, Some(submission), _) => ("acceptance", submission.on),
        (CaseState::Accepted, ..) => ("decision", case.last_act_on),
        (CaseState::Decided, _, Some(decision)) => ("take_down", decision.on),
        _ => return Vec::new(),
    };
    limit(pack, name, from, rules).into_iter().collect()
}

fn limit(pack: &RulePack, name: &str, from: Date, rules: &RuleBook) -> Option<RunningLimit> {
    let limit = pack.limit(name)?;
    let key = format!("limit.{name}");
    let (rule, value) = (pack.rule(&key)?, pack.value(&key)?);
    Some(RunningLimit {
        label: value.label,
        limit: value.display,
        due_on: rules.due(limit, from).due_on,
        source: citation_words(&value.source, &value.article),
        unverified: rule.is_doubtful(),
    })
}
