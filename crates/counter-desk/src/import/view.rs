//! Imports as the screen shows them.

use std::collections::BTreeMap;

use counter_core::publicity::{Field, FileKind, Finding, Level, RowKind, Rule, check::late_finding};
use counter_store::{
    ReadTx, StoreError,
    table::{self, import_finding, import_run, import_run::ImportRun, publicity_row::KeptRow, subject},
};
use serde::{Deserialize, Serialize};

use super::ImportError;
use crate::Desk;

/// What became of the rows of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportCounts {
    /// Rows of data.
    #[specta(type = f64)]
    pub read: u64,
    /// Taken without a warning.
    #[specta(type = f64)]
    pub accepted: u64,
    /// Taken, with something a person should look at.
    #[specta(type = f64)]
    pub accepted_with_warnings: u64,
    /// 待核记录.
    #[specta(type = f64)]
    pub kept_for_check: u64,
    /// There already, or twice in the file.
    #[specta(type = f64)]
    pub duplicates: u64,
    /// There already with other content.
    #[specta(type = f64)]
    pub updated: u64,
    /// Blank rows, explanations, rows that name no subject.
    #[specta(type = f64)]
    pub skipped: u64,
}

/// One import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ImportRunView {
    /// Its number.
    pub id: String,
    /// The file's name.
    pub file_name: String,
    /// Rows of which kind.
    pub kind: FileKind,
    /// The editions found.
    pub layout: String,
    /// 数据截至.
    pub data_as_of: Option<String>,
    /// When, ms UTC.
    #[specta(type = f64)]
    pub imported_at: i64,
    /// The account that imported it.
    pub imported_by: String,
    /// What became of the rows.
    pub counts: ImportCounts,
    /// How often each rule was broken, the heaviest first; late rows stand last.
    pub rules: Vec<RuleCount>,
}

/// How often a rule was broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct RuleCount {
    /// The rule.
    pub rule: Rule,
    /// What it is about.
    pub name: String,
    /// How much it weighs.
    pub level: Level,
    /// How often.
    #[specta(type = f64)]
    pub count: u64,
}

/// Which findings are wanted. Empty wants all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingFilter {
    /// Of this rule.
    pub rule: Option<Rule>,
    /// Of this level.
    pub level: Option<Level>,
    /// Leave out so many.
    pub offset: u32,
    /// At most so many.
    pub limit: u32,
}

/// Some of the findings of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FindingPage {
    /// The findings, in the order of the rows.
    pub findings: Vec<Finding>,
    /// How many there are in all.
    #[specta(type = f64)]
    pub total: u64,
}

/// 待核记录 in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct KeptForCheckRow {
    /// The key of the record.
    pub key: String,
    /// The number of the subject.
    pub subject: String,
    /// Its name in the row.
    pub name: String,
    /// 文号.
    pub document_no: Option<String>,
    /// 处罚机关.
    pub authority: Option<String>,
    /// Why it is kept for check.
    pub reasons: Vec<String>,
    /// The file, sheet and row it came from.
    pub source: String,
    /// 数据截至 of the file.
    pub data_as_of: Option<String>,
}

/// The newest imports.
///
/// # Errors
/// When the store cannot be read.
pub fn runs(desk: &Desk, limit: u32) -> Result<Vec<ImportRunView>, ImportError> {
    desk.store().read(|tx| {
        let runs = import_run::list(tx, limit)?;
        runs.into_iter()
            .map(|run| run_view(tx, run))
            .collect::<Result<_, ImportError>>()
    })
}

/// One import.
///
/// # Errors
/// [`ImportError::NoSuchRun`].
pub fn run(desk: &Desk, id: &str) -> Result<ImportRunView, ImportError> {
    desk.store().read(|tx| {
        let run = find(tx, id)?;
        run_view(tx, run)
    })
}

/// The findings of an import that `filter` names.
///
/// # Errors
/// [`ImportError::NoSuchRun`].
pub fn findings(desk: &Desk, id: &str, filter: FindingFilter) -> Result<FindingPage, ImportError> {
    let (_, all) = whole_run(desk, id)?;
    let mut wanted: Vec<Finding> = all
        .into_iter()
        .filter(|finding| filter.rule.is_none_or(|rule| rule == finding.rule))
        .filter(|finding| filter.level.is_none_or(|level| level == finding.level))
        .collect();
    let total = wanted.len() as u64;
    let from = (filter.offset as usize).min(wanted.len());
    wanted.drain(..from);
    wanted.truncate(filter.limit as usize);
    Ok(FindingPage {
        findings: wanted,
        total,
    })
}

