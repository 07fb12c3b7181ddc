//! Where backups go and how many are kept.

use std::path::{Path, PathBuf};

use counter_store::{StoreError, table::setting};
use serde::{Deserialize, Serialize};

use super::Filed;
use crate::{Coded, Desk};

/// The plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BackupPlan {
    /// The folder, best on another disk or a share.
    pub folder: String,
    /// The last backup of so many days is kept …
    pub days: u32,
    /// … and of so many weeks …
    pub weeks: u32,
    /// … and of so many months.
    pub months: u32,
}

/// How many are kept at most of one kind.
const MOST: u32 = 366;

/// The plan was not taken.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// No such folder, or it cannot be written to.
    #[error("{path}: {source}")]
    Folder {
        /// The folder.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// The folder of the data itself: what takes one would take the other.
    #[error("{0} is inside the data folder")]
    InsideData(String),
    /// Not one day, or more than [`MOST`] of one kind.
    #[error("a number out of range")]
    Number,
    /// Not kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for PlanError {
    fn code(&self) -> &'static str {
        match self {
            Self::Folder { .. } => "backup_folder",
            Self::InsideData(_) => "backup_inside_data",
            Self::Number => "backup_number",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Folder { path, .. } | Self::InsideData(path) => path.clone(),
            Self::Number => MOST.to_string(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// Plans backups from now on, or with `None` no more of them. The folder is tried by writing into it.
///
/// # Errors
/// [`PlanError`].
pub fn plan_backups(desk: &Desk, plan: Option<BackupPlan>) -> Result<(), PlanError> {
    let Some(plan) = plan else {
        desk.store().write(|tx| Filed::Plan.clear(tx))?;
        return Ok(());
    };
    let in_range = |number: u32| number <= MOST;
    if plan.days == 0 || ![plan.days, plan.weeks, plan.months].into_iter().all(in_range) {
        return Err(PlanError::Number);
    }
    let refused = |source| PlanError::Folder {
        path: plan.folder.clone(),
        source,
    };
    let folder = absolute(&plan.folder).map_err(refused)?;
    let data = absolute(&desk.store().folder().to_string_lossy()).map_err(refused)?;
    if folder.starts_with(&data) {
        return Err(PlanError::InsideData(plan.folder));
    }
    try_to_write(&folder).map_err(refused)?;
    let plan = BackupPlan {
        folder: folder.to_string_lossy().into_owned(),
        ..plan
    };
    desk.store().write(|tx| {
        Filed::Plan.write(tx, &plan)?;
        // What failed with the plan before says nothing about this one.
        setting::set(tx, Filed::Failed.key(), "")
    })?;
    Ok(())
}

/// The folder as the system names it; it must be there.
fn absolute(folder: &str) -> std::io::Result<PathBuf> {
    Path::new(folder.trim()).canonicalize()
}

fn try_to_write(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(".credit-counter-probe");
    std::fs::write(&probe, b"")?;
    std::fs::remove_file(&probe)
}
