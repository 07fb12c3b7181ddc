//! Unpacking a workbook within limits, before any library looks inside.
//!
//! Only the parts that hold cells are taken, each inflated once and counted as it comes out: what the
//! archive declares is not believed. They are handed on as an archive without compression.

use std::io::{Cursor, Read, Write};

use zip::{CompressionMethod, ZipArchive, ZipWriter, result::ZipError, write::SimpleFileOptions};

use super::{ReadError, ReadLimits};

const MOST_PARTS: usize = 4_096;
/// Past this, a workbook that grew more than [`MOST_GROWTH`]-fold is no table.
const GROWTH_FROM: u64 = 64 << 20;
const MOST_GROWTH: u64 = 400;

/// The cells' parts of the workbook in `bytes`, as a plain archive.
pub(super) fn unpack(bytes: &[u8], limits: &ReadLimits) -> Result<Vec<u8>, ReadError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
    if archive.len() > MOST_PARTS {
        return Err(ReadError::Damaged(format!("{} parts", archive.len())));
    }
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let has = |part: &str| names.iter().any(|name| name.eq_ignore_ascii_case(part));
    if !has("xl/workbook.xml") {
        return Err(if has("xl/workbook.bin") {
            ReadError::UnsupportedFormat { format: "xlsb" }
        } else if has("content.xml") {
            ReadError::UnsupportedFormat { format: "ods" }
        } else {
            ReadError::NotASpreadsheet
        });
    }
    let wanted: Vec<usize> = (0..archive.len()).filter(|at| is_wanted(&archive, *at)).collect();
    let declared: u64 = wanted
        .iter()
        .filter_map(|at| archive.by_index_raw(*at).ok().map(|part| part.size()))
        .fold(0, u64::saturating_add);
    let bound = limits
        .unpacked_bytes
        .min(GROWTH_FROM.max((bytes.len() as u64).saturating_mul(MOST_GROWTH)));
    let too_far = ReadError::UnpacksTooFar { limit_mib: bound >> 20 };
    if declared > bound {
        return Err(too_far);
    }
    let mut plain = ZipWriter::new(Cursor::new(Vec::with_capacity(
        usize::try_from(declared).unwrap_or(0) + (64 << 10),
    )));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .large_file(false);
    let mut left = bound;
    for at in wanted {
        let part = archive.by_index(at).map_err(damaged)?;
        if part.encrypted() {
            return Err(ReadError::PasswordProtected);
        }
        plain.start_file(part.name(), options).map_err(damaged)?;
        left = copy(part, &mut plain, left)?.ok_or_else(|| too_far.clone())?;
    }
    Ok(plain.finish().map_err(damaged)?.into_inner())
}

/// Copies a part; answers what is left of the bound, `None` where it was not enough.
fn copy(mut part: impl Read, plain: &mut impl Write, mut left: u64) -> Result<Option<u64>, ReadError> {
    let mut buffer = vec![0; 256 << 10];
    loop {
        let length = part
            .read(&mut buffer)
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        if length == 0 {
            return Ok(Some(left));
        }
        let Some(rest) = left.checked_sub(length as u64) else {
            return Ok(None);
        };
        left = rest;
        plain
            .write_all(&buffer[..length])
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
    }
}

fn is_wanted(archive: &ZipArchive<Cursor<&[u8]>>, at: usize) -> bool {
    let Some(name) = archive.name_for_index(at) else {
        return false;
    };
    let name = name.to_ascii_lowercase();
    name.ends_with(".xml") && (name == "[content_types].xml" || name.starts_with("xl/worksheets/") || is_book(&name))
        || name == "_rels/.rels"
        || name == "xl/_rels/workbook.xml.rels"
}

fn is_book(name: &str) -> bool {
    matches!(name, "xl/workbook.xml" | "xl/sharedstrings.xml" | "xl/styles.xml")
}

fn damaged(error: ZipError) -> ReadError {
    if let ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) = error {
        return ReadError::PasswordProtected;
    }
    ReadError::Damaged(error.to_string())
}
