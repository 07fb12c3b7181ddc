//! Pages of marks to PDF bytes.
//!
//! The same pages give the same bytes: objects are numbered in order, dates come from the
//! document, the file id is a hash of what stands before it. Leaves out: PDF/A, tagging.

mod content;
mod fonts;
mod read;

pub use read::qr_text_of_pdf;

use pdf_writer::types::PageLayout;
use pdf_writer::{Date, Filter, Finish, Name, Pdf, Rect, Ref, TextStr};
use sha2::{Digest, Sha256};

use crate::document::Document;
use crate::font::{FontError, Fonts};
use crate::layout::Page;
use fonts::FontUse;

/// The entry of the document information that says what the QR symbol says.
const QR_KEY: &[u8] = b"CreditCounterQr";
const KIND_KEY: &[u8] = b"CreditCounterKind";
/// Outlines of characters hardly shrink, so the quickest compression is nearly the best.
const COMPRESSION: u8 = 1;

/// Object numbers in order.
#[derive(Debug)]
pub(crate) struct Refs(i32);

impl Refs {
    fn next(&mut self) -> Ref {
        self.0 += 1;
        Ref::new(self.0)
    }
}

fn compressed(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec_zlib(bytes, COMPRESSION)
}

/// The file.
///
/// # Errors
/// `FontError` when a font file is damaged.
pub(crate) fn write(fonts: &Fonts, document: &Document, pages: &[Page]) -> Result<Vec<u8>, FontError> {
    let mut pdf = Pdf::with_capacity(64 * 1024);
    let mut refs = Refs(0);
    let (catalog, tree, info) = (refs.next(), refs.next(), refs.next());
    let mut used = FontUse::default();
    let mut kids = Vec::with_capacity(pages.len());
    for page in pages {
        let stream = refs.next();
        let content = compressed(&content::content(page, &mut used));
        pdf.stream(stream, &content).filter(Filter::FlateDecode);
        kids.push((refs.next(), stream, page));
    }
    let faces = used.write(fonts, &mut pdf, &mut refs)?;
    for (id, stream, page) in &kids {
        let mut writer = pdf.page(*id);
        writer
            .parent(tree)
            .media_box(Rect::new(0.0, 0.0, page.width, page.height))
            .contents(*stream);
        let mut resources = writer.resources();
        let mut dict = resources.fonts();
        for (face, font) in &faces {
            dict.pair(Name(face.resource()), *font);
        }
    }
    pdf.pages(tree)
        .kids(kids.iter().map(|(id, ..)| *id))
        .count(kids.len() as i32);
    let mut root = pdf.catalog(catalog);
    root.pages(tree)
        .page_layout(PageLayout::OneColumn)
        .lang(TextStr("zh-CN"));
    root.viewer_preferences().display_doc_title(true);
    root.finish();
    write_info(&mut pdf, info, document);
    let id = Sha256::digest(pdf.as_bytes())[..16].to_vec();
    pdf.set_file_id((id.clone(), id));
    Ok(pdf.finish())
}

fn write_info(pdf: &mut Pdf, id: Ref, document: &Document) {
    let title = match &document.number {
        Some(number) => format!("{} {number}", document.title),
        None => document.title.clone(),
    };
    let day = document.issued_on;
    let date = Date::new(day.year().unsigned_abs())
        .month(day.month().unsigned_abs())
        .day(day.day().unsigned_abs())
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(8)
        .utc_offset_minute(0);
    let mut info = pdf.document_info(id);
    info.title(TextStr(&title))
        .author(TextStr(&document.head))
        .producer(TextStr("Credit Repair Counter"))
        .creation_date(date)
        .modified_date(date);
    info.pair(Name(KIND_KEY), TextStr(document.kind));
    if let Some(qr) = &document.qr {
        info.pair(Name(QR_KEY), TextStr(&qr.text));
    }
}
