//! xlsx: cell by cell, without laying the sheet out in memory.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx, XlsxError};
use counter_core::publicity::CellKind;

use super::{Batch, Block, ReadError, ReadLimits, Sink, batch, guarded};

/// Excel's day numbers from 1900-01-01 to 9999-12-31.
const DAYS: std::ops::Range<f64> = 1.0..2_958_466.0;

pub(super) fn read(workbook: Vec<u8>, limits: &ReadLimits, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    guarded(|| {
        let mut book = Xlsx::new(Cursor::new(workbook)).map_err(damaged)?;
        let names = book.sheet_names();
        for (at, name) in names.iter().enumerate() {
            if !sink(Block::Sheet(name.clone())) {
                return Ok(());
            }
            let share = Share {
                sheet: at,
                of: names.len(),
            };
            if !sheet(&mut book, name, share, limits, sink)? {
                return Ok(());
            }
        }
        Ok(())
    })
}

/// Which part of the file a sheet is, for the progress bar.
#[derive(Clone, Copy)]
struct Share {
    sheet: usize,
    of: usize,
}

impl Share {
    fn permille(self, row: u32, rows: u32) -> u16 {
        let inside = f64::from(row.min(rows)) / f64::from(rows.max(1));
        let whole = (self.sheet as f64 + inside) / self.of.max(1) as f64;
        (whole * 1000.0) as u16
    }
}

fn sheet(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    name: &str,
    share: Share,
    limits: &ReadLimits,
    sink: &mut Sink<'_>,
) -> Result<bool, ReadError> {
    let mut cells = match book.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A chart sheet has no cells; a sheet whose part is missing has none either.
        Err(XlsxError::NotAWorksheet(_) | XlsxError::WorksheetNotFound(_)) => return Ok(true),
        Err(error) => return Err(damaged(error)),
    };
    let rows = cells.dimensions().end.0.saturating_add(1);
    let mut batch = Batch::new();
    let mut column_next = 0;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (row, column) = cell.get_position();
        if row >= limits.rows {
            return Err(ReadError::TooManyRows { limit: limits.rows });
        }
        let number = row + 1;
        let value = cell.get_value();
        if matches!(value, DataRef::Empty) {
            continue;
        }
        if column >= limits.columns {
            return Err(ReadError::TooManyColumns {
                row: number,
                limit: limits.columns,
            });
        }
        if batch.open_row() != Some(number) {
            // Rows come in order; one that goes back was written by no spreadsheet program.
            if batch.open_row().is_some_and(|open| open > number) {
                return Err(ReadError::Damaged(format!("row {number} stands behind a later one")));
            }
            batch.end();
            if batch.len() >= batch::ROWS {
                let full = std::mem::replace(&mut batch, Batch::new());
                if !sink(Block::Rows(full, share.permille(row, rows))) {
                    return Ok(false);
                }
            }
            batch.begin(number);
            column_next = 0;
        }
        if column < column_next {
            return Err(ReadError::Damaged(format!("row {number} has a cell twice")));
        }
        batch.skip_to(column as usize);
        column_next = column + 1;
        put(&mut batch, value, number, limits)?;
    }
    batch.end();
    Ok(sink(Block::Rows(batch, share.permille(rows, rows))))
}

fn put(batch: &mut Batch, value: &DataRef<'_>, row: u32, limits: &ReadLimits) -> Result<(), ReadError> {
    let mut text = |text: &str, kind: CellKind| {
        if text.len() > limits.cell_characters as usize && text.chars().count() > limits.cell_characters as usize {
            return Err(ReadError::CellTooLong {
                row,
                limit: limits.cell_characters,
            });
        }
        batch.push(text, kind);
        Ok(())
    };
    match value {
        DataRef::SharedString(shared) => text(shared, CellKind::Text),
        DataRef::String(own) => text(own, CellKind::Text),
        DataRef::DateTimeIso(iso) => text(iso.split('T').next().unwrap_or(iso), CellKind::Date),
        DataRef::DurationIso(iso) => text(iso, CellKind::Text),
        DataRef::Bool(yes) => text(if *yes { "TRUE" } else { "FALSE" }, CellKind::Text),
        DataRef::Error(error) => {
            batch.push_shown(error, CellKind::Error);
            Ok(())
        }
        DataRef::Int(number) => {
            batch.push_shown(number, CellKind::Number);
            Ok(())
        }
        DataRef::Float(number) => {
            put_number(batch, *number);
            Ok(())
        }
        DataRef::DateTime(moment) => {
            put_moment(batch, *moment);
            Ok(())
        }
        DataRef::Empty => text("", CellKind::Text),
    }
}

/// A number written out in full, so that a code typed as a number keeps its digits.
pub(super) fn put_number(batch: &mut Batch, number: f64) {
    if number.abs() < 1e21 {
        batch.push_shown(number, CellKind::Number);
    } else {
        batch.push_shown(format_args!("{number:e}"), CellKind::Number);
    }
}

/// A date; a duration or a day no calendar has stays the number it is.
pub(super) fn put_moment(batch: &mut Batch, moment: calamine::ExcelDateTime) {
    if moment.is_datetime() && DAYS.contains(&moment.as_f64()) {
        let (year, month, day, ..) = moment.to_ymd_hms_milli();
        batch.push_shown(format_args!("{year:04}-{month:02}-{day:02}"), CellKind::Date);
    } else {
        put_number(batch, moment.as_f64());
    }
}

fn damaged(error: XlsxError) -> ReadError {
    if let XlsxError::Password = error {
        return ReadError::PasswordProtected;
    }
    ReadError::Damaged(error.to_string())
}