/// 待核记录, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub fn kept_for_check(desk: &Desk, limit: u32) -> Result<Vec<KeptForCheckRow>, ImportError> {
    desk.store().read(|tx| {
        let rows = table::penalty::kept_for_check(tx, limit)?;
        rows.into_iter()
            .map(|row| kept_view(tx, row))
            .collect::<Result<_, ImportError>>()
    })
}

fn kept_view(tx: &ReadTx<'_>, kept: KeptRow) -> Result<KeptForCheckRow, ImportError> {
    let text = |field| kept.row.get(field).map(str::to_owned);
    let name = match text(Field::SubjectName) {
        Some(name) => name,
        None => subject::get(tx, kept.subject_id)?
            .map(|subject| subject.name)
            .unwrap_or_default(),
    };
    Ok(KeptForCheckRow {
        name,
        document_no: text(Field::DocumentNo),
        authority: text(Field::Authority),
        source: format!("{} · {} · 第{}行", kept.source, kept.sheet, kept.row_number),
        data_as_of: kept.data_as_of.map(|day| day.to_string()),
        subject: kept.subject_id.to_string(),
        key: kept.key,
        reasons: kept.check_notes,
    })
}

/// A run with all its findings, the late rows among them.
pub(super) fn whole_run(desk: &Desk, id: &str) -> Result<(ImportRun, Vec<Finding>), ImportError> {
    desk.store().read(|tx| {
        let run = find(tx, id)?;
        let mut findings = import_finding::of_run(tx, run.id)?;
        if let Some(since) = run.late_before {
            for (kind, rows) in late_rows(tx, run.id)? {
                for (sheet, row, decided) in rows {
                    findings.push(late_finding(
                        &sheet,
                        row,
                        Field::DecidedOn.header_of(kind),
                        &decided,
                        since,
                    ));
                }
            }
        }
        Ok((run, findings))
    })
}

type LateRows = Vec<(String, u32, String)>;

fn late_rows(tx: &ReadTx<'_>, run: i64) -> Result<[(RowKind, LateRows); 2], StoreError> {
    Ok([
        (RowKind::Penalty, table::penalty::late_of_run(tx, run)?),
        (RowKind::Permit, table::permit::late_of_run(tx, run)?),
    ])
}

fn find(tx: &ReadTx<'_>, id: &str) -> Result<ImportRun, ImportError> {
    let number = id.parse().ok();
    let run = match number {
        Some(number) => import_run::get(tx, number)?,
        None => None,
    };
    run.ok_or_else(|| ImportError::NoSuchRun(id.to_owned()))
}

fn run_view(tx: &ReadTx<'_>, run: ImportRun) -> Result<ImportRunView, ImportError> {
    let mut counted: BTreeMap<(Level, Rule), u64> = BTreeMap::new();
    for finding in import_finding::of_run(tx, run.id)? {
        *counted.entry((finding.level, finding.rule)).or_default() += 1;
    }
    let late: usize = late_rows(tx, run.id)?.iter().map(|(_, rows)| rows.len()).sum();
    if late > 0 {
        counted.insert((Level::Late, Rule::V06), late as u64);
    }
    let counts = run.counts;
    Ok(ImportRunView {
        id: run.id.to_string(),
        file_name: run.file_name,
        kind: run.kind,
        layout: run.layout,
        data_as_of: run.data_as_of.map(|day| day.to_string()),
        imported_at: run.imported_at,
        imported_by: run.imported_by,
        counts: ImportCounts {
            read: counts.read,
            accepted: counts.accepted,
            accepted_with_warnings: counts.accepted_with_warnings,
            kept_for_check: counts.kept_for_check,
            duplicates: counts.duplicates,
            updated: counts.updated,
            skipped: counts.skipped,
        },
        rules: counted
            .into_iter()
            .map(|((level, rule), count)| RuleCount {
                rule,
                name: rule.name().to_owned(),
                level,
                count,
            })
            .collect(),
    })
}
