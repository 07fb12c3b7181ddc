//! Scans and other files brought to the counter.

pub mod scan_folder;

use std::path::Path;

use counter_core::attachment::AttachmentRef;
use counter_documents::{scan::scan_page, volume::Fault};
use counter_store::StoreError;

use crate::{Coded, Desk};

/// The longest file taken at the counter, in bytes.
pub const LONGEST_FILE: u64 = 50 * 1024 * 1024;

/// The file was not taken.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// The file cannot be read.
    #[error("{path}: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        source: std::io::Error,
    },
    /// Longer than [`LONGEST_FILE`].
    #[error("{0} is longer than 50 MB")]
    TooLong(String),
    /// Neither a picture nor a PDF.
    #[error("{0} is neither a picture nor a PDF")]
    UnknownKind(String),
    /// A picture that cannot be read.
    #[error("{name}: {fault}")]
    Picture {
        /// The file.
        name: String,
        /// What is wrong with it.
        fault: Fault,
    },
    /// Not kept.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for AttachError {
    fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "file_unreadable",
            Self::TooLong(_) => "file_too_long",
            Self::UnknownKind(_) => "file_kind_unknown",
            Self::Picture { .. } => "picture_unreadable",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unreadable { path, .. } | Self::TooLong(path) | Self::UnknownKind(path) => path.clone(),
            Self::Picture { name, .. } => name.clone(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// Takes a file in, a picture as a page (see [`attach_bytes`]).
///
/// # Errors
/// [`AttachError`].
pub fn attach_file(desk: &Desk, path: &Path) -> Result<AttachmentRef, AttachError> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let unreadable = |source| AttachError::Unreadable {
        path: name.clone(),
        source,
    };
    if std::fs::metadata(path).map_err(unreadable)?.len() > LONGEST_FILE {
        return Err(AttachError::TooLong(name));
    }
    attach_bytes(desk, &name, &std::fs::read(path).map_err(unreadable)?)
}

/// Takes a file in that came without a path, such as one that was pasted. What it is, is told from its first bytes, never
/// from its name; a picture is put straight, shrunk and kept as a page.
///
/// # Errors
/// [`AttachError`].
pub fn attach_bytes(desk: &Desk, name: &str, content: &[u8]) -> Result<AttachmentRef, AttachError> {
    const PDF: &str = "application/pdf";
    if content.len() as u64 > LONGEST_FILE {
        return Err(AttachError::TooLong(name.to_owned()));
    }
    if content.starts_with(b"%PDF") {
        return Ok(desk.store().attachments().put(name, PDF, content)?);
    }
    let page = scan_page(content).map_err(|fault| match fault {
        Fault::Unknown => AttachError::UnknownKind(name.to_owned()),
        Fault::Damaged | Fault::Encrypted | Fault::NoPages | Fault::TooLarge => AttachError::Picture {
            name: name.to_owned(),
            fault,
        },
    })?;
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(desk.store().attachments().put(&format!("{stem}.pdf"), PDF, &page)?)
}
