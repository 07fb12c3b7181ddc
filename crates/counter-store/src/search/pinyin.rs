//! The initials a character may be typed by.

use std::sync::OnceLock;

use pinyin::ToPinyinMulti;

const FIRST: u32 = 0x4E00;
const LAST: u32 = 0x9FFF;

/// The initials of every reading of `c`, one bit a letter; a Latin letter is its own initial, a digit has none.
pub(super) fn initials(c: char) -> u32 {
    static TABLE: OnceLock<Box<[u32]>> = OnceLock::new();
    if c.is_ascii_lowercase() {
        return bit(c);
    }
    let code = u32::from(c);
    if (FIRST..=LAST).contains(&code) {
        let table = TABLE.get_or_init(|| {
            (FIRST..=LAST)
                .map(|code| char::from_u32(code).map_or(0, readings))
                .collect()
        });
        return table[(code - FIRST) as usize];
    }
    if c.is_ascii() { 0 } else { readings(c) }
}

fn readings(c: char) -> u32 {
    let all = c.to_pinyin_multi().into_iter().flatten();
    all.filter_map(|reading| reading.plain().chars().next())
        .filter(char::is_ascii_lowercase)
        .fold(0, |set, letter| set | bit(letter))
}

fn bit(letter: char) -> u32 {
    1 << (u32::from(letter) - u32::from('a'))
}

/// Whether `letter` (small, Latin) is an initial of `c`.
pub(super) fn has_initial(c: char, letter: char) -> bool {
    letter.is_ascii_lowercase() && initials(c) & bit(letter) != 0
}

/// The letters of a set, in the order of the alphabet.
pub(super) fn letters(mut set: u32) -> impl Iterator<Item = char> {
    std::iter::from_fn(move || {
        let at = set.trailing_zeros();
        set &= set.wrapping_sub(1);
        char::from_u32(u32::from('a') + at).filter(char::is_ascii_lowercase)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_polyphone_has_the_initials_of_all_its_readings() {
        for (c, expected) in [
            ('行', "hx"),
            ('长', "cz"),
            ('重', "cz"),
            ('乐', "l"),
            ('广', "g"),
            ('k', "k"),
            ('7', ""),
        ] {
            let found: String = letters(initials(c)).collect();
            for letter in expected.chars() {
                assert!(found.contains(letter), "{c} has {found}, not {letter}");
            }
        }
    }
}
