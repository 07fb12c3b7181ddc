//! Pages of marks to PDF bytes.
//!
//! printpdf makes the file out of its operators and cuts the fonts; what it has no setting for
//! is put right in the finished file before it is saved. The same pages give the same bytes.
//! Leaves out: PDF/A, tagging.

mod content;
mod finish;
mod fonts;
mod read;

pub(crate) use finish::seal;
pub use read::qr_text_of_pdf;

use printpdf::{PdfDocument, PdfPage, PdfSaveOptions, Pt, Rect};

use crate::RenderError;
use crate::document::Document;
use crate::font::Fonts;
use crate::layout::Page;
use fonts::CutFonts;

/// The entry of the document information that says what the QR symbol says.
const QR_KEY: &[u8] = b"CreditCounterQr";
const KIND_KEY: &[u8] = b"CreditCounterKind";

/// Fonts are cut in `fonts` and streams compressed in `finish`.
const OPTIONS: PdfSaveOptions = PdfSaveOptions {
    optimize: false,
    subset_fonts: false,
    secure: true,
    image_optimization: None,
};

/// The file.
///
/// # Errors
/// `Font` when a font file is damaged, `File` when printpdf warns of anything.
pub(crate) fn write(fonts: &Fonts, document: &Document, pages: &[Page]) -> Result<Vec<u8>, RenderError> {
    finish::finish(assemble(fonts, &document.title, pages)?, document)
}

/// The pages as a file that is still to be finished, its streams as they are read.
///
/// # Errors
/// As in `write`.
pub(crate) fn assemble(fonts: &Fonts, title: &str, pages: &[Page]) -> Result<lopdf::Document, RenderError> {
    let fonts = CutFonts::of(pages, fonts)?;
    let mut pdf = PdfDocument::new(title);
    pdf.pages = pages
        .iter()
        .map(|page| {
            let sheet = Rect::from_wh(Pt(page.width), Pt(page.height));
            PdfPage {
                media_box: sheet.clone(),
                trim_box: sheet.clone(),
                crop_box: sheet,
                ops: content::content(page, &fonts),
            }
        })
        .collect();
    pdf.resources.fonts = fonts.into_resources();
    let mut warnings = Vec::new();
    let file = pdf.to_lopdf_document(&OPTIONS, &mut warnings);
    // A font that printpdf cannot embed is a warning to it; here it is no paper.
    if !warnings.is_empty() {
        return Err(RenderError::File);
    }
    Ok(file)
}
