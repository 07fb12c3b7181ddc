//! The head of a JPEG: what a PDF must say of it. The image itself is embedded as it is.
//!
//! Leaves out: decoding. An image that breaks off is shown as far as it goes.

use lopdf::{Object, Stream};

use super::Fault;
use super::picture::Picture;

pub(super) const SIGNATURE: &[u8] = &[0xff, 0xd8, 0xff];

const END_OF_IMAGE: [u8; 2] = [0xff, 0xd9];
const START_OF_SCAN: u8 = 0xda;
const EXIF: u8 = 0xe1;
const ADOBE: u8 = 0xee;
/// The tag of a TIFF directory that says how the camera was held.
const ORIENTATION: u16 = 0x0112;

/// The image with its size, colours and orientation.
///
/// # Errors
/// `Damaged` where the head is not that of a JPEG a PDF may hold: baseline, extended or
/// progressive, 8 bits, with one, three or four colours.
pub(super) fn read(bytes: &[u8]) -> Result<Picture, Fault> {
    let head = Head::read(bytes).ok_or(Fault::Damaged)?;
    let colours = match head.colours {
        1 => "DeviceGray",
        3 => "DeviceRGB",
        4 => "DeviceCMYK",
        _ => return Err(Fault::Damaged),
    };
    let (width, height) = (u32::from(head.width), u32::from(head.height));
    let mut dict = Picture::dictionary(width, height, colours);
    dict.set("Filter", "DCTDecode");
    if head.colours == 4 && head.adobe {
        // Adobe writes how much ink is left away.
        dict.set(
            "Decode",
            [1, 0].repeat(4).into_iter().map(Object::from).collect::<Vec<_>>(),
        );
    }
    Ok(Picture {
        width,
        height,
        stream: Stream::new(dict, bytes.to_vec()).with_compression(false),
        orientation: head.orientation,
    })
}

#[derive(Debug, Default)]
struct Head {
    width: u16,
    height: u16,
    colours: u8,
    adobe: bool,
    orientation: u8,
}

impl Head {
    fn read(bytes: &[u8]) -> Option<Self> {
        let mut head = Self {
            orientation: 1,
            ..Self::default()
        };
        let mut rest = bytes.get(2..)?;
        loop {
            let (marker, after) = marker(rest)?;
            if marker == START_OF_SCAN {
                let ends = after.windows(2).any(|pair| pair == END_OF_IMAGE);
                return (head.width > 0 && head.height > 0 && ends).then_some(head);
            }
            if matches!(marker, 0x01 | 0xd0..=0xd7) {
                rest = after;
                continue;
            }
            let length = usize::from(big(after, 0)?);
            let segment = after.get(2..length)?;
            match marker {
                // Sizes of frames: the common three, then those a PDF may not hold.
                0xc0..=0xc2 => head.frame(segment)?,
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xd8 | 0xd9 => return None,
                EXIF => head.orientation = orientation(segment).unwrap_or(head.orientation),
                ADOBE => head.adobe = segment.starts_with(b"Adobe"),
                _ => {}
            }
            rest = after.get(length..)?;
        }
    }

    fn frame(&mut self, segment: &[u8]) -> Option<()> {
        if *segment.first()? != 8 {
            return None;
        }
        self.height = big(segment, 1)?;
        self.width = big(segment, 3)?;
        self.colours = *segment.get(5)?;
        Some(())
    }
}

/// The next marker and what is behind it.
fn marker(bytes: &[u8]) -> Option<(u8, &[u8])> {
    let (first, rest) = bytes.split_first()?;
    let at = rest.iter().position(|byte| *byte != 0xff)?;
    (*first == 0xff).then_some((rest[at], &rest[at + 1..]))
}

fn big(bytes: &[u8], at: usize) -> Option<u16> {
    let pair = bytes.get(at..at + 2)?;
    Some(u16::from_be_bytes([pair[0], pair[1]]))
}

/// The orientation in an Exif segment.
fn orientation(segment: &[u8]) -> Option<u8> {
    let tiff = segment.strip_prefix(b"Exif\0\0")?;
    let little = match tiff.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let value = big(tiff, at)?;
        Some(if little { value.swap_bytes() } else { value })
    };
    let (low, high) = if little {
        (short(4)?, short(6)?)
    } else {
        (short(6)?, short(4)?)
    };
    let directory = usize::from(high) << 16 | usize::from(low);
    let entries = usize::from(short(directory)?);
    let entry = (0..entries)
        .map(|nth| directory + 2 + nth * 12)
        .find(|at| short(*at) == Some(ORIENTATION))?;
    let value = u8::try_from(short(entry + 8)?).ok()?;
    (1..=8).contains(&value).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Signature, an Exif segment that says `orientation`, a frame of 4 by 3, and an end.
    fn with_orientation(little: bool, orientation: u16) -> Vec<u8> {
        let number = |value: u16| {
            if little {
                value.to_le_bytes()
            } else {
                value.to_be_bytes()
            }
        };
        let mut tiff = if little {
            b"II*\0\x08\0\0\0".to_vec()
        } else {
            b"MM\0*\0\0\0\x08".to_vec()
        };
        tiff.extend(number(1));
        for value in [ORIENTATION, 3] {
            tiff.extend(number(value));
        }
        tiff.extend(if little { [1, 0, 0, 0] } else { [0, 0, 0, 1] });
        tiff.extend(number(orientation));
        tiff.extend([0; 6]);
        let mut file = vec![0xff, 0xd8, 0xff, EXIF];
        file.extend(u16::try_from(tiff.len() + 8).unwrap().to_be_bytes());
        file.extend(b"Exif\0\0");
        file.extend(tiff);
        file.extend([0xff, 0xc0, 0, 8, 8, 0, 3, 0, 4, 1]);
        file.extend([0xff, START_OF_SCAN, 0, 2, 0xff, 0xd9]);
        file
    }

    #[test]
    fn a_head_says_size_colours_and_how_the_camera_was_held() {
        for (little, orientation) in [(true, 6), (false, 6), (true, 3), (false, 8)] {
            let head = Head::read(&with_orientation(little, orientation)).unwrap();
            assert_eq!((head.width, head.height, head.colours), (4, 3, 1));
            assert_eq!(u16::from(head.orientation), orientation);
        }
        assert_eq!(Head::read(&with_orientation(true, 9)).unwrap().orientation, 1);
    }

    #[test]
    fn a_head_that_is_cut_short_anywhere_is_refused() {
        let whole = with_orientation(true, 6);
        for end in 0..whole.len() {
            assert!(Head::read(&whole[..end]).is_none(), "{end}");
        }
    }
}
