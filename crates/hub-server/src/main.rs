//! `credit-hub`: the reference central credit system.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    hub_server::command::run(hub_server::command::CommandLine::parse())
}
