//! Whether and where a name holds what was typed.

use super::pinyin;

/// How well a name matches; smaller is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The whole name.
    Whole,
    /// Its beginning.
    Beginning,
    /// The beginning of what distinguishes it, behind province, city and district.
    TradeName,
    /// Somewhere in it.
    Inside,
}

/// What stands before the trade name of many subjects here.
const PLACES: &[&str] = &["广东省", "广东", "广州市", "广州", "越秀区", "越秀", "市"];

/// Finds `typed` in `name` (both keys). A letter matches itself or a character it is an initial of.
pub(super) fn fit(name: &[char], typed: &[char]) -> Option<Fit> {
    if typed.is_empty() || typed.len() > name.len() {
        return None;
    }
    let matches_at = |at: usize| {
        name[at..]
            .iter()
            .zip(typed)
            .all(|(c, t)| c == t || pinyin::has_initial(*c, *t))
    };
    let trade_name = place_length(name);
    if matches_at(0) {
        return Some(if typed.len() == name.len() {
            Fit::Whole
        } else {
            Fit::Beginning
        });
    }
    if trade_name > 0 && trade_name + typed.len() <= name.len() && matches_at(trade_name) {
        return Some(Fit::TradeName);
    }
    (1..=name.len() - typed.len()).any(matches_at).then_some(Fit::Inside)
}

/// How many characters of place stand before the trade name.
pub(super) fn place_length(name: &[char]) -> usize {
    let mut length = 0;
    for place in PLACES {
        let rest = &name[length..];
        let characters = place.chars().count();
        if rest.len() >= characters && rest.iter().copied().zip(place.chars()).all(|(a, b)| a == b) {
            length += characters;
        }
    }
    length
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &str, typed: &str) -> Option<Fit> {
        fit(&name.chars().collect::<Vec<_>>(), &typed.chars().collect::<Vec<_>>())
    }

    #[test]
    fn characters_letters_and_initials_may_be_mixed() {
        let name = "广州市越秀区恒行贸易有限公司";
        assert_eq!(of(name, "广州"), Some(Fit::Beginning));
        assert_eq!(of(name, "恒行"), Some(Fit::TradeName));
        assert_eq!(of(name, "hhmy"), Some(Fit::TradeName));
        assert_eq!(of(name, "hxmy"), Some(Fit::TradeName));
        assert_eq!(of(name, "恒h贸"), Some(Fit::TradeName));
        assert_eq!(of(name, "贸易"), Some(Fit::Inside));
        assert_eq!(of(name, "贸公"), None);
        assert_eq!(of("ktv", "ktv"), Some(Fit::Whole));
    }
}
