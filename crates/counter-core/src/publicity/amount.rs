//! Amounts: 万元 with up to six decimals in the sheets, fen in this program. Six decimals of 万元 are exactly one fen.

use super::CellKind;

/// Fen in one 万元.
pub const FEN_PER_WAN: i64 = 1_000_000;
const FEN_PER_YUAN: i64 = 100;
/// The whole part of N(18,6).
const MOST_WHOLE_DIGITS: usize = 12;

/// Why a text is no amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not a number.
    NotNumeric,
    /// Below zero.
    Negative,
    /// More than six decimals.
    TooFine,
    /// More than twelve digits before the point.
    TooLarge,
}

/// An amount as read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReadAmount {
    /// The amount in fen.
    pub fen: i64,
    /// Whether something was put right: thousands separators, the unit, full-width digits, noise of binary fractions.
    pub mended: bool,
}

/// Reads an amount in 万元.
///
/// # Errors
/// See [`AmountError`]. `5000元` is refused: whether unit or column is wrong only a person knows.
pub fn read_wan(text: &str, kind: CellKind) -> Result<ReadAmount, AmountError> {
    let mut digits = [0_u8; 48];
    let mut length = 0;
    let mut mended = false;
    let mut text = text;
    if let Some(rest) = text.strip_suffix("万元") {
        text = rest;
        mended = true;
    }
    let mut negative = false;
    for (at, c) in text.chars().enumerate() {
        let half = super::text::half_width(c);
        mended |= half != c;
        match half {
            ',' | ' ' if at > 0 => mended = true,
            '-' if at == 0 => negative = true,
            '0'..='9' | '.' => {
                let slot = digits.get_mut(length).ok_or(AmountError::TooLarge)?;
                *slot = half as u8;
                length += 1;
            }
            _ => return Err(AmountError::NotNumeric),
        }
    }
    let number = std::str::from_utf8(&digits[..length]).map_err(|_| AmountError::NotNumeric)?;
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    if (whole.is_empty() && fraction.is_empty()) || fraction.contains('.') {
        return Err(AmountError::NotNumeric);
    }
    if whole.trim_start_matches('0').len() > MOST_WHOLE_DIGITS {
        return Err(AmountError::TooLarge);
    }
    let rounded = round_fraction(fraction, kind).ok_or(AmountError::TooFine)?;
    mended |= rounded.mended;
    let whole: i64 = if whole.is_empty() {
        0
    } else {
        whole.parse().map_err(|_| AmountError::TooLarge)?
    };
    let fen = whole * FEN_PER_WAN + rounded.millionths;
    if negative && fen != 0 {
        return Err(AmountError::Negative);
    }
    Ok(ReadAmount { fen, mended })
}

struct Fraction {
    millionths: i64,
    mended: bool,
}

/// Six decimals exactly. A spreadsheet's `0.30000000000000004` is 0.3: what stands beyond the
/// sixth decimal is noise where the cell is a number and it is below a thousandth of a fen.
fn round_fraction(fraction: &str, kind: CellKind) -> Option<Fraction> {
    let significant = fraction.trim_end_matches('0');
    let six = |digits: &str| format!("{digits:0<6}").parse::<i64>().ok();
    if significant.len() <= 6 {
        return Some(Fraction {
            millionths: six(significant)?,
            mended: false,
        });
    }
    if kind != CellKind::Number {
        return None;
    }
    let (kept, noise) = significant.split_at(6);
    let first: i64 = six(kept)?;
    if noise.starts_with("000") {
        Some(Fraction {
            millionths: first,
            mended: true,
        })
    } else if noise.starts_with("999") {
        Some(Fraction {
            millionths: first + 1,
            mended: true,
        })
    } else {
        None
    }
}

/// The amount in 万元 as the standard writes it: no more decimals than needed.
pub fn write_wan(fen: i64) -> String {
    let (whole, fraction) = (fen / FEN_PER_WAN, fen % FEN_PER_WAN);
    if fraction == 0 {
        return whole.to_string();
    }
    let decimals = format!("{fraction:06}");
    format!("{whole}.{}", decimals.trim_end_matches('0'))
}

/// The amount in 元, for sentences: `5000元`, `102.5元`.
pub fn write_yuan(fen: i64) -> String {
    let (whole, fraction) = (fen / FEN_PER_YUAN, fen % FEN_PER_YUAN);
    match fraction {
        0 => format!("{whole}元"),
        _ if fraction % 10 == 0 => format!("{whole}.{}元", fraction / 10),
        _ => format!("{whole}.{fraction:02}元"),
    }
}

/// The amounts that stand right behind `word` in 处罚内容, in fen: `罚款人民币5,000元`, `罚款0.5万元`, `罚款伍仟元整`.
pub fn amounts_after(word: &str, content: &str) -> Vec<i64> {
    let mut found = Vec::new();
    for (at, _) in content.match_indices(word) {
        let rest = &content[at + word.len()..];
        if let Some(fen) = leading_amount(rest) {
            found.push(fen);
        }
    }
    found
}

