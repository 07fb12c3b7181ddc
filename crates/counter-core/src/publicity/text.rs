//! Normalising text: what can be put right without guessing. Every function borrows where nothing changes.

use std::borrow::Cow;

/// The half-width form of a full-width letter, digit or sign; other characters stay.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Whether a character shows nothing: a control character, a blank, a mark of direction or byte order.
pub fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{FEFF}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// Without blanks and invisible characters around it, and without the marks by which
/// spreadsheet users force text: a leading apostrophe, or `="…"`.
pub fn trim(text: &str) -> &str {
    let mut text = text.trim_matches(is_invisible);
    if let Some(inner) = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        text = inner.trim_matches(is_invisible);
    }
    text.strip_prefix('\'').unwrap_or(text)
}

/// Whether the text stands for nothing: dashes, slashes, 无, NULL.
pub fn is_placeholder(text: &str) -> bool {
    let mut seen = false;
    let only_signs = text.chars().all(|c| {
        if is_invisible(c) {
            return true;
        }
        seen = true;
        matches!(
            c,
            '-' | '—' | '–' | '－' | '―' | '一' | '/' | '／' | '\\' | '*' | '＊' | '.' | '。' | '_' | '＿' | '~'
        )
    });
    (seen && only_signs)
        || matches!(
            text,
            "无" | "暂无"
                | "没有"
                | "空"
                | "未填"
                | "不详"
                | "null"
                | "NULL"
                | "Null"
                | "N/A"
                | "n/a"
                | "NA"
                | "None"
                | "none"
                | "#N/A"
        )
}

/// A code: half-width, capital letters, nothing invisible inside.
pub fn code(text: &str) -> Cow<'_, str> {
    if text
        .bytes()
        .all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase())
    {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| half_width(c).to_ascii_uppercase())
            .collect(),
    )
}

/// 文号 in the form of the standard: 〔 〕 around the year, nothing invisible inside,
/// half-width digits. Round brackets stay: case numbers of courts are written with them.
pub fn document_no(text: &str) -> Cow<'_, str> {
    let fine = |c: char| {
        !is_invisible(c)
            && !matches!(
                c,
                '[' | ']' | '【' | '】' | '［' | '］' | '﹝' | '﹞' | '{' | '}' | '｛' | '｝'
            )
            && half_width_digit(c) == c
    };
    if text.chars().all(fine) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(
        text.chars()
            .filter(|c| !is_invisible(*c))
            .map(|c| match c {
                '[' | '【' | '［' | '﹝' | '{' | '｛' => '〔',
                ']' | '】' | '］' | '﹞' | '}' | '｝' => '〕',
                _ => half_width_digit(c),
            })
            .collect(),
    )
}

/// Whether the brackets of two spellings of a 文号 differ.
pub fn has_other_brackets(text: &str) -> bool {
    text.contains(['[', ']', '【', '】', '［', '］', '﹝', '﹞', '{', '}', '｛', '｝'])
}

fn half_width_digit(c: char) -> char {
    match c {
        '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' => half_width(c),
        _ => c,
    }
}

/// What two spellings of one 文号 have in common: letters, digits and characters, every
/// bracket a `|`. For finding the same decision again, never for showing.
pub fn document_key(text: &str) -> String {
    text.chars()
        .filter(|c| !is_invisible(*c))
        .filter_map(|c| match half_width(c) {
            '[' | ']' | '【' | '】' | '﹝' | '﹞' | '{' | '}' | '〔' | '〕' | '(' | ')' => Some('|'),
            '第' | '号' | '-' | '—' | '_' => None,
            c => Some(c.to_ascii_uppercase()),
        })
        .collect()
}

/// What two spellings of one name have in common: letters (small), digits and characters only.
/// For searching and comparing, never for showing.
pub fn name_key(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}

/// A name or another line of text: nothing around it, no breaks or invisible characters inside.
pub fn line(text: &str) -> Cow<'_, str> {
    let text = trim(text);
    let odd = |c: char| c != ' ' && is_invisible(c);
    if !text.contains(odd) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !odd(c) {
            out.push(c);
        } else if c.is_whitespace()
            && !out.ends_with(' ')
            && out.chars().next_back().is_some_and(|last| last.is_ascii())
        {
            out.push(' ');
        }
    }
    Cow::Owned(out)
}

/// Whether a number lost digits in a spreadsheet: `1.23E+17`.
pub fn is_scientific(text: &str) -> bool {
    let Some((mantissa, exponent)) = text.split_once(['E', 'e']) else {
        return false;
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let whole = mantissa
        .split_once('.')
        .map_or_else(|| digits(mantissa), |(int, frac)| digits(int) && digits(frac));
    whole && exponent.strip_prefix('+').is_some_and(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_of_a_document_number_become_those_of_the_standard() {
        for text in [
            "市场【2019】1号",
            "市场[2019]1号",
            "市场 ［２０１９］1号",
            "市场﹝2019﹞１号",
        ] {
            assert_eq!(document_no(text), "市场〔2019〕1号");
        }
        assert_eq!(document_no("（2019）粤01执1号"), "（2019）粤01执1号");
    }

    #[test]
    fn two_spellings_of_a_document_number_have_one_key() {
        assert_eq!(
            document_key("穗越市监罚〔2026〕 第12号"),
            document_key("穗越市监罚（2026）12号")
        );
        assert_ne!(
            document_key("穗越市监罚〔2026〕12号"),
            document_key("穗越市监罚〔2026〕13号")
        );
    }

    #[test]
    fn placeholders_are_told_from_values() {
        for text in ["— —", "/", "无", "--", "／", "NULL"] {
            assert!(is_placeholder(text), "{text}");
        }
        for text in ["无锡", "0", "", "一心堂", "-1", "."] {
            assert_eq!(is_placeholder(text), text == ".", "{text}");
        }
    }

    #[test]
    fn a_code_loses_its_width_case_and_blanks_but_no_character() {
        assert_eq!(code("９１440104macccc3FX8 "), "91440104MACCCC3FX8");
        assert!(matches!(code("91440104MACCCC3FX8"), Cow::Borrowed(_)));
    }

    #[test]
    fn a_name_key_ignores_brackets_width_and_case() {
        assert_eq!(
            name_key("广州（越秀）ＫＴＶ 有限公司"),
            name_key("广州(越秀)ktv有限公司")
        );
    }

    #[test]
    fn scientific_notation_is_recognised() {
        assert!(is_scientific("1.23E+17"));
        assert!(is_scientific("4E+14"));
        assert!(!is_scientific("91440104MAJE+5"));
        assert!(!is_scientific("E+5"));
    }
}
