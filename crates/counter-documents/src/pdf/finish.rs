//! What printpdf has no setting for, put right in the finished file: language, what a viewer
//! shows as the title, the information of ours, compression, and a file id that depends on the
//! content only.

use lopdf::{Dictionary, Object, StringFormat, dictionary, text_string};
use sha2::{Digest, Sha256};

use super::{KIND_KEY, QR_KEY};
use crate::RenderError;
use crate::document::Document;

/// Outlines of characters hardly shrink, so the quickest compression is nearly the best.
const COMPRESSION: u8 = 1;

/// The bytes of the file.
///
/// # Errors
/// `File` when the file lacks what every PDF has.
pub(crate) fn finish(mut file: lopdf::Document, document: &Document) -> Result<Vec<u8>, RenderError> {
    file.version = "1.7".to_owned();
    let catalog = file.catalog_mut().map_err(|_| RenderError::File)?;
    catalog.set("Lang", text_string("zh-CN"));
    catalog.set("ViewerPreferences", dictionary! { "DisplayDocTitle" => true });
    let information = file.trailer.get(b"Info").and_then(Object::as_reference);
    file.set_object(information.map_err(|_| RenderError::File)?, about(document));
    for object in file.objects.values_mut() {
        if let Object::Stream(stream) = object {
            let packed = miniz_oxide::deflate::compress_to_vec_zlib(&stream.content, COMPRESSION);
            stream.dict.set("Filter", "FlateDecode");
            stream.set_content(packed);
        }
    }
    seal(file)
}

/// The bytes of a file, with an id that depends on what is in it only.
///
/// # Errors
/// `File` when the file cannot be written.
pub(crate) fn seal(mut file: lopdf::Document) -> Result<Vec<u8>, RenderError> {
    file.trailer.remove(b"ID");
    let mut hasher = Sha256::new();
    file.save_to(&mut hasher).map_err(|_| RenderError::File)?;
    let id = Object::String(hasher.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", vec![id.clone(), id]);
    let mut bytes = Vec::with_capacity(64 * 1024);
    file.save_to(&mut bytes).map_err(|_| RenderError::File)?;
    Ok(bytes)
}

/// The document information.
fn about(document: &Document) -> Dictionary {
    let title = match &document.number {
        Some(number) => format!("{} {number}", document.title),
        None => document.title.clone(),
    };
    let day = document.issued_on.strftime("D:%Y%m%d000000+08'00'").to_string();
    let mut about = dictionary! {
        "Title" => text_string(&title),
        "Author" => text_string(&document.head),
        "Producer" => text_string("Credit Repair Counter"),
        "CreationDate" => Object::string_literal(day.clone()),
        "ModDate" => Object::string_literal(day),
    };
    about.set(KIND_KEY, text_string(document.kind));
    if let Some(qr) = &document.qr {
        about.set(QR_KEY, text_string(&qr.text));
    }
    about
}
