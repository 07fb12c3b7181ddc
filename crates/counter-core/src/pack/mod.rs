//! Rule packs: dated law as data. Every value carries where it stands and how far that has been checked.
//!
//! The packs are TOML in `assets/rulepacks`, written in the order of the document so that they can be read beside it. A
//! value is cited as (pack id, key) by assessments, questions, corrections and screens. What is decided with the values
//! is `assess`'s matter.

mod book;
mod correction;
mod read;
mod rule;
mod value;
mod word;

use jiff::civil::Date;
use serde::Deserialize;

pub use book::{BookError, RuleBook};
pub use correction::{Correction, CorrectionError, CorrectionUsed};
pub use read::PackError;
pub use rule::{Citation, CitedValue, Fact, Rule, When, citation_words};
pub use value::{Classes, RuleValue, TimeLimit, ValueKind};
pub use word::{Act, Actor, Class, Door, Status};

/// One document's rules.
#[derive(Clone, Debug, PartialEq)]
pub struct RulePack {
    /// Stable id: `ndrc-36-2026`.
    pub id: String,
    /// Whether records are assessed under it.
    pub role: Role,
    /// The door its rules are for.
    pub door: Door,
    /// The document's title.
    pub title: String,
    /// How people call it: 36号令.
    pub short: String,
    /// The document with title and number, as citations name it.
    pub document: String,
    /// The day it was issued.
    pub issued_on: Option<Date>,
    /// Its values, in the order of the document. `class_trigger` rules are tried in this order.
    rules: Vec<Rule>,
}

/// What a pack is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Records are assessed under it.
    Rules,
    /// A frame that others cite; its values can be cited, nothing is assessed under it.
    Frame,
    /// How objections are handled; nothing is assessed under it.
    Objection,
}

/// A paper the pack asks for.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, Deserialize, specta::Type)]
pub struct MaterialRule {
    /// Its code: `commitment`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Whether it is required where it applies.
    pub required: bool,
    /// What to know about it.
    pub note: Option<String>,
    /// How an applicant comes by it.
    pub how_to: Option<String>,
}

/// A limit of the pack and the act it runs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitRule {
    /// How long.
    pub limit: TimeLimit,
    /// The act it runs from; the day after is day one.
    pub from: Act,
}

impl RulePack {
    /// The value of a key as it is cited.
    pub fn value(&self, key: &str) -> Option<CitedValue> {
        self.rule(key).map(|rule| self.cite(rule))
    }

    /// All values in the order of the document.
    pub fn values(&self) -> impl Iterator<Item = CitedValue> + '_ {
        self.rules.iter().map(|rule| self.cite(rule))
    }

    /// The rules in the order of the document.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule of a key.
    pub fn rule(&self, key: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.key == key)
    }

    fn rule_mut(&mut self, key: &str) -> Option<&mut Rule> {
        self.rules.iter_mut().find(|rule| rule.key == key)
    }

    /// The rules whose key begins with `prefix.`, in the order of the document.
    pub fn group(&self, prefix: &str) -> impl Iterator<Item = &Rule> {
        let dotted = format!("{prefix}.");
        self.rules.iter().filter(move |rule| rule.key.starts_with(&dotted))
    }

    /// The first day it is in force.
    pub fn effective_from(&self) -> Date {
        self.date("effective.from").unwrap_or(Date::MAX)
    }

    /// The last day it is in force; absent while it is.
    pub fn effective_to(&self) -> Option<Date> {
        self.date("effective.to")
    }

    /// Whether it is in force on `day`.
    pub fn in_force(&self, day: Date) -> bool {
        self.effective_from() <= day && self.effective_to().is_none_or(|last| day <= last)
    }

    /// The classes its triggers can give, light to heavy.
    pub fn classes(&self) -> Vec<Class> {
        let mut classes: Vec<Class> = self
            .group("class_trigger")
            .filter_map(|rule| {
                if let RuleValue::Class(class) = rule.value {
                    Some(class)
                } else {
                    None
                }
            })
            .collect();
        classes.sort_unstable();
        classes.dedup();
        classes
    }

    /// Who does an act, where the pack says.
    pub fn actor(&self, act: Act) -> Option<Actor> {
        self.rule(&format!("act.{}.by", act.code()))?.value.as_actor()
    }

    /// A limit by its name: `acceptance`, `decision`, `overall`, `take_down`, `one_time_notice`, …
    pub fn limit(&self, name: &str) -> Option<LimitRule> {
        let rule = self.rule(&format!("limit.{name}"))?;
        Some(LimitRule {
            limit: rule.value.as_limit()?,
            from: rule.from?,
        })
    }

    /// Whether 信用核查 comes before the submission.
    pub fn requires_verification(&self) -> bool {
        self.rule("verification.required")
            .is_some_and(|rule| rule.value == RuleValue::Flag(true))
    }

    /// A paper by its code.
    pub fn material(&self, code: &str) -> Option<MaterialRule> {
        self.rule(&format!("material.{code}")).map(MaterialRule::of)
    }

    /// Every paper of the pack, whatever the class, in its order.
    pub fn materials(&self) -> Vec<MaterialRule> {
        self.group("material").map(MaterialRule::of).collect()
    }

    fn date(&self, key: &str) -> Option<Date> {
        self.rule(key)?.value.as_date()
    }

    fn cite(&self, rule: &Rule) -> CitedValue {
        CitedValue {
            pack: self.id.clone(),
            key: rule.key.clone(),
            label: rule.label.clone(),
            display: rule.value.to_string(),
            source: rule.citation.source.clone(),
            article: rule.citation.article.clone(),
            status: rule.citation.status,
            seen_in: rule.seen_in.clone(),
            conflict: rule.conflict.clone(),
            note: rule.note.clone(),
            verified_by: rule.verified_by.clone(),
            verified_on: rule.verified_on,
            effective_from: self.effective_from(),
            effective_to: self.effective_to(),
            corrected: rule.correction.is_some(),
        }
    }
}

impl MaterialRule {
    fn of(rule: &Rule) -> Self {
        Self {
            code: rule.code().to_owned(),
            name: rule.label.clone(),
            required: rule.required,
            note: rule.note.clone(),
            how_to: rule.how_to.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
