//! By how much a page lies askew, told from its lines, and turning it back.

use image::{GrayImage, Rgb, RgbImage};

/// The longest side of the picture that is looked at, in pixels.
pub(super) const LOOKED_AT: u32 = 800;
/// How far a page may lie askew and still be put straight, in degrees; more is meant so.
const WIDEST: f32 = 8.0;
/// Lines that are told apart this much better than lying as they are, or the page stays as it is.
const CLEARLY: f64 = 1.05;

/// The angle by which the page has to be turned to lie straight, in degrees, clockwise; 0 where no lines tell it.
pub(super) fn angle(page: &GrayImage) -> f32 {
    let ink = ink(page);
    if ink.is_empty() {
        return 0.0;
    }
    let best = |from: f32, to: f32, step: f32| {
        let steps = ((to - from) / step).round() as u16;
        let tried = (0..=steps).map(|n| from + f32::from(n) * step);
        tried
            .max_by(|one, other| sharpness(&ink, *one).total_cmp(&sharpness(&ink, *other)))
            .unwrap_or(0.0)
    };
    let about = best(-WIDEST, WIDEST, 0.5);
    let found = best(about - 0.5, about + 0.5, 0.1);
    if sharpness(&ink, found) > sharpness(&ink, 0.0) * CLEARLY {
        found
    } else {
        0.0
    }
}

/// The dark points of a page, from its middle.
fn ink(page: &GrayImage) -> Vec<(f32, f32)> {
    let sum: u64 = page.pixels().map(|pixel| u64::from(pixel.0[0])).sum();
    let mean = sum / u64::from((page.width() * page.height()).max(1));
    let dark = u8::try_from(mean * 7 / 10).unwrap_or(u8::MAX);
    let (middle_x, middle_y) = (page.width() as f32 / 2.0, page.height() as f32 / 2.0);
    page.enumerate_pixels()
        .filter(|(.., pixel)| pixel.0[0] < dark)
        .map(|(x, y, _)| (x as f32 - middle_x, y as f32 - middle_y))
        .collect()
}

/// How clearly lines stand apart once the page is turned: rows are full or empty where they do.
fn sharpness(ink: &[(f32, f32)], degrees: f32) -> f64 {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let reach = LOOKED_AT as usize;
    let mut rows = vec![0_u32; 2 * reach];
    for (x, y) in ink {
        let row = x * sin + y * cos + reach as f32;
        if let Some(count) = rows.get_mut(row.max(0.0) as usize) {
            *count += 1;
        }
    }
    rows.iter().map(|count| f64::from(*count).powi(2)).sum()
}

/// The page turned about its middle, clockwise, on white.
pub(super) fn turned(page: &RgbImage, degrees: f32) -> RgbImage {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (width, height) = page.dimensions();
    let (middle_x, middle_y) = (width as f32 / 2.0, height as f32 / 2.0);
    RgbImage::from_fn(width, height, |x, y| {
        let (across, down) = (x as f32 - middle_x, y as f32 - middle_y);
        // Where the point was before the turn.
        at(
            page,
            across * cos + down * sin + middle_x,
            down * cos - across * sin + middle_y,
        )
    })
}

/// The colour between four points of the page.
fn at(page: &RgbImage, x: f32, y: f32) -> Rgb<u8> {
    const WHITE: Rgb<u8> = Rgb([255; 3]);
    let (left, top) = (x.floor(), y.floor());
    let point = |dx: f32, dy: f32| {
        let (x, y) = (left + dx, top + dy);
        let is_on_page = x >= 0.0 && y >= 0.0 && x < page.width() as f32 && y < page.height() as f32;
        if is_on_page {
            *page.get_pixel(x as u32, y as u32)
        } else {
            WHITE
        }
    };
    let (right, below) = (x - left, y - top);
    let (a, b, c, d) = (point(0.0, 0.0), point(1.0, 0.0), point(0.0, 1.0), point(1.0, 1.0));
    let mix = |n: usize| {
        let above = f32::from(a.0[n]) * (1.0 - right) + f32::from(b.0[n]) * right;
        let under = f32::from(c.0[n]) * (1.0 - right) + f32::from(d.0[n]) * right;
        (above * (1.0 - below) + under * below).round() as u8
    };
    Rgb([mix(0), mix(1), mix(2)])
}
