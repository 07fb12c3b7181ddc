//! `credit-counter-cli`: the use cases of the counter without a window, for administrators, scripts and tests.
//!
//! One JSON document on standard output with `--json`, a short Chinese text without; logs on standard error.
//! Exit status: 0 done, 2 bad arguments, 3 refused or not in order, 1 anything else. What is done is done by
//! `counter-desk`; here are only arguments and answers.

mod arguments;
mod command;
mod failure;
mod file;
mod opening;
mod say;

use std::process::ExitCode;

use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let line = match arguments::CommandLine::try_parse() {
        Ok(line) => line,
        Err(error) => return say::usage(&error),
    };
    let filter = EnvFilter::try_from_env("CREDIT_COUNTER_LOG").unwrap_or_else(|_| EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let json = line.common.json;
    match command::run(line).and_then(|answer| give(answer, json)) {
        Ok(status) => ExitCode::from(status),
        Err(failure) => {
            say::failure(&failure, json);
            ExitCode::from(failure.status)
        }
    }
}

/// Prints an answer, and does what waited for its being taken.
fn give(mut answer: say::Answer, json: bool) -> Result<u8, failure::Failure> {
    let afterwards = answer.afterwards.take();
    if say::answer(&answer, json)
        && let Some(afterwards) = afterwards
    {
        afterwards()?;
    }
    Ok(answer.status)
}
