//! 处罚类别: the kinds of the standard, and taking a cell with several of them apart.

/// The kinds of the 2018 and 2021 layouts that are no longer than one of the other's.
const KINDS: [&str; 17] = [
    "警告",
    "通报批评",
    "罚款",
    "没收违法所得、没收非法财物",
    "没收违法所得",
    "没收非法财物",
    "暂扣许可证件",
    "暂扣或者吊销许可证、执照",
    "降低资质等级",
    "吊销许可证件",
    "限制开展生产经营活动",
    "责令停产停业",
    "责令关闭",
    "限制从业",
    "行政拘留",
    "暂扣许可证、执照",
    "吊销许可证、执照",
];

/// The separator of the standard.
pub const SEPARATOR: char = ';';

/// What a cell of 处罚类别 holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PenaltyKinds {
    /// The kinds in the order given, each as the standard writes it where it is known.
    pub kinds: Vec<String>,
    /// Whether another separator than `;` was used.
    pub other_separator: bool,
    /// 其他 without detail.
    pub other_without_detail: bool,
    /// What no edition of the standard lists.
    pub unknown: Vec<String>,
}

/// Takes a cell apart. Kinds whose own name has a 、 in it stay whole.
pub fn split(text: &str) -> PenaltyKinds {
    let mut result = PenaltyKinds::default();
    let mut rest = text;
    let mut first = true;
    while !rest.is_empty() {
        if !first {
            let mut chars = rest.chars();
            match chars.next() {
                Some(c) if is_separator(c) => {
                    result.other_separator |= c != SEPARATOR;
                    rest = chars.as_str();
                    while let Some(more) = rest.strip_prefix(is_separator) {
                        rest = more;
                    }
                }
                _ => {}
            }
        }
        first = false;
        rest = rest.trim_start();
        if rest.is_empty() {
            break;
        }
        let taken = take_kind(rest);
        push(&mut result, taken.trim());
        rest = &rest[taken.len()..];
    }
    result
}

fn is_separator(c: char) -> bool {
    matches!(
        c,
        ';' | '；' | '、' | ',' | '，' | '/' | '／' | '|' | '+' | '＋' | '-' | '—' | '－' | '\n' | '\t' | ' '
    )
}

/// The longest known kind at the start that ends at a separator, or the text up to the next separator.
fn take_kind(text: &str) -> &str {
    let known = KINDS
        .iter()
        .filter(|kind| {
            text.strip_prefix(**kind)
                .is_some_and(|rest| rest.chars().next().is_none_or(is_separator))
        })
        .max_by_key(|kind| kind.len());
    if let Some(kind) = known {
        return &text[..kind.len()];
    }
    // 其他-警告 is one kind with its detail: the dash, and a bracket, belong to it.
    let mut skip = 0;
    if text.starts_with("其他") || text.starts_with("其它") {
        skip = "其他".len();
        if let Some(dash) = text[skip..].chars().next().filter(|c| matches!(c, '-' | '—' | '－')) {
            skip += dash.len_utf8();
        }
    }
    let end = text[skip..].find(is_separator).map_or(text.len(), |at| at + skip);
    // A bracket keeps separators inside it.
    match text[..end].find(['(', '（']) {
        Some(open) if !text[open..end].contains([')', '）']) => {
            text[open..].find([')', '）']).map_or(&text[..end], |close| {
                let close = open + close;
                &text[..close + text[close..].chars().next().map_or(0, char::len_utf8)]
            })
        }
        _ => &text[..end],
    }
}

fn push(result: &mut PenaltyKinds, kind: &str) {
    if kind.is_empty() {
        return;
    }
    if let Some(detail) = kind.strip_prefix("其他").or_else(|| kind.strip_prefix("其它")) {
        let detail = detail.trim_matches(|c: char| {
            matches!(c, '-' | '—' | '－' | '(' | ')' | '（' | '）' | ':' | '：') || c.is_whitespace()
        });
        if detail.is_empty() || detail == "注明" {
            result.other_without_detail = true;
            result.kinds.push("其他".to_owned());
        } else {
            let form = if detail.contains(is_separator) {
                format!("其他（{detail}）")
            } else {
                format!("其他-{detail}")
            };
            result.kinds.push(form);
        }
        return;
    }
    let canonical = match kind {
        "责令停产" | "责令停业" | "停产停业" => "责令停产停业",
        "暂扣许可证" | "暂扣执照" | "暂扣证照" => "暂扣许可证件",
        "吊销许可证" | "吊销执照" | "吊销营业执照" | "吊销证照" => "吊销许可证件",
        "拘留" => "行政拘留",
        "没收违法所得和非法财物" => "没收违法所得、没收非法财物",
        other => other,
    };
    if !KINDS.contains(&canonical) {
        result.unknown.push(kind.to_owned());
    }
    result.kinds.push(canonical.to_owned());
}

impl PenaltyKinds {
    /// The cell as the standard writes it.
    pub fn to_cell(&self) -> String {
        self.kinds.join(";")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(text: &str) -> (String, bool) {
        let kinds = split(text);
        (kinds.to_cell(), kinds.other_separator)
    }

    #[test]
    fn several_kinds_are_taken_apart_whatever_stands_between_them() {
        for (text, expected, other) in [
            ("罚款;没收违法所得", "罚款;没收违法所得", false),
            ("罚款、警告", "罚款;警告", true),
            ("罚款；没收违法所得", "罚款;没收违法所得", true),
            ("警告-罚款", "警告;罚款", true),
            (
                "罚款;没收违法所得、没收非法财物",
                "罚款;没收违法所得、没收非法财物",
                false,
            ),
            (
                "罚款、没收违法所得、没收非法财物",
                "罚款;没收违法所得、没收非法财物",
                true,
            ),
            ("没收违法所得,罚款", "没收违法所得;罚款", true),
            ("暂扣或者吊销许可证、执照", "暂扣或者吊销许可证、执照", false),
            ("其他-责令改正", "其他-责令改正", false),
            (
                "其他（责令改正、公开道歉）;罚款",
                "其他（责令改正、公开道歉）;罚款",
                false,
            ),
            ("罚款;;警告;", "罚款;警告", false),
            ("", "", false),
        ] {
            assert_eq!(cell(text), (expected.to_owned(), other), "{text}");
        }
    }

    #[test]
    fn other_needs_a_detail() {
        for text in ["其他", "其它", "其他-注明", "罚款;其他", "其他-"] {
            assert!(split(text).other_without_detail, "{text}");
        }
        assert!(!split("其他-公开谴责").other_without_detail);
        assert_eq!(split("罚金").unknown, ["罚金"]);
    }

    proptest! {
        #[test]
        fn taking_apart_ends_and_is_stable(text in "[罚款警告没收违法所得非财物、;；,其他注明a -]{0,40}") {
            let once = split(&text).to_cell();
            prop_assert_eq!(split(&once).to_cell(), once);
        }
    }
}
