//! 恢复演练: a backup is opened with the recovery words in a place of its own, and what it holds is told.

use std::path::Path;

use counter_store::{BackupContents, RecoveryWords, RecoveryWordsError, StoreError, Unlock, rehearse};
use serde::{Deserialize, Serialize};

use super::Filed;
use crate::{Coded, Desk};

/// The folder inside the data folder where a drill takes place; it is gone afterwards.
pub const DRILL_FOLDER: &str = "drill";

/// When the last drill was and how it went.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DrillNote {
    /// When, ms UTC.
    #[specta(type = f64)]
    pub at: i64,
    /// The file.
    pub file: String,
    /// Whether everything in it was as it must be.
    pub good: bool,
}

/// What a backup holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DrillReport {
    /// The counter's code.
    pub counter: String,
    /// The division code of its district.
    pub site: String,
    /// Changes, visits, cases, certificates and files.
    #[specta(type = f64)]
    pub changes: u64,
    /// How many visits.
    #[specta(type = f64)]
    pub visits: u64,
    /// How many cases.
    #[specta(type = f64)]
    pub cases: u64,
    /// How many certificates.
    #[specta(type = f64)]
    pub certificates: u64,
    /// How many files.
    #[specta(type = f64)]
    pub attachments: u64,
    /// What they are long together, in bytes.
    #[specta(type = f64)]
    pub attachment_bytes: u64,
    /// When the last change in it was made, ms UTC.
    #[specta(type = Option<f64>)]
    pub last_change_at: Option<i64>,
    /// What is not as it must be, each as `word place`; empty for a good backup.
    pub problems: Vec<String>,
}

impl From<BackupContents> for DrillReport {
    fn from(found: BackupContents) -> Self {
        Self {
            counter: found.counter,
            site: found.site,
            changes: found.changes,
            visits: found.visits,
            cases: found.cases,
            certificates: found.certificates,
            attachments: found.attachments,
            attachment_bytes: found.attachment_bytes,
            last_change_at: found.last_change_at,
            problems: found
                .problems
                .iter()
                .map(|problem| format!("{} {}", problem.code, problem.detail))
                .collect(),
        }
    }
}

/// The drill did not come to an answer.
#[derive(Debug, thiserror::Error)]
pub enum DrillError {
    /// These are no recovery words.
    #[error(transparent)]
    Words(#[from] RecoveryWordsError),
    /// The backup did not open, or there was no place for it.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for DrillError {
    fn code(&self) -> &'static str {
        match self {
            Self::Words(_) => "bad_recovery_words",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        self.to_string()
    }
}

/// Holds a drill with the backup at `file`. The counter's own data are not touched.
///
/// # Errors
/// [`DrillError`].
pub fn hold_drill(desk: &Desk, file: &Path, words: &str) -> Result<DrillReport, DrillError> {
    let unlock = Unlock::RecoveryWords(RecoveryWords::parse(words)?);
    let found = rehearse(file, &desk.store().folder().join(DRILL_FOLDER), &unlock)?;
    let note = DrillNote {
        at: desk.clock().now_ms(),
        file: file.to_string_lossy().into_owned(),
        good: found.problems.is_empty(),
    };
    if !desk.store().is_read_only() {
        desk.store().write(|tx| Filed::Drill.write(tx, &note))?;
    }
    Ok(found.into())
}
