//! Rows below a header, sheet by sheet: files whose columns are found by what they are called.

use std::convert::Infallible;

use counter_core::publicity::{RawCell, text};
use publicity_file::{Block, ReadLimits, Source, read};

use super::FileError;

/// The header stands in the first rows.
const HEADER_WITHIN: u32 = 20;

/// Where a row stands, as a person finds it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'s> {
    /// The sheet's name.
    pub sheet: &'s str,
    /// The row's number.
    pub row: u32,
}

/// Calls `each` for every row below a header in which `columns_of` finds the columns it needs.
///
/// # Errors
/// [`FileError::NoKnownHeader`] where no sheet has one; what reading fails with.
pub(super) fn rows_below<C: Copy>(
    source: &Source,
    limits: &ReadLimits,
    columns_of: impl Fn(&[RawCell<'_>]) -> Option<C>,
    mut each: impl FnMut(Place<'_>, C, &[RawCell<'_>]),
) -> Result<(), FileError> {
    let (mut columns, mut looked_at, mut has_header) = (None, 0, false);
    let mut sheet = String::new();
    read(source, limits, &mut |block| {
        match block {
            Block::Sheet(name) => {
                sheet = name;
                (columns, looked_at) = (None, 0);
            }
            Block::Rows(batch, _) => {
                let mut cells: Vec<RawCell<'_>> = Vec::new();
                batch
                    .for_each(&mut cells, |row, cells| {
                        match columns {
                            Some(columns) => each(Place { sheet: &sheet, row }, columns, cells),
                            None if looked_at < HEADER_WITHIN => columns = columns_of(cells),
                            None => {}
                        }
                        looked_at += 1;
                        Ok::<_, Infallible>(())
                    })
                    .unwrap_or_else(|never| match never {});
                has_header |= columns.is_some();
            }
        }
        true
    })?;
    if has_header {
        Ok(())
    } else {
        Err(FileError::NoKnownHeader)
    }
}

/// The column that is called by one of `names`.
pub(super) fn column(cells: &[RawCell<'_>], names: &[&str]) -> Option<usize> {
    cells
        .iter()
        .position(|cell| names.contains(&text::trim(cell.text).trim_end_matches('*')))
}

/// The text of a cell, without what stands around it.
pub(super) fn trimmed<'c>(cells: &[RawCell<'c>], at: usize) -> &'c str {
    cells.get(at).map_or("", |cell| text::trim(cell.text))
}

/// Whether a row holds anything.
pub(super) fn is_filled(cells: &[RawCell<'_>]) -> bool {
    cells.iter().any(|cell| !text::trim(cell.text).is_empty())
}
