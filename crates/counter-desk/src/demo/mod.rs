//! Demo data: made-up subjects with permits and penalties, in the size of the practice.
//!
//! Nothing here is real: every name carries 演示, and every code begins its organisation part with `DEM`, which no
//! office gives out. The rows are written as the sheets departments report and read in by the same import, so
//! that the demo shows what the program does. The same seed gives the same data for the same day.

mod chance;
mod files;
mod name;
mod penalty;
mod permit;
mod sheet;

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    number::NumberFamily,
    publicity::RowKind,
    record::{Record, RecordKind},
    record_entry::RecordChange,
};
use counter_store::{
    StoreError, WriteTx,
    table::{
        self, penalty as penalty_table,
        subject_register::{SubjectNaming, SubjectRegister},
    },
};
use jiff::ToSpan;
use serde::Serialize;

pub use files::{SampleFile, register_file, reporting_files, sample_files};

use crate::{
    Actor, Coded, Desk,
    import::{
        GoOn, ImportError, ImportOptions, ImportOutcome, ImportProgress, Reported,
        read::{ReadLimits, Source},
        take_in_source,
    },
};
use chance::Chance;
use name::MadeUpSubject;

/// The same seed always: whoever repeats a demo sees the same subjects.
const SEED: u64 = 20_190_902;

/// How much demo data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoScale {
    /// A few hundred: for trying things out.
    Small,
    /// The size of the district: 109,818 subjects, 48,643 permits, 3,561 penalties.
    District,
}

impl DemoScale {
    /// The scale named by `word`: `small` or `district`.
    pub fn from_word(word: &str) -> Option<Self> {
        match word {
            "small" => Some(Self::Small),
            "district" => Some(Self::District),
            _ => None,
        }
    }

    /// Subjects, permits and penalties.
    pub fn sizes(self) -> (usize, usize, usize) {
        match self {
            Self::Small => (360, 520, 144),
            Self::District => (109_818, 48_643, 3_561),
        }
    }
}

/// The answer of `demo`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct DemoOutcome {
    /// Made-up subjects.
    #[specta(type = f64)]
    pub subjects: u64,
    /// Penalties.
    #[specta(type = f64)]
    pub penalties: u64,
    /// Permits.
    #[specta(type = f64)]
    pub permits: u64,
    /// Penalties and permits.
    #[specta(type = f64)]
    pub records: u64,
}

/// Why there is no demo data.
#[derive(Debug, thiserror::Error)]
pub enum DemoError {
    /// The folder holds data already; made-up subjects are never mixed with real ones.
    #[error("the data folder is not empty")]
    NotEmpty,
    /// It cannot be kept.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The rows cannot be read in.
    #[error(transparent)]
    Import(#[from] ImportError),
}

impl Coded for DemoError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotEmpty => "demo_not_empty",
            Self::Store(error) => Coded::code(error),
            Self::Import(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotEmpty => String::new(),
            Self::Store(error) => Coded::detail(error),
            Self::Import(error) => error.detail(),
        }
    }
}

/// The names of a scale's subjects as they are now: what questions for the search are made of.
pub fn subject_names(scale: DemoScale) -> Vec<String> {
    let (subjects, ..) = scale.sizes();
    name::subjects(&mut Chance::new(SEED), subjects)
        .into_iter()
        .map(|subject| subject.name)
        .collect()
}

