//! The kept inputs: real ones to begin from, and every one that once broke something.

use std::{
    fs,
    io::Error,
    path::{Path, PathBuf},
};

use crate::{read_code, read_message, read_scan, read_spreadsheet, read_stick};

/// One reader of bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, also of its folder in the corpus.
    pub name: &'static str,
    /// What it promises; panics where the promise is broken.
    pub read: fn(&[u8]),
}

/// Every reader of bytes that come from outside.
pub const TARGETS: [Target; 5] = [
    Target {
        name: "spreadsheet",
        read: read_spreadsheet,
    },
    Target {
        name: "code",
        read: read_code,
    },
    Target {
        name: "protocol",
        read: read_message,
    },
    Target {
        name: "stick",
        read: read_stick,
    },
    Target {
        name: "scan",
        read: read_scan,
    },
];

/// The files kept for one reader, by name.
///
/// # Errors
/// When the folder cannot be read.
pub fn corpus(target: &Target) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let bytes = fs::read(&path)?;
        files.push((path, bytes));
    }
    files.sort();
    Ok(files)
}
