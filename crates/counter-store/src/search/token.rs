//! What is indexed of a name, and what is asked of the index.
//!
//! The index keeps no positions: a query asks for tokens that every match has, and
//! [`super::matching`] looks at the names found. Pairs of characters make that sharp enough; a single
//! character, and the initials of three, have tokens of their own.

use super::{matching::place_length, pinyin};

/// Marks the initials a name, or its trade name, begins with: one letter, and two at first, mean the beginning.
const START: char = 'ˇ';
/// Pairs of characters that stand in most names here. They say nothing as long as there is another.
const COMMON: &[&str] = &[
    "有限", "限公", "公司", "限责", "责任", "任公", "股份", "份有", "广州", "州市", "市越", "越秀", "秀区", "广东",
    "东省", "省广",
];
/// Stands between the letters of initials: the index's hash takes short tokens of small letters for one another.
const APART: char = '0';
/// Windows of polyphones multiply; beyond this many spellings of three characters the rest is left out.
const MOST_SPELLINGS: usize = 27;

/// Makes tokens; keeps its buffers from name to name.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    characters: Vec<char>,
    sets: Vec<u32>,
    /// The tokens made last, separated by blanks.
    pub(super) text: String,
}

impl Tokens {
    /// Makes the tokens of a name (its key: small letters, digits and characters only).
    pub(super) fn make(&mut self, key: &str) {
        let Self { characters, sets, text } = self;
        text.clear();
        characters.clear();
        characters.extend(key.chars());
        sets.clear();
        sets.extend(characters.iter().map(|c| pinyin::initials(*c)));
        for c in &*characters {
            push(text, &[*c]);
        }
        for pair in characters.windows(2) {
            push(text, pair);
        }
        beginnings(sets, text);
        let trade_name = place_length(characters);
        if trade_name > 0 {
            beginnings(&sets[trade_name..], text);
        }
        for window in sets.windows(3) {
            spellings(window, text);
        }
        if let Some(tail) = sets.len().checked_sub(2).and_then(|from| sets.get(from..)) {
            spellings(tail, text);
        }
    }
}

/// The first initial and the first two of what begins here.
fn beginnings(sets: &[u32], out: &mut String) {
    let Some(first) = sets.first() else { return };
    for a in pinyin::letters(*first) {
        push(out, &[START, a]);
        for b in sets.get(1).into_iter().flat_map(|second| pinyin::letters(*second)) {
            push(out, &[START, a, APART, b]);
        }
    }
}

/// Every spelling of two or three characters, up to [`MOST_SPELLINGS`].
fn spellings(sets: &[u32], out: &mut String) {
    let mut left = MOST_SPELLINGS;
    let (first, second, third) = match sets {
        [first, second] => (*first, *second, None),
        [first, second, third] => (*first, *second, Some(*third)),
        _ => return,
    };
    for a in pinyin::letters(first) {
        for b in pinyin::letters(second) {
            match third {
                None => push(out, &[a, APART, b]),
                Some(third) => {
                    for c in pinyin::letters(third) {
                        if left == 0 {
                            return;
                        }
                        left -= 1;
                        push(out, &[a, APART, b, APART, c]);
                    }
                }
            }
        }
    }
}

fn push(out: &mut String, characters: &[char]) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(characters);
}

/// What is asked of the index for a typed text (already a key); the second question only where the first finds
/// nobody: two letters mean the beginning, unless nothing begins so. None where nothing can be asked.
pub(super) fn questions(key: &str) -> Vec<String> {
    let characters: Vec<char> = key.chars().collect();
    let is_letter = |c: &char| c.is_ascii_lowercase();
    if !characters.is_empty() && characters.iter().all(is_letter) {
        return letters_questions(&characters);
    }
    let mut parts: Vec<String> = Vec::new();
    // Beside characters and digits a letter may be a letter or an initial: only the others are asked for.
    for run in characters.split(is_letter).filter(|run| !run.is_empty()) {
        match run {
            [one] => parts.push(quoted(&[*one])),
            longer => parts.extend(longer.windows(2).map(quoted)),
        }
    }
    let telling: Vec<String> = parts
        .iter()
        .filter(|part| !COMMON.contains(&part.trim_matches('"')))
        .cloned()
        .collect();
    let asked = if telling.is_empty() {
        parts.first().cloned().into_iter().collect()
    } else {
        telling
    };
    if asked.is_empty() {
        Vec::new()
    } else {
        vec![asked.join(" AND ")]
    }
}

/// Letters only: initials, or letters that stand in the name.
fn letters_questions(letters: &[char]) -> Vec<String> {
    match letters {
        [one] => vec![format!("{} OR {}", quoted(&[START, *one]), quoted(&[*one]))],
        [a, b] => vec![
            format!("{} OR {}", quoted(&[START, *a, APART, *b]), quoted(letters)),
            // Every third letter by name: a prefix query would gather all names before it gives the first.
            ('a'..='z')
                .map(|third| quoted(&[*a, APART, *b, APART, third]))
                .chain([quoted(&[*a, APART, *b])])
                .collect::<Vec<_>>()
                .join(" OR "),
        ],
        longer => {
            let initials = longer
                .windows(3)
                .map(|three| quoted(&[three[0], APART, three[1], APART, three[2]]));
            vec![initials.collect::<Vec<_>>().join(" AND ")]
        }
    }
}

fn quoted(characters: &[char]) -> String {
    let inner: String = characters.iter().collect();
    format!("\"{inner}\"")
}
