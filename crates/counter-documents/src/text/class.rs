//! What a character may do at the edges of a line (避头尾) and how much blank it carries.
//!
//! The rules of simplified-Chinese setting: no line begins with closing punctuation and none
//! ends with opening punctuation; two punctuation marks in a row share one blank; a number
//! stays with its unit. Leaves out: vertical text and Japanese small kana.

/// Where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Break {
    /// Never, unless nothing else is left in the line.
    Forbidden,
    /// Only where a word is longer than the line.
    Emergency,
    /// Only where no allowed place is left in the line.
    Soft,
    Allowed,
}

/// Characters that must not begin a line.
pub(crate) fn may_not_start(character: char) -> bool {
    "，。、；：！？）〕】〗》〉」』”’·…—～％‰℃々‧,.;:!?)]}%°′″".contains(character)
}

/// Characters that must not end a line.
pub(crate) fn may_not_end(character: char) -> bool {
    "（〔【〖《〈「『“‘([{￥¥€№＃#".contains(character)
}

/// Full-width characters whose right half is blank.
pub(crate) fn blank_right(character: char) -> bool {
    "，。、；：）〕】〗》〉」』”’".contains(character)
}

/// Full-width characters whose left half is blank.
pub(crate) fn blank_left(character: char) -> bool {
    "（〔【〖《〈「『“‘".contains(character)
}

/// Characters set in a square of one em and broken at either side.
pub(crate) fn is_wide(character: char) -> bool {
    matches!(u32::from(character),
        0x2e80..=0x303f | 0x3040..=0x30ff | 0x3100..=0x4dbf | 0x4e00..=0x9fff | 0xf900..=0xfaff
        | 0xfe30..=0xfe4f | 0xff00..=0xffef | 0x2460..=0x24ff | 0x25a0..=0x25ff | 0x20000..=0x3ffff)
        || "“”‘’…—".contains(character)
}

/// A Han character, as against wide punctuation.
pub(crate) fn is_han(character: char) -> bool {
    is_wide(character) && character.is_alphanumeric()
}

/// The units a number stays with.
fn is_unit(character: char) -> bool {
    "年月日时分秒号条款项期页次个份件元万亿岁人天学批".contains(character)
}

/// Whether a line may end between two neighbouring characters; `uax14` is what the Unicode
/// algorithm says. `before` is the last character that is not a space.
pub(crate) fn between(before: char, after: char, spaced: bool, uax14: bool) -> Break {
    if may_not_start(after) || may_not_end(before) {
        return Break::Forbidden;
    }
    let number_and_unit = before.is_ascii_digit() && is_unit(after);
    let ordinal = (before == '第' || before == '〕') && after.is_ascii_digit();
    if number_and_unit || ordinal {
        return Break::Emergency;
    }
    if spaced || (is_wide(before) && is_wide(after)) || uax14 {
        Break::Allowed
    } else {
        Break::Emergency
    }
}

/// Whether a thin space belongs between two neighbours: Han beside a Latin letter or digit.
pub(crate) fn wants_thin_space(before: char, after: char) -> bool {
    (is_han(before) && after.is_ascii_alphanumeric()) || (before.is_ascii_alphanumeric() && is_han(after))
}
