//! 信用主体: a register with a code, a name and former names in columns.

use std::collections::HashSet;

use counter_core::{
    identifier::Uscc,
    publicity::{RawCell, text},
};
use hub_api::dataset::SubjectRow;
use publicity_file::{Block, ReadLimits, Source, read};

use super::{FileError, FileRows, Findings, RowCounts};

/// The header stands in the first rows.
const HEADER_WITHIN: u32 = 20;
/// How the columns are called in the registers that offices keep.
const CODE: &[&str] = &["统一社会信用代码", "社会信用代码", "信用代码"];
const NAME: &[&str] = &["主体名称", "企业名称", "单位名称", "机构名称", "名称", "行政相对人名称"];
const FORMER_NAMES: &[&str] = &["曾用名", "曾用名称", "历史名称"];
/// What stands between several former names in one cell.
const BETWEEN_NAMES: [char; 6] = ['；', ';', '、', '|', '\n', '/'];

/// Reads every sheet of `source` that has the columns. A row whose code is not valid is no subject of a register.
pub(super) fn read_rows(source: &Source, limits: &ReadLimits) -> Result<FileRows, FileError> {
    let mut register = Register::default();
    let mut columns = None;
    let mut looked_at = 0;
    read(source, limits, &mut |block| {
        match block {
            Block::Sheet(_) => (columns, looked_at) = (None, 0),
            Block::Rows(batch, _) => {
                let mut cells: Vec<RawCell<'_>> = Vec::new();
                batch
                    .for_each(&mut cells, |_, cells| {
                        match columns {
                            Some(columns) => register.row(columns, cells),
                            None if looked_at < HEADER_WITHIN => columns = Columns::find(cells),
                            None => {}
                        }
                        looked_at += 1;
                        Ok::<_, std::convert::Infallible>(())
                    })
                    .unwrap_or_else(|never| match never {});
                register.has_header |= columns.is_some();
            }
        }
        true
    })?;
    if !register.has_header {
        return Err(FileError::NoKnownHeader);
    }
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
        let at = |names: &[&str]| {
            cells
                .iter()
                .position(|cell| names.contains(&text::trim(cell.text).trim_end_matches('*')))
        };
        Some(Self {
            code: at(CODE)?,
            name: at(NAME)?,
            former_names: at(FORMER_NAMES),
        })
    }
}

#[derive(Default)]
struct Register {
    has_header: bool,
    rows: Vec<SubjectRow>,
    seen: HashSet<String>,
    counts: RowCounts,
}

impl Register {
    fn row(&mut self, columns: Columns, cells: &[RawCell<'_>]) {
        let cell = |at: usize| cells.get(at).map_or("", |cell| text::trim(cell.text));
        let name = text::line(cell(columns.name));
        let Ok(code) = Uscc::parse(cell(columns.code)) else {
            self.counts.skipped += u64::from(cells.iter().any(|cell| !text::trim(cell.text).is_empty()));
            return;
        };
        if name.is_empty() {
            self.counts.skipped += 1;
            return;
        }
        self.counts.read += 1;
        let code = code.to_string();
        if !self.seen.insert(code.clone()) {
            self.counts.duplicates += 1;
            return;
        }
        self.counts.accepted += 1;
        let former_names = columns.former_names.map_or("", cell).split(BETWEEN_NAMES);
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
