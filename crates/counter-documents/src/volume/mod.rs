//! Volumes: the papers and scans of a case bound into one PDF behind cover and catalogue, with a
//! page number on every page of the content.
//!
//! Parts are foreign bytes: what is broken, locked or too large is an error that names the part.
//! Leaves out: the catalogue itself (`paper::archive_cover`), which parts there are, storing.

mod bind;
mod copy;
mod jpeg;
mod picture;
mod png;
mod purse;
mod source;
mod stamp;

pub use bind::bind_volume;

use crate::RenderError;

/// A paper or scan of a volume.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    /// Its title; names it in errors and in the file's outline.
    pub name: &'a str,
    /// A PDF, or a JPEG or PNG image, which becomes a page. Told apart by the bytes.
    pub bytes: &'a [u8],
}

/// A bound volume.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    /// The file.
    pub bytes: Vec<u8>,
    /// Pages of cover and catalogue; they carry no number.
    pub front_pages: u32,
    /// Pages of the content, numbered from 1.
    pub pages: u32,
    /// The number of each part's first page, in order.
    pub first_pages: Vec<u32>,
}

/// Why there is no volume.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum VolumeError {
    /// A part cannot be bound.
    #[error("the part {name:?} cannot be bound: {fault}")]
    Part {
        /// Its name.
        name: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Cover and catalogue are not a PDF that can be bound.
    #[error("cover and catalogue cannot be bound: {0}")]
    Front(Fault),
    /// The page numbers could not be set, or the file not be written.
    #[error(transparent)]
    Render(#[from] RenderError),
}

/// What is wrong with the bytes of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Neither PDF nor JPEG nor PNG.
    #[error("it is neither PDF nor JPEG nor PNG")]
    Unknown,
    /// It cannot be read.
    #[error("it is damaged")]
    Damaged,
    /// It is encrypted, with or without a password.
    #[error("it is encrypted")]
    Encrypted,
    /// It has no page.
    #[error("it has no page")]
    NoPages,
    /// It is larger than a part may be.
    #[error("it is too large")]
    TooLarge,
}

/// How many pages a part has, for the catalogue that is made before the volume is bound.
///
/// # Errors
/// `Part` when it cannot be read.
pub fn page_count(part: &Part<'_>) -> Result<u32, VolumeError> {
    let source = source::open(part.bytes).map_err(|fault| part.faulty(fault))?;
    Ok(source.count())
}

/// A scan or photograph as a PDF of one A4 page, upright or across as the image is.
///
/// # Errors
/// `Unknown` when it is neither JPEG nor PNG, `Damaged` and `TooLarge` as they say.
pub fn image_page(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    source::guarded(|| {
        let file = picture::page(bytes)?.ok_or(Fault::Unknown)?;
        crate::pdf::seal(file).map_err(|_| Fault::Damaged)
    })
}

impl Part<'_> {
    fn faulty(&self, fault: Fault) -> VolumeError {
        VolumeError::Part {
            name: self.name.to_owned(),
            fault,
        }
    }
}
