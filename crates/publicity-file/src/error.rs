//! Why a file cannot be read, each with one sentence for the person who chose it.

/// A file that is not taken. Nothing of it reached the database.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// The file is larger than is read.
    #[error("the file is larger than {limit_mib} MiB")]
    TooLarge {
        /// The limit.
        limit_mib: u64,
    },
    /// Neither a workbook nor a table of text.
    #[error("not a spreadsheet")]
    NotASpreadsheet,
    /// A web page or XML under the name of a spreadsheet.
    #[error("a web page or XML document, not a spreadsheet")]
    WebPage,
    /// A spreadsheet of another program.
    #[error("{format} is not supported")]
    UnsupportedFormat {
        /// Which.
        format: &'static str,
    },
    /// Encrypted.
    #[error("protected by a password")]
    PasswordProtected,
    /// Cut off or damaged.
    #[error("damaged: {0}")]
    Damaged(String),
    /// Text in none of the encodings read.
    #[error("neither UTF-8 nor GB18030, first at row {row}")]
    WrongEncoding {
        /// The first row that cannot be read.
        row: u32,
    },
    /// It holds far more than it seems to.
    #[error("unpacks to more than {limit_mib} MiB")]
    UnpacksTooFar {
        /// The limit.
        limit_mib: u64,
    },
    /// More columns than any layout.
    #[error("row {row} has more than {limit} columns")]
    TooManyColumns {
        /// The row.
        row: u32,
        /// The limit.
        limit: u32,
    },
    /// More rows than a sheet can have.
    #[error("more than {limit} rows")]
    TooManyRows {
        /// The limit.
        limit: u32,
    },
    /// A cell longer than a spreadsheet can hold: a missing quotation mark, as a rule.
    #[error("row {row} has a cell of more than {limit} characters")]
    CellTooLong {
        /// The row.
        row: u32,
        /// The limit.
        limit: u32,
    },
    /// The disk or the folder.
    #[error("cannot be opened: {0}")]
    Io(String),
}

impl ReadError {
    /// What happened and what to do, in one sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Empty => "文件是空的，没有可导入的内容；请重新导出后再选。".to_owned(),
            Self::TooLarge { limit_mib } => format!("文件超过{limit_mib}MB，未读取；请分成几个文件导入。"),
            Self::NotASpreadsheet => "这不是电子表格文件；请选择xlsx、xls或csv文件。".to_owned(),
            Self::WebPage => "这是网页或XML文件，不是电子表格；请在表格软件中打开后另存为xlsx再导入。".to_owned(),
            Self::UnsupportedFormat { format } => format!("不支持{format}格式；请在表格软件中另存为xlsx再导入。"),
            Self::PasswordProtected => "文件设有打开密码；请在表格软件中取消密码后再导入。".to_owned(),
            Self::Damaged(_) => "文件已损坏或不完整；请重新下载或导出后再导入。".to_owned(),
            Self::WrongEncoding { row } => {
                format!("第{row}行起的文字既不是UTF-8也不是GB18030编码；请在表格软件中另存为xlsx再导入。")
            }
            Self::UnpacksTooFar { limit_mib } => {
                format!("文件展开后超过{limit_mib}MB，远大于正常表格，已停止读取；请确认文件来源。")
            }
            Self::TooManyColumns { row, limit } => {
                format!("第{row}行超过{limit}列，不是双公示表格；请删除多余的列后再导入。")
            }
            Self::TooManyRows { limit } => format!("工作表超过{limit}行；请分成几个文件导入。"),
            Self::CellTooLong { row, limit } => {
                format!("第{row}行有一个单元格超过{limit}个字，可能缺少右引号；请检查该行后再导入。")
            }
            Self::Io(_) => "文件无法打开；请确认文件仍在原处且没有被其他程序占用。".to_owned(),
        }
    }

    /// The stable word.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "import_file_empty",
            Self::TooLarge { .. } => "import_file_too_large",
            Self::NotASpreadsheet => "import_not_a_spreadsheet",
            Self::WebPage => "import_web_page",
            Self::UnsupportedFormat { .. } => "import_unsupported_format",
            Self::PasswordProtected => "import_password_protected",
            Self::Damaged(_) => "import_file_damaged",
            Self::WrongEncoding { .. } => "import_wrong_encoding",
            Self::UnpacksTooFar { .. } => "import_unpacks_too_far",
            Self::TooManyColumns { .. } => "import_too_many_columns",
            Self::TooManyRows { .. } => "import_too_many_rows",
            Self::CellTooLong { .. } => "import_cell_too_long",
            Self::Io(_) => "import_file_not_opened",
        }
    }

    /// What the word is about; empty where it says all.
    pub fn detail(&self) -> String {
        match self {
            Self::Empty | Self::NotASpreadsheet | Self::WebPage | Self::PasswordProtected => String::new(),
            Self::TooLarge { limit_mib } | Self::UnpacksTooFar { limit_mib } => limit_mib.to_string(),
            Self::UnsupportedFormat { format } => (*format).to_owned(),
            Self::Damaged(reason) | Self::Io(reason) => reason.clone(),
            Self::WrongEncoding { row } | Self::TooManyColumns { row, .. } | Self::CellTooLong { row, .. } => {
                row.to_string()
            }
            Self::TooManyRows { limit } => limit.to_string(),
        }
    }
}

/// Rows that are not handed on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckError {
    /// The file cannot be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A sheet reports the other kind of row.
    #[error("sheet {sheet} does not report what was asked for")]
    OtherKind {
        /// The sheet.
        sheet: String,
    },
}
