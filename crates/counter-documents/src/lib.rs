//! Printed documents: layout, PDF and QR.
//!
//! A paper is made in three steps: a builder in [`paper`] turns plain input into a
//! [`document::Document`], which says what stands on it in reading order; layout deals it out
//! to pages; the pages become PDF bytes. The same document gives the same bytes, always.
//! [`scan`] makes pictures fit to keep, [`volume`] binds papers and scans into one file.
//!
//! Leaves out: where the input comes from, what a QR text means and how it is signed, storing
//! and printing the bytes.

pub mod document;
mod font;
mod layout;
pub mod paper;
mod pdf;
pub mod qr;
pub mod scan;
mod text;
pub mod volume;

pub use font::FontError;
pub use pdf::qr_text_of_pdf;

use document::Document;
use font::Fonts;

/// Why there is no paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    /// No face has the character. The paper is not made, so that nobody signs a box.
    #[error("no font has the character {character} (U+{:04X}): {place}", u32::from(*character))]
    MissingGlyph {
        /// The character.
        character: char,
        /// The part of the paper, in Chinese, with the words around the character.
        place: String,
    },
    /// The QR text is too long for any symbol.
    #[error(transparent)]
    Symbol(#[from] qr::SymbolError),
    /// A certificate does not fit one page in the smallest size that can be read.
    #[error("the text does not fit the one page of a certificate")]
    TooLong,
    /// A font file of the program is damaged.
    #[error(transparent)]
    Font(#[from] FontError),
    /// The PDF library could not make the file. With our pages it does not happen.
    #[error("the file of the paper could not be made")]
    File,
}

/// Makes PDFs; holds the fonts, which are opened once.
#[derive(Debug)]
pub struct Renderer {
    fonts: Fonts,
}

impl Renderer {
    /// Opens the common faces, in about five milliseconds.
    ///
    /// # Errors
    /// `Font` when a font file of the program is damaged.
    pub fn new() -> Result<Self, RenderError> {
        Ok(Self { fonts: Fonts::open()? })
    }

    /// The PDF of a document: A4, fonts embedded, the same bytes for the same document.
    ///
    /// # Errors
    /// `MissingGlyph` names a character that no face has; `Symbol` and `TooLong` where text is
    /// too long for its place.
    pub fn render(&self, document: &Document) -> Result<Vec<u8>, RenderError> {
        let pages = layout::lay_out(&self.fonts, document)?;
        pdf::write(&self.fonts, document, &pages)
    }
}
