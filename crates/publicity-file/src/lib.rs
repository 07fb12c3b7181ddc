//! 双公示 files as hostile input, for whoever takes them in: a counter's import and the hub's publishing.
//!
//! What a file is shows its content, never its name; sizes are bounded before anything is unpacked; formulas are never
//! evaluated, only the value they left. [`read`] hands on rows of cells, [`check_ahead`] holds them against the
//! reporting standard. What needs a database or other rows is left out.

mod archive;
mod batch;
mod biff;
mod check_ahead;
mod error;
mod identity;
mod kept;
mod sheet;
mod text;
mod xls;
mod xlsx;

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

pub use batch::Batch;
pub use check_ahead::{Against, CheckedBatch, CheckedBlock, CheckedRows, ReadyRow, check_ahead};
pub use error::{CheckError, ReadError};
pub use identity::identity;
pub use kept::{day_in_name, write_notes};

/// How much is read at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadLimits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Bytes a workbook unpacks to.
    pub unpacked_bytes: u64,
    /// Rows of one sheet.
    pub rows: u32,
    /// Columns of a row.
    pub columns: u32,
    /// Characters of a cell: a spreadsheet's own limit.
    pub cell_characters: u32,
}

impl Default for ReadLimits {
    fn default() -> Self {
        Self {
            file_bytes: 200 << 20,
            unpacked_bytes: 1 << 30,
            rows: 1_048_576,
            columns: 1_024,
            cell_characters: 32_767,
        }
    }
}

/// What a reader hands on.
#[derive(Debug)]
pub enum Block {
    /// The rows that follow are of this sheet.
    Sheet(String),
    /// Rows of the sheet named last; how much of the file is read, in thousandths.
    Rows(Batch, u16),
}

/// A file in memory, with the name a person knows it by.
#[derive(Debug)]
pub struct Source {
    /// The name without folders.
    pub name: String,
    bytes: Vec<u8>,
}

impl Source {
    /// Reads the file, up to the limit.
    ///
    /// # Errors
    /// [`ReadError::Io`], [`ReadError::Empty`] or [`ReadError::TooLarge`].
    pub fn open(path: &Path, limits: &ReadLimits) -> Result<Self, ReadError> {
        let name = path
            .file_name()
            .map_or_else(|| PathBuf::from(path), PathBuf::from)
            .to_string_lossy()
            .into_owned();
        let io = |error: std::io::Error| ReadError::Io(error.to_string());
        let mut file = File::open(path).map_err(io)?;
        if !file.metadata().map_err(io)?.is_file() {
            return Err(ReadError::Io("not a file".to_owned()));
        }
        let mut bytes = Vec::new();
        (&mut file)
            .take(limits.file_bytes + 1)
            .read_to_end(&mut bytes)
            .map_err(io)?;
        Self::from_bytes(name, bytes, limits)
    }

    /// A file that is in memory already.
    ///
    /// # Errors
    /// [`ReadError::Empty`] or [`ReadError::TooLarge`].
    pub fn from_bytes(name: String, bytes: Vec<u8>, limits: &ReadLimits) -> Result<Self, ReadError> {
        if bytes.len() as u64 > limits.file_bytes {
            return Err(ReadError::TooLarge {
                limit_mib: limits.file_bytes >> 20,
            });
        }
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(ReadError::Empty);
        }
        Ok(Self { name, bytes })
    }

    /// The content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The name without its extension: what a csv file has instead of a sheet name.
    pub fn stem(&self) -> String {
        Path::new(&self.name)
            .file_stem()
            .map_or_else(|| self.name.clone(), |stem| stem.to_string_lossy().into_owned())
    }
}

/// Where blocks go; `false` stops the reading.
pub type Sink<'s> = dyn FnMut(Block) -> bool + 's;

/// Reads every sheet of the file. Stops quietly when the sink wants no more.
///
/// # Errors
/// See [`ReadError`]; what was handed on before an error is to be thrown away.
pub fn read(source: &Source, limits: &ReadLimits, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let bytes = source.bytes();
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        let workbook = archive::unpack(bytes, limits)?;
        return xlsx::read(workbook, limits, sink);
    }
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]) {
        biff::inspect(bytes, limits)?;
        return xls::read(bytes, limits, sink);
    }
    text::read(source, limits, sink)
}

/// Panics of a reader's library are a damaged file, not the end of the program.
fn guarded<T>(work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(ReadError::Damaged("the reader gave up".to_owned())))
}
