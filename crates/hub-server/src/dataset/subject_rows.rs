//! 信用主体: a register with a code, a name and former names in columns.

use std::collections::HashSet;

use counter_core::{
    identifier::Uscc,
    publicity::{RawCell, text},
};
use hub_api::dataset::SubjectRow;
use publicity_file::{ReadLimits, Source};

use super::{
    FileError, FileRows, Findings, RowCounts,
    table::{column, is_filled, rows_below, trimmed},
};

/// How the columns are called in the registers that offices keep.
pub(super) const CODE: &[&str] = &["统一社会信用代码", "社会信用代码", "信用代码"];
pub(super) const NAME: &[&str] = &["主体名称", "企业名称", "单位名称", "机构名称", "名称", "行政相对人名称"];
const FORMER_NAMES: &[&str] = &["曾用名", "曾用名称", "历史名称"];
/// What stands between several former names in one cell.
const BETWEEN_NAMES: [char; 6] = ['；', ';', '、', '|', '\n', '/'];

/// Reads every sheet of `source` that has the columns. A row whose code is not valid is no subject of a register.
pub(super) fn read_rows(source: &Source, limits: &ReadLimits) -> Result<FileRows, FileError> {
    let mut register = Register::default();
    rows_below(source, limits, Columns::find, |_, columns, cells| {
        register.row(columns, cells)
    })?;
    Ok(FileRows {
        rows: register.rows.iter().map(SubjectRow::to_chunk_row).collect(),
        counts: register.counts,
        findings: Findings::default(),
        data_as_of: None,
    })
}

#[derive(Clone, Copy)]
struct Columns {
    code: usize,
    name: usize,
    former_names: Option<usize>,
}

impl Columns {
    fn find(cells: &[RawCell<'_>]) -> Option<Self> {
        Some(Self {
            code: column(cells, CODE)?,
            name: column(cells, NAME)?,
            former_names: column(cells, FORMER_NAMES),
        })
    }
}

#[derive(Default)]
struct Register {
    rows: Vec<SubjectRow>,
    seen: HashSet<String>,
    counts: RowCounts,
}

impl Register {
    fn row(&mut self, columns: Columns, cells: &[RawCell<'_>]) {
        let name = text::line(trimmed(cells, columns.name));
        let code = Uscc::parse(trimmed(cells, columns.code));
        let (Ok(code), false) = (code, name.is_empty()) else {
            self.counts.skipped += u64::from(is_filled(cells));
            return;
        };
        self.counts.read += 1;
        let code = code.to_string();
        if !self.seen.insert(code.clone()) {
            self.counts.duplicates += 1;
            return;
        }
        self.counts.accepted += 1;
        let former_names = columns
            .former_names
            .map_or("", |at| trimmed(cells, at))
            .split(BETWEEN_NAMES);
        let mut former: Vec<String> = Vec::new();
        for other in former_names.map(text::line) {
            if !other.is_empty() && other != name && !former.iter().any(|known| *known == other) {
                former.push(other.into_owned());
            }
        }
        self.rows.push(SubjectRow {
            identity: code.clone(),
            uscc: Some(code),
            name: name.into_owned(),
            former_names: former,
        });
    }
}
