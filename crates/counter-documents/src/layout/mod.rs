//! From a document to pages of marks.
//!
//! Leaves out: PDF (`pdf`) and the characters' glyphs (`text`).

mod blocks;
mod closing;
mod draw;
mod flow;
mod furniture;
mod setter;
mod table;
mod verdict;

pub(crate) use draw::{Colour, Draw, Page};

use crate::RenderError;
use crate::document::{Document, Sheet};
use crate::font::Fonts;
use flow::{Area, Flow};
use setter::{Setter, Setting};

/// A4 in points.
const A4: (f32, f32) = (595.276, 841.89);

/// A certificate's text is set smaller until it fits its one page.
const CERTIFICATE_SCALES: [f32; 5] = [1.0, 0.92, 0.84, 0.76, 0.68];

/// Where things stand on the sheet, in points from the upper left corner.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sheeting {
    pub(crate) page: (f32, f32),
    pub(crate) left: f32,
    /// Top of the document head.
    pub(crate) top: f32,
    /// Top of the body on later pages.
    later_top: f32,
    /// Bottom of the body.
    bottom: f32,
    /// The rule above the footer.
    pub(crate) foot: f32,
    size: f32,
    leading: f32,
    small: f32,
    /// Size of the words under a QR symbol.
    pub(crate) caption: f32,
    /// Whether the footer has a rule above it.
    pub(crate) rules: bool,
}

impl Sheeting {
    fn of(sheet: Sheet, scale: f32) -> Self {
        let upright = Self {
            page: A4,
            left: 62.0,
            top: 56.0,
            later_top: 74.0,
            bottom: 776.0,
            foot: 790.0,
            size: 12.0,
            leading: 1.85,
            small: 10.5,
            caption: 8.5,
            rules: true,
        };
        match sheet {
            Sheet::Notice => upright,
            Sheet::Letter => Self {
                left: 74.0,
                size: 14.0,
                leading: 1.9,
                small: 11.0,
                ..upright
            },
            Sheet::Certificate => Self {
                page: (A4.1, A4.0),
                left: 96.0,
                top: 66.0,
                later_top: 66.0,
                bottom: 518.0,
                foot: 526.0,
                size: 17.0 * scale,
                leading: 2.05,
                small: 12.0 * scale,
                caption: 9.0,
                rules: false,
            },
        }
    }

    pub(crate) fn width(&self) -> f32 {
        self.page.0 - 2.0 * self.left
    }

    /// Running text.
    pub(crate) fn body(&self) -> Setting {
        Setting::new(self.size, self.leading)
    }

    /// Text in tables and boxes.
    pub(crate) fn small(&self) -> Setting {
        Setting::new(self.small, 1.6)
    }

    /// Blank above and below boxed blocks.
    pub(crate) fn gap(&self) -> f32 {
        self.size * 0.8
    }
}

/// The pages of a document.
///
/// # Errors
/// `MissingGlyph` with the place, `Symbol` when the QR text is too long, `TooLong` when a
/// certificate does not fit its page.
pub(crate) fn lay_out(fonts: &Fonts, document: &Document) -> Result<Vec<Page>, RenderError> {
    let setter = Setter { fonts };
    match document.sheet {
        Sheet::Notice | Sheet::Letter => pages(setter, &Sheeting::of(document.sheet, 1.0), document),
        Sheet::Certificate => {
            for scale in CERTIFICATE_SCALES {
                let mut made = pages(setter, &Sheeting::of(document.sheet, scale), document)?;
                if let [page] = made.as_mut_slice() {
                    furniture::frame(page);
                    return Ok(made);
                }
            }
            Err(RenderError::TooLong)
        }
    }
}

/// A page number by itself, on white, just as large as it is.
///
/// # Errors
/// `MissingGlyph` when no face has a character of it.
pub(crate) fn page_stamp(fonts: &Fonts, words: &str) -> Result<Page, RenderError> {
    furniture::page_stamp(Setter { fonts }, words)
}

fn pages(setter: Setter<'_>, sheet: &Sheeting, document: &Document) -> Result<Vec<Page>, RenderError> {
    let mut head = Vec::new();
    let body_top = furniture::head(setter, sheet, document, &mut head)?;
    let first = Area {
        top: body_top,
        bottom: sheet.bottom,
    };
    let later = Area {
        top: sheet.later_top,
        bottom: sheet.bottom,
    };
    let mut flow = Flow::new(first, later);
    flow.place_all(blocks::chunks(setter, sheet, &document.blocks)?);
    closing::place(setter, sheet, document, &mut flow)?;

    let count = flow.pages.len();
    let mut pages = Vec::with_capacity(count);
    for (nth, body) in flow.pages.into_iter().enumerate() {
        let mut draws = Vec::new();
        if let Some(words) = &document.watermark {
            draws.extend(furniture::watermark(setter, sheet, words)?);
        }
        if nth == 0 {
            draws.append(&mut head);
        } else {
            draws.extend(furniture::running_head(setter, sheet, document)?);
        }
        draws.extend(body);
        draws.extend(furniture::footer(setter, sheet, &document.footer, nth + 1, count)?);
        pages.push(Page {
            width: sheet.page.0,
            height: sheet.page.1,
            draws,
        });
    }
    Ok(pages)
}
