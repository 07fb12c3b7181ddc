//! Errors as the screens get them: a stable word and what it is about. The sentence is the screen's.

use counter_desk::Coded;
use serde::Serialize;

/// A command was not carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct CommandError {
    /// The stable word, a key of the screens' `refusal.json`.
    pub code: String,
    /// The field, number or file it is about.
    pub detail: String,
}

impl CommandError {
    /// An error of the shell itself.
    pub fn new(code: &str, detail: impl Into<String>) -> Self {
        Self {
            code: code.to_owned(),
            detail: detail.into(),
        }
    }

    /// A use case's error; it is logged with its word only, since its detail may name a person.
    pub fn of(error: &impl Coded) -> Self {
        tracing::info!(code = error.code(), "a command was refused");
        Self {
            code: error.code().to_owned(),
            detail: error.detail(),
        }
    }
}
