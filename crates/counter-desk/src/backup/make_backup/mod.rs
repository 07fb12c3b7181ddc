//! Makes a backup by plan when one is due, looks it through, and removes what the plan does not keep.

use std::{
    fs,
    path::{Path, PathBuf},
};

use counter_store::{Store, StoreError};
use jiff::{Timestamp, civil::DateTime, tz::TimeZone};

use super::{
    FailedBackup, Filed, MadeBackup, name_stem,
    plan::BackupPlan,
    retention::{ENDING, MOMENT, moment_of, superfluous},
};
use crate::{Coded, Desk, date_of};

/// What asks for a backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// The program began, or time goes by: once a day.
    Running,
    /// The window closes: when something was recorded since the last one.
    Closing,
    /// A person wants one now.
    Asked,
}

/// The backup was not made. A failure is filed too, so that the screen can say so.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no plan.
    #[error("no backups are planned")]
    NoPlan,
    /// Not made.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl crate::Coded for BackupError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoPlan => "no_backup_plan",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoPlan => String::new(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// Makes a backup if `occasion` asks for one; `None` when none was due.
///
/// # Errors
/// [`BackupError`]; the counter and the backups that are there stay as they are.
pub fn make_backup(desk: &Desk, occasion: Occasion) -> Result<Option<MadeBackup>, BackupError> {
    let (plan, last) = plan_and_last(desk)?;
    let Some(plan) = plan else {
        return if occasion == Occasion::Asked {
            Err(BackupError::NoPlan)
        } else {
            Ok(None)
        };
    };
    if !is_due(desk, occasion, last.as_ref())? {
        return Ok(None);
    }
    let now = desk.clock().now();
    match write(desk, &plan, now) {
        Ok(made) => {
            desk.store().write::<_, StoreError>(|tx| {
                Filed::Made.write(tx, &made)?;
                Filed::Failed.clear(tx)
            })?;
            remove_superfluous(desk, &plan);
            Ok(Some(made))
        }
        Err(error) => {
            let failed = FailedBackup {
                at: now.as_millisecond(),
                code: error.code().to_owned(),
                detail: Coded::detail(&error),
            };
            // On a full disk even that may not be kept; the caller is told all the same.
            if let Err(error) = desk.store().write(|tx| Filed::Failed.write(tx, &failed)) {
                tracing::warn!(%error, "a failed backup was not noted");
            }
            Err(error.into())
        }
    }
}

/// Whether [`make_backup`] would make one now.
///
/// # Errors
/// When the store cannot be read.
pub fn backup_is_due(desk: &Desk, occasion: Occasion) -> Result<bool, StoreError> {
    match plan_and_last(desk)? {
        (Some(_), last) => is_due(desk, occasion, last.as_ref()),
        (None, _) => Ok(false),
    }
}

fn plan_and_last(desk: &Desk) -> Result<(Option<BackupPlan>, Option<MadeBackup>), StoreError> {
    desk.store()
        .read(|tx| Ok((Filed::Plan.read::<BackupPlan>(tx)?, Filed::Made.read::<MadeBackup>(tx)?)))
}

fn is_due(desk: &Desk, occasion: Occasion, last: Option<&MadeBackup>) -> Result<bool, StoreError> {
    let Some(last) = last else { return Ok(true) };
    Ok(match occasion {
        Occasion::Asked => true,
        Occasion::Running => {
            let day = Timestamp::from_millisecond(last.at).map(date_of);
            // A last backup of a day to come was dated by a wrong clock: then one is made, too.
            day.is_ok_and(|day| day != desk.clock().today())
        }
        Occasion::Closing => desk.store().change_count()? > last.changes,
    })
}

fn write(desk: &Desk, plan: &BackupPlan, now: Timestamp) -> Result<MadeBackup, StoreError> {
    let folder = Path::new(&plan.folder);
    let stem = name_stem(&desk.store().identity());
    clear_parts(folder, &stem);
    let local = TimeZone::fixed(jiff::tz::offset(8)).to_datetime(now);
    let file = folder.join(format!("{stem}{}{ENDING}", local.strftime(MOMENT)));
    let report = desk.store().backup(&file)?;
    Ok(MadeBackup {
        at: now.as_millisecond(),
        file: file.to_string_lossy().into_owned(),
        length: report.length,
        changes: report.changes,
        missing_attachments: report.missing_attachments,
    })
}

/// The backups of this counter in `folder`, the newest first.
pub(super) fn backups_in(folder: &Path, stem: &str) -> std::io::Result<Vec<(DateTime, PathBuf)>> {
    let mut found: Vec<(DateTime, PathBuf)> = fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter_map(|entry| Some((moment_of(entry.file_name().to_str()?, stem)?, entry.path())))
        .collect();
    found.sort_unstable();
    found.reverse();
    Ok(found)
}

/// A backup too many is no reason to say that the new one failed.
fn remove_superfluous(desk: &Desk, plan: &BackupPlan) {
    let folder = Path::new(&plan.folder);
    let stem = name_stem(&desk.store().identity());
    let found = match backups_in(folder, &stem) {
        Ok(found) => found,
        Err(error) => return tracing::warn!(%error, "the folder of the backups cannot be listed"),
    };
    let gone = superfluous(found.iter().map(|(moment, _)| *moment).collect(), plan);
    for (moment, path) in found {
        if gone.contains(&moment)
            && let Err(error) = fs::remove_file(&path)
        {
            tracing::warn!(%error, "an old backup cannot be removed");
        }
    }
}

/// What backups that were killed on the way have left.
fn clear_parts(folder: &Path, stem: &str) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some((target, _)) = name.split_once(ENDING).filter(|(_, rest)| rest.ends_with("part")) else {
            continue;
        };
        let target = format!("{target}{ENDING}");
        if moment_of(&target, stem).is_some()
            && let Err(error) = Store::clear_backup_parts(&folder.join(target))
        {
            tracing::warn!(%error, "a part of a backup cannot be removed");
        }
    }
}
