//! Which column means what: told from the texts of the header row, never from positions.

use super::{
    Field, FieldSet, RawCell, RowKind, SubjectKind,
    header::{Meaning, meaning},
    text,
};

/// The editions of the reporting standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LayoutVersion {
    /// 国办发〔2015〕51号: 处罚名称, 处罚结果, 代码_2 is 组织机构代码.
    V2016,
    /// 发改办财金〔2017〕1171号: as 2016, with 失信严重程度 and 公示截止期.
    V2017,
    /// 发改办财金〔2018〕424号: 违法行为类型, amounts, 代码_2 is 工商注册号.
    V2018,
    /// The 2021 edition: as 2018, with 证件类型 and 证件号码 of the legal representative apart.
    V2021,
}

impl LayoutVersion {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V2016 => "2016",
            Self::V2017 => "2017",
            Self::V2018 => "2018",
            Self::V2021 => "2021",
        }
    }

    /// Whether the layout is one of the two before 2018.
    pub fn is_old(self) -> bool {
        matches!(self, Self::V2016 | Self::V2017)
    }
}

/// What the name of a sheet (or file) says about the rows in it, where the columns do not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SheetHint {
    /// Penalty or permit.
    pub kind: Option<RowKind>,
    /// 法人, 自然人 or 个体户.
    pub subject_kind: Option<SubjectKind>,
}

impl SheetHint {
    /// Reads the name of a sheet such as `行政处罚-自然人`.
    pub fn from_name(name: &str) -> Self {
        let kind = match (name.contains("处罚"), name.contains("许可")) {
            (true, false) => Some(RowKind::Penalty),
            (false, true) => Some(RowKind::Permit),
            (true, true) | (false, false) => None,
        };
        // A sheet 法人、个体户 holds both: the code of each row decides.
        let subject_kind = match (name.contains("法人"), name.contains("自然人"), name.contains("个体")) {
            (true, false, false | true) => Some(SubjectKind::Organisation),
            (false, true, false) => Some(SubjectKind::Person),
            (false, false, true) => Some(SubjectKind::IndividualBusiness),
            _ => None,
        };
        Self { kind, subject_kind }
    }
}

/// The columns of one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Penalty or permit.
    pub kind: RowKind,
    /// The edition.
    pub version: LayoutVersion,
    /// What each column means; `None` for columns that are not of the standard.
    pub columns: Vec<Option<Field>>,
    /// The header's text of each field, as it stands in the file.
    headers: Vec<(Field, String)>,
    /// The fields that have a column.
    pub fields: FieldSet,
    /// What the sheet's name says about the rows.
    pub subject_kind: Option<SubjectKind>,
}

impl Layout {
    /// The header of `field` as the file has it, otherwise as the standard has it.
    pub fn header(&self, field: Field) -> &str {
        self.headers
            .iter()
            .find(|(known, _)| *known == field)
            .map_or_else(|| field.header_of(self.kind), |(_, header)| header)
    }

    /// Whether the edition is older than permits and penalties with `field`, or the sheet has a column for it.
    pub fn has(&self, field: Field) -> bool {
        self.fields.contains(field)
    }
}

/// How many columns of the standard make a row of cells a header.
const FEWEST_COLUMNS: usize = 4;

