//! Scans as long as a counter takes them, of which no compression makes less.

use std::{
    fs::File,
    io::Write,
    path::{Path, PathBuf},
};

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{RngCore, SeedableRng},
};

use crate::Failure;

/// The longest file a counter takes, in bytes.
const LONGEST: usize = 50 * 1024 * 1024;

/// Writes so many PDF files, each of other bytes.
pub(super) fn write(folder: &Path, number: u64) -> Result<Vec<PathBuf>, Failure> {
    (0..number)
        .map(|n| {
            let path = folder.join(format!("扫描件{n}.pdf"));
            let mut content = vec![0; LONGEST];
            ChaCha8Rng::seed_from_u64(n).fill_bytes(&mut content);
            content[..8].copy_from_slice(b"%PDF-1.7");
            File::create(&path)?.write_all(&content)?;
            Ok(path)
        })
        .collect()
}
