//! Putting right what is safe: width, case, blanks, brackets, placeholders, separators, forms of dates and amounts.

use std::borrow::Cow;

use super::{Notes, Values};
use crate::{
    identifier::{OrganisationCode, RegistrationNumber},
    publicity::{CellKind, Field, Level, Row, RowKind, Rule, amount, amount::AmountError, date, penalty_kind, text},
};

/// Spreadsheets keep 15 significant digits; what is longer lost its end.
const MOST_DIGITS_OF_A_NUMBER: usize = 15;

/// Normalises the name alone; `false` where the row names no subject.
pub(super) fn subject_name(row: &mut Row<'_>, notes: &mut Notes<'_>) -> bool {
    let name = text::line(row.original(Field::SubjectName).text);
    if name.is_empty() || text::is_placeholder(&name) {
        notes.add(
            row,
            Field::SubjectName,
            Rule::V01,
            Level::Reject,
            "为空，无法确定是哪个主体，本行未导入；请补填行政相对人名称后重新导入",
        );
        return false;
    }
    row.correct(Field::SubjectName, name);
    true
}

/// Normalises every other field, and reads dates and amounts.
pub(super) fn normalise<'a>(row: &mut Row<'a>, values: &mut Values, notes: &mut Notes<'_>) {
    for field in row.given().filter(|field| *field != Field::SubjectName) {
        let cell = row.original(field);
        if cell.kind == CellKind::Error {
            row.correct(field, "");
            notes.add(
                row,
                field,
                Rule::V17,
                Level::Warn,
                "是表格公式的错误值，按空值处理；请在原表中改为实际内容",
            );
            continue;
        }
        let trimmed: &'a str = text::trim(cell.text);
        if trimmed.len() != cell.text.len() {
            row.correct(field, trimmed);
        }
        if field != Field::Note && text::is_placeholder(trimmed) {
            row.correct(field, "");
            notes.fixed(row, field, Rule::V12, "填的是占位符，已按空值处理");
            continue;
        }
        if trimmed.is_empty() {
            continue;
        }
        if field.is_date() {
            day(row, field, trimmed, cell.kind, values, notes);
        } else if field.is_amount() {
            money(row, field, trimmed, cell.kind, values, notes);
        } else if field.is_code() {
            code(row, field, trimmed, cell.kind, notes);
        } else {
            words(row, field, trimmed, notes);
        }
    }
}

fn day<'a>(
    row: &mut Row<'a>,
    field: Field,
    trimmed: &'a str,
    kind: CellKind,
    values: &mut Values,
    notes: &mut Notes<'_>,
) {
    let slot = if field == Field::DecidedOn {
        &mut values.decided_on
    } else if field == Field::ValidFrom {
        &mut values.valid_from
    } else if field == Field::PublicUntil {
        &mut values.public_until
    } else if field == Field::ReportedOn {
        &mut values.reported_on
    } else {
        &mut values.valid_until
    };
    if let Some(read) = date::read(trimmed, kind) {
        *slot = Some(read.day);
        let iso = date::iso(read.day);
        if iso != trimmed.as_bytes() {
            row.correct(field, String::from_utf8_lossy(&iso).into_owned());
        }
        if !read.standard_form && field != Field::ReportedOn {
            notes.fixed(
                row,
                field,
                Rule::V17,
                &format!("的日期写法不规范，已统一为{}", read.day),
            );
        }
        return;
    }
    if field == Field::ValidUntil && matches!(trimmed, "长期" | "永久" | "长期有效" | "永久有效" | "无期限")
    {
        *slot = Some(jiff::civil::date(2099, 12, 31));
        row.correct(field, "2099-12-31");
        notes.fixed(row, field, Rule::V17, "按标准以2099-12-31表示长期有效");
        return;
    }
    if field != Field::ReportedOn {
        notes.add(
            row,
            field,
            Rule::V09,
            Level::Reject,
            &format!("“{trimmed}”不是有效日期；请改为实际日期，如2026-03-16"),
        );
    }
}

