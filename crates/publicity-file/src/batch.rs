//! Rows on their way from the reader: one buffer of text for many rows, no allocation a cell.

use std::fmt::Write;

use counter_core::publicity::{CellKind, RawCell};

/// How many rows travel together.
pub(super) const ROWS: usize = 512;

/// Some rows of one sheet, in order.
#[derive(Debug, Default)]
pub struct Batch {
    text: String,
    cells: Vec<(u32, u32, CellKind)>,
    rows: Vec<RowSpan>,
    open: Option<RowSpan>,
}

#[derive(Clone, Copy, Debug)]
struct RowSpan {
    number: u32,
    from: usize,
    to: usize,
}

impl Batch {
    pub(super) fn new() -> Self {
        Self {
            text: String::with_capacity(1 << 18),
            cells: Vec::with_capacity(ROWS * 32),
            rows: Vec::with_capacity(ROWS),
            open: None,
        }
    }

    /// How many whole rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Begins the row that a person sees under `number`.
    pub(super) fn begin(&mut self, number: u32) {
        self.end();
        self.open = Some(RowSpan {
            number,
            from: self.cells.len(),
            to: self.cells.len(),
        });
    }

    /// The number of the row begun last.
    pub(super) fn open_row(&self) -> Option<u32> {
        self.open.map(|row| row.number)
    }

    /// Fills the row with empty cells up to `column`.
    pub(super) fn skip_to(&mut self, column: usize) {
        if let Some(open) = self.open {
            let missing = (open.from + column).saturating_sub(self.cells.len());
            self.cells.extend(std::iter::repeat_n((0, 0, CellKind::Text), missing));
        }
    }

    pub(super) fn push(&mut self, text: &str, kind: CellKind) {
        let from = self.text.len() as u32;
        self.text.push_str(text);
        self.cells.push((from, self.text.len() as u32, kind));
    }

    pub(super) fn push_shown(&mut self, value: impl std::fmt::Display, kind: CellKind) {
        let from = self.text.len() as u32;
        // Writing to a string does not fail.
        let _ = write!(self.text, "{value}");
        self.cells.push((from, self.text.len() as u32, kind));
    }

    /// Ends the row begun last.
    pub(super) fn end(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.to = self.cells.len();
            self.rows.push(open);
        }
    }

    /// The rows: number, and the cells put into `cells` one row at a time.
    pub fn for_each<'b, E>(
        &'b self,
        cells: &mut Vec<RawCell<'b>>,
        mut each: impl FnMut(u32, &[RawCell<'b>]) -> Result<(), E>,
    ) -> Result<(), E> {
        for row in &self.rows {
            cells.clear();
            cells.extend(self.cells[row.from..row.to].iter().map(|(from, to, kind)| RawCell {
                text: &self.text[*from as usize..*to as usize],
                kind: *kind,
            }));
            each(row.number, cells)?;
        }
        Ok(())
    }
}
