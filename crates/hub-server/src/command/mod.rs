//! The command line of `credit-hub`: running it, and the acts that work beside a running one.
//!
//! Exit status: 0 done, 2 bad arguments, 3 refused (the JSON says why), 1 anything else.

mod backup;
mod decide;
mod enrol;
mod judge_again;
mod officer;
mod place;
mod publish;
mod restored;
mod serve;
mod stick;
mod trust;

use std::{io::Write, path::PathBuf, process::ExitCode};

use clap::{Args, Parser, Subcommand, ValueEnum};
use hub_api::dataset::DatasetKind;
use jiff::civil::Date;
use serde_json::{Value, json};
use tracing_subscriber::EnvFilter;

use crate::{
    authority_act::Outcome,
    connections::Limits,
    hand_back::HandBackError,
    head_mark,
    hub::{Hub, OpenHubError},
    hub_key::HubKeyError,
    officer::Role,
    store::{HubStore, StoreError},
    web,
};
use place::Place;

/// The reference central credit system.
#[derive(Debug, Parser)]
#[command(name = "credit-hub", version)]
pub struct CommandLine {
    #[command(flatten)]
    place: Place,
    /// Where to listen; port 0 takes a free one and says which.
    #[arg(long, default_value = "127.0.0.1:8440")]
    listen: String,
    /// After how many hours without a word the pages call a counter silent.
    #[arg(long, default_value_t = web::SILENT_AFTER_HOURS, env = "CREDIT_HUB_SILENT_AFTER_HOURS")]
    silent_after: u32,
    /// The most connections that are open at once; further ones wait.
    #[arg(long, default_value_t = Limits::CONNECTIONS, env = "CREDIT_HUB_CONNECTIONS")]
    connections: u32,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Prints a one-time code that binds a counter to this hub.
    Enrol(EnrolArguments),
    /// Enters an authority's act on a case.
    Decide(DecideArguments),
    /// Makes and ends the accounts of officers who sign in at the hub's pages.
    #[command(subcommand)]
    Officer(OfficerCommand),
    /// Stands by what a closed life of a counter still sent: its changes are judged now.
    Claim(ClaimArguments),
    /// After an update: judges what the older program could not read.
    JudgeAgain,
    /// Says that the database was put back from a backup: begins a new life, in which counters hand back what is missing.
    Restored,
    /// Writes the signed trust bundle.
    Trust(TrustArguments),
    /// Takes in what a counter without a network sends on a stick.
    #[command(subcommand)]
    Stick(StickCommand),
    /// Publishes reference data for a district's counters.
    Publish(PublishArguments),
    /// Copies the database of one office to a file while the hub serves, and looks the copy through.
    Backup(FileArguments),
    /// Puts a backup in the place of the database, which is kept, and begins a new life. Stop the hub first.
    Restore(FileArguments),
}

