//! Reading a pack from TOML, and refusing one that could not be assessed under.

use jiff::civil::Date;
use serde::Deserialize;

use super::{Act, Citation, Door, Role, Rule, RulePack, Status, ValueKind, When};

/// Why a pack was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// It is no TOML, or holds a field no pack has.
    #[error("not a rule pack: {0}")]
    Toml(String),
    /// A key no pack may hold.
    #[error("{pack} holds the unknown key {key}")]
    UnknownKey {
        /// The pack's id.
        pack: String,
        /// The key.
        key: String,
    },
    /// A key stands twice.
    #[error("{pack} holds the key {key} twice")]
    DuplicateKey {
        /// The pack's id.
        pack: String,
        /// The key.
        key: String,
    },
    /// The words are no value of the kind the key asks for.
    #[error("{pack}: {value} is no value for {key}, which is written like {expected}")]
    Value {
        /// The pack's id.
        pack: String,
        /// The key.
        key: String,
        /// The words.
        value: String,
        /// How such a value is written.
        expected: &'static str,
    },
    /// A value that every assessment needs is not there.
    #[error("{pack} lacks the key {key}")]
    MissingKey {
        /// The pack's id.
        pack: String,
        /// The key.
        key: String,
    },
    /// A limit without the act it runs from, or a trigger without a condition.
    #[error("{pack}: {key} lacks {field}")]
    MissingField {
        /// The pack's id.
        pack: String,
        /// The key.
        key: String,
        /// The field.
        field: &'static str,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    role: Role,
    door: Door,
    title: String,
    short: String,
    document: String,
    issued_on: Option<Date>,
    #[serde(default)]
    verified_by: String,
    #[serde(rename = "value")]
    values: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    key: String,
    label: String,
    value: String,
    when: Option<When>,
    from: Option<Act>,
    #[serde(default)]
    required: bool,
    #[serde(default)]
    of_subject: bool,
    source: Option<String>,
    article: String,
    status: Status,
    seen_in: Option<String>,
    conflict: Option<String>,
    note: Option<String>,
    how_to: Option<String>,
    verified_by: Option<String>,
    verified_on: Option<Date>,
}

impl RulePack {
    /// Reads a pack.
    ///
    /// # Errors
    /// When a field or key is unknown, stands twice or is missing, or a value does not fit its key.
    pub fn parse(text: &str) -> Result<Self, PackError> {
        let file: File = toml::from_str(text).map_err(|error| PackError::Toml(error.to_string()))?;
        let verified_by = Some(file.verified_by.clone()).filter(|name| !name.is_empty());
        let rules = file
            .values
            .into_iter()
            .map(|entry| entry.read(&file.id, &file.document, verified_by.as_ref()))
            .collect::<Result<Vec<Rule>, PackError>>()?;
        let pack = Self {
            id: file.id,
            role: file.role,
            door: file.door,
            title: file.title,
            short: file.short,
            document: file.document,
            issued_on: file.issued_on,
            rules,
        };
        pack.validate()?;
        Ok(pack)
    }

    /// Checks what every assessment relies on.
    fn validate(&self) -> Result<(), PackError> {
        for (index, rule) in self.rules.iter().enumerate() {
            if self.rules[..index].iter().any(|earlier| earlier.key == rule.key) {
                return Err(PackError::DuplicateKey {
                    pack: self.id.clone(),
                    key: rule.key.clone(),
                });
            }
            let is_conditional = rule.value.as_class().is_some() || rule.key.starts_with("not_published.");
            let field = match () {
                () if rule.value.as_limit().is_some() && rule.from.is_none() => Some("from"),
                () if is_conditional && rule.when.is_none() => Some("when"),
                () => None,
            };
            if let Some(field) = field {
                return Err(PackError::MissingField {
                    pack: self.id.clone(),
                    key: rule.key.clone(),
                    field,
                });
            }
        }
        for key in self.needed_keys() {
            if self.rule(&key).is_none() {
                return Err(PackError::MissingKey {
                    pack: self.id.clone(),
                    key,
                });
            }
        }
        Ok(())
    }

    fn needed_keys(&self) -> Vec<String> {
        let mut keys = vec!["effective.from".to_owned()];
        if self.role == Role::Rules {
            let fixed = [
                "door.penalty",
                "clock_start",
                "eligible_offset_days",
                "counting.months",
                "heaviest_kind",
            ];
            let also = [
                "transition",
                "at_maximum.fulfilled",
                "at_maximum.unfulfilled",
                "objection.way",
            ];
            keys.extend(fixed.into_iter().chain(also).map(str::to_owned));
            for class in self.classes() {
                let code = class.code();
                keys.push(format!("class.{code}"));
                keys.push(format!("period.{code}.minimum"));
                keys.push(format!("period.{code}.maximum"));
                keys.push(format!("repairable.{code}"));
            }
            let thresholds = self.rules.iter().filter_map(|rule| rule.when.as_ref());
            keys.extend(
                thresholds
                    .flat_map(|when| [&when.fine_at_least, &when.fine_below])
                    .flatten()
                    .cloned(),
            );
        }
        keys
    }
}

impl Entry {
    fn read(self, pack: &str, document: &str, verified_by: Option<&String>) -> Result<Rule, PackError> {
        let pack = pack.to_owned();
        let Some(kind) = ValueKind::of(&self.key) else {
            return Err(PackError::UnknownKey { pack, key: self.key });
        };
        let Some(value) = kind.read(&self.value) else {
            return Err(PackError::Value {
                pack,
                key: self.key,
                value: self.value,
                expected: kind.example(),
            });
        };
        Ok(Rule {
            key: self.key,
            label: self.label,
            value,
            when: self.when,
            from: self.from,
            required: self.required,
            of_subject: self.of_subject,
            citation: Citation {
                source: self.source.unwrap_or_else(|| document.to_owned()),
                article: self.article,
                status: self.status,
            },
            seen_in: self.seen_in,
            conflict: self.conflict,
            note: self.note,
            how_to: self.how_to,
            verified_by: self.verified_by.or_else(|| verified_by.cloned()),
            verified_on: self.verified_on,
            correction: None,
        })
    }
}
