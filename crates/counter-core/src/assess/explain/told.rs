//! The sentences told so far, and what they rest on.

use jiff::civil::Date;

use super::super::{Assessment, CorrectionUsed, Reason};
use crate::pack::{Citation, Rule, Status};

/// Collects reasons, the corrections used, and whether something doubtful decided.
#[derive(Default)]
pub(super) struct Told {
    reasons: Vec<Reason>,
    corrections: Vec<CorrectionUsed>,
    unverified: bool,
}

impl Told {
    /// Adds a sentence that rests on a rule.
    pub fn say(&mut self, text: String, rule: &Rule, decisive: bool) {
        self.reasons.push(reason(text, &rule.citation));
        self.consult(rule);
        if decisive {
            self.unverified |= rule.is_doubtful();
        }
    }

    /// Adds a sentence that rests on a citation outside the packs.
    pub fn cite(&mut self, text: String, citation: &Citation, decisive: bool) {
        self.reasons.push(reason(text, citation));
        if decisive {
            self.unverified |= citation.status == Status::Recalled;
        }
    }

    /// A rule decided without a sentence of its own.
    pub fn rely(&mut self, rule: Option<&Rule>) {
        if let Some(rule) = rule {
            self.consult(rule);
            self.unverified |= rule.is_doubtful();
        }
    }

    /// A rule was looked at: its correction, where it has one, is named.
    pub fn consult(&mut self, rule: &Rule) {
        if let Some(used) = CorrectionUsed::of(rule).filter(|used| !self.corrections.contains(used)) {
            self.corrections.push(used);
        }
    }

    /// Puts what was told into the assessment.
    pub fn into_assessment(self, assessment: Assessment) -> Assessment {
        Assessment {
            reasons: self.reasons,
            corrections_used: self.corrections,
            unverified: self.unverified,
            ..assessment
        }
    }
}

/// A day as a sentence writes it.
pub(super) fn day(date: Date) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

fn reason(text: String, citation: &Citation) -> Reason {
    Reason {
        text,
        source: citation.source.clone(),
        article: citation.article.clone(),
        status: citation.status,
    }
}
