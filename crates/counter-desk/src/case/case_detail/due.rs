//! Statutory limits that run on a case. They run from the act the rule names, not from ours.

use counter_core::{
    case::{Case, CaseState},
    pack::{RuleBook, RulePack, citation_words},
};
use jiff::civil::Date;
use serde::Serialize;

/// A limit that runs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DueDate {
    /// What has to happen, in the pack's words.
    pub label: String,
    /// How long, in the pack's words.
    pub limit: String,
    /// The last day; null where the calendar does not reach.
    pub due_on: Option<String>,
    /// The rule.
    pub source: String,
    /// Whether the rule still has to be checked.
    pub unverified: bool,
}

pub(super) fn of(case: &Case, rules: &RuleBook) -> Vec<DueDate> {
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

fn limit(pack: &RulePack, name: &str, from: Date, rules: &RuleBook) -> Option<DueDate> {
    let limit = pack.limit(name)?.limit;
    let key = format!("limit.{name}");
    let (rule, value) = (pack.rule(&key)?, pack.value(&key)?);
    let due_on = if limit.working {
        rules.calendar().due(from, limit.days).due_on
    } else {
        from.checked_add(jiff::Span::new().days(limit.days)).ok()
    };
    Some(DueDate {
        label: value.label,
        limit: value.display,
        due_on: due_on.map(|day| day.to_string()),
        source: citation_words(&value.source, &value.article),
        unverified: rule.is_doubtful(),
    })
}
