//! Errors as the edge sees them: a stable word, and what it is about. The sentence lives with the screen.

use counter_core::refusal::Refusal;
use counter_documents::RenderError;
use counter_store::{RecordError, StoreError};

/// An error that a screen or a script can act on.
pub trait Coded: std::error::Error {
    /// The stable word.
    fn code(&self) -> &'static str;

    /// The field, number or file it is about; empty where the word says all.
    fn detail(&self) -> String {
        String::new()
    }
}

/// What the store could not read or keep is an error of each of these too, by way of its `Record`.
macro_rules! from_store_error {
    ($error:ty) => {
        impl From<::counter_store::StoreError> for $error {
            fn from(error: ::counter_store::StoreError) -> Self {
                Self::Record(error.into())
            }
        }
    };
}
pub(crate) use from_store_error;

impl Coded for StoreError {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    fn detail(&self) -> String {
        if let Self::TooLittleSpace { wanted, available } = self {
            // Read in a sentence of either language.
            let megabytes = |bytes: &u64| bytes.div_ceil(1_000_000);
            return format!("{} MB < {} MB", megabytes(available), megabytes(wanted));
        }
        if let Self::Io { path, .. } = self {
            return path.display().to_string();
        }
        self.to_string()
    }
}

impl Coded for Refusal {
    fn code(&self) -> &'static str {
        self.code.as_str()
    }

    fn detail(&self) -> String {
        self.detail.clone()
    }
}

impl Coded for RenderError {
    fn code(&self) -> &'static str {
        match self {
            Self::MissingGlyph { .. } => "missing_glyph",
            Self::TooLong => "paper_too_long",
            Self::Symbol(_) | Self::Font(_) | Self::File => "paper_not_made",
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::MissingGlyph { character, place } => format!("“{character}”（{place}）"),
            Self::TooLong => String::new(),
            Self::Symbol(error) => error.to_string(),
            Self::Font(error) => error.to_string(),
            Self::File => self.to_string(),
        }
    }
}

impl Coded for RecordError {
    fn code(&self) -> &'static str {
        match self {
            Self::Refused(refusal) => Coded::code(refusal),
            Self::Store(error) => Coded::code(error),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Refused(refusal) => refusal.detail.clone(),
            Self::Store(error) => error.to_string(),
        }
    }
}
