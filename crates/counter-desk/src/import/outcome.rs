//! What became of a file, in the words of the headless commands.

use counter_core::publicity::{FileKind, Finding};
use counter_store::table::import_run::RowCounts;
use serde::Serialize;

/// The answer of `import`. `read = accepted + accepted_with_warnings + kept_for_check + duplicates + updated`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
pub struct ImportOutcome {
    /// The number of the run; null where every row was there already, since then nothing was written.
    pub run: Option<String>,
    /// Rows of which kind.
    pub kind: FileKind,
    /// The editions found: `2016`, `2017`, `2018`, `2021`; several joined by `+`.
    pub layout: String,
    /// 数据截至.
    pub data_as_of: Option<String>,
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
    /// Records typed in by hand that the file brought.
    #[specta(type = f64)]
    pub merged: u64,
    /// What was wrong, in the order of the rows.
    pub findings: Vec<Finding>,
}

impl ImportOutcome {
    /// The outcome without the findings of a run that was kept: a screen reads those page by page, and a
    /// district's first import has one for nearly every row.
    pub fn for_screen(mut self) -> Self {
        if self.run.is_some() {
            self.findings = Vec::new();
        }
        self
    }

    /// The counts of the rows.
    pub fn counts(&self) -> RowCounts {
        RowCounts {
            read: self.read,
            accepted: self.accepted,
            accepted_with_warnings: self.accepted_with_warnings,
            kept_for_check: self.kept_for_check,
            duplicates: self.duplicates,
            updated: self.updated,
            skipped: self.skipped,
        }
    }
}
