//! What is wrong with a row, said so that a clerk can mend it.

use serde::{Deserialize, Serialize};

/// The rules a row is held against; the numbers are those of the reporting practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
pub enum Rule {
    /// A required field is empty.
    V01,
    /// The check character of a code is wrong.
    V02,
    /// 行政相对人类别 does not go with the code.
    V03,
    /// Name and code do not belong together in the base library.
    V04,
    /// 简易程序 and secret decisions are not reported.
    V05,
    /// Reported later than seven working days after the decision.
    V06,
    /// An amount that is not a number of at most six decimals, or negative.
    V07,
    /// 罚款 in 处罚类别, 罚款金额 and 处罚内容 do not agree.
    V08,
    /// A date that does not exist, lies in the future or before the decision.
    V09,
    /// The same decision twice.
    V10,
    /// A name of an authority that is none.
    V11,
    /// A placeholder that stands for nothing.
    V12,
    /// 其他 without detail, or another separator than `;`.
    V13,
    /// 文号 with other brackets than 〔 〕.
    V14,
    /// A name that was cut off.
    V15,
    /// A row that is no data: blank, or an explanation below the table.
    V16,
    /// What a spreadsheet program did to numbers, codes and dates.
    V17,
}

impl Rule {
    /// Every rule, in order.
    pub const ALL: [Self; 17] = [
        Self::V01,
        Self::V02,
        Self::V03,
        Self::V04,
        Self::V05,
        Self::V06,
        Self::V07,
        Self::V08,
        Self::V09,
        Self::V10,
        Self::V11,
        Self::V12,
        Self::V13,
        Self::V14,
        Self::V15,
        Self::V16,
        Self::V17,
    ];

    /// The stable word, `V01` … `V17`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V01 => "V01",
            Self::V02 => "V02",
            Self::V03 => "V03",
            Self::V04 => "V04",
            Self::V05 => "V05",
            Self::V06 => "V06",
            Self::V07 => "V07",
            Self::V08 => "V08",
            Self::V09 => "V09",
            Self::V10 => "V10",
            Self::V11 => "V11",
            Self::V12 => "V12",
            Self::V13 => "V13",
            Self::V14 => "V14",
            Self::V15 => "V15",
            Self::V16 => "V16",
            Self::V17 => "V17",
        }
    }

    /// The rule named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.as_str() == word)
    }

    /// What the rule is about, for headings.
    pub fn name(self) -> &'static str {
        match self {
            Self::V01 => "必填项为空",
            Self::V02 => "代码校验位不正确",
            Self::V03 => "相对人类别与代码不符",
            Self::V04 => "名称与代码不匹配",
            Self::V05 => "不得报送",
            Self::V06 => "超过 7 个工作日报送",
            Self::V07 => "金额格式不正确",
            Self::V08 => "罚款与类别、内容不一致",
            Self::V09 => "日期不正确",
            Self::V10 => "重复记录",
            Self::V11 => "机关名称不正确",
            Self::V12 => "占位符",
            Self::V13 => "处罚类别填写不规范",
            Self::V14 => "文号括号不规范",
            Self::V15 => "名称疑似不完整",
            Self::V16 => "非数据行",
            Self::V17 => "表格软件造成的格式变化",
        }
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// The row is not fit for reporting; it is kept for check.
    Reject,
    /// The row is taken; a person should look at it.
    Warn,
    /// The row is taken; the value was put right and the original kept.
    Fixed,
    /// The row is taken; it was reported too late.
    Late,
}

impl Level {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reject => "reject",
            Self::Warn => "warn",
            Self::Fixed => "fixed",
            Self::Late => "late",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reject => "待核",
            Self::Warn => "提醒",
            Self::Fixed => "已更正",
            Self::Late => "迟报",
        }
    }

    /// The level named by `word`.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Reject, Self::Warn, Self::Fixed, Self::Late]
            .into_iter()
            .find(|level| level.as_str() == word)
    }
}

/// One thing about one cell (or, with an empty column, about one row).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Finding {
    /// The sheet's name; the file's name for csv.
    pub sheet: String,
    /// The row's number as a person sees it in the sheet.
    pub row: u32,
    /// The header's text, empty where the whole row is meant.
    pub column: String,
    /// The rule.
    pub rule: Rule,
    /// How much it weighs.
    pub level: Level,
    /// Row, column, reason and what to do, as a sentence.
    pub message: String,
    /// What stood in the cell.
    pub original: Option<String>,
    /// What it was put right to.
    pub corrected: Option<String>,
}