#[derive(Debug, Args)]
struct EnrolArguments {
    /// The division code of the district.
    #[arg(long)]
    site: String,
    /// The counter's code.
    #[arg(long)]
    counter: String,
    /// Prints one JSON document instead of the bare code.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Args)]
struct FileArguments {
    /// The backup.
    file: PathBuf,
}

#[derive(Debug, Args)]
struct DecideArguments {
    /// The number of the case.
    case: String,
    /// What the authority says.
    #[arg(long)]
    outcome: OutcomeWord,
    /// Why.
    #[arg(long)]
    reason: String,
    /// Which authority; the one the record names where absent.
    #[arg(long)]
    by: Option<String>,
    /// The day, such as 2026-11-24; today where absent.
    #[arg(long)]
    on: Option<Date>,
}

#[derive(Debug, Args)]
struct ClaimArguments {
    /// The division code of the district.
    #[arg(long)]
    site: String,
    /// The counter's code.
    #[arg(long)]
    counter: String,
    /// The life of the counter's database, 32 hexadecimal digits.
    #[arg(long)]
    life: String,
}

#[derive(Debug, Args)]
struct TrustArguments {
    /// The file to write.
    #[arg(long)]
    out: PathBuf,
    /// The district, where the hub serves several.
    #[arg(long)]
    site: Option<String>,
}

#[derive(Debug, Subcommand)]
enum StickCommand {
    /// Records what is in a counter's file and writes the answer for it. Works beside a running hub.
    Take(TakeArguments),
}

#[derive(Debug, Args)]
struct TakeArguments {
    /// The counter's file.
    file: PathBuf,
    /// The file to write for the counter.
    #[arg(long, value_name = "OUT")]
    answer: PathBuf,
}

#[derive(Debug, Subcommand)]
enum OfficerCommand {
    /// Makes an account and prints its first password, which has to be changed at the first sign-in.
    Add(OfficerArguments),
    /// Prints a new one-time password and ends the account's sessions.
    Reset(AccountArguments),
    /// Ends an account.
    Disable(AccountArguments),
}

#[derive(Debug, Args)]
struct OfficerArguments {
    #[command(flatten)]
    account: AccountArguments,
    /// The officer's name.
    #[arg(long)]
    name: String,
    /// What the officer is.
    #[arg(long)]
    role: RoleWord,
    /// A finding authority the officer acts for, by name or unified social credit code; may be given several times.
    #[arg(long = "authority")]
    authorities: Vec<String>,
    /// Reads the first password from standard input instead of making one.
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
struct AccountArguments {
    /// The division code of the district.
    #[arg(long)]
    site: String,
    /// What the officer signs in with.
    account: String,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum RoleWord {
    Authority,
    CreditOffice,
    Administrator,
}

impl From<RoleWord> for Role {
    fn from(word: RoleWord) -> Self {
        match word {
            RoleWord::Authority => Self::Authority,
            RoleWord::CreditOffice => Self::CreditOffice,
            RoleWord::Administrator => Self::Administrator,
        }
    }
}

#[derive(Debug, Args)]
struct PublishArguments {
    /// A file: xlsx, xls or csv, a rule pack in TOML.
    file: PathBuf,
    /// The division code of the district.
    #[arg(long)]
    site: String,
    /// What it holds.
    #[arg(long)]
    kind: KindWord,
    /// The last day the data speaks of, such as 2026-11-24; otherwise the day in the file's name, or the latest in it.
    #[arg(long)]
    as_of: Option<Date>,
    /// Keeps the rows of the version before that the file does not have.
    #[arg(long)]
    add: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
#[value(rename_all = "snake_case")]
enum KindWord {
    Subject,
    Penalty,
    Permit,
    Topic,
    RulePack,
}

impl From<KindWord> for DatasetKind {
    fn from(word: KindWord) -> Self {
        match word {
            KindWord::Subject => Self::Subject,
            KindWord::Penalty => Self::Penalty,
            KindWord::Permit => Self::Permit,
            KindWord::Topic => Self::Topic,
            KindWord::RulePack => Self::RulePack,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OutcomeWord {
    Repaired,
    Declined,
    Supplement,
}

impl From<OutcomeWord> for Outcome {
    fn from(word: OutcomeWord) -> Self {
        match word {
            OutcomeWord::Repaired => Self::Repaired,
            OutcomeWord::Declined => Self::Declined,
            OutcomeWord::Supplement => Self::Supplement,
        }
    }
}

/// How a command failed.
#[derive(Debug)]
struct Failure {
    status: u8,
    code: String,
    message: String,
    hint: String,
}

impl Failure {
    /// Refused or not in order.
    fn refused(code: impl Into<String>, message: impl ToString, hint: &str) -> Self {
        Self {
            status: 3,
            code: code.into(),
            message: message.to_string(),
            hint: hint.to_owned(),
        }
    }

    /// Bad arguments.
    fn arguments(message: impl ToString) -> Self {
        Self {
            status: 2,
            code: "arguments".to_owned(),
            message: message.to_string(),
            hint: String::new(),
        }
    }

    /// Anything else.
    fn other(code: &str, message: impl ToString) -> Self {
        Self {
            status: 1,
            code: code.to_owned(),
            message: message.to_string(),
            hint: String::new(),
        }
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match &error {
            StoreError::NewerSchema { .. } => Self::refused("newer_database", &error, "update credit-hub"),
            StoreError::Damaged(_) => Self::refused("damaged", &error, "restore the backup"),
            StoreError::Busy => Self::other("busy", error),
            StoreError::Failed(_) => Self::other("store", error),
        }
    }
}

impl From<OpenHubError> for Failure {
    fn from(error: OpenHubError) -> Self {
        match error {
            OpenHubError::Store(error) => error.into(),
            OpenHubError::Entropy(error) => Self::other("entropy", error),
            OpenHubError::OtherKey { .. } => Self::refused(
                "other_key",
                error,
                "copy hub.key from a process that serves this database",
            ),
        }
    }
}

impl From<HandBackError> for Failure {
    fn from(error: HandBackError) -> Self {
        match error {
            HandBackError::Store(error) => error.into(),
            HandBackError::Entropy(error) => Self::other("entropy", error),
            HandBackError::NotOurs(_) | HandBackError::OtherCounter | HandBackError::NotLost => {
                Self::other("hand_back", error)
            }
        }
    }
}

impl From<HubKeyError> for Failure {
    fn from(error: HubKeyError) -> Self {
        match &error {
            HubKeyError::Lost(_) => Self::refused(
                "key_lost",
                &error,
                "restore hub.key from the backup, or copy it from another process of this hub",
            ),
            HubKeyError::Form(_) => Self::refused("key_damaged", &error, "restore hub.key from the backup"),
            HubKeyError::Io { .. } | HubKeyError::Entropy(_) => Self::other("key", error),
        }
    }
}

/// Runs the command line to its end.
pub fn run(line: CommandLine) -> ExitCode {
    let filter = EnvFilter::try_from_env("CREDIT_HUB_LOG").unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
    let outcome = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::other("runtime", error))
        .and_then(|runtime| runtime.block_on(perform(line)));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure {
            status,
            code,
            message,
            hint,
        }) => {
            say(&json!({"error": {"code": code, "message": message, "hint": hint}}));
            ExitCode::from(status)
        }
    }
}

async fn perform(line: CommandLine) -> Result<(), Failure> {
    let CommandLine {
        place,
        listen,
        silent_after,
        connections,
        command,
    } = line;
    let mut serving = Serving {
        listen,
        pages: web::Settings {
            silent_after_ms: i64::from(silent_after) * 60 * 60 * 1000,
        },
        limits: Limits {
            connections,
            ..Limits::default()
        },
        mark: None,
    };
    if let Some(Command::Backup(arguments)) = &command {
        return backup::backup(&place, &arguments.file);
    }
    if let Some(Command::Restore(arguments)) = &command {
        return backup::restore(&place, &arguments.file).await;
    }
    let may_make = matches!(command, None | Some(Command::Enrol(_) | Command::Officer(_)));
    if place.is_postgres() {
        return act(place.open_postgres(may_make).await?, serving, command).await;
    }
    let mark = place.mark()?;
    let hub = place.open_sqlite(may_make).await?;
    // Whoever says that the database was restored needs no mark to see it.
    if !matches!(command, Some(Command::Restored)) {
        head_mark::hold_against(&hub, &mark).await?;
    }
    serving.mark = Some(mark);
    act(hub, serving, command).await
}

/// How the hub serves.
#[derive(Debug)]
struct Serving {
    listen: String,
    pages: web::Settings,
    limits: Limits,
    /// Where it marks how far it has come; nowhere over PostgreSQL.
    mark: Option<PathBuf>,
}

async fn act<S: HubStore>(hub: Hub<S>, serving: Serving, command: Option<Command>) -> Result<(), Failure> {
    match command {
        None => serve::serve(hub, serving).await,
        // These need no open hub, and were done before there was one.
        Some(Command::Backup(_) | Command::Restore(_)) => Ok(()),
        Some(Command::Enrol(arguments)) => enrol::enrol(hub, &arguments).await,
        Some(Command::Officer(command)) => officer::perform(hub, command).await,
        Some(Command::Decide(arguments)) => decide::decide(hub, arguments).await,
        Some(Command::Claim(arguments)) => judge_again::claim(hub, &arguments).await,
        Some(Command::JudgeAgain) => judge_again::after_update(hub).await,
        Some(Command::Restored) => restored::restored(hub).await,
        Some(Command::Publish(arguments)) => publish::publish_file(hub, arguments).await,
        Some(Command::Trust(arguments)) => trust::trust(hub, &arguments).await,
        Some(Command::Stick(command)) => stick::stick(hub, command).await,
    }
}

/// Prints one JSON document on standard output.
fn say(document: &Value) {
    say_line(&document.to_string());
}

/// Prints one line on standard output. A reader that is gone is no failure of the act.
fn say_line(line: &str) {
    let mut output = std::io::stdout().lock();
    if writeln!(output, "{line}").and_then(|()| output.flush()).is_err() {
        tracing::warn!("nobody reads standard output");
    }
}
