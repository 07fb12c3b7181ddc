//! 专题记录: lists that name subjects, each row with the topic it belongs to.

use std::collections::HashSet;

use counter_core::{
    identifier::Uscc,
    publicity::{Finding, Level, RawCell, Rule, TopicGroup, date, text},
};
use hub_api::dataset::TopicRow;
use jiff::civil::Date;
use publicity_file::{ReadLimits, Source};

use super::{
    FileError, FileRows, Findings, RowCounts,
    subject_rows::{CODE, NAME},
    table::{Place, column, is_filled, rows_below, trimmed},
};

/// How the columns are called in the lists that offices keep.
const TOPIC: &[&str] = &["专题", "专题名称", "名单", "名单名称"];
const GROUP: &[&str] = &["分组", "专题分组", "专题类别", "名单类别"];
const AUTHORITY: &[&str] = &[
    "认定单位",
    "认定机关",
    "列入机关",
    "列入单位",
    "发布单位",
    "数据来源单位",
];
const DOCUMENT_NO: &[&str] = &["文号", "决定文书号", "案号", "编号"];
const LISTED_ON: &[&str] = &["列入日期", "认定日期", "发布日期", "决定日期"];
const UNTIL: &[&str] = &["有效期至", "截止日期", "移出日期", "退出日期"];
const REASON: &[&str] = &["事由", "列入事由", "列入原因", "认定依据", "内容"];
/// How a group is called in its column.
const UNTRUSTWORTHY: [&str; 3] = ["失信", "黑名单", "惩戒"];
const TRUSTWORTHY: [&str; 3] = ["守信", "红名单", "激励"];

/// Reads every sheet of `source` that has code, name and topic. A row whose code is not valid names no subject of this
/// district: lists of natural persons are no matter of this counter.
pub(super) fn read_rows(source: &Source, limits: &ReadLimits, today: Date) -> Result<FileRows, FileError> {
    let mut lists = Lists {
        today,
        ..Lists::default()
    };
    rows_below(source, limits, Columns::find, |place, columns, cells| {
        lists.row(place, columns, cells)
    })?;
    Ok(FileRows {
        rows: lists.rows.iter().map(TopicRow::to_chunk_row).collect(),
        counts: lists.counts,
        findings: lists.findings,
        data_as_of: lists.latest,
    })
}

#[derive(Clone, Copy)]
struct Columns {
    code: usize,
    name: usize,
    topic: usize,
    group: Option<usize>,
    authority: Option<usize>,
    document_no: Option<usize>,
    listed_on: Option<usize>,
    until: Option<usize>,
    reason: Option<usize>,
}

impl Columns {
    fn find(cells: &[RawCell<'_>]) -> Option<Self> {
        let at = |names| column(cells, names);
        Some(Self {
            code: at(CODE)?,
            name: at(NAME)?,
            topic: at(TOPIC)?,
            group: at(GROUP),
            authority: at(AUTHORITY),
            document_no: at(DOCUMENT_NO),
            listed_on: at(LISTED_ON),
            until: at(UNTIL),
            reason: at(REASON),
        })
    }
}

#[derive(Default)]
struct Lists {
    today: Date,
    rows: Vec<TopicRow>,
    seen: HashSet<Vec<u8>>,
    counts: RowCounts,
    findings: Findings,
    latest: Option<Date>,
}

impl Lists {
    fn row(&mut self, place: Place<'_>, columns: Columns, cells: &[RawCell<'_>]) {
        let (name, topic) = (
            text::line(trimmed(cells, columns.name)),
            text::line(trimmed(cells, columns.topic)),
        );
        let code = Uscc::parse(trimmed(cells, columns.code));
        let (Ok(code), false) = (code, name.is_empty() || topic.is_empty()) else {
            self.counts.skipped += u64::from(is_filled(cells));
            return;
        };
        self.counts.read += 1;
        let filled = |at: Option<usize>| {
            let text = text::line(trimmed(cells, at?));
            says_something(&text).then(|| text.into_owned())
        };
        let row = TopicRow {
            uscc: code.to_string(),
            name: name.into_owned(),
            topic: topic.into_owned(),
            group: filled(columns.group).map_or(TopicGroup::Other, |text| group_of(&text)),
            authority: filled(columns.authority),
            document_no: filled(columns.document_no),
            listed_on: self.day(place, "列入日期", columns.listed_on, cells),
            until: self.day(place, "有效期至", columns.until, cells),
            reason: filled(columns.reason),
        };
        if !self.seen.insert(row.key()) {
            self.counts.duplicates += 1;
            return;
        }
        self.counts.accepted += 1;
        self.latest = self.latest.max(row.listed_on.filter(|day| *day <= self.today));
        self.rows.push(row);
    }

