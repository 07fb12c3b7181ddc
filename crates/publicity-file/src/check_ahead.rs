//! Checking rows beside the writing: a thread of its own holds them against the rules and makes what is kept of
//! them, so that the one that writes only looks up, decides and writes.
//!
//! Leaves out what needs the database or other rows: that is the intake's.

use std::sync::Arc;

use counter_core::publicity::{
    CheckContext, CheckedRow, ContentHash, Finding, Layout, RawCell, RowKey, RowKind, check, content_hash,
    near_duplicate_hash, row_key, write_cells, write_originals,
};
use jiff::civil::Date;
use self_cell::self_cell;

use crate::{
    Batch, Block, CheckError, ReadError,
    sheet::{RowIs, Sheet},
};

/// What every row is held against.
#[derive(Clone, Copy, Debug)]
pub struct Against {
    /// The kind that was asked for.
    pub kind: Option<RowKind>,
    /// The day of the import.
    pub today: Date,
    /// Decisions before this day are reported late.
    pub in_time_since: Option<Date>,
}

/// What the checking hands on.
pub enum CheckedBlock {
    /// The rows that follow are of this sheet.
    Sheet(Arc<str>),
    /// Some rows of it.
    Rows(CheckedRows),
}

/// Some rows of one sheet after the check.
pub struct CheckedRows {
    /// The columns, once the header went by.
    pub layout: Option<Arc<Layout>>,
    /// What the header lacks, where it is among these rows.
    pub of_header: Vec<Finding>,
    /// Rows that are no data.
    pub skipped: u64,
    /// How many rows were looked at.
    pub looked_at: u32,
    /// How much of the file is read, in thousandths.
    pub permille: u16,
    /// The rows of data.
    pub rows: CheckedBatch,
}

/// A row, and all that is made of it alone.
pub struct ReadyRow<'b> {
    /// Values and originals.
    pub checked: CheckedRow<'b>,
    /// Names the decision.
    pub key: RowKey,
    /// Names what the row says.
    pub content: ContentHash,
    /// The same for near-duplicates.
    pub near: Option<ContentHash>,
    /// Every filled field, as JSON.
    pub cells: String,
    /// What stood in the file where it differs, as JSON; empty where nothing does.
    pub originals: String,
    /// What is wrong with it.
    pub findings: Vec<Finding>,
}

type ReadyRows<'b> = Vec<ReadyRow<'b>>;

self_cell!(
    /// Rows that borrow their texts from the batch they came in.
    pub struct CheckedBatch {
        owner: Batch,

        #[covariant]
        dependent: ReadyRows,
    }
);

/// Checks every block and hands it on, until there are no more or `hand_on` wants none. An error is the last it hands on.
pub fn check_ahead(
    against: Against,
    blocks: impl IntoIterator<Item = Result<Block, ReadError>>,
    hand_on: &mut dyn FnMut(Result<CheckedBlock, CheckError>) -> bool,
) {
    let mut sheet: Option<CheckedSheet> = None;
    for block in blocks {
        let checked = match block {
            Err(error) => Err(error.into()),
            Ok(Block::Sheet(name)) => {
                let name: Arc<str> = name.into();
                sheet = Some(CheckedSheet {
                    sheet: Sheet::new(name.to_string(), against.kind),
                    layout: None,
                });
                Ok(CheckedBlock::Sheet(name))
            }
            Ok(Block::Rows(batch, permille)) => match sheet.as_mut() {
                Some(sheet) => sheet.check(against, batch, permille).map(CheckedBlock::Rows),
                None => continue,
            },
        };
        let failed = checked.is_err();
        if !hand_on(checked) || failed {
            return;
        }
    }
}

struct CheckedSheet {
    sheet: Sheet,
    layout: Option<Arc<Layout>>,
}

impl CheckedSheet {
    fn check(&mut self, against: Against, batch: Batch, permille: u16) -> Result<CheckedRows, CheckError> {
        let (mut of_header, mut skipped, mut looked_at) = (Vec::new(), 0, 0);
        let rows = CheckedBatch::try_new(batch, |batch| {
            let mut rows = Vec::with_capacity(batch.len());
            let mut cells: Vec<RawCell<'_>> = Vec::new();
            batch.for_each(&mut cells, |number, cells| {
                looked_at += 1;
                match self.sheet.look(number, cells, &mut skipped) {
                    RowIs::Nothing => {}
                    RowIs::Skipped => skipped += 1,
                    RowIs::Header => of_header.extend(self.header(against, number)?),
                    RowIs::Data => rows.extend(self.row(against, number, cells)),
                }
                Ok::<_, CheckError>(())
            })?;
            Ok::<_, CheckError>(rows)
        })?;
        Ok(CheckedRows {
            layout: self.layout.clone(),
            of_header,
            skipped,
            looked_at,
            permille,
            rows,
        })
    }

    /// The columns are known from here on; answers what they lack.
    fn header(&mut self, against: Against, number: u32) -> Result<Vec<Finding>, CheckError> {
        let Some(layout) = self.sheet.layout() else {
            return Ok(Vec::new());
        };
        if against.kind.is_some_and(|asked| asked != layout.kind) {
            return Err(CheckError::OtherKind {
                sheet: self.sheet.name.clone(),
            });
        }
        self.layout = Some(Arc::new(layout.clone()));
        Ok(check::missing_columns(layout, &self.sheet.name, number))
    }

    fn row<'b>(&self, against: Against, number: u32, cells: &[RawCell<'b>]) -> Option<ReadyRow<'b>> {
        let context = CheckContext {
            layout: self.layout.as_deref()?,
            sheet: &self.sheet.name,
            today: against.today,
            in_time_since: against.in_time_since,
        };
        let mut findings = Vec::new();
        let checked = check::check(cells, number, &context, &mut findings);
        let (mut kept, mut originals) = (String::new(), String::new());
        if checked.names_a_subject {
            kept.reserve(1024);
            write_cells(&checked.row, &mut kept);
            write_originals(&checked.row, &mut originals);
        }
        Some(ReadyRow {
            key: row_key(&checked.row),
            content: content_hash(&checked.row),
            near: near_duplicate_hash(&checked.row),
            cells: kept,
            originals,
            findings,
            checked,
        })
    }
}
