//! The command line as a table of words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use jiff::{Timestamp, civil::Date};

/// The counter without a window.
#[derive(Debug, Parser)]
#[command(name = "credit-counter-cli", version)]
pub struct CommandLine {
    #[command(flatten)]
    pub common: Common,
    #[command(subcommand)]
    pub command: Command,
}

/// What every subcommand understands.
#[derive(Debug, Args)]
pub struct Common {
    /// The counter's data folder; the window's own where absent.
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Print one JSON document on standard output.
    #[arg(long, global = true)]
    pub json: bool,
    /// Who acts; `admin` where absent.
    #[arg(long = "as", global = true, value_name = "USER")]
    pub acting_as: Option<String>,
    /// Take this for the present moment; for writing only in a folder made with `init --test`.
    #[arg(long, global = true, value_name = "INSTANT")]
    pub now: Option<Timestamp>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Make the data folder and the first administrator.
    Init(Init),
    /// Bind the counter to a hub.
    Enrol {
        /// The hub's address.
        #[arg(long)]
        hub: String,
        /// The one-time code.
        #[arg(long)]
        code: String,
    },
    /// Import 双公示 rows.
    Import(Import),
    /// Find subjects.
    Search {
        /// A part of a name, pinyin initials, or the beginning of a code.
        text: String,
        /// At most so many.
        #[arg(long, default_value_t = 20)]
        limit: usize,
    },
    /// One subject's credit file.
    Subject {
        /// Its number at this counter or its credit code.
        subject: String,
    },
    /// May this record be repaired?
    Assess(Assess),
    /// A due date in working days.
    Workdays {
        /// The day that does not count.
        #[arg(long)]
        from: Date,
        /// How many working days.
        #[arg(long)]
        add: u16,
    },
    /// Take a whole visit in.
    Intake {
        /// Subject, agent and records as JSON; `-` is standard input.
        file: PathBuf,
    },
    /// The cases.
    Cases {
        /// Only those in this state.
        #[arg(long)]
        state: Option<String>,
    },
    /// One case with its history.
    Case {
        /// Its number.
        no: String,
    },
    /// Enter an act on a case.
    Act {
        /// The number of the case.
        no: String,
        /// The act as JSON, such as `{"act":"submit","site":…,"number":…,"on":…}`; `-` is standard input.
        file: PathBuf,
    },
    /// 待处理: what the hub did not take, and the ways out.
    #[command(subcommand)]
    Parked(ParkedCommand),
    /// Print a document.
    Print {
        /// The number of the case, visit or certificate; of a slip the key of the record.
        no: String,
        /// The kind, such as `acceptance_receipt`.
        kind: String,
        /// The PDF to write.
        #[arg(long)]
        out: Option<PathBuf>,
    },
    /// Classes.
    #[command(subcommand)]
    Class(ClassCommand),
    /// Exams.
    #[command(subcommand)]
    Exam(ExamCommand),
    /// Certificates.
    #[command(subcommand)]
    Certificate(CertificateCommand),
    /// Verify a certificate.
    Verify {
        /// Its PDF, a file with the text of its QR, or that text.
        certificate: String,
        /// The trust list to believe, instead of the data folder's.
        #[arg(long, value_name = "FILE")]
        trust: Option<PathBuf>,
    },
    /// Push and pull once.
    Sync,
    /// Push and pull by a file on a stick, where there is no network.
    #[command(subcommand)]
    Outbox(OutboxCommand),
    /// Write a safe copy.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Make a data folder out of a backup.
    Restore {
        /// The backup.
        file: PathBuf,
        /// A file with the recovery words; `-` is standard input.
        #[arg(long, value_name = "FILE")]
        recovery_words: Option<PathBuf>,
        /// Move a database that is there into a folder `aside-…` of the data folder, instead of refusing.
        #[arg(long)]
        set_aside: bool,
    },
    /// Look at integrity, hash chain and receipts.
    Check,
    /// Fill an empty data folder with made-up subjects and records.
    Demo {
        /// How much.
        #[arg(long, default_value = "small")]
        scale: Scale,
    },
}