fn money<'a>(
    row: &mut Row<'a>,
    field: Field,
    trimmed: &'a str,
    kind: CellKind,
    values: &mut Values,
    notes: &mut Notes<'_>,
) {
    match amount::read_wan(trimmed, kind) {
        Ok(read) => {
            if field == Field::Fine {
                values.fine_fen = Some(read.fen);
            } else {
                values.confiscated_fen = Some(read.fen);
            }
            // 0.50 and 0.5 are the same content.
            let written = amount::write_wan(read.fen);
            if written != trimmed {
                row.correct(field, written);
            }
            if read.mended {
                notes.fixed(row, field, Rule::V17, "的数字写法不规范，已统一为以万元为单位的小数");
            }
        }
        Err(error) => {
            let reason = match error {
                AmountError::NotNumeric => format!("“{trimmed}”不是数字；本列单位为万元，请只填数字，如5000元填0.5"),
                AmountError::Negative => format!("“{trimmed}”是负数；请填实际金额（万元）"),
                AmountError::TooFine => {
                    format!("“{trimmed}”超过6位小数；本列单位为万元，最多6位小数，请核对单位和金额")
                }
                AmountError::TooLarge => format!("“{trimmed}”超过12位整数；本列单位为万元，请核对单位和金额"),
            };
            notes.add(row, field, Rule::V07, Level::Reject, &reason);
        }
    }
}

fn code<'a>(row: &mut Row<'a>, field: Field, trimmed: &'a str, kind: CellKind, notes: &mut Notes<'_>) {
    let lost = text::is_scientific(trimmed) || (kind == CellKind::Number && trimmed.len() > MOST_DIGITS_OF_A_NUMBER);
    if lost {
        let level = if matches!(field, Field::Uscc | Field::PersonIdNo) {
            Level::Reject
        } else {
            Level::Warn
        };
        notes.add(
            row,
            field,
            Rule::V17,
            level,
            &format!("“{trimmed}”已被表格软件按数字截断，末尾数字丢失，无法恢复；请在原表中将该列设为文本后重新填写"),
        );
        return;
    }
    if kind == CellKind::Number
        && let Some(padded) = with_leading_zeros(field, trimmed)
    {
        row.correct(field, padded);
        notes.fixed(row, field, Rule::V17, "前面的0被表格软件去掉，已按校验位补回");
        return;
    }
    let code = text::code(trimmed);
    if code != trimmed {
        row.correct(field, code.into_owned());
        notes.fixed(row, field, Rule::V17, "含有全角、小写字母或空格，已改为半角大写");
    }
}

/// The code with the zeros a spreadsheet dropped, where the check character proves it.
fn with_leading_zeros(field: Field, digits: &str) -> Option<String> {
    if field == Field::OrganisationCode && digits.len() < 9 {
        let padded = format!("{digits:0>9}");
        return OrganisationCode::parse(&padded).is_ok().then_some(padded);
    }
    if field == Field::RegistrationNo && digits.len() < 15 {
        let padded = format!("{digits:0>15}");
        return RegistrationNumber::parse(&padded).is_ok().then_some(padded);
    }
    None
}

fn words<'a>(row: &mut Row<'a>, field: Field, trimmed: &'a str, notes: &mut Notes<'_>) {
    if field == Field::DocumentNo {
        document_no(row, trimmed, notes);
    } else if matches!(field, Field::PenaltyKinds | Field::SecondPenaltyKinds) {
        kinds_of_penalty(row, field, trimmed, notes);
    } else if field == Field::PermitKind {
        kind_of_permit(row, trimmed, notes);
    } else if field == Field::SubjectKind {
        kind_of_subject(row, trimmed, notes);
    } else if matches!(field, Field::Authority | Field::Source | Field::LegalRepresentative) {
        let line: Cow<'a, str> = text::line(trimmed);
        if line != trimmed {
            row.correct(field, line);
        }
    }
}

