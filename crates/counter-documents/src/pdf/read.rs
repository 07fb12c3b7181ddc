//! Reading the QR text out of a PDF's document information.
//!
//! The file comes from anywhere: nothing is trusted, sizes are bounded, nothing panics. Files
//! of ours carry the entry in plain sight; a program that saved one again may have packed it
//! into a compressed object stream, which is looked into as well. Leaves out: encrypted files
//! and text drawn on the page, which is not proof of anything.

use miniz_oxide::inflate::decompress_to_vec_zlib_with_limit;

use super::QR_KEY;

/// Larger files are not looked at.
const LARGEST_FILE: usize = 16 << 20;
/// Longer texts do not fit a QR symbol.
const LONGEST_TEXT: usize = 8 << 10;
/// What may come out of one object stream, and how many are opened.
const LARGEST_STREAM: usize = 1 << 20;
const MOST_STREAMS: usize = 64;
/// How far before its data the dictionary of an object stream is looked for.
const DICTIONARY_REACH: usize = 512;

/// The text of the QR symbol as the PDF's metadata has it, or none.
///
/// Any bytes are welcome; files over 16 MiB and texts over 8 KiB give none. The text proves
/// nothing until its signature is checked.
pub fn qr_text_of_pdf(bytes: &[u8]) -> Option<String> {
    if bytes.len() > LARGEST_FILE || !bytes.starts_with(b"%PDF-") {
        return None;
    }
    entry(bytes).or_else(|| object_streams(bytes))
}

/// The last entry counts: a file that was added to has the newest one at its end.
fn entry(bytes: &[u8]) -> Option<String> {
    let mut end = bytes.len();
    while let Some(at) = last(&bytes[..end], QR_KEY) {
        let after = &bytes[at + QR_KEY.len()..];
        let is_name = at > 0 && bytes[at - 1] == b'/';
        if is_name && let Some(text) = string(after) {
            return Some(text);
        }
        end = at;
    }
    None
}

fn object_streams(bytes: &[u8]) -> Option<String> {
    let (mut from, mut opened, mut found) = (0, 0, None);
    while let Some(at) = first(&bytes[from..], b"stream") {
        let keyword = from + at;
        from = keyword + b"stream".len();
        let dictionary = &bytes[keyword.saturating_sub(DICTIONARY_REACH)..keyword];
        let own = last(dictionary, b"obj").map_or(dictionary, |at| &dictionary[at..]);
        if first(own, b"/ObjStm").is_none() {
            continue;
        }
        opened += 1;
        if opened > MOST_STREAMS {
            return found;
        }
        let data = bytes[from..].trim_ascii_start();
        let data = &data[..first(data, b"endstream").unwrap_or(data.len())];
        if let Ok(plain) = decompress_to_vec_zlib_with_limit(data, LARGEST_STREAM)
            && let Some(text) = entry(&plain)
        {
            found = Some(text);
        }
    }
    found
}

/// A PDF string, `(…)` or `<…>`.
fn string(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.trim_ascii_start();
    let raw = match bytes.first()? {
        b'(' => literal(&bytes[1..])?,
        b'<' => hexadecimal(&bytes[1..])?,
        _ => return None,
    };
    match raw.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> = wide
                .chunks_exact(2)
                .map(|pair| u16::from_be_bytes([pair[0], pair[1]]))
                .collect();
            String::from_utf16(&units).ok()
        }
        None => raw.is_ascii().then(|| String::from_utf8(raw).ok()).flatten(),
    }
}

fn literal(bytes: &[u8]) -> Option<Vec<u8>> {
    let (mut out, mut depth, mut at) = (Vec::new(), 0, 0);
    while out.len() <= LONGEST_TEXT {
        let byte = *bytes.get(at)?;
        at += 1;
        match byte {
            b')' if depth == 0 => return Some(out),
            b')' => {
                depth -= 1;
                out.push(byte);
            }
            b'(' => {
                depth += 1;
                out.push(byte);
            }
            b'\\' => at += escape(&bytes[at..], &mut out)?,
            _ => out.push(byte),
        }
    }
    None
}

/// What follows a backslash; returns how many bytes it took.
fn escape(bytes: &[u8], out: &mut Vec<u8>) -> Option<usize> {
    match *bytes.first()? {
        b'n' => out.push(b'\n'),
        b'r' => out.push(b'\r'),
        b't' => out.push(b'\t'),
        b'b' => out.push(8),
        b'f' => out.push(12),
        b'\n' => {}
        b'\r' => return Some(if bytes.get(1) == Some(&b'\n') { 2 } else { 1 }),
        b'0'..=b'7' => {
            let digits = bytes
                .iter()
                .take(3)
                .take_while(|byte| (b'0'..=b'7').contains(byte))
                .count();
            let value = bytes[..digits]
                .iter()
                .fold(0u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
            out.push((value & 0xff) as u8);
            return Some(digits);
        }
        other => out.push(other),
    }
    Some(1)
}

fn hexadecimal(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut digits = Vec::new();
    for byte in bytes.iter().take(4 * LONGEST_TEXT) {
        match byte {
            b'>' => {
                if digits.len() % 2 == 1 {
                    digits.push(0);
                }
                return Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect());
            }
            byte if byte.is_ascii_whitespace() => {}
            byte => digits.push(char::from(*byte).to_digit(16)? as u8),
        }
    }
    None
}

fn first(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

fn last(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).rposition(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_text_is_found_in_every_form_a_pdf_may_write_it() {
        let read = |body: &str| qr_text_of_pdf(format!("%PDF-1.7\n{body}").as_bytes());
        assert_eq!(
            read("<< /CreditCounterQr (A\\(B\\)C\\101) >>").as_deref(),
            Some("A(B)CA")
        );
        assert_eq!(read("<< /CreditCounterQr <FEFF0041 00 42> >>").as_deref(), Some("AB"));
        assert_eq!(
            read("/CreditCounterQr (OLD) /CreditCounterQr (NEW)").as_deref(),
            Some("NEW")
        );
        assert_eq!(read("CreditCounterQr (NO NAME)"), None);
        assert_eq!(read("/CreditCounterQr (no end"), None);
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(b"1 0 << /CreditCounterQr (PACKED) >>", 6);
        let mut file = b"%PDF-1.7\n5 0 obj << /Type /ObjStm /N 1 >>\nstream\r\n".to_vec();
        file.extend(packed);
        file.extend(b"\nendstream endobj");
        assert_eq!(qr_text_of_pdf(&file).as_deref(), Some("PACKED"));
    }

    #[test]
    fn a_bomb_is_left_alone() {
        let packed = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b' '; 64 << 20], 9);
        let mut file = b"%PDF-1.7\n5 0 obj << /Type /ObjStm >>\nstream\n".to_vec();
        file.extend(packed);
        assert_eq!(qr_text_of_pdf(&file), None);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(tail in proptest::collection::vec(any::<u8>(), 0..400), cut in 0usize..60) {
            let mut file = b"%PDF-1.7 << /ObjStm >> stream x /CreditCounterQr (A\\1<".to_vec();
            file.truncate(60 - cut);
            file.extend(tail);
            let _ = qr_text_of_pdf(&file);
        }
    }
}
