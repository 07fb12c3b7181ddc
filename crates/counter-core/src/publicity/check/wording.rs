//! V05, V11 and V15: what the texts give away.

use super::Notes;
use crate::publicity::{Field, Level, Row, RowKind, Rule};

pub(super) fn check(row: &Row<'_>, notes: &mut Notes<'_>) {
    not_to_be_reported(row, notes);
    authority(row, notes);
    truncated_name(row, notes);
}

/// V05: decisions under the simple procedure, and secret ones.
fn not_to_be_reported(row: &Row<'_>, notes: &mut Notes<'_>) {
    let note = row.get(Field::Note);
    if row.kind == RowKind::Penalty {
        for field in [
            Field::DocumentNo,
            Field::Note,
            Field::Content,
            Field::Basis,
            Field::CaseTitle,
            Field::Facts,
        ] {
            if simple_procedure(row.get(field), field) {
                notes.add(
                    row,
                    field,
                    Rule::V05,
                    Level::Reject,
                    "显示该决定适用简易程序；简易程序的处罚不得报送，请核对后撤出",
                );
                break;
            }
        }
    }
    if ["涉密", "国家秘密", "不予公开", "依法不公开"]
        .iter()
        .any(|word| note.contains(word))
    {
        notes.add(
            row,
            Field::Note,
            Rule::V05,
            Level::Reject,
            "显示该决定涉密或不予公开；此类决定不得报送，请核对后撤出",
        );
    }
}

fn simple_procedure(text: &str, field: Field) -> bool {
    if text.is_empty() {
        return false;
    }
    let said = |word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let before = &text[..at];
            !["不适用", "未适用", "非", "不属于", "不符合"]
                .iter()
                .any(|no| before.ends_with(no))
        })
    };
    said("简易程序")
        || said("当场处罚")
        || said("当场行政处罚")
        || (field == Field::DocumentNo && ["简罚", "简处", "当罚", "简易"].iter().any(|word| text.contains(word)))
}

/// V11: the column of the authority holds a number, a date, a 文号, an identifier or the name of a system.
fn authority(row: &Row<'_>, notes: &mut Notes<'_>) {
    let Some(name) = row.filled(Field::Authority) else {
        return;
    };
    let cjk = name.chars().any(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
    let looks_like_number = name.contains('号')
        && (name.contains('〔') || name.contains('[') || name.contains('【') || name.contains('（'));
    let looks_like_system =
        (name.contains("系统") || name.contains("平台")) && name.ends_with(|c: char| c.is_ascii_digit());
    let looks_like_date = name.chars().filter(char::is_ascii_digit).count() >= 6;
    if cjk && !looks_like_number && !looks_like_system && !looks_like_date {
        return;
    }
    let proposal = match row.filled(Field::Source) {
        Some(source) => format!("建议改为数据来源单位“{source}”"),
        None => "请改为作出决定的机关全称".to_owned(),
    };
    notes.add(
        row,
        Field::Authority,
        Rule::V11,
        Level::Warn,
        &format!("“{name}”不像机关名称；{proposal}"),
    );
}

/// Endings a full name has.
const ENDINGS: &[&str] = &[
    "有限公司",
    "有限责任公司",
    "股份公司",
    "分公司",
    "公司",
    "合伙企业",
    "事务所",
    "合作社",
    "经营部",
    "商行",
    "超市",
    "药房",
    "药店",
    "饭店",
    "餐厅",
    "酒楼",
    "门店",
    "分店",
    "商店",
    "厂",
    "店",
    "中心",
    "部",
    "行",
    "馆",
    "院",
    "所",
    "站",
    "社",
    "室",
    "场",
    "堂",
    "吧",
    "坊",
    "会",
    "局",
    "校",
    "园",
    "档",
];

/// V15: the title of the case (or the facts) goes on where the name stops.
fn truncated_name(row: &Row<'_>, notes: &mut Notes<'_>) {
    if row.kind != RowKind::Penalty {
        return;
    }
    let name = row.get(Field::SubjectName);
    for field in [Field::CaseTitle, Field::Facts] {
        if let Some(full) = full_name(name, row.get(field)) {
            let reason = format!(
                "“{name}”与{}中的“{full}”不一致，疑被截断；请核对主体全称",
                notes.layout.header(field)
            );
            notes.add(row, Field::SubjectName, Rule::V15, Level::Warn, &reason);
            return;
        }
    }
}

/// The longer name that `text` has where `name` stops, if it is one.
pub(super) fn full_name<'t>(name: &str, text: &'t str) -> Option<&'t str> {
    if name.ends_with("公司") || name.chars().count() < 3 {
        return None;
    }
    let start = text.find(name)?;
    let rest = &text[start + name.len()..];
    let window: usize = rest.chars().take(24).map(char::len_utf8).sum();
    let rest = &rest[..window];
    let stop = rest
        .find(|c: char| {
            c.is_ascii_punctuation()
                || matches!(
                    c,
                    '，' | '。' | '、' | '；' | '：' | '的' | '在' | '于' | '因' | '未' | '违'
                )
        })
        .unwrap_or(rest.len());
    let rest = &rest[..stop];
    let end = ["有限公司", "有限责任公司", "公司", "合伙企业", "合作社", "事务所"]
        .iter()
        .filter_map(|ending| rest.find(ending).map(|at| at + ending.len()))
        .min()?;
    Some(&text[start..start + name.len() + end])
}

/// Whether a name ends as full names do.
pub(super) fn has_full_ending(name: &str) -> bool {
    ENDINGS.iter().any(|ending| name.ends_with(ending))
}
