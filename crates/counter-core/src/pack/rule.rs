//! One value of a pack with everything that lets a person check it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Act, Class, Correction, RuleValue, Status};
use crate::record::{Domain, PenaltyKind, Procedure, RecordKind};

/// One value of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its key, stable: `period.general.minimum`.
    pub key: String,
    /// What it is, in Chinese.
    pub label: String,
    /// The value.
    pub value: RuleValue,
    /// For triggers and papers: when it applies.
    pub when: Option<When>,
    /// For limits: the act they run from.
    pub from: Option<Act>,
    /// For papers: whether they are required.
    pub required: bool,
    /// For papers: whether one serves for all records of a subject.
    pub of_subject: bool,
    /// Where it stands.
    pub citation: Citation,
    /// The copy or report it was read in, for whoever checks it.
    pub seen_in: Option<String>,
    /// What speaks against it, where sources disagree.
    pub conflict: Option<String>,
    /// What else to know.
    pub note: Option<String>,
    /// For conditions and papers: how an applicant fills the gap.
    pub how_to: Option<String>,
    /// Who read it in the official text.
    pub verified_by: Option<String>,
    /// When.
    pub verified_on: Option<Date>,
    /// The lead's correction it comes from.
    pub correction: Option<Correction>,
}

/// Where a rule stands and how far that has been checked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Citation {
    /// The document with its number.
    pub source: String,
    /// The article; says so where it is not known.
    pub article: String,
    /// How far it has been checked.
    pub status: Status,
}

/// A citation in one line: the document, and the article where it has one.
pub fn citation_words(source: &str, article: &str) -> String {
    match article.trim() {
        "" | "—" => source.to_owned(),
        article => format!("{source} {article}"),
    }
}

impl Rule {
    /// Whether whoever relies on the value must check it first: it is recalled or its sources disagree.
    pub fn is_doubtful(&self) -> bool {
        self.citation.status == Status::Recalled || self.conflict.is_some()
    }

    /// The last part of the key: the code of a paper, a condition, a trigger.
    pub fn code(&self) -> &str {
        self.key.split_once('.').map_or(self.key.as_str(), |(_, code)| code)
    }
}

/// What a record must be for a trigger, a non-publication or a paper to apply. All parts must hold; a part that is left
/// out does not matter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct When {
    /// The kind of record; a penalty where left out.
    pub kind: Option<RecordKind>,
    /// How the decision was made.
    pub procedure: Option<Procedure>,
    /// One of the penalties is this one.
    pub penalties: Vec<PenaltyKind>,
    /// All of the penalties are among these.
    pub only: Vec<PenaltyKind>,
    /// The field of law is one of these.
    pub domains: Vec<Domain>,
    /// The violation is described with one of these words.
    pub acts: Vec<String>,
    /// A fact is known to hold.
    pub fact: Option<Fact>,
    /// The fine reaches the threshold of this key, which is set.
    pub fine_at_least: Option<String>,
    /// The fine stays below the threshold of this key, which is set.
    pub fine_below: Option<String>,
    /// The record has this class.
    pub class: Option<Class>,
    /// The decision also orders something to be put right.
    pub rectification_ordered: Option<bool>,
}

/// A fact of a record that a trigger asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// The same act put the subject on a serious-dishonesty list.
    ListedSerious,
    /// The decision or a law calls it serious.
    SeriousByAuthority,
}

/// A rule value as screens, papers and questions cite it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, specta::Type)]
pub struct CitedValue {
    /// The pack's id.
    pub pack: String,
    /// The key within the pack.
    pub key: String,
    /// What it is, in Chinese.
    pub label: String,
    /// The value, in Chinese.
    pub display: String,
    /// The document with its number.
    pub source: String,
    /// The article.
    pub article: String,
    /// How far it has been checked.
    pub status: Status,
    /// The copy or report it was read in.
    pub seen_in: Option<String>,
    /// What speaks against it.
    pub conflict: Option<String>,
    /// What else to know.
    pub note: Option<String>,
    /// Who read it in the official text.
    pub verified_by: Option<String>,
    /// When.
    #[specta(type = Option<String>)]
    pub verified_on: Option<Date>,
    /// The pack's first day.
    #[specta(type = String)]
    pub effective_from: Date,
    /// The pack's last day, where it has ended.
    #[specta(type = Option<String>)]
    pub effective_to: Option<Date>,
    /// Whether a lead corrected it.
    pub corrected: bool,
}