#[derive(Debug, Args)]
pub struct Init {
    /// The division code of the district.
    #[arg(long)]
    pub site: String,
    /// The counter's code in the district.
    #[arg(long)]
    pub counter: String,
    /// What every number begins with.
    #[arg(long)]
    pub prefix: String,
    /// The name of the place, which heads every paper.
    #[arg(long, default_value = "")]
    pub site_name: String,
    /// Take the passphrase of `CREDIT_COUNTER_PASSPHRASE` and never ask the keyring.
    #[arg(long)]
    pub passphrase: bool,
    /// A folder for practice: the clock may be set, every print is watermarked.
    #[arg(long)]
    pub test: bool,
    /// What the computer is for; kept with the counter.
    #[arg(long, default_value = "counter")]
    pub profile: Profile,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Profile {
    Counter,
    Training,
    Street,
}

impl Profile {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Counter => "counter",
            Self::Training => "training",
            Self::Street => "street",
        }
    }
}

#[derive(Debug, Args)]
pub struct Import {
    /// An xlsx, xls or csv file.
    pub file: PathBuf,
    /// What the rows must be.
    #[arg(long, default_value = "auto")]
    pub kind: Kind,
    /// Save the findings as a workbook.
    #[arg(long, value_name = "OUT.xlsx")]
    pub report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    Penalty,
    Permit,
    Auto,
}

#[derive(Debug, Args)]
pub struct Assess {
    /// The record as JSON; `-` is standard input.
    #[arg(long, required_unless_present = "subject", conflicts_with = "subject")]
    pub record: Option<PathBuf>,
    /// Every record of this subject instead.
    #[arg(long, conflicts_with = "pack")]
    pub subject: Option<String>,
    /// The day asked about; today where absent.
    #[arg(long)]
    pub on: Option<Date>,
    /// The rule pack, or `auto`.
    #[arg(long)]
    pub pack: Option<String>,
}

#[derive(Debug, Subcommand)]
pub enum ParkedCommand {
    /// What stands there, and what was settled of late.
    List,
    /// Do it again, in its place.
    Amend {
        /// Its `id` in the list.
        id: String,
        /// An act on a case on another day.
        #[arg(long)]
        on: Option<String>,
    },
    /// Give it up.
    Withdraw {
        /// Its `id` in the list.
        id: String,
        /// Why.
        #[arg(long)]
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
pub enum OutboxCommand {
    /// Write what the hub has not confirmed to a file for it.
    Export {
        /// The file to write, such as `/media/stick/W03.outbox`.
        file: PathBuf,
    },
    /// Take in the hub's answer.
    Import {
        /// The file the hub wrote.
        file: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum ClassCommand {
    /// Open a class as a JSON file says.
    Open { file: PathBuf },
    /// Put a trainee on the list as a JSON file says.
    Enrol { file: PathBuf },
    /// The classes.
    List,
}

#[derive(Debug, Subcommand)]
pub enum ExamCommand {
    /// Draw a paper for everybody of a class who may sit.
    Draw {
        /// The class.
        #[arg(long)]
        class: String,
    },
    /// A sitting with its paper.
    Show {
        /// The sitting.
        #[arg(long)]
        session: String,
    },
    /// Give answers, hand in and mark.
    Run {
        /// The sitting.
        #[arg(long)]
        session: String,
        /// The answers by question, such as `{"cr-001": "A"}`; `-` is standard input.
        #[arg(long)]
        answers: PathBuf,
    },
}

#[derive(Debug, Subcommand)]
pub enum CertificateCommand {
    /// Issue certificates to everybody of a class who passed.
    Issue {
        /// The class.
        #[arg(long)]
        class: String,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Scale {
    Small,
    District,
}
