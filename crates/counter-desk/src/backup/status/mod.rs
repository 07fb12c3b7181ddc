//! What the screens say about backups.

use std::path::Path;

use counter_store::StoreError;
use serde::Serialize;

use super::{FailedBackup, Filed, MadeBackup, drill::DrillNote, make_backup::backups_in, name_stem, plan::BackupPlan};
use crate::Desk;

/// After so long without a good backup it is said on every screen: two days and nights.
const OVERDUE_MS: i64 = 48 * 60 * 60 * 1000;
/// How many files the screen offers.
const OFFERED: usize = 40;

/// What the screens say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupStatus {
    /// Where to and how many; none while nobody planned any.
    pub plan: Option<BackupPlan>,
    /// The last good one.
    pub made: Option<MadeBackup>,
    /// Why the last try failed, when it did.
    pub failed: Option<FailedBackup>,
    /// There is a plan and there has been no good backup for two days.
    pub overdue: bool,
    /// The last drill.
    pub drill: Option<DrillNote>,
}

/// What the screens say about backups; looks at no folder.
///
/// # Errors
/// When the store cannot be read.
pub fn backup_status(desk: &Desk) -> Result<BackupStatus, StoreError> {
    let now = desk.clock().now_ms();
    desk.store().read(|tx| {
        let plan = Filed::Plan.read::<BackupPlan>(tx)?;
        let made = Filed::Made.read::<MadeBackup>(tx)?;
        let failed = Filed::Failed.read::<FailedBackup>(tx)?;
        let late = |made: &MadeBackup| now - made.at > OVERDUE_MS;
        let overdue = plan.is_some() && made.as_ref().map_or(failed.is_some(), late);
        Ok(BackupStatus {
            plan,
            made,
            failed,
            overdue,
            drill: Filed::Drill.read(tx)?,
        })
    })
}

/// A backup in the planned folder.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupFile {
    /// Its path.
    pub path: String,
    /// Its name.
    pub name: String,
    /// When it was made, by its name: `2026-11-24 17:30`.
    pub made: String,
    /// Its length in bytes.
    #[specta(type = f64)]
    pub length: u64,
}

/// The latest backups in the planned folder, the newest first. Empty where there is no plan or the folder does not answer.
///
/// # Errors
/// When the store cannot be read.
pub fn backup_files(desk: &Desk) -> Result<Vec<BackupFile>, StoreError> {
    let Some(plan) = desk.store().read(|tx| Filed::Plan.read::<BackupPlan>(tx))? else {
        return Ok(Vec::new());
    };
    let stem = name_stem(&desk.store().identity());
    let found = backups_in(Path::new(&plan.folder), &stem).unwrap_or_default();
    let files = found.into_iter().take(OFFERED).map(|(moment, path)| BackupFile {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        length: std::fs::metadata(&path).map_or(0, |file| file.len()),
        path: path.to_string_lossy().into_owned(),
        made: moment.strftime("%Y-%m-%d %H:%M").to_string(),
    });
    Ok(files.collect())
}