fn document_no<'a>(row: &mut Row<'a>, trimmed: &'a str, notes: &mut Notes<'_>) {
    let field = Field::DocumentNo;
    if text::is_scientific(trimmed) {
        let reason = format!("“{trimmed}”已被表格软件按数字截断，无法恢复；请在原表中将该列设为文本后重新填写文号");
        notes.add(row, field, Rule::V17, Level::Reject, &reason);
        return;
    }
    let number = text::document_no(trimmed);
    if number == trimmed {
        return;
    }
    let brackets = text::has_other_brackets(trimmed);
    row.correct(field, number.into_owned());
    if brackets {
        notes.fixed(row, field, Rule::V14, "的年份括号应为六角括号〔〕，已更正并保留原文");
    } else {
        notes.fixed(row, field, Rule::V17, "含有全角字符或空格，已更正并保留原文");
    }
}

fn kind_of_subject<'a>(row: &mut Row<'a>, trimmed: &'a str, notes: &mut Notes<'_>) {
    match row.subject_kind() {
        Some(kind) if kind.name() == trimmed => {}
        Some(kind) => row.correct(Field::SubjectKind, kind.name()),
        None => {
            let reason = format!("“{trimmed}”不在标准取值内；请填法人及非法人组织、个体工商户或自然人");
            notes.add(row, Field::SubjectKind, Rule::V03, Level::Warn, &reason);
        }
    }
}

fn kinds_of_penalty<'a>(row: &mut Row<'a>, field: Field, trimmed: &'a str, notes: &mut Notes<'_>) {
    // Most rows hold one plain kind: nothing to take apart, nothing to allocate.
    if matches!(trimmed, "罚款" | "警告" | "通报批评") {
        return;
    }
    let kinds = penalty_kind::split(trimmed);
    let cell = kinds.to_cell();
    if cell != trimmed {
        row.correct(field, cell);
        if kinds.other_separator {
            notes.fixed(row, field, Rule::V13, "多个处罚类别之间应以英文分号“;”分隔，已更正");
        }
    }
    if kinds.other_without_detail {
        notes.add(
            row,
            field,
            Rule::V13,
            Level::Reject,
            "只填“其他”而未注明；请改为“其他-”加具体处罚种类",
        );
    }
    if !kinds.unknown.is_empty() && !notes.layout.version.is_old() {
        let unknown = kinds.unknown.join("、");
        notes.add(
            row,
            field,
            Rule::V13,
            Level::Warn,
            &format!("“{unknown}”不在处罚类别标准取值内；请改为标准类别，或填“其他-{unknown}”"),
        );
    }
}

fn kind_of_permit<'a>(row: &mut Row<'a>, trimmed: &'a str, notes: &mut Notes<'_>) {
    if row.kind != RowKind::Permit || notes.layout.version.is_old() {
        return;
    }
    if let Some(detail) = trimmed.strip_prefix("其他") {
        let detail = detail.trim_matches(|c: char| !c.is_alphanumeric());
        if detail.is_empty() || detail == "注明" {
            notes.add(
                row,
                Field::PermitKind,
                Rule::V13,
                Level::Reject,
                "只填“其他”而未注明；请改为“其他-”加具体许可种类",
            );
        }
        return;
    }
    let known = |kind: &str| matches!(kind, "普通" | "特许" | "认可" | "核准" | "登记");
    if known(trimmed) {
        return;
    }
    if let Some(plain) = trimmed.strip_suffix("许可").filter(|plain| known(plain)) {
        row.correct(Field::PermitKind, plain);
        notes.fixed(row, Field::PermitKind, Rule::V13, "已改为标准取值");
        return;
    }
    notes.add(
        row,
        Field::PermitKind,
        Rule::V13,
        Level::Warn,
        &format!("“{trimmed}”不在许可类别标准取值内；请改为普通、特许、认可、核准、登记，或“其他-”加说明"),
    );
}
