//! How far a file is, and the way to stop it.

use std::io::{self, Read};

use hub_api::stick::StickError;
use serde::Serialize;

/// How far a file is read or written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct StickProgress {
    /// Bytes done.
    #[specta(type = f64)]
    pub done: u64,
    /// Bytes to do, about.
    #[specta(type = f64)]
    pub of: u64,
}

/// Told how far it is; answers whether to go on.
pub(super) type Tell<'a> = &'a mut dyn FnMut(StickProgress) -> bool;

/// Tells how far it is, and stops where a person wants that.
pub(super) fn tell(progress: &mut dyn FnMut(StickProgress) -> bool, done: u64, of: u64) -> Result<(), StickError> {
    if progress(StickProgress { done: done.min(of), of }) {
        Ok(())
    } else {
        Err(StickError::Stopped)
    }
}

/// A reader that counts what was read of it.
pub(super) struct Counted<'c, R> {
    pub(super) inner: R,
    pub(super) read: &'c std::cell::Cell<u64>,
}

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.read.set(self.read.get() + read as u64);
        Ok(read)
    }
}
