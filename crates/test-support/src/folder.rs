//! Data folders, and copies of them made behind the program's back.

use std::path::Path;

use tempfile::TempDir;

/// Copies the files of `from` into `to`, as a person does who knows nothing of backups, and as a power cut leaves them.
/// What belongs to the running program only stays where it is: its lock, and the index of its write-ahead log.
pub fn copy_files(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_file() && !name.ends_with(".lock") && !name.ends_with("-shm") {
            std::fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// A folder in memory where the system has one: for runs by the thousand, whose power cuts are made up anyway.
pub fn memory_folder() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() {
        tempfile::tempdir_in(memory).unwrap()
    } else {
        tempfile::tempdir().unwrap()
    }
}