    /// The day in a cell. One that cannot be read is named, and left out.
    fn day(&mut self, place: Place<'_>, column: &str, at: Option<usize>, cells: &[RawCell<'_>]) -> Option<Date> {
        let cell = cells.get(at?)?;
        let text = text::trim(cell.text);
        if !says_something(text) {
            return None;
        }
        let read = date::read(text, cell.kind).map(|read| read.day);
        if read.is_none() {
            self.findings.add(&Finding {
                sheet: place.sheet.to_owned(),
                row: place.row,
                column: column.to_owned(),
                rule: Rule::V09,
                level: Level::Warn,
                message: format!("{column}“{text}”不是日期，未采用"),
                original: Some(text.to_owned()),
                corrected: None,
            });
        }
        read
    }
}

fn says_something(text: &str) -> bool {
    !text.is_empty() && !text::is_placeholder(text)
}

/// The group that a cell names; what names neither is neither.
fn group_of(text: &str) -> TopicGroup {
    let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
    match (names(&UNTRUSTWORTHY), names(&TRUSTWORTHY)) {
        (true, false) => TopicGroup::Untrustworthy,
        (false, true) => TopicGroup::Trustworthy,
        _ => TopicGroup::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<FileRows, FileError> {
        let source = Source::from_bytes("名单.csv".into(), text.as_bytes().to_vec(), &ReadLimits::default()).unwrap();
        read_rows(&source, &ReadLimits::default(), jiff::civil::date(2026, 11, 29))
    }

    #[test]
    fn a_list_is_read_by_the_names_of_its_columns_and_says_what_it_left_out() {
        let file = read(concat!(
            "序号,专题名称,分组,企业名称,统一社会信用代码,认定单位,文号,列入日期,有效期至\n",
            "1,纳税信用A级纳税人,守信激励,广州某某商贸有限公司,91440104MA59TP0C16,国家税务总局广州市税务局,,2026-04-28,\n",
            "2,经营异常名录,失信惩戒,广州某某商贸有限公司,91440104MA59TP0C16,越秀区市场监管局,越异〔2026〕1号,去年,/\n",
            "2,经营异常名录,失信惩戒,广州某某商贸有限公司,91440104MA59TP0C16,越秀区市场监管局,越异〔2026〕1号,去年,/\n",
            "3,失信被执行人,失信惩戒,张某某,,,,,\n",
        ))
        .unwrap();
        let rows: Vec<TopicRow> = file
            .rows
            .iter()
            .map(|row| hub_api::dataset::read_body(row).unwrap())
            .collect();
        let facts: Vec<_> = rows
            .iter()
            .map(|row| (row.topic.as_str(), row.group, row.listed_on))
            .collect();
        assert_eq!(
            facts,
            [
                (
                    "纳税信用A级纳税人",
                    TopicGroup::Trustworthy,
                    Some(jiff::civil::date(2026, 4, 28))
                ),
                ("经营异常名录", TopicGroup::Untrustworthy, None),
            ]
        );
        let counts = file.counts;
        assert_eq!(
            (counts.read, counts.accepted, counts.duplicates, counts.skipped),
            (3, 2, 1, 1)
        );
        assert_eq!(file.data_as_of, Some(jiff::civil::date(2026, 4, 28)));
        let said: Vec<_> = file
            .findings
            .first
            .iter()
            .map(|finding| (finding.row, finding.message.as_str()))
            .collect();
        assert_eq!(said[0], (3, "列入日期“去年”不是日期，未采用"));
    }

    #[test]
    fn a_file_without_a_column_of_topics_is_no_list() {
        let refused = read("企业名称,统一社会信用代码\n广州某某商贸有限公司,91440104MA59TP0C16\n");
        assert!(matches!(refused, Err(FileError::NoKnownHeader)));
    }
}
