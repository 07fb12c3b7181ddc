//! Why an import did not happen.

use counter_store::{RecordError, StoreError};

use publicity_file::{CheckError, ReadError};

use crate::Coded;

/// An import that did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// No sheet has a header of the reporting standard.
    #[error("no sheet has a header of the reporting standard")]
    NoKnownHeader,
    /// A sheet reports the other kind of row.
    #[error("sheet {sheet} does not report what was asked for")]
    OtherKind {
        /// The sheet.
        sheet: String,
    },
    /// Cancelled.
    #[error("cancelled")]
    Cancelled,
    /// The findings cannot be saved.
    #[error("the findings cannot be saved: {0}")]
    Report(String),
    /// There is no such import.
    #[error("no import {0}")]
    NoSuchRun(String),
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A change that goes with the import.
    #[error(transparent)]
    Record(#[from] RecordError),
}

impl ImportError {
    /// What happened and what to do, in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Read(error) => error.sentence(),
            Self::NoKnownHeader => {
                "没有找到双公示表头；请确认文件含“行政相对人名称”“决定书文号”等列，且表头在前20行内。".to_owned()
            }
            Self::OtherKind { sheet } => format!("工作表“{sheet}”与所选的数据种类不同；请改选数据种类或去掉该表。"),
            Self::Cancelled => "已取消导入，数据没有变化。".to_owned(),
            Self::Report(_) => "检查结果无法保存；请换一个位置，并确认同名文件没有打开。".to_owned(),
            Self::NoSuchRun(_) => "找不到这次导入的记录。".to_owned(),
            Self::Store(_) | Self::Record(_) => {
                "数据库没有保存本次导入，数据没有变化；请查看磁盘空间后重试。".to_owned()
            }
        }
    }
}

impl From<CheckError> for ImportError {
    fn from(error: CheckError) -> Self {
        match error {
            CheckError::Read(error) => Self::Read(error),
            CheckError::OtherKind { sheet } => Self::OtherKind { sheet },
        }
    }
}

impl Coded for ReadError {
    fn code(&self) -> &'static str {
        Self::code(self)
    }

    fn detail(&self) -> String {
        Self::detail(self)
    }
}

impl Coded for ImportError {
    fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => Coded::code(error),
            Self::NoKnownHeader => "import_no_known_header",
            Self::OtherKind { .. } => "import_other_kind",
            Self::Cancelled => "import_cancelled",
            Self::Report(_) => "import_report_not_saved",
            Self::NoSuchRun(_) => "import_no_such_run",
            Self::Store(error) => Coded::code(error),
            Self::Record(error) => Coded::code(error),
        }
    }

    fn detail(&self) -> String {
        match self {
            Self::Read(error) => Coded::detail(error),
            Self::NoKnownHeader | Self::Cancelled => String::new(),
            Self::OtherKind { sheet } => sheet.clone(),
            Self::Report(reason) => reason.clone(),
            Self::NoSuchRun(id) => id.clone(),
            Self::Store(error) => Coded::detail(error),
            Self::Record(error) => Coded::detail(error),
        }
    }
}
