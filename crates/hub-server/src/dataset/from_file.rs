//! The rows of a file that an office hands in, as hostile input.

use counter_core::{
    pack::{PackError, RulePack},
    publicity::RowKind,
};
use hub_api::dataset::{ChunkRow, DatasetKind, DocumentRow};
use jiff::civil::Date;
use publicity_file::{CheckError, ReadError, ReadLimits, Source, day_in_name};

use super::{Findings, publicity_rows, subject_rows, topic_rows};

/// What a file holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRows {
    /// The rows, to be published.
    pub rows: Vec<ChunkRow>,
    /// What became of the rows of the file.
    pub counts: RowCounts,
    /// What was found in them; nothing where the kind is not held against a standard.
    pub findings: Findings,
    /// 数据截至: the day in the file's name, otherwise the latest decision in it.
    pub data_as_of: Option<Date>,
}

/// What became of the rows of a file. `read = accepted + kept_for_check + duplicates`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowCounts {
    /// Rows of data.
    pub read: u64,
    /// Taken.
    pub accepted: u64,
    /// Taken, and marked: they break a rule of the reporting standard.
    pub kept_for_check: u64,
    /// The same decision or subject once more; the first stands.
    pub duplicates: u64,
    /// Rows that name no subject, explanations.
    pub skipped: u64,
}

/// A file that is not published.
#[derive(Debug, thiserror::Error)]
pub enum FileError {
    /// It cannot be read, or holds another kind of rows.
    #[error(transparent)]
    Check(#[from] CheckError),
    /// No sheet has the columns.
    #[error("no sheet of the file has a header with the columns of this kind")]
    NoKnownHeader,
    /// It is no rule pack.
    #[error("the file is no rule pack: {0}")]
    Pack(#[from] PackError),
    /// A rule pack that is no text.
    #[error("the rule pack is not written in UTF-8")]
    NotText,
}

impl From<ReadError> for FileError {
    fn from(error: ReadError) -> Self {
        Self::Check(error.into())
    }
}

/// Reads `source` as a dataset of `kind`; decisions after `today` are marked. Takes seconds for a district's file: call
/// it where waiting is allowed.
///
/// # Errors
/// [`FileError`].
pub fn rows_of_file(source: &Source, kind: DatasetKind, today: Date) -> Result<FileRows, FileError> {
    let limits = ReadLimits::default();
    let mut file = match kind {
        DatasetKind::Penalty => publicity_rows::read_rows(source, RowKind::Penalty, &limits, today)?,
        DatasetKind::Permit => publicity_rows::read_rows(source, RowKind::Permit, &limits, today)?,
        DatasetKind::Subject => subject_rows::read_rows(source, &limits)?,
        DatasetKind::Topic => topic_rows::read_rows(source, &limits, today)?,
        DatasetKind::RulePack => rule_pack(source)?,
    };
    if let Some(day) = day_in_name(&source.name).filter(|day| *day <= today) {
        file.data_as_of = Some(day);
    }
    Ok(file)
}

fn rule_pack(source: &Source) -> Result<FileRows, FileError> {
    let text = std::str::from_utf8(source.bytes()).map_err(|_| FileError::NotText)?;
    let pack = RulePack::parse(text)?;
    let row = DocumentRow {
        name: pack.id,
        text: text.to_owned(),
    };
    Ok(FileRows {
        rows: vec![row.to_chunk_row()],
        counts: RowCounts {
            read: 1,
            accepted: 1,
            ..RowCounts::default()
        },
        findings: Findings::default(),
        data_as_of: pack.issued_on,
    })
}
