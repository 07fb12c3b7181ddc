//! xls: the old binary workbook. Its sizes were inspected before ([`super::biff`]).

use std::io::Cursor;

use calamine::{Data, Reader, Xls, XlsError};
use counter_core::publicity::CellKind;

use super::{
    Batch, Block, ReadError, ReadLimits, Sink, batch, guarded,
    xlsx::{put_moment, put_number},
};

pub(super) fn read(bytes: &[u8], limits: &ReadLimits, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    guarded(|| {
        let mut book = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
        let names = book.sheet_names();
        for (at, name) in names.iter().enumerate() {
            if !sink(Block::Sheet(name.clone())) {
                return Ok(());
            }
            let range = book.worksheet_range(name).map_err(damaged)?;
            let (first_row, first_column) = range.start().unwrap_or((0, 0));
            let mut batch = Batch::new();
            for (row, cells) in range.rows().enumerate() {
                if cells.iter().all(|cell| matches!(cell, Data::Empty)) {
                    continue;
                }
                if batch.len() >= batch::ROWS {
                    let full = std::mem::replace(&mut batch, Batch::new());
                    let permille = (at * 1000 / names.len().max(1)) as u16;
                    if !sink(Block::Rows(full, permille)) {
                        return Ok(());
                    }
                }
                let number = first_row + row as u32 + 1;
                batch.begin(number);
                batch.skip_to(first_column as usize);
                for cell in cells {
                    put(&mut batch, cell, number, limits)?;
                }
                batch.end();
            }
            if !sink(Block::Rows(batch, ((at + 1) * 1000 / names.len().max(1)) as u16)) {
                return Ok(());
            }
        }
        Ok(())
    })
}

fn put(batch: &mut Batch, value: &Data, row: u32, limits: &ReadLimits) -> Result<(), ReadError> {
    match value {
        Data::String(text) => {
            if text.chars().count() > limits.cell_characters as usize {
                return Err(ReadError::CellTooLong {
                    row,
                    limit: limits.cell_characters,
                });
            }
            batch.push(text, CellKind::Text);
        }
        Data::Int(number) => batch.push_shown(number, CellKind::Number),
        Data::Float(number) => put_number(batch, *number),
        Data::DateTime(moment) => put_moment(batch, *moment),
        Data::DateTimeIso(iso) => batch.push(iso.split('T').next().unwrap_or(iso), CellKind::Date),
        Data::DurationIso(iso) => batch.push(iso, CellKind::Text),
        Data::Bool(yes) => batch.push(if *yes { "TRUE" } else { "FALSE" }, CellKind::Text),
        Data::Error(error) => batch.push_shown(error, CellKind::Error),
        Data::Empty => batch.push("", CellKind::Text),
    }
    Ok(())
}

fn damaged(error: XlsError) -> ReadError {
    if let XlsError::Password = error {
        return ReadError::PasswordProtected;
    }
    ReadError::Damaged(error.to_string())
}