/// Fills an empty data folder, all or nothing.
///
/// # Errors
/// [`DemoError::NotEmpty`], or when the store cannot keep it.
pub fn fill(desk: &Desk, actor: &Actor, scale: DemoScale) -> Result<DemoOutcome, DemoError> {
    let today = desk.clock().today();
    let (subjects, permits, penalties) = scale.sizes();
    let mut chance = Chance::new(SEED);
    let subjects = name::subjects(&mut chance, subjects);
    let penalty_rows = penalty::rows(&mut chance, &subjects, penalties, today);
    let permit_rows = permit::rows(&mut chance, &subjects, permits, today);
    let day = today.strftime("%Y%m%d").to_string();
    let sources = [
        (
            format!("演示数据-行政处罚-{day}.csv"),
            sheet::to_csv(RowKind::Penalty, &penalty_rows),
        ),
        (
            format!("演示数据-行政许可-{day}.csv"),
            sheet::to_csv(RowKind::Permit, &permit_rows),
        ),
    ];
    desk.store().write(|tx| {
        if table::subject::count(tx)?.0 > 0 {
            return Err(DemoError::NotEmpty);
        }
        register(tx, &subjects)?;
        for (name, csv) in sources {
            let options = ImportOptions {
                demo: true,
                data_as_of: Some(today),
                reported: Reported::Unknown,
                ..ImportOptions::default()
            };
            let source =
                Source::from_bytes(name, csv.into_bytes(), &ReadLimits::default()).map_err(ImportError::from)?;
            let mut no_watch = |_: ImportProgress| GoOn::Yes;
            let outcome: ImportOutcome = take_in_source(desk, tx, actor, &source, &options, &mut no_watch)?;
            tracing::info!(
                read = outcome.read,
                findings = outcome.findings.len(),
                "demo rows taken in"
            );
        }
        confirm_facts(desk, tx, actor)?;
        enter_court_record(desk, tx, actor, &subjects[0])?;
        let (penalties, permits) = (penalty_table::count(tx)?, table::permit::count(tx)?);
        Ok(DemoOutcome {
            subjects: table::subject::count(tx)?.0,
            penalties,
            permits,
            records: penalties + permits,
        })
    })
}

/// Every subject, also those without a record: most of a district has none.
fn register(tx: &WriteTx<'_>, subjects: &[MadeUpSubject]) -> Result<(), StoreError> {
    let mut register = SubjectRegister::open(tx, true)?;
    for subject in subjects {
        let naming = |name, on| SubjectNaming {
            identity: &subject.uscc,
            uscc: Some(&subject.uscc),
            name,
            on,
        };
        if let Some(former) = &subject.former_name {
            register.put(tx, naming(former, Some(jiff::civil::date(2018, 3, 1))))?;
        }
        register.put(tx, naming(&subject.name, Some(jiff::civil::date(2020, 1, 6))))?;
    }
    register.finish(tx)
}

/// What no sheet says and a clerk found out: some obligations are not fulfilled yet, some acts not put right.
fn confirm_facts(desk: &Desk, tx: &mut WriteTx<'_>, actor: &Actor) -> Result<(), DemoError> {
    let act = desk.act(actor);
    for (at, kept) in penalty_table::newest(tx, 12)?.into_iter().enumerate() {
        let mut record = kept.row.to_record();
        record.published = Some(true);
        record.fulfilled = Some(at % 3 != 0);
        record.rectified = Some(at % 3 != 1);
        let confirmed = RecordChange::FactsConfirmed {
            record: Box::new(record),
            basis: "演示数据".to_owned(),
        };
        tx.record(
            &act,
            Lane::new(LaneKind::Record, kept.key),
            ChangeBody::Record(confirmed),
        )
        .map_err(ImportError::from)?;
    }
    Ok(())
}

/// A judgment debtor's entry, typed in by hand: another office's door.
fn enter_court_record(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    subject: &MadeUpSubject,
) -> Result<(), DemoError> {
    let today = desk.clock().today();
    let record = Record {
        subject_name: Some(subject.name.clone()),
        uscc: Some(subject.uscc.clone()),
        document_no: Some(format!("（{}）演0104执1号", today.year())),
        penalty_content: Some("（演示数据）未履行生效法律文书确定的义务".to_owned()),
        decided_on: today.checked_sub(200.days()).ok(),
        authority_name: Some("广州市越秀区人民法院".to_owned()),
        remark: Some("演示数据".to_owned()),
        kind: Some(RecordKind::Court),
        ..Record::default()
    };
    let number = tx.next_number(NumberFamily::Record, today.year())?;
    let entered = RecordChange::Entered {
        record: Box::new(record),
        scan: None,
    };
    tx.record(
        &desk.act(actor),
        Lane::new(LaneKind::Record, number),
        ChangeBody::Record(entered),
    )
    .map_err(ImportError::from)?;
    Ok(())
}

#[cfg(test)]
mod tests;
