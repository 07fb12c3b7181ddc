//! The stick: what a network round would carry, as one encrypted and signed file, there and back.
//!
//! A file is a [`StickHeader`] in the clear, so that the wrong file is named as what it is, and
//! behind it an [age](https://age-encryption.org/v1) file for one recipient: items, each with its
//! length, and last a seal. The seal is signed by the sender and covers the header and every item,
//! so a file is whole and unchanged or it is refused before anything of it is used. Nothing in it is
//! compressed: what is read is never longer than the file.
//!
//! The items hold what the network carries: batches, ranges of attachments and the cursor going out;
//! receipts, pages of the feed and the trust list coming back. They are believed by the rules they
//! are believed by there, so taking a file twice, or an old one after a newer one, changes nothing.
//!
//! Reading and writing go over readers and writers of the caller; [`StickFile`] is the one a medium wants. The random
//! file key is drawn by age.

mod file;
mod header;
mod item;
mod key;
mod read;
mod seal;
#[cfg(test)]
mod tests;
mod write;

pub use file::StickFile;
pub use header::{Direction, StickHeader};
pub use item::{AnswerItem, OutboxItem, StickItem};
pub use read::{ClosedStick, StickReader};
pub use seal::StickSeal;
pub use write::StickWriter;

use crate::signed::OpenError;

/// The format this program writes, and the only one it reads.
pub const FORMAT: u16 = 1;
/// The longest file: what a FAT stick holds.
pub const MAX_FILE_BYTES: u64 = u32::MAX as u64;
/// The most bytes of one item.
pub const MAX_ITEM_BYTES: usize = crate::protocol::MAX_ANSWER_BODY;

/// The first bytes of a file.
const MAGIC: &[u8; 16] = b"credit-stick/1\r\n";
/// The most bytes of a header.
const MAX_HEADER_BYTES: usize = 4096;

/// A file from a stick that is not taken. Nothing of it was used.
#[derive(Debug, thiserror::Error)]
pub enum StickError {
    /// Not such a file at all.
    #[error("the file is not one of a stick")]
    NotAStick,
    /// Written by a newer program.
    #[error("the file has format {found}, this program reads {FORMAT}")]
    NewerFormat {
        /// The format found.
        found: u16,
    },
    /// An outbox where an answer is wanted, or the other way round.
    #[error("the file goes the other way")]
    OtherDirection,
    /// Made for or by another hub.
    #[error("the file belongs to another hub")]
    OtherHub,
    /// Made for or by another counter.
    #[error("the file belongs to another counter")]
    OtherCounter,
    /// Longer than such a file can be.
    #[error("the file or something in it is longer than the limit")]
    TooLarge,
    /// Cut short or altered.
    #[error("the file is damaged: {0}")]
    Damaged(&'static str),
    /// The signature over the whole does not hold.
    #[error("the seal of the file does not hold: {0}")]
    Seal(OpenError),
    /// The medium has no room for it.
    #[error("{needed} bytes are needed, {free} are free")]
    NoRoom {
        /// About how many bytes the file will have.
        needed: u64,
        /// How many are free.
        free: u64,
    },
    /// A person stopped it.
    #[error("stopped")]
    Stopped,
    /// The medium.
    #[error("the file cannot be read or written: {0}")]
    Io(#[from] std::io::Error),
}

impl StickError {
    /// The stable word; the screen finds its sentence by it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAStick => "stick_not_one",
            Self::NewerFormat { .. } => "stick_newer",
            Self::OtherDirection => "stick_other_direction",
            Self::OtherHub => "stick_other_hub",
            Self::OtherCounter => "stick_other_counter",
            Self::TooLarge => "stick_too_large",
            Self::Damaged(_) => "stick_damaged",
            Self::Seal(_) => "stick_bad_seal",
            Self::NoRoom { .. } => "stick_no_room",
            Self::Stopped => "stick_stopped",
            Self::Io(error) => io_word(error.kind()),
        }
    }
}

fn io_word(kind: std::io::ErrorKind) -> &'static str {
    use std::io::ErrorKind;
    if matches!(
        kind,
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge
    ) {
        "stick_no_room"
    } else if matches!(kind, ErrorKind::ReadOnlyFilesystem | ErrorKind::PermissionDenied) {
        "stick_read_only"
    } else if matches!(
        kind,
        ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::IsADirectory
    ) {
        "stick_no_such_file"
    } else {
        "stick_io"
    }
}
