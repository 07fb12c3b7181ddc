//! The file itself: written under another name, kept only when it is whole.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::{Path, PathBuf},
};

use super::StickError;

/// After so many bytes the medium is waited for. A stick takes them far slower than memory does: without that a file would
/// seem nearly whole at once, and the rest of the time it could not be stopped.
const STEP_BYTES: u64 = 4 * 1024 * 1024;

/// A file that gets its name when everything is on the medium. Dropped before, nothing is left behind.
pub struct StickFile {
    target: PathBuf,
    part: PathBuf,
    file: Option<BufWriter<File>>,
    /// Bytes the medium may not have yet.
    on_their_way: u64,
}

impl StickFile {
    /// Begins the file at `target`, which will have about `expected` bytes.
    ///
    /// # Errors
    /// [`StickError::NoRoom`] where they do not fit; [`StickError::Io`].
    pub fn create(target: &Path, expected: u64) -> Result<Self, StickError> {
        let folder = folder_of(target);
        // A medium that does not tell its room is tried.
        if let Ok(free) = fs4::available_space(folder)
            && free < expected
        {
            return Err(StickError::NoRoom { needed: expected, free });
        }
        let mut part = target.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let file = File::create(&part)?;
        Ok(Self {
            target: target.to_owned(),
            part,
            file: Some(BufWriter::with_capacity(256 * 1024, file)),
            on_their_way: 0,
        })
    }

    /// Waits until the medium has everything, gives the file its name and says how long it is.
    ///
    /// # Errors
    /// [`StickError::Io`]; what stood at the name before stands there still.
    pub fn keep(mut self) -> Result<u64, StickError> {
        let Some(mut writer) = self.file.take() else {
            return Err(StickError::Damaged("the file was closed"));
        };
        let ended = writer.flush().and_then(|()| {
            let file = writer.get_ref();
            file.sync_all()?;
            file.metadata()
        });
        drop(writer);
        let length = ended
            .and_then(|metadata| fs::rename(&self.part, &self.target).map(|()| metadata.len()))
            .inspect_err(|_| forget(&self.part))?;
        // Some media cannot sync a folder; the name is then as lasting as they make it.
        let _ = File::open(folder_of(&self.target)).and_then(|folder| folder.sync_all());
        Ok(length)
    }
}

impl Write for StickFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let file = self.file.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        let written = file.write(bytes)?;
        self.on_their_way += written as u64;
        if self.on_their_way >= STEP_BYTES {
            file.flush()?;
            file.get_ref().sync_data()?;
            self.on_their_way = 0;
        }
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.as_mut().map_or(Ok(()), Write::flush)
    }
}

impl Drop for StickFile {
    fn drop(&mut self) {
        if self.file.take().is_some() {
            forget(&self.part);
        }
    }
}

fn folder_of(target: &Path) -> &Path {
    match target.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn forget(part: &Path) {
    // The medium may be gone already; then there is nothing to clean up.
    let _ = fs::remove_file(part);
}
