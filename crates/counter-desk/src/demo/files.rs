//! Sample files as departments send them: good rows, and one row for every fault the check names.

use counter_core::publicity::{Field, RowKind};
use encoding_rs::GB18030;
use jiff::{ToSpan, civil::Date};
use rust_xlsxwriter::{Workbook, XlsxError};

use super::{Chance, DemoScale, SEED, name, penalty, permit, sheet, sheet::SheetRow};

/// A sample file.
#[derive(Clone, Debug)]
pub struct SampleFile {
    /// Its name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The subjects of the sample files are others than those of the demo data, so that an import shows something new.
const FIRST_SUBJECT: usize = 400_000;

/// The sample files of a day: penalties as xlsx (good and faulty rows), the same as csv in GB18030, permits as xlsx.
///
/// # Errors
/// When a workbook cannot be written.
pub fn sample_files(today: Date) -> Result<Vec<SampleFile>, XlsxError> {
    let mut chance = Chance::new(SEED + 1);
    let mut subjects = name::subjects(&mut chance, 40);
    for (at, subject) in subjects.iter_mut().enumerate() {
        subject.uscc = name::credit_code(if subject.individual { "92" } else { "91" }, FIRST_SUBJECT + at);
    }
    let mut good = penalty::rows(&mut chance, &subjects, 36, today);
    for (at, row) in good.iter_mut().enumerate() {
        set(
            row,
            Field::DocumentNo,
            format!("演示罚〔{}〕{}号", today.year(), at + 1),
        );
    }
    let mut rows = good.clone();
    rows.extend(faulty(&good, today));
    let permits = permit::rows(&mut chance, &subjects, 24, today);
    let csv = sheet::to_csv(RowKind::Penalty, &rows);
    let (encoded, _, _) = GB18030.encode(&csv);
    Ok(vec![
        SampleFile {
            name: "演示-行政处罚.xlsx".to_owned(),
            bytes: workbook(&[(RowKind::Penalty, &rows, "行政处罚-法人")])?,
        },
        SampleFile {
            name: "演示-行政处罚-GB18030.csv".to_owned(),
            bytes: encoded.into_owned(),
        },
        SampleFile {
            name: "演示-行政许可.xlsx".to_owned(),
            bytes: workbook(&[(RowKind::Permit, &permits, "行政许可-法人")])?,
        },
    ])
}

/// All rows of a scale as one workbook of two sheets and as two csv files in UTF-8: what the import is measured with.
///
/// # Errors
/// When the workbook cannot be written.
pub fn reporting_files(scale: DemoScale, today: Date) -> Result<Vec<SampleFile>, XlsxError> {
    let (subjects, permits, penalties) = scale.sizes();
    let mut chance = Chance::new(SEED);
    let subjects = name::subjects(&mut chance, subjects);
    let penalties = penalty::rows(&mut chance, &subjects, penalties, today);
    let permits = permit::rows(&mut chance, &subjects, permits, today);
    let csv = |kind, rows: &[SheetRow]| sheet::to_csv(kind, rows).into_bytes();
    let sheets = [
        (RowKind::Penalty, &penalties[..], "行政处罚-法人"),
        (RowKind::Permit, &permits[..], "行政许可-法人"),
    ];
    Ok(vec![
        SampleFile {
            name: "双公示.xlsx".to_owned(),
            bytes: workbook(&sheets)?,
        },
        SampleFile {
            name: "行政处罚.csv".to_owned(),
            bytes: csv(RowKind::Penalty, &penalties),
        },
        SampleFile {
            name: "行政许可.csv".to_owned(),
            bytes: csv(RowKind::Permit, &permits),
        },
    ])
}

/// The register of a scale's subjects: code, name and former name, as csv in UTF-8.
pub fn register_file(scale: DemoScale) -> SampleFile {
    let (subjects, ..) = scale.sizes();
    let mut text = String::from("统一社会信用代码,主体名称,曾用名\n");
    for subject in name::subjects(&mut Chance::new(SEED), subjects) {
        let former = subject.former_name.unwrap_or_default();
        text.extend([&subject.uscc, ",", &subject.name, ",", &former, "\n"]);
    }
    SampleFile {
        name: "信用主体.csv".to_owned(),
        bytes: text.into_bytes(),
    }
}

fn set(row: &mut SheetRow, field: Field, value: impl Into<String>) {
    let value = value.into();
    match row.iter_mut().find(|(known, _)| *known == field) {
        Some((_, old)) => *old = value,
        None => row.push((field, value)),
    }
}

/// One row for each fault; the note says which.
fn faulty(good: &[SheetRow], today: Date) -> Vec<SheetRow> {
    let tomorrow = today.checked_add(1.day()).unwrap_or(today).to_string();
    let faults: Vec<(&str, Vec<(Field, String)>)> = vec![
        ("文号为空", vec![(Field::DocumentNo, String::new())]),
        (
            "信用代码校验位错误",
            vec![(Field::Uscc, "91350100M000100Y44".to_owned())],
        ),
        (
            "92开头却填法人",
            vec![
                (Field::SubjectKind, "法人及非法人组织".to_owned()),
                (Field::Uscc, name::credit_code("92", FIRST_SUBJECT + 900)),
            ],
        ),
        (
            "简易程序不得报送",
            vec![
                (Field::Content, "警告（简易程序）".to_owned()),
                (Field::PenaltyKinds, "警告".to_owned()),
                (Field::Fine, String::new()),
                (Field::Confiscated, String::new()),
            ],
        ),
        ("金额带单位", vec![(Field::Fine, "5000元".to_owned())]),
        (
            "将元填成万元",
            vec![
                (Field::PenaltyKinds, "罚款".to_owned()),
                (Field::Content, "罚款5000元".to_owned()),
                (Field::Fine, "5000".to_owned()),
                (Field::Confiscated, String::new()),
            ],
        ),
        ("日期不存在", vec![(Field::DecidedOn, "2026/13/40".to_owned())]),
        ("决定日期在将来", vec![(Field::DecidedOn, tomorrow)]),
        (
            "机关填成文号",
            vec![(Field::Authority, "东环函〔2022〕13号".to_owned())],
        ),
        ("占位符", vec![(Field::Licence, "/".to_owned())]),
        (
            "其他未注明",
            vec![
                (Field::PenaltyKinds, "其他".to_owned()),
                (Field::Fine, String::new()),
                (Field::Confiscated, String::new()),
                (Field::Content, "责令改正".to_owned()),
            ],
        ),
        (
            "分隔符不规范",
            vec![
                (Field::PenaltyKinds, "罚款、警告".to_owned()),
                (Field::Content, "罚款2000元;警告".to_owned()),
                (Field::Fine, "0.2".to_owned()),
                (Field::Confiscated, String::new()),
            ],
        ),
        (
            "文号括号不规范",
            vec![(Field::DocumentNo, format!("演示罚【{}】90号", today.year()))],
        ),
        (
            "全角与小写代码",
            vec![(
                Field::Uscc,
                good[5]
                    .iter()
                    .find(|(field, _)| *field == Field::Uscc)
                    .map(|(_, code)| code.replacen('9', "９", 1).to_lowercase())
                    .unwrap_or_default(),
            )],
        ),
        ("文号变成科学计数", vec![(Field::DocumentNo, "1.23E+17".to_owned())]),
        ("名称为空", vec![(Field::SubjectName, String::new())]),
    ];
    let mut rows: Vec<SheetRow> = faults
        .into_iter()
        .enumerate()
        .map(|(at, (note, changes))| {
            let mut row = good[at % good.len()].clone();
            set(
                &mut row,
                Field::DocumentNo,
                format!("演示罚〔{}〕{}号", today.year(), 100 + at),
            );
            set(&mut row, Field::Facts, format!("（演示数据）第{}例错误样例", at + 1));
            set(&mut row, Field::Note, format!("演示数据：{note}"));
            for (field, value) in changes {
                set(&mut row, field, value);
            }
            row
        })
        .collect();
    // The same row once more.
    rows.push(good[0].clone());
    rows
}

fn workbook(sheets: &[(RowKind, &[SheetRow], &str)]) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed day: the same rows are the same bytes.
    let created = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 11, 1)?;
    book.set_properties(&rust_xlsxwriter::DocProperties::new().set_creation_datetime(&created));
    for (kind, rows, sheet_name) in sheets {
        let page = book.add_worksheet();
        page.set_name(*sheet_name)?;
        for (row, cells) in (0_u32..).zip(sheet::cells(*kind, rows)) {
            for ((column, cell), field) in (0_u16..).zip(cells).zip(sheet::columns(*kind)) {
                match cell.parse::<f64>() {
                    Ok(amount) if row > 0 && field.is_amount() => page.write_number(row, column, amount)?,
                    _ if cell.is_empty() => continue,
                    _ => page.write_string(row, column, cell)?,
                };
            }
        }
        let last = u32::try_from(rows.len() + 1).unwrap_or(u32::MAX);
        page.write_string(last, 0, "表格说明：本表为演示数据，主体均为虚构。")?;
    }
    book.save_to_buffer()
}
