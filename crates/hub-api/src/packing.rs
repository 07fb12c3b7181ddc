//! Bodies packed for a slow line: the length of the body, then one zlib stream of it.
//!
//! A hub says in every answer that it unpacks (`accept-encoding`, RFC 7694), and a packed request says so
//! (`content-encoding`). What is signed is the body as it is sent. Nothing is negotiated beside that: a packed body read
//! as a plain one, or the other way round, is not a message.

use miniz_oxide::{
    deflate::compress_to_vec_zlib,
    inflate::{
        TINFLStatus,
        core::{
            DecompressorOxide, decompress,
            inflate_flags::{
                TINFL_FLAG_COMPUTE_ADLER32, TINFL_FLAG_PARSE_ZLIB_HEADER, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
            },
        },
    },
};

/// The word for it in both headers.
pub const PACKING: &str = "x-sized-zlib";

/// The quickest: a batch must be packed while the hub records the one before.
const LEVEL: u8 = 1;

/// Bytes that are not a packed body, or not one that may be unpacked here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnpackError {
    /// It says it has more bytes than are allowed, or has more than it says.
    #[error("unpacked, the body is longer than allowed")]
    TooLong,
    /// Not one whole stream of the length it states.
    #[error("the body is not packed as {PACKING}")]
    Malformed,
}

/// Packs `raw`. A body of more than 4 GiB cannot state its length and cannot be unpacked; none may be that long.
pub fn pack(raw: &[u8]) -> Vec<u8> {
    let length = u32::try_from(raw.len()).unwrap_or(u32::MAX);
    let mut packed = length.to_be_bytes().to_vec();
    packed.extend(compress_to_vec_zlib(raw, LEVEL));
    packed
}

/// Unpacks a body of at most `limit` bytes. The length it states is looked at before any of it is unpacked, and is all
/// the room its content gets.
///
/// # Errors
/// [`UnpackError`].
pub fn unpack(packed: &[u8], limit: usize) -> Result<Vec<u8>, UnpackError> {
    let (stated, stream) = packed.split_first_chunk().ok_or(UnpackError::Malformed)?;
    let stated = usize::try_from(u32::from_be_bytes(*stated)).map_err(|_| UnpackError::TooLong)?;
    if stated > limit {
        return Err(UnpackError::TooLong);
    }
    let mut raw = vec![0; stated];
    let flags = TINFL_FLAG_PARSE_ZLIB_HEADER | TINFL_FLAG_COMPUTE_ADLER32 | TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF;
    let mut state = Box::<DecompressorOxide>::default();
    let (status, read, written) = decompress(&mut state, stream, &mut raw, 0, flags);
    if status == TINFLStatus::Done && read == stream.len() && written == stated {
        Ok(raw)
    } else if status == TINFLStatus::HasMoreOutput {
        Err(UnpackError::TooLong)
    } else {
        Err(UnpackError::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(length: usize) -> Vec<u8> {
        (0_usize..length).map(|at| (at * at % 251) as u8).collect()
    }

    #[test]
    fn what_is_packed_comes_out_again_byte_for_byte() {
        for length in [0, 1, 1_000, 3_000_000] {
            let raw = text(length);
            assert_eq!(unpack(&pack(&raw), length), Ok(raw));
        }
    }

    #[test]
    fn a_bomb_is_refused_by_the_length_it_states() {
        let bomb = pack(&vec![0; 64 * 1024 * 1024]);
        assert!(bomb.len() < 400_000, "{}", bomb.len());
        assert_eq!(unpack(&bomb, 1024 * 1024), Err(UnpackError::TooLong));
    }

    #[test]
    fn a_bomb_that_lies_about_its_length_gets_no_more_room_than_it_stated() {
        let mut bomb = pack(&vec![0; 64 * 1024 * 1024]);
        bomb[..4].copy_from_slice(&1_000_u32.to_be_bytes());
        assert_eq!(unpack(&bomb, 1024 * 1024), Err(UnpackError::TooLong));
        let mut short = pack(&text(1_000));
        short[..4].copy_from_slice(&1_001_u32.to_be_bytes());
        assert_eq!(unpack(&short, 1024 * 1024), Err(UnpackError::Malformed));
    }

    #[test]
    fn cut_altered_and_trailing_bytes_are_no_body() {
        let whole = pack(&text(10_000));
        for cut in [0, 1, 4, whole.len() / 2, whole.len() - 1] {
            assert_eq!(
                unpack(&whole[..cut], 10_000),
                Err(UnpackError::Malformed),
                "cut at {cut}"
            );
        }
        let mut altered = whole.clone();
        *altered.last_mut().unwrap() ^= 1;
        assert_eq!(unpack(&altered, 10_000), Err(UnpackError::Malformed), "the checksum");
        assert_eq!(
            unpack(&[whole.as_slice(), b"x"].concat(), 10_000),
            Err(UnpackError::Malformed)
        );
        // A map of CBOR read as a length is longer than any body.
        assert_eq!(unpack(b"\xa3 is a map in CBOR", 10_000), Err(UnpackError::TooLong));
    }
}
