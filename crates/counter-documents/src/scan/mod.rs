//! Scans and photographs made fit to keep: upright, straight, no larger than a page needs, as one A4 page of PDF.
//!
//! Rotating by a fraction of a degree is the only step of our own: what a library of image processing brings along for it
//! is larger than the rest of this crate.

mod skew;

use image::{
    DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits, codecs::jpeg::JpegEncoder, imageops::FilterType,
    metadata::Orientation,
};
use std::io::Cursor;

use crate::volume::{Fault, image_page};

/// The longest side that is kept, in pixels: A4 at 200 dots per inch.
const LONGEST_SIDE: u32 = 2_339;
/// The longest side that is read.
const WIDEST: u32 = 20_000;
/// What an image may take while it is read, in bytes.
const MOST_MEMORY: u64 = 768 * 1024 * 1024;
/// Of 100; text stays sharp, and a page has about 300 kB.
const QUALITY: u8 = 82;
/// Below this a page is straight, in degrees.
const STRAIGHT: f32 = 0.3;

/// A picture as a page: turned as the camera was held, put straight, shrunk. A JPEG that needs none of it stays as it is.
///
/// # Errors
/// `Unknown` when it is neither JPEG nor PNG, `Damaged` and `TooLarge` as they say.
pub fn scan_page(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    let (picture, format, orientation) = read(bytes)?;
    let is_small = picture.width().max(picture.height()) <= LONGEST_SIDE;
    let mut picture = picture;
    picture.apply_orientation(orientation);
    let gray = picture.thumbnail(skew::LOOKED_AT, skew::LOOKED_AT).into_luma8();
    let angle = skew::angle(&gray);
    let is_straight = angle.abs() < STRAIGHT;
    if is_small && is_straight && orientation == Orientation::NoTransforms && format == ImageFormat::Jpeg {
        return image_page(bytes);
    }
    if !is_small {
        picture = picture.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::Triangle);
    }
    let mut flat = picture.into_rgb8();
    if !is_straight {
        flat = skew::turned(&flat, angle);
    }
    let mut jpeg = Vec::new();
    let encoded = JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode_image(&flat);
    encoded.map_err(|_| Fault::Damaged)?;
    image_page(&jpeg)
}

fn read(bytes: &[u8]) -> Result<(DynamicImage, ImageFormat, Orientation), Fault> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| Fault::Damaged)?;
    let format = reader.format().ok_or(Fault::Unknown)?;
    if !matches!(format, ImageFormat::Jpeg | ImageFormat::Png) {
        return Err(Fault::Unknown);
    }
    let mut limits = Limits::default();
    limits.max_image_width = Some(WIDEST);
    limits.max_image_height = Some(WIDEST);
    limits.max_alloc = Some(MOST_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| fault(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| fault(&error))?;
    Ok((picture, format, orientation))
}

fn fault(error: &image::ImageError) -> Fault {
    if matches!(error, image::ImageError::Limits(_)) {
        Fault::TooLarge
    } else {
        Fault::Damaged
    }
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};
    use proptest::prelude::*;

    use super::*;

    /// A page of lines, as text is.
    fn lines(width: u32, height: u32) -> RgbImage {
        RgbImage::from_fn(width, height, |x, y| {
            let is_ink = y % 24 < 6 && x > width / 8 && x < width - width / 8 && y > 40 && y < height - 40;
            if is_ink {
                Rgb([20, 20, 20])
            } else {
                Rgb([250, 250, 250])
            }
        })
    }

    fn jpeg(picture: &RgbImage) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, 90)
            .encode_image(picture)
            .unwrap();
        bytes
    }

    #[test]
    fn a_straight_small_jpeg_stays_as_it_is_and_a_large_one_shrinks() {
        let small = jpeg(&lines(600, 800));
        let page = scan_page(&small).unwrap();
        assert!(
            page.windows(small.len()).any(|part| part == small.as_slice()),
            "not one byte is lost"
        );
        let large = scan_page(&jpeg(&lines(4_000, 5_600))).unwrap();
        assert!(large.starts_with(b"%PDF"));
        assert!(large.len() < 1_500_000, "{} bytes", large.len());
    }

    #[test]
    fn a_page_that_lay_askew_is_put_straight() {
        let straight = lines(800, 1_100);
        for askew in [-4.0_f32, -1.5, 2.0, 5.0] {
            let found = skew::angle(&image::imageops::grayscale(&skew::turned(&straight, -askew)));
            assert!((found - askew).abs() < 0.4, "{askew} was taken for {found}");
        }
        assert!(skew::angle(&image::imageops::grayscale(&straight)).abs() < STRAIGHT);
    }

    #[test]
    fn what_is_no_picture_is_said_so() {
        assert_eq!(scan_page(b"%PDF-1.7"), Err(Fault::Unknown));
        let mut broken = jpeg(&lines(200, 200));
        broken.truncate(300);
        assert!(scan_page(&broken).is_err());
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(mut bytes in prop::collection::vec(any::<u8>(), 0..400), kind in 0..3_u8) {
            let head: &[u8] = match kind {
                0 => b"\xff\xd8\xff\xe0",
                1 => b"\x89PNG\r\n\x1a\n",
                _ => b"",
            };
            bytes.splice(0..0, head.iter().copied());
            let _ = scan_page(&bytes);
        }
    }
}
