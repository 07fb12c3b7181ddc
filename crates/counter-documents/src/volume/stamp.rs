//! Page numbers: set by the renderer's own faces on small pages, which become drawn objects of
//! the volume's pages.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use super::VolumeError;
use super::copy::Copier;
use super::source::SourcePage;
use crate::layout::{self, Page};
use crate::{RenderError, Renderer, pdf};

/// From the right edge, in points on A4.
const FROM_RIGHT: f32 = 36.0;
/// From the lower edge: under the footer of our own papers, above what printers cannot print.
const FROM_FOOT: f32 = 17.0;
/// Names the number among the drawn objects of a page.
const NAME: &str = "VolumePageNumber";
/// The shorter side of A4, by which the number grows and shrinks.
const A4_SIDE: f32 = 595.276;
const A4: Sheet = Sheet {
    left: 0.0,
    foot: 0.0,
    right: A4_SIDE,
    top: 841.89,
};

/// A page number that was set.
pub(super) struct Stamp {
    form: ObjectId,
    width: f32,
}

/// The numbers 1 to `count` as drawn objects of the file.
pub(super) fn stamps(renderer: &Renderer, count: u32, to: &mut Document) -> Result<Vec<Stamp>, VolumeError> {
    if count == 0 {
        return Ok(Vec::new());
    }
    let pages = (1..=count)
        .map(|number| layout::page_stamp(&renderer.fonts, &format!("第 {number} 页")))
        .collect::<Result<Vec<Page>, _>>()?;
    let file = pdf::assemble(&renderer.fonts, "", &pages)?;
    let own = |_| VolumeError::Render(RenderError::File);
    let mut copier = Copier::new(&file);
    let mut stamps = Vec::with_capacity(pages.len());
    for (page, id) in pages.iter().zip(file.page_iter()) {
        let dict = file.get_dictionary(id).map_err(|_| RenderError::File)?;
        let page_of_it = SourcePage::alone(dict.clone());
        let resources = copier.resources(&page_of_it, to).map_err(own)?;
        let form = dictionary! {
            "Type" => "XObject",
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), Object::Real(page.width), Object::Real(page.height)],
            "Resources" => resources,
        };
        let form = to.add_object(Stream::new(form, file.get_page_content(id)));
        stamps.push(Stamp {
            form,
            width: page.width,
        });
    }
    Ok(stamps)
}

impl Stamp {
    /// Puts the number on a copied page, at the lower right as the page is looked at.
    pub(super) fn put(&self, page: &mut Dictionary, to: &mut Document) {
        let name = free_name(page);
        if let Ok(resources) = page.get_mut(b"Resources").and_then(Object::as_dict_mut) {
            let mut drawn = match resources.get(b"XObject") {
                Ok(Object::Dictionary(drawn)) => drawn.clone(),
                Ok(_) | Err(_) => Dictionary::new(),
            };
            drawn.set(name.as_str(), Object::Reference(self.form));
            resources.set("XObject", drawn);
        }
        let [a, b, c, d, e, f] = self.matrix(page);
        let draw = format!("\nQ\nq {a:.4} {b:.4} {c:.4} {d:.4} {e:.2} {f:.2} cm /{name} Do Q\n");
        let before = to.add_object(Stream::new(Dictionary::new(), b"q\n".to_vec()));
        let after = to.add_object(Stream::new(Dictionary::new(), draw.into_bytes()));
        let mut contents = vec![Object::Reference(before)];
        if let Ok(own) = page.get(b"Contents").and_then(Object::as_array) {
            contents.extend(own.iter().cloned());
        }
        contents.push(Object::Reference(after));
        page.set("Contents", contents);
    }

    fn matrix(&self, page: &Dictionary) -> [f32; 6] {
        let sheet = Sheet::of(page);
        let (width, height) = (sheet.right - sheet.left, sheet.top - sheet.foot);
        let scale = (width.min(height) / A4_SIDE).clamp(0.3, 20.0);
        let turn = page
            .get(b"Rotate")
            .and_then(Object::as_i64)
            .unwrap_or(0)
            .rem_euclid(360);
        let across = if turn % 180 == 0 { width } else { height };
        // Where the number stands for who looks at the page, from its lower left corner.
        let (x, y) = ((across - scale * (FROM_RIGHT + self.width)).max(0.0), scale * FROM_FOOT);
        match turn {
            90 => [0.0, scale, -scale, 0.0, sheet.right - y, sheet.foot + x],
            180 => [-scale, 0.0, 0.0, -scale, sheet.right - x, sheet.top - y],
            270 => [0.0, -scale, scale, 0.0, sheet.left + y, sheet.top - x],
            _ => [scale, 0.0, 0.0, scale, sheet.left + x, sheet.foot + y],
        }
    }
}

/// A name that none of the page's drawn objects has.
fn free_name(page: &Dictionary) -> String {
    let drawn = page
        .get(b"Resources")
        .and_then(Object::as_dict)
        .and_then(|resources| resources.get(b"XObject"))
        .and_then(Object::as_dict)
        .ok();
    let mut name = NAME.to_owned();
    while drawn.is_some_and(|drawn| drawn.has(name.as_bytes())) {
        name.push('X');
    }
    name
}

/// What is seen of a page, in its own coordinates.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Sheet {
    left: f32,
    foot: f32,
    right: f32,
    top: f32,
}

impl Sheet {
    fn of(page: &Dictionary) -> Self {
        let rectangle = |key| Self::read(page.get(key).and_then(Object::as_array).ok()?);
        let media = rectangle(b"MediaBox".as_slice()).unwrap_or(A4);
        let Some(crop) = rectangle(b"CropBox".as_slice()) else {
            return media;
        };
        let both = Self {
            left: crop.left.max(media.left),
            foot: crop.foot.max(media.foot),
            right: crop.right.min(media.right),
            top: crop.top.min(media.top),
        };
        if both.is_sound() { both } else { media }
    }

    fn read(corners: &[Object]) -> Option<Self> {
        let mut numbers = [0.0f32; 4];
        for (number, corner) in numbers.iter_mut().zip(corners.get(..4)?) {
            *number = corner.as_float().ok()?;
        }
        let [x, y, other_x, other_y] = numbers;
        let sheet = Self {
            left: x.min(other_x),
            foot: y.min(other_y),
            right: x.max(other_x),
            top: y.max(other_y),
        };
        sheet.is_sound().then_some(sheet)
    }

    /// Between a stamp and a wall in size, and near enough for sums.
    fn is_sound(&self) -> bool {
        let side = |from: f32, to: f32| (9.0..=20_000.0).contains(&(to - from)) && from.abs() < 100_000.0;
        side(self.left, self.right) && side(self.foot, self.top)
    }
}
