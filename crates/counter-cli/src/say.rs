//! Standard output: one JSON document, or a short text.

use std::{io::Write, process::ExitCode};

use serde_json::{Value, json};

use crate::failure::Failure;

/// What a command answers.
pub struct Answer {
    /// The JSON document.
    pub json: Value,
    /// The same in short, for a person.
    pub text: String,
    /// The exit status; 3 where the answer itself is that something is not in order.
    pub status: u8,
    /// What is done only once the answer was given.
    pub afterwards: Option<Afterwards>,
}

/// See [`Answer::afterwards`].
pub type Afterwards = Box<dyn FnOnce() -> Result<(), Failure>>;

impl Answer {
    /// An answer that is in order.
    pub fn new(json: Value, text: impl Into<String>) -> Self {
        Self {
            json,
            text: text.into(),
            status: 0,
            afterwards: None,
        }
    }
}

/// Prints an answer; says whether it was taken.
pub fn answer(answer: &Answer, as_json: bool) -> bool {
    if as_json {
        line(&answer.json.to_string())
    } else {
        line(&answer.text)
    }
}

/// Prints a failure. As JSON it is the document; as text it goes to standard error.
pub fn failure(failure: &Failure, as_json: bool) {
    if as_json {
        let Failure {
            code, message, hint, ..
        } = failure;
        line(&json!({"error": {"code": code, "message": message, "hint": hint}}).to_string());
        return;
    }
    let text = format!("{}{}\n", failure.message, failure.hint);
    if std::io::stderr().lock().write_all(text.as_bytes()).is_err() {
        tracing::debug!("nobody reads standard error");
    }
}

/// Help and version go to standard output and are no failure; arguments that cannot be read are.
pub fn usage(error: &clap::Error) -> ExitCode {
    let asked_for = !error.use_stderr();
    if !asked_for && std::env::args().any(|argument| argument == "--json") {
        failure(&Failure::arguments(error.to_string().trim()), true);
    } else if error.print().is_err() {
        return ExitCode::FAILURE;
    }
    ExitCode::from(if asked_for { 0 } else { 2 })
}

fn line(text: &str) -> bool {
    let mut output = std::io::stdout().lock();
    let taken = writeln!(output, "{text}").and_then(|()| output.flush()).is_ok();
    if !taken {
        tracing::warn!("nobody reads standard output");
    }
    taken
}
