//! Penalties as offices write them down: the thirty columns of the 2021 layout.

use std::path::{Path, PathBuf};

use jiff::{
    Timestamp, ToSpan,
    civil::Date,
    tz::{TimeZone, offset},
};

use crate::{Failure, programs::repository};

pub(super) const HOUSING: Office = Office("广州市越秀区住房和建设局", "11440104MACL12TH2Q");
pub(super) const COURT: Office = Office("广州市越秀区人民法院", "11440104DEM0000C4H");

/// An office with its code.
#[derive(Clone, Copy)]
pub(super) struct Office(&'static str, &'static str);

/// One penalty.
pub(super) struct Penalty<'a> {
    pub name: &'a str,
    pub code: &'a str,
    pub number: &'a str,
    pub act: &'a str,
    pub kinds: &'a str,
    pub content: &'a str,
    /// In 万元, as the layout wants it.
    pub fine: &'a str,
    pub on: Date,
    pub office: Office,
}

impl Penalty<'_> {
    /// Its cells, in the order of [`header`].
    pub(super) fn cells(&self) -> [String; 30] {
        let act = self.act;
        let Office(office, office_code) = self.office;
        let (facts, on) = (format!("（演示）{act}"), self.on.strftime("%Y/%m/%d").to_string());
        [
            self.name,
            "法人及非法人组织",
            self.code,
            "",
            "",
            "",
            "",
            "",
            "林某某",
            "",
            "",
            "",
            "",
            self.number,
            act,
            &facts,
            "《广东省建设工程质量管理条例》",
            self.kinds,
            self.content,
            self.fine,
            "",
            "",
            &on,
            "2099/12/31",
            "",
            office,
            office_code,
            HOUSING.0,
            HOUSING.1,
            "演示数据",
        ]
        .map(str::to_owned)
    }
}

/// The names of the columns.
pub(super) fn header() -> Result<Vec<String>, Failure> {
    let sample = std::fs::read_to_string(repository().join("tests/fixtures/import/synthetic_xzcf_2021_utf8bom.csv"))?;
    let line = sample.trim_start_matches('\u{feff}').lines().next();
    Ok(line
        .ok_or("the fixture has no header")?
        .split(',')
        .map(str::to_owned)
        .collect())
}

/// A file of penalties as of the day `ago` days before today.
pub(super) fn write(folder: &Path, ago: i64, rows: &[Penalty<'_>]) -> Result<PathBuf, Failure> {
    let mut lines = vec![header()?.join(",")];
    lines.extend(rows.iter().map(|row| row.cells().join(",")));
    let path = folder.join(format!("双公示-行政处罚-{}.csv", days_ago(ago)?.strftime("%Y%m%d")));
    std::fs::write(&path, lines.join("\r\n"))?;
    Ok(path)
}

pub(super) fn today() -> Date {
    TimeZone::fixed(offset(8)).to_datetime(Timestamp::now()).date()
}

/// The day so many days before today.
pub(super) fn days_ago(days: i64) -> Result<Date, Failure> {
    Ok(today().checked_sub(days.days())?)
}