/// Tells the layout from a row of cells, `None` where the row is no header.
pub fn detect_layout(cells: &[RawCell<'_>], hint: SheetHint) -> Option<Layout> {
    let meanings: Vec<Meaning> = cells.iter().map(|cell| meaning(cell.text)).collect();
    let known = meanings.iter().filter(|meaning| meaning.is_known()).count();
    let filled = cells.iter().filter(|cell| !cell.text.trim().is_empty()).count();
    if known < FEWEST_COLUMNS || known * 3 < filled {
        return None;
    }
    let sure = |field| meanings.iter().any(|meaning| meaning.field == Some(field));
    if !sure(Field::SubjectName) && !sure(Field::Uscc) {
        return None;
    }
    let votes = |kind| meanings.iter().filter(|meaning| meaning.kind == Some(kind)).count();
    let kind = match votes(RowKind::Penalty).cmp(&votes(RowKind::Permit)) {
        std::cmp::Ordering::Greater => RowKind::Penalty,
        std::cmp::Ordering::Less => RowKind::Permit,
        std::cmp::Ordering::Equal => hint.kind?,
    };
    let old = sure(Field::CaseTitle) || sure(Field::SecondPenaltyKinds) || sure(Field::AreaCode);
    let version = match kind {
        RowKind::Penalty | RowKind::Permit if old => {
            if sure(Field::Severity) || sure(Field::PublicUntil) || sure(Field::UseScope) {
                LayoutVersion::V2017
            } else {
                LayoutVersion::V2016
            }
        }
        RowKind::Penalty | RowKind::Permit => {
            if sure(Field::LegalRepresentativeIdKind) {
                LayoutVersion::V2021
            } else {
                LayoutVersion::V2018
            }
        }
    };
    let mut layout = Layout {
        kind,
        version,
        columns: Vec::with_capacity(cells.len()),
        headers: Vec::new(),
        fields: FieldSet::default(),
        subject_kind: hint.subject_kind,
    };
    for (cell, meaning) in cells.iter().zip(meanings) {
        let field = meaning
            .field
            .or_else(|| meaning.bare_code.and_then(|number| bare_code(number, version)));
        // The first of two columns of one meaning counts; the second stays unread rather than overwriting it.
        let field = field.filter(|field| !layout.fields.contains(*field) && !field.code(kind).is_empty());
        if let Some(field) = field {
            layout.fields.insert(field);
            layout
                .headers
                .push((field, cell.text.trim_matches(text::is_invisible).to_owned()));
        }
        layout.columns.push(field);
    }
    Some(layout)
}

/// Whether the row is an explanation, a sum or a signature below the table (V16).
pub fn is_footer(cells: &[RawCell<'_>]) -> bool {
    let mut filled = cells
        .iter()
        .map(|cell| cell.text.trim())
        .filter(|text| !text.is_empty());
    let Some(first) = filled.next() else { return false };
    let others = filled.count();
    let starts = [
        "表格说明",
        "填表说明",
        "填报说明",
        "说明：",
        "说明:",
        "备注：",
        "备注:",
        "注：",
        "注:",
        "填报单位",
        "填报人",
        "填表人",
        "制表人",
        "制表单位",
        "审核人",
        "联系人",
        "合计",
        "总计",
        "共计",
    ];
    (starts.iter().any(|word| first.starts_with(word)) && others <= 3) || (first.starts_with("表格说明"))
}

/// What 代码_N means where the header does not say: the editions number them differently.
fn bare_code(number: u8, version: LayoutVersion) -> Option<Field> {
    let before_2018 = [
        Field::Uscc,
        Field::OrganisationCode,
        Field::RegistrationNo,
        Field::TaxNo,
        Field::PersonIdNo,
    ];
    let since_2018 = [
        Field::Uscc,
        Field::RegistrationNo,
        Field::OrganisationCode,
        Field::TaxNo,
        Field::InstitutionNo,
        Field::SocialOrganisationNo,
    ];
    let at = usize::from(number).checked_sub(1)?;
    if version.is_old() {
        before_2018.get(at).copied()
    } else {
        since_2018.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detect(headers: &[&str]) -> Option<Layout> {
        let cells: Vec<_> = headers
            .iter()
            .map(|text| RawCell {
                text,
                ..RawCell::default()
            })
            .collect();
        detect_layout(&cells, SheetHint::default())
    }

    const OF_2016: &[&str] = &[
        "行政处罚决定书文号",
        "处罚名称",
        "处罚类别1",
        "处罚类别2",
        "处罚事由",
        "处罚依据",
        "行政相对人名称",
        "行政相对人代码_1(统一社会信用代码)",
        "行政相对人代码_2(组织机构代码)",
        "行政相对人代码_3(工商登记码)",
        "处罚结果",
        "处罚决定日期",
        "处罚机关",
        "当前状态",
        "地方编码",
    ];
    const OF_2018: &[&str] = &[
        "行政相对人名称",
        "行政相对人类别",
        "行政相对人代码_1 （统一社会信用代码）",
        "行政相对人代码_2 （工商注册号）",
        "行政相对人代码_3(组织机构代码)",
        "行政处罚决定书文号",
        "处罚类别",
        "罚款金额（万元）",
        "处罚决定日期",
    ];

    #[test]
    fn the_second_code_means_what_its_bracket_says() {
        let old = detect(OF_2016).unwrap();
        assert_eq!(
            (old.version, old.columns[8], old.columns[9]),
            (
                LayoutVersion::V2016,
                Some(Field::OrganisationCode),
                Some(Field::RegistrationNo)
            )
        );
        let new = detect(OF_2018).unwrap();
        assert_eq!(
            (new.version, new.columns[3], new.columns[4]),
            (
                LayoutVersion::V2018,
                Some(Field::RegistrationNo),
                Some(Field::OrganisationCode)
            )
        );
    }

    #[test]
    fn a_second_code_without_bracket_means_what_the_edition_says() {
        let strip = |headers: &[&str]| {
            headers
                .iter()
                .map(|header| header.split(['(', '（']).next().unwrap().trim().to_owned())
                .collect::<Vec<_>>()
        };
        for (headers, expected) in [(OF_2016, Field::OrganisationCode), (OF_2018, Field::RegistrationNo)] {
            let bare = strip(headers);
            let layout = detect(&bare.iter().map(String::as_str).collect::<Vec<_>>()).unwrap();
            let at = bare.iter().position(|header| header == "行政相对人代码_2").unwrap();
            assert_eq!(layout.columns[at], Some(expected));
        }
    }

    #[test]
    fn the_order_of_columns_does_not_matter() {
        let mut turned = OF_2018.to_vec();
        turned.reverse();
        let layout = detect(&turned).unwrap();
        assert_eq!(layout.columns.last(), Some(&Some(Field::SubjectName)));
        assert_eq!(layout.version, LayoutVersion::V2018);
    }

    #[test]
    fn a_byte_order_mark_an_asterisk_and_codes_are_understood() {
        let layout = detect(&[
            "\u{feff}*行政相对人名称",
            "CF_XDR_SHXYM",
            "（必填）处罚机关",
            "cf_jdrq",
            "法定代表人证件类型",
        ])
        .unwrap();
        assert_eq!(
            layout.columns[..4],
            [
                Some(Field::SubjectName),
                Some(Field::Uscc),
                Some(Field::Authority),
                Some(Field::DecidedOn)
            ]
        );
        assert_eq!(layout.version, LayoutVersion::V2021);
    }

    #[test]
    fn a_title_or_a_row_of_data_is_no_header() {
        assert_eq!(detect(&["行政处罚信息公示表", "", ""]), None);
        assert_eq!(
            detect(&["甲公司", "法人及非法人组织", "91440104MAJ1XG612G", "穗越罚〔2026〕1号"]),
            None
        );
    }
}
