//! A trust list from the hub or a stick is kept, when it is signed by the pinned hub and newer than the one kept.

use std::{fs::File, io::Write};

use counter_store::StoreError;
use hub_api::trust::{BundleError, TrustBundle};

use super::trust;
use crate::{Coded, Desk};

/// The list was not kept.
#[derive(Debug, thiserror::Error)]
pub enum AcceptTrustError {
    /// This counter has no hub whose signature it could check.
    #[error("the counter is not enrolled")]
    NotEnrolled,
    /// Not signed by the hub, or damaged.
    #[error(transparent)]
    NotBelieved(#[from] BundleError),
    /// An older list than the one kept: going back would bring revoked certificates to life.
    #[error("the list has number {found}, number {kept} is kept")]
    Older {
        /// Its number.
        found: u64,
        /// The number of the one kept.
        kept: u64,
    },
    /// The file cannot be written.
    #[error("the list cannot be written: {0}")]
    Write(#[from] std::io::Error),
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Coded for AcceptTrustError {
    fn code(&self) -> &'static str {
        match self {
            Self::NotEnrolled => "not_enrolled",
            Self::NotBelieved(_) => "trust_not_believed",
            Self::Older { .. } => "trust_older",
            Self::Write(_) => "write_failed",
            Self::Store(error) => error.code(),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::NotEnrolled => String::new(),
            Self::NotBelieved(_) | Self::Older { .. } | Self::Write(_) | Self::Store(_) => self.to_string(),
        }
    }
}

/// Keeps the list in `bytes` and answers its number. The same list again changes nothing.
///
/// # Errors
/// [`AcceptTrustError`]; the list before stays.
pub fn accept_trust(desk: &Desk, bytes: &[u8]) -> Result<u64, AcceptTrustError> {
    let pinned = trust::pinned(desk)?;
    if pinned.is_empty() {
        return Err(AcceptTrustError::NotEnrolled);
    }
    let list = TrustBundle::open(bytes, &pinned)?;
    if let Some(kept) = trust::stored(desk, &pinned) {
        if list.number < kept.number {
            return Err(AcceptTrustError::Older {
                found: list.number,
                kept: kept.number,
            });
        }
        if list == kept {
            return Ok(list.number);
        }
    }
    let target = trust::file(desk);
    let beside = target.with_extension("new");
    let mut file = File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&beside, &target)?;
    Ok(list.number)
}
