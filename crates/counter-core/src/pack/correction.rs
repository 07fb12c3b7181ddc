//! A lead's signed correction of a rule value. It counts as read in the official text.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Citation, Rule, RulePack, Status, ValueKind};

/// A value of a pack corrected, or confirmed, and signed by a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Correction {
    /// The pack's id.
    pub pack: String,
    /// The key within the pack.
    pub key: String,
    /// The right value in the pack's own words; absent when the value stands and is only confirmed.
    pub value: Option<String>,
    /// The document it was read in.
    pub source: String,
    /// The article.
    pub article: String,
    /// Why, in the lead's words.
    pub note: Option<String>,
    /// Who signed.
    pub signed_by: String,
    /// When.
    #[specta(type = String)]
    pub signed_on: Date,
}

/// A correction as an assessment names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct CorrectionUsed {
    /// The pack's id.
    pub pack: String,
    /// The key within the pack.
    pub key: String,
    /// What the value is, in Chinese.
    pub label: String,
    /// The value that was used.
    pub value: String,
    /// The document and article it was read in.
    pub citation: String,
    /// Who signed.
    pub signed_by: String,
    /// When.
    #[specta(type = String)]
    pub signed_on: Date,
}

/// Why a correction cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CorrectionError {
    /// There is no such pack.
    #[error("there is no rule pack {pack}")]
    UnknownPack {
        /// The id given.
        pack: String,
    },
    /// The pack has no such value.
    #[error("{pack} has no value {key}")]
    UnknownKey {
        /// The pack's id.
        pack: String,
        /// The key given.
        key: String,
    },
    /// The words are no value of the kind the key asks for.
    #[error("{value} is no value for {key}, which is written like {expected}")]
    Value {
        /// The key.
        key: String,
        /// The words given.
        value: String,
        /// How such a value is written.
        expected: &'static str,
    },
    /// It names no document, article or signer: nobody could check it.
    #[error("a correction names a document, an article and who signs it")]
    Unsigned,
}

impl RulePack {
    /// Lays a correction over the pack's value.
    ///
    /// # Errors
    /// When the pack has no such value, the words do not fit the key, or the correction cites or signs nothing.
    pub fn correct(&mut self, correction: Correction) -> Result<(), CorrectionError> {
        let signed = [&correction.source, &correction.article, &correction.signed_by];
        if signed.iter().any(|text| text.trim().is_empty()) {
            return Err(CorrectionError::Unsigned);
        }
        let (pack, key) = (self.id.clone(), correction.key.clone());
        let rule = self.rule_mut(&key).ok_or(CorrectionError::UnknownKey { pack, key })?;
        if let Some(words) = &correction.value {
            let kind = ValueKind::of(&rule.key);
            rule.value = kind
                .and_then(|kind| kind.read(words))
                .ok_or_else(|| CorrectionError::Value {
                    key: rule.key.clone(),
                    value: words.clone(),
                    expected: kind.map_or("", ValueKind::example),
                })?;
        }
        rule.citation = Citation {
            source: correction.source.clone(),
            article: correction.article.clone(),
            status: Status::Verified,
        };
        rule.conflict = None;
        rule.verified_by = Some(correction.signed_by.clone());
        rule.verified_on = Some(correction.signed_on);
        rule.correction = Some(correction);
        Ok(())
    }
}

impl CorrectionUsed {
    /// The correction behind a rule, where there is one.
    pub fn of(rule: &Rule) -> Option<Self> {
        let correction = rule.correction.as_ref()?;
        Some(Self {
            pack: correction.pack.clone(),
            key: correction.key.clone(),
            label: rule.label.clone(),
            value: rule.value.to_string(),
            citation: format!("{}{}", correction.source, correction.article),
            signed_by: correction.signed_by.clone(),
            signed_on: correction.signed_on,
        })
    }
}
