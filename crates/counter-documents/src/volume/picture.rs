//! An image as an A4 page: a JPEG as it is, a PNG unpacked to plain colours.
//!
//! Leaves out: making images smaller, straighter or clearer.

use lopdf::{Dictionary, Document, Object, Stream, dictionary, text_string};

use super::{Fault, jpeg, png};

/// A4 in points.
const A4: (f32, f32) = (595.276, 841.89);
/// Blank around the image: the page number of a volume has room in it.
const MARGIN: f32 = 36.0;
/// Points a pixel at most, so that a small image is not blown up.
const LARGEST_PIXEL: f32 = 1.0;

/// An image ready to be put on a page.
#[derive(Debug)]
pub(super) struct Picture {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) stream: Stream,
    /// How a camera held it, 1 to 8 (Exif, tag 0x0112); 1 is upright.
    pub(super) orientation: u8,
}

/// A file of one page, or none where the bytes are no image.
pub(super) fn page(bytes: &[u8]) -> Result<Option<Document>, Fault> {
    let picture = if bytes.starts_with(jpeg::SIGNATURE) {
        jpeg::read(bytes)?
    } else if bytes.starts_with(png::SIGNATURE) {
        png::read(bytes)?
    } else {
        return Ok(None);
    };
    Ok(Some(file(picture)))
}

impl Picture {
    /// The dictionary of an image with 8 bits a colour.
    pub(super) fn dictionary(width: u32, height: u32, colours: &str) -> Dictionary {
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(width),
            "Height" => i64::from(height),
            "ColorSpace" => colours,
            "BitsPerComponent" => 8,
        }
    }

    /// Width and height as it is looked at.
    fn seen(&self) -> (f32, f32) {
        let (width, height) = (self.width as f32, self.height as f32);
        if self.orientation >= 5 {
            (height, width)
        } else {
            (width, height)
        }
    }

    /// From the unit square to the box at (x, y), turned as the camera was.
    fn matrix(&self, (x, y): (f32, f32), (width, height): (f32, f32)) -> [f32; 6] {
        match self.orientation {
            2 => [-width, 0.0, 0.0, height, x + width, y],
            3 => [-width, 0.0, 0.0, -height, x + width, y + height],
            4 => [width, 0.0, 0.0, -height, x, y + height],
            5 => [0.0, -height, -width, 0.0, x + width, y + height],
            6 => [0.0, -height, width, 0.0, x, y + height],
            7 => [0.0, height, width, 0.0, x, y],
            8 => [0.0, height, -width, 0.0, x + width, y],
            _ => [width, 0.0, 0.0, height, x, y],
        }
    }
}

fn file(picture: Picture) -> Document {
    let (wide, tall) = picture.seen();
    let sheet = if wide > tall { (A4.1, A4.0) } else { A4 };
    let scale = ((sheet.0 - 2.0 * MARGIN) / wide)
        .min((sheet.1 - 2.0 * MARGIN) / tall)
        .min(LARGEST_PIXEL);
    let size = (wide * scale, tall * scale);
    let corner = ((sheet.0 - size.0) / 2.0, (sheet.1 - size.1) / 2.0);
    let matrix = picture.matrix(corner, size).map(|number| format!("{number:.3}"));
    let content = format!("q {} cm /Image Do Q\n", matrix.join(" "));

    let mut file = Document::with_version("1.7");
    let tree = file.new_object_id();
    let image = file.add_object(picture.stream);
    let content = file.add_object(Stream::new(Dictionary::new(), content.into_bytes()));
    let page = file.add_object(dictionary! {
        "Type" => "Page",
        "Parent" => tree,
        "MediaBox" => vec![0.into(), 0.into(), Object::Real(sheet.0), Object::Real(sheet.1)],
        "Resources" => dictionary! { "XObject" => dictionary! { "Image" => image } },
        "Contents" => content,
    });
    file.set_object(
        tree,
        dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => vec![Object::Reference(page)] },
    );
    let catalog = file.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    let about = file.add_object(dictionary! { "Producer" => text_string("Credit Repair Counter") });
    file.trailer.set("Root", catalog);
    file.trailer.set("Info", about);
    file
}