fn leading_amount(text: &str) -> Option<i64> {
    let lead = [
        "人民币",
        "金额",
        "共计",
        "合计",
        "计",
        "总额",
        "为",
        "：",
        ":",
        "￥",
        "¥",
        " ",
        "（",
        "(",
    ];
    let mut rest = text;
    while let Some(shorter) = lead.iter().find_map(|word| rest.strip_prefix(word)) {
        rest = shorter;
    }
    let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '，' | '０'..='９' | '．');
    let end = rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
    let (number, after) = rest.split_at(end);
    if number.is_empty() {
        return chinese_amount(rest);
    }
    let number: String = number
        .chars()
        .map(super::text::half_width)
        .filter(|c| *c != ',')
        .collect();
    let after = after.trim_start();
    let scale = if after.starts_with("万元") || after.starts_with("万") {
        FEN_PER_WAN
    } else if after.starts_with('元') || after.starts_with("人民币") {
        FEN_PER_YUAN
    } else {
        return None;
    };
    let (whole, fraction) = number.split_once('.').unwrap_or((&number, ""));
    let whole: i64 = whole.parse().ok()?;
    let mut fen = whole.checked_mul(scale)?;
    let mut unit = scale;
    for digit in fraction.bytes() {
        unit /= 10;
        fen = fen.checked_add(i64::from(digit.checked_sub(b'0')?) * unit)?;
    }
    Some(fen)
}

/// `伍仟元整`, `五千元`, `壹万贰仟元`; `None` for what is not plainly such an amount.
fn chinese_amount(text: &str) -> Option<i64> {
    let (mut total, mut section, mut digit) = (0_i64, 0_i64, 0_i64);
    let mut seen = false;
    for c in text.chars() {
        let unit = match c {
            '拾' | '十' => 10,
            '佰' | '百' => 100,
            '仟' | '千' => 1000,
            '万' | '萬' => {
                total = total.checked_add((section + digit).checked_mul(10_000)?)?;
                (section, digit) = (0, 0);
                continue;
            }
            '元' | '圆' => {
                return seen
                    .then(|| total.checked_add(section + digit)?.checked_mul(FEN_PER_YUAN))
                    .flatten();
            }
            _ => {
                digit = "零壹贰叁肆伍陆柒捌玖"
                    .chars()
                    .position(|d| d == c)
                    .or_else(|| "〇一二三四五六七八九".chars().position(|d| d == c))
                    .and_then(|n| i64::try_from(n).ok())
                    .or((c == '两').then_some(2))?;
                seen = true;
                continue;
            }
        };
        section = section.checked_add(if digit == 0 && !seen { unit } else { digit * unit })?;
        digit = 0;
        seen = true;
    }
    None
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fen(text: &str) -> Result<i64, AmountError> {
        read_wan(text, CellKind::Text).map(|read| read.fen)
    }

    #[test]
    fn amounts_in_wan_are_fen_exactly() {
        for (text, expected) in [
            ("0.5", Ok(500_000)),
            ("0.0102", Ok(10_200)),
            ("0.000001", Ok(1)),
            ("1,234.5", Ok(1_234_500_000)),
            ("０．５", Ok(500_000)),
            ("0.5万元", Ok(500_000)),
            ("5000元", Err(AmountError::NotNumeric)),
            ("0.0000001", Err(AmountError::TooFine)),
            ("-0.5", Err(AmountError::Negative)),
            ("1e5", Err(AmountError::NotNumeric)),
            ("", Err(AmountError::NotNumeric)),
            (".", Err(AmountError::NotNumeric)),
            ("1.2.3", Err(AmountError::NotNumeric)),
            ("9999999999999", Err(AmountError::TooLarge)),
        ] {
            assert_eq!(fen(text), expected, "{text}");
        }
        assert_eq!(
            read_wan("0.30000000000000004", CellKind::Number),
            Ok(ReadAmount {
                fen: 300_000,
                mended: true
            })
        );
    }

    #[test]
    fn amounts_in_the_wording_are_found() {
        assert_eq!(amounts_after("罚款", "罚款5000元;没收违法所得102元"), [500_000]);
        assert_eq!(
            amounts_after("没收违法所得", "罚款5000元;没收违法所得102.5元"),
            [10_250]
        );
        assert_eq!(
            amounts_after("罚款", "1.罚款人民币5,000元；2.罚款0.5万元"),
            [500_000, 500_000]
        );
        assert_eq!(amounts_after("罚款", "罚款伍仟元整"), [500_000]);
        assert_eq!(amounts_after("罚款", "罚款人民币壹万贰仟元"), [1_200_000]);
        assert_eq!(amounts_after("罚款", "罚款十五元"), [1_500]);
        assert_eq!(amounts_after("罚款", "罚款。"), [] as [i64; 0]);
    }

    proptest! {
        #[test]
        fn an_amount_written_in_wan_is_read_back(amount in 0_i64..1_000_000_000_000_000) {
            prop_assert_eq!(fen(&write_wan(amount)), Ok(amount));
        }

        #[test]
        fn reading_an_amount_never_panics(text in "\\PC{0,60}", digits in "[0-9.,元万罚款零壹拾仟]{0,60}") {
            for text in [&text, &digits] {
                let _ = read_wan(text, CellKind::Text);
                let _ = read_wan(text, CellKind::Number);
                let _ = amounts_after("罚款", text);
                let _ = leading_amount(text);
            }
        }
    }
}
