//! A PNG unpacked to plain colours on white.

use std::io::Cursor;

use lopdf::Stream;

use super::Fault;
use super::picture::Picture;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Bytes an image may unpack to: a double page at 600 dpi in colour.
const LARGEST: usize = 256 << 20;
const COMPRESSION: u8 = 6;

/// The image; what shines through is white.
///
/// # Errors
/// `Damaged` where it cannot be decoded, `TooLarge` beyond the limit.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, Fault> {
    let limits = png::Limits { bytes: LARGEST };
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), limits);
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(fault)?;
    let size = reader.output_buffer_size().filter(|size| *size <= LARGEST);
    let mut pixels = vec![0; size.ok_or(Fault::TooLarge)?];
    let info = reader.next_frame(&mut pixels).map_err(fault)?;
    pixels.truncate(info.buffer_size());
    let (colours, plain) = match info.color_type {
        png::ColorType::Grayscale => ("DeviceGray", pixels),
        png::ColorType::GrayscaleAlpha => ("DeviceGray", on_white::<1>(&pixels)),
        png::ColorType::Rgb => ("DeviceRGB", pixels),
        png::ColorType::Rgba => ("DeviceRGB", on_white::<3>(&pixels)),
        png::ColorType::Indexed => return Err(Fault::Damaged),
    };
    let mut dict = Picture::dictionary(info.width, info.height, colours);
    dict.set("Filter", "FlateDecode");
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&plain, COMPRESSION);
    Ok(Picture {
        width: info.width,
        height: info.height,
        stream: Stream::new(dict, packed).with_compression(false),
        orientation: 1,
    })
}

fn fault(error: png::DecodingError) -> Fault {
    match error {
        png::DecodingError::LimitsExceeded => Fault::TooLarge,
        png::DecodingError::IoError(_) | png::DecodingError::Format(_) | png::DecodingError::Parameter(_) => {
            Fault::Damaged
        }
    }
}

/// Pixels of `N` colours and how much they cover, laid on white.
fn on_white<const N: usize>(pixels: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(pixels.len());
    for pixel in pixels.chunks_exact(N + 1) {
        let cover = u16::from(pixel[N]);
        out.extend(pixel[..N].iter().map(|colour| {
            let mixed = u16::from(*colour) * cover + 255 * (255 - cover);
            // At most 255 again.
            (mixed / 255) as u8
        }));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(colour: png::ColorType, depth: png::BitDepth, pixels: &[u8]) -> Vec<u8> {
        let mut file = Vec::new();
        let mut encoder = png::Encoder::new(&mut file, 2, 1);
        encoder.set_color(colour);
        encoder.set_depth(depth);
        if colour == png::ColorType::Indexed {
            encoder.set_palette(&[9u8, 8, 7, 255, 0, 0][..]);
        }
        encoder.write_header().unwrap().write_image_data(pixels).unwrap();
        file
    }

    #[test]
    fn every_kind_of_png_becomes_plain_colours_on_white() {
        use png::{BitDepth, ColorType};
        let cases: [(ColorType, BitDepth, &[u8], &[u8]); 6] = [
            (ColorType::Grayscale, BitDepth::One, &[0b0100_0000], &[0, 255]),
            (ColorType::Grayscale, BitDepth::Sixteen, &[1, 99, 200, 99], &[1, 200]),
            (ColorType::GrayscaleAlpha, BitDepth::Eight, &[0, 0, 50, 255], &[255, 50]),
            (
                ColorType::Rgb,
                BitDepth::Eight,
                &[1, 2, 3, 4, 5, 6],
                &[1, 2, 3, 4, 5, 6],
            ),
            (
                ColorType::Rgba,
                BitDepth::Eight,
                &[0, 0, 0, 0, 10, 20, 30, 255],
                &[255, 255, 255, 10, 20, 30],
            ),
            (ColorType::Indexed, BitDepth::One, &[0b0100_0000], &[9, 8, 7, 255, 0, 0]),
        ];
        for (colour, depth, pixels, plain) in cases {
            let picture = read(&encoded(colour, depth, pixels)).unwrap();
            assert_eq!((picture.width, picture.height), (2, 1));
            assert_eq!(picture.stream.decompressed_content().unwrap(), plain, "{colour:?}");
        }
    }

    #[test]
    fn a_png_that_claims_more_than_a_page_is_too_large() {
        let mut file = encoded(png::ColorType::Rgb, png::BitDepth::Eight, &[0; 6]);
        // Width and height, and the checksum that the decoder would ask for otherwise.
        file[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(matches!(read(&file), Err(Fault::TooLarge | Fault::Damaged)));
    }
}
