//! Where a sheet's header is, and which rows are data.

use counter_core::publicity::{CellKind, Layout, RawCell, RowKind, SheetHint, detect_layout, is_footer};

/// The header stands in the first rows that are filled.
const HEADER_WITHIN: u32 = 20;

/// One sheet while its rows go by.
pub(super) struct Sheet {
    /// Its name.
    pub name: String,
    hint: SheetHint,
    state: State,
    last_row: u32,
}

enum State {
    /// No header yet; so many filled rows were looked at.
    Looking(u32),
    /// The rows are data.
    Data(Box<Layout>),
    /// No header where one should be: the sheet is none of ours.
    Foreign,
}

/// What a row is.
pub(super) enum RowIs {
    /// A row of data.
    Data,
    /// The header: the columns are known from here on.
    Header,
    /// An explanation below the table, a repeated header.
    Skipped,
    /// Above the header, or in a foreign sheet.
    Nothing,
}

impl Sheet {
    pub(super) fn new(name: String, asked: Option<RowKind>) -> Self {
        let mut hint = SheetHint::from_name(&name);
        hint.kind = hint.kind.or(asked);
        Self {
            name,
            hint,
            state: State::Looking(0),
            last_row: 0,
        }
    }

    /// The columns, once the header went by.
    pub(super) fn layout(&self) -> Option<&Layout> {
        match &self.state {
            State::Data(layout) => Some(layout),
            State::Looking(_) | State::Foreign => None,
        }
    }

    /// Looks at a row. Blank rows that were passed over before it are added to `blank`.
    pub(super) fn look(&mut self, number: u32, cells: &[RawCell<'_>], blank: &mut u64) -> RowIs {
        let filled = cells.iter().any(|cell| !cell.text.trim().is_empty());
        match &mut self.state {
            State::Foreign => RowIs::Nothing,
            State::Looking(seen) => {
                if !filled {
                    return RowIs::Nothing;
                }
                *seen += 1;
                if let Some(layout) = detect_layout(cells, self.hint) {
                    self.state = State::Data(Box::new(layout));
                    self.last_row = number;
                    return RowIs::Header;
                }
                if *seen >= HEADER_WITHIN {
                    self.state = State::Foreign;
                }
                RowIs::Nothing
            }
            State::Data(layout) => {
                if !filled {
                    return RowIs::Nothing;
                }
                *blank += u64::from(number.saturating_sub(self.last_row + 1));
                self.last_row = number;
                if is_footer(cells) || is_repeated_header(layout, cells, self.hint) {
                    return RowIs::Skipped;
                }
                RowIs::Data
            }
        }
    }
}

/// Templates have a second header row of codes; printed tables repeat theirs on every page.
fn is_repeated_header(layout: &Layout, cells: &[RawCell<'_>], hint: SheetHint) -> bool {
    let first = cells
        .iter()
        .map(|cell| cell.text.trim())
        .find(|text| !text.is_empty())
        .unwrap_or("");
    let may_be =
        first.starts_with("CF_") || first.starts_with("XK_") || first.contains("行政相对人") || first.ends_with("文号");
    may_be
        && cells.iter().all(|cell| cell.kind == CellKind::Text)
        && detect_layout(cells, hint).is_some_and(|again| again.kind == layout.kind)
}
