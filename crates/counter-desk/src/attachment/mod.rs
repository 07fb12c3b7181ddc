//! Scans and other files brought to the counter.

use std::path::Path;

use counter_core::attachment::AttachmentRef;
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
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Unreadable { path, .. } | Self::TooLong(path) | Self::UnknownKind(path) => path.clone(),
            Self::Store(error) => error.to_string(),
        }
    }
}

/// Takes a file in; what it is, is told from its first bytes, never from its name.
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
    let content = std::fs::read(path).map_err(unreadable)?;
    let media_type = media_type(&content).ok_or_else(|| AttachError::UnknownKind(name.clone()))?;
    Ok(desk.store().attachments().put(&name, media_type, &content)?)
}

fn media_type(content: &[u8]) -> Option<&'static str> {
    match content {
        [0x25, b'P', b'D', b'F', ..] => Some("application/pdf"),
        [0x89, b'P', b'N', b'G', ..] => Some("image/png"),
        [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
        _ => None,
    }
}
