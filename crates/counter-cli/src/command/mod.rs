//! The subcommands, one file each.

mod act;
mod assess;
mod backup;
mod case;
mod certificate;
mod check;
mod class;
mod demo;
mod enrol;
mod exam;
mod import;
mod init;
mod intake;
mod outbox;
mod parked;
mod print;
mod restore;
mod search;
mod shape;
mod subject;
mod sync;
mod verify;
mod workdays;

use crate::{
    arguments::{CertificateCommand, ClassCommand, Command, CommandLine, ExamCommand, OutboxCommand, ParkedCommand},
    failure::Failure,
    say::Answer,
};

/// Does what the command line asks.
pub fn run(line: CommandLine) -> Result<Answer, Failure> {
    let common = &line.common;
    match line.command {
        Command::Init(new) => init::init(common, new),
        Command::Enrol { hub, code } => enrol::enrol(common, &hub, &code),
        Command::Import(wanted) => import::import(common, &wanted),
        Command::Search { text, limit } => search::search(common, &text, limit),
        Command::Subject { subject } => subject::subject(common, &subject),
        Command::Assess(question) => assess::assess(common, &question),
        Command::Workdays { from, add } => workdays::workdays(from, add),
        Command::Intake { file } => intake::intake(common, &file),
        Command::Cases { state } => case::cases(common, state.as_deref()),
        Command::Case { no } => case::case(common, &no),
        Command::Act { no, file } => act::act(common, &no, &file),
        Command::Parked(ParkedCommand::List) => parked::list(common),
        Command::Parked(ParkedCommand::Amend { id, on }) => parked::amend(common, &id, on.as_deref()),
        Command::Parked(ParkedCommand::Withdraw { id, reason }) => parked::withdraw(common, &id, &reason),
        Command::Print { no, kind, out } => print::print(common, &no, &kind, out),
        Command::Class(ClassCommand::Open { file }) => class::open(common, &file),
        Command::Class(ClassCommand::Enrol { file }) => class::enrol(common, &file),
        Command::Class(ClassCommand::List) => class::list(common),
        Command::Exam(ExamCommand::Draw { class }) => exam::draw(common, &class),
        Command::Exam(ExamCommand::Show { session }) => exam::show(common, &session),
        Command::Exam(ExamCommand::Run { session, answers }) => exam::run(common, &session, &answers),
        Command::Certificate(CertificateCommand::Issue { class }) => certificate::issue(common, &class),
        Command::Verify { certificate, trust } => verify::verify(common, &certificate, trust.as_deref()),
        Command::Sync => sync::sync(common),
        Command::Outbox(OutboxCommand::Export { file }) => outbox::export(common, &file),
        Command::Outbox(OutboxCommand::Import { file }) => outbox::import(common, &file),
        Command::Backup { file } => backup::backup(common, &file),
        Command::Restore {
            file,
            recovery_words,
            set_aside,
        } => restore::restore(common, &file, recovery_words.as_deref(), set_aside),
        Command::Check => check::check(common),
        Command::Demo { scale } => demo::demo(common, scale),
    }
}
