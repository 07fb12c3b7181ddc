//! csv and its kin: UTF-8 with or without mark, UTF-16 with mark, GB18030; comma, tab, semicolon or bar.

use std::borrow::Cow;

use counter_core::publicity::CellKind;
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::{Batch, Block, ReadError, ReadLimits, Sink, Source, batch};

pub(super) fn read(source: &Source, limits: &ReadLimits, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let text = decode(source.bytes())?;
    let start = text.trim_start();
    if start.is_empty() {
        return Err(ReadError::Empty);
    }
    if start.starts_with('<') {
        return Err(ReadError::WebPage);
    }
    if start.starts_with("%PDF") || start.starts_with("{\\rtf") || text.contains('\0') {
        return Err(ReadError::NotASpreadsheet);
    }
    if !sink(Block::Sheet(source.stem())) {
        return Ok(());
    }
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter(start))
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut batch = Batch::new();
    let mut number = 0_u32;
    loop {
        let from = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
        let more = reader
            .read_record(&mut record)
            .map_err(|error| ReadError::Damaged(error.to_string()))?;
        if !more {
            break;
        }
        // The reader passes over blank lines; a person counts them.
        number = number
            .saturating_add(1)
            .saturating_add(blank_lines(text.as_bytes(), from));
        if number > limits.rows {
            return Err(ReadError::TooManyRows { limit: limits.rows });
        }
        if record.len() > limits.columns as usize {
            return Err(ReadError::TooManyColumns {
                row: number,
                limit: limits.columns,
            });
        }
        batch.begin(number);
        for cell in &record {
            if cell.len() > limits.cell_characters as usize && cell.chars().count() > limits.cell_characters as usize {
                return Err(ReadError::CellTooLong {
                    row: number,
                    limit: limits.cell_characters,
                });
            }
            batch.push(cell, CellKind::Text);
        }
        batch.end();
        if batch.len() >= batch::ROWS {
            let permille = from.saturating_mul(1000) / text.len().max(1);
            let full = std::mem::replace(&mut batch, Batch::new());
            if !sink(Block::Rows(full, permille.min(1000) as u16)) {
                return Ok(());
            }
        }
    }
    sink(Block::Rows(batch, 1000));
    Ok(())
}

/// Blank lines between the end of one record and the start of the next.
fn blank_lines(bytes: &[u8], from: usize) -> u32 {
    let mut rest = bytes.get(from..).unwrap_or(&[]);
    // The second half of the line break that ended the record before.
    if from > 0 && bytes.get(from - 1) == Some(&b'\r') && rest.first() == Some(&b'\n') {
        rest = &rest[1..];
    }
    let mut lines = 0;
    loop {
        rest = match rest {
            [b'\r', b'\n', after @ ..] | [b'\n' | b'\r', after @ ..] => after,
            _ => return lines,
        };
        lines += 1;
    }
}

fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ReadError> {
    for (mark, encoding) in [(&[0xFF, 0xFE], UTF_16LE), (&[0xFE, 0xFF], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(mark) {
            let (text, bad) = encoding.decode_without_bom_handling(rest);
            return if bad { Err(ReadError::NotASpreadsheet) } else { Ok(text) };
        }
    }
    let bytes = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]).unwrap_or(bytes);
    if bytes.contains(&0) {
        return Err(ReadError::NotASpreadsheet);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        // A file cut off inside a character is still UTF-8.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => {
            Err(ReadError::Damaged("ends inside a character".to_owned()))
        }
        Err(_) => match GB18030.decode_without_bom_handling_and_without_replacement(bytes) {
            Some(text) if looks_like_text(&text) => Ok(text),
            Some(_) => Err(ReadError::NotASpreadsheet),
            None => Err(if looks_binary(bytes) {
                ReadError::NotASpreadsheet
            } else {
                ReadError::WrongEncoding {
                    row: first_bad_row(bytes),
                }
            }),
        },
    }
}

fn looks_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    head.iter()
        .filter(|byte| **byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
        .count()
        * 20
        > head.len()
}

fn looks_like_text(text: &str) -> bool {
    !looks_binary(text.as_bytes())
}

/// The first line that GB18030 cannot read, counted from 1.
fn first_bad_row(bytes: &[u8]) -> u32 {
    let lines = bytes.split(|byte| *byte == b'\n');
    let before = lines
        .take_while(|line| {
            GB18030
                .decode_without_bom_handling_and_without_replacement(line)
                .is_some()
        })
        .count();
    u32::try_from(before + 1).unwrap_or(u32::MAX)
}

/// The separator that stands most often in the first lines.
fn delimiter(text: &str) -> u8 {
    let head: String = text.lines().take(5).collect::<Vec<_>>().join("\n");
    let count = |separator: &u8| head.bytes().filter(|byte| byte == separator).count();
    let all = [b',', b'\t', b';', b'|'];
    // The earlier one wins where they are level.
    all.into_iter().rev().max_by_key(count).unwrap_or(b',')
}
