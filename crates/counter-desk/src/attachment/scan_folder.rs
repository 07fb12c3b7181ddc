//! 扫描文件夹: where the scanner puts its files; the latest are offered where a scan is wanted.

use std::{
    path::{Path, PathBuf},
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use counter_store::{RecordError, StoreError, table::setting};
use serde::Serialize;

use crate::{Coded, Desk, coded::from_store_error};

const KEY: &str = "scan_folder";
/// So many are offered.
const OFFERED: usize = 8;
/// A scan of yesterday is of another applicant.
const YOUNGEST: Duration = Duration::from_secs(12 * 60 * 60);
const KINDS: [&str; 4] = ["pdf", "jpg", "jpeg", "png"];

/// The folder and its latest files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScanFolder {
    /// The folder; empty where none is watched.
    pub path: String,
    /// Whether it can be read.
    pub readable: bool,
    /// Its files of today, the latest first.
    pub files: Vec<ScannedFile>,
}

/// A file the scanner left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ScannedFile {
    /// Its name.
    pub name: String,
    /// Where it is.
    pub path: String,
    /// When it was written, ms UTC.
    #[specta(type = f64)]
    pub written_at: i64,
}

/// The folder is not watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchFolderError {
    /// No folder is there.
    #[error("{0} is no folder")]
    NoFolder(String),
    /// Not kept.
    #[error(transparent)]
    Record(#[from] RecordError),
}

from_store_error!(WatchFolderError);

impl Coded for WatchFolderError {
    fn code(&self) -> &'static str {
        match self {
            Self::NoFolder(_) => "no_folder",
            Self::Record(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NoFolder(path) => path.clone(),
            Self::Record(error) => error.detail(),
        }
    }
}

/// The folder and what lies in it now.
///
/// # Errors
/// When the store cannot be read. A folder that cannot be read is no error but said so.
pub fn scan_folder(desk: &Desk) -> Result<ScanFolder, StoreError> {
    let path = desk.store().read(|tx| setting::get(tx, KEY))?.unwrap_or_default();
    if path.is_empty() {
        return Ok(ScanFolder::default());
    }
    let found = latest(Path::new(&path));
    Ok(ScanFolder {
        readable: found.is_ok(),
        files: found.unwrap_or_default(),
        path,
    })
}

/// Watches a folder from now on; none where `path` is empty.
///
/// # Errors
/// [`WatchFolderError`].
pub fn watch_folder(desk: &Desk, path: &str) -> Result<(), WatchFolderError> {
    let path = path.trim();
    if !path.is_empty() && !Path::new(path).is_dir() {
        return Err(WatchFolderError::NoFolder(path.to_owned()));
    }
    desk.store().write(|tx| Ok(setting::set(tx, KEY, path)?))
}

fn latest(folder: &Path) -> std::io::Result<Vec<ScannedFile>> {
    let now = SystemTime::now();
    let mut files: Vec<(SystemTime, PathBuf)> = std::fs::read_dir(folder)?
        .filter_map(Result::ok)
        .filter(|entry| is_scan(&entry.path()))
        .filter_map(|entry| {
            let about = entry.metadata().ok().filter(std::fs::Metadata::is_file)?;
            Some((about.modified().ok()?, entry.path()))
        })
        .filter(|(written, _)| now.duration_since(*written).is_ok_and(|age| age < YOUNGEST))
        .collect();
    files.sort_unstable_by(|one, other| other.cmp(one));
    files.truncate(OFFERED);
    Ok(files.into_iter().map(|(written, path)| file(written, &path)).collect())
}

fn is_scan(path: &Path) -> bool {
    let kind = path.extension().map(|kind| kind.to_string_lossy().to_ascii_lowercase());
    kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
}

fn file(written: SystemTime, path: &Path) -> ScannedFile {
    let at = written.duration_since(UNIX_EPOCH).unwrap_or_default();
    ScannedFile {
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        path: path.to_string_lossy().into_owned(),
        written_at: i64::try_from(at.as_millis()).unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_scans_of_today_are_offered_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.PDF", "b.jpg", "notes.txt"] {
            std::fs::write(folder.path().join(name), b"x").unwrap();
        }
        let old = std::fs::File::create(folder.path().join("old.png")).unwrap();
        old.set_modified(SystemTime::now() - Duration::from_secs(3 * 24 * 60 * 60))
            .unwrap();
        std::fs::create_dir(folder.path().join("c.pdf")).unwrap();
        let mut names: Vec<String> = latest(folder.path())
            .unwrap()
            .into_iter()
            .map(|file| file.name)
            .collect();
        names.sort();
        assert_eq!(names, ["a.PDF", "b.jpg"]);
    }
}
