//! What is indexed of a name, and what is asked of the index.
//!
//! The index keeps no positions: a query asks for tokens that every match has, and
//! [`super::matching`] looks at the names found. Pairs of characters make that sharp enough; a single
//! character, and the initials of three, have tokens of their own. What stands in most names here says nothing
//! and is not indexed: whoever asks for nothing else is answered from the names themselves.

use std::sync::LazyLock;

use super::{matching::place_length, pinyin};

/// Marks the initials a name, or its trade name, begins with: one letter, and two at first, mean the beginning.
const START: char = 'ˇ';
/// What stands in most names here.
const COMMON: &[&str] = &["广州市越秀区", "有限公司", "有限责任公司", "股份有限公司"];
/// Stands between the letters of initials: the index's hash takes short tokens of small letters for one another.
const APART: char = '0';
/// Windows of polyphones multiply; beyond this many spellings of three characters the rest is left out.
const MOST_SPELLINGS: usize = 27;

/// What is asked to find names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Question {
    /// The index, in its own language.
    Index(String),
    /// The names themselves, one after the other: most of them hold it.
    Names,
}

/// Makes tokens; keeps its buffers from name to name.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    characters: Vec<char>,
    sets: Vec<u32>,
    /// Whether a character and the one after it are a common pair.
    common: Vec<bool>,
    /// The tokens made last, separated by blanks.
    pub(super) text: String,
}

impl Tokens {
    /// Makes the tokens of a name (its key: small letters, digits and characters only).
    pub(super) fn make(&mut self, key: &str) {
        let Self {
            characters,
            sets,
            common,
            text,
        } = self;
        text.clear();
        characters.clear();
        characters.extend(key.chars());
        sets.clear();
        sets.extend(characters.iter().map(|c| pinyin::initials(*c)));
        common.clear();
        common.extend(characters.windows(2).map(is_common));
        for (at, c) in characters.iter().enumerate() {
            let beside = [at.checked_sub(1), Some(at)].into_iter().flatten();
            if !beside.filter_map(|pair| common.get(pair)).any(|common| *common) {
                push(text, &[*c]);
            }
        }
        for (pair, common) in characters.windows(2).zip(&*common) {
            if !common {
                push(text, pair);
            }
        }
        beginnings(sets, text);
        let trade_name = place_length(characters);
        if trade_name > 0 {
            beginnings(&sets[trade_name..], text);
        }
        for (window, common) in sets.windows(3).zip(common.windows(2)) {
            if common != [true, true] {
                spellings(window, text);
            }
        }
        if let Some(tail) = sets.len().checked_sub(2).and_then(|from| sets.get(from..))
            && common.last() == Some(&false)
        {
            spellings(tail, text);
        }
    }
}

/// Whether two neighbours stand so in most names.
fn is_common(pair: &[char]) -> bool {
    static PAIRS: LazyLock<Vec<Vec<char>>> = LazyLock::new(|| common_windows(2).collect());
    PAIRS.iter().any(|common| common == pair)
}

/// The neighbours in [`COMMON`], so many at a time.
fn common_windows(length: usize) -> impl Iterator<Item = Vec<char>> {
    COMMON.iter().flat_map(move |text| {
        let characters: Vec<char> = text.chars().collect();
        characters.windows(length).map(<[char]>::to_vec).collect::<Vec<_>>()
    })
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

/// What is asked for a typed text (already a key), in this order, as long as there are not enough names.
/// None where nothing can be asked.
pub(super) fn questions(key: &str) -> Vec<Question> {
    let characters: Vec<char> = key.chars().collect();
    let is_letter = |c: &char| c.is_ascii_lowercase();
    if !characters.is_empty() && characters.iter().all(is_letter) {
        return letters_questions(&characters);
    }
    let mut asked: Vec<String> = Vec::new();
    let mut common = false;
    // Beside characters and digits a letter may be a letter or an initial: only the others are asked for.
    for run in characters.split(is_letter).filter(|run| !run.is_empty()) {
        match run {
            [one] => {
                asked.push(quoted(&[*one]));
                common |= COMMON.iter().any(|text| text.contains(*one));
            }
            longer => {
                let (known, telling): (Vec<_>, Vec<_>) = longer.windows(2).partition(|pair| is_common(pair));
                asked.extend(telling.into_iter().map(quoted));
                common |= !known.is_empty();
            }
        }
    }
    let mut questions = Vec::new();
    if !asked.is_empty() {
        questions.push(Question::Index(asked.join(" AND ")));
    }
    // One character is also one of a common pair, and there it is not indexed.
    if common && asked.len() < 2 {
        questions.push(Question::Names);
    }
    questions
}

/// Letters only: initials, or letters that stand in the name.
fn letters_questions(letters: &[char]) -> Vec<Question> {
    let common = |letters: &[char]| {
        common_windows(letters.len()).any(|window| {
            window
                .iter()
                .zip(letters)
                .all(|(c, letter)| pinyin::has_initial(*c, *letter))
        })
    };
    match letters {
        [one] => vec![Question::Index(format!(
            "{} OR {}",
            quoted(&[START, *one]),
            quoted(&[*one])
        ))],
        [a, b] => {
            // Every third letter by name: a prefix query would gather all names before it gives the first.
            let anywhere = ('a'..='z')
                .map(|third| quoted(&[*a, APART, *b, APART, third]))
                .chain([quoted(&[*a, APART, *b])])
                .collect::<Vec<_>>()
                .join(" OR ");
            let beginning = format!("{} OR {}", quoted(&[START, *a, APART, *b]), quoted(letters));
            let mut questions = vec![Question::Index(beginning), Question::Index(anywhere)];
            questions.extend(common(letters).then_some(Question::Names));
            questions
        }
        longer => {
            let telling: Vec<String> = longer
                .windows(3)
                .filter(|three| !common(three))
                .map(|three| quoted(&[three[0], APART, three[1], APART, three[2]]))
                .collect();
            if telling.is_empty() {
                vec![Question::Names]
            } else {
                vec![Question::Index(telling.join(" AND "))]
            }
        }
    }
}

fn quoted(characters: &[char]) -> String {
    let inner: String = characters.iter().collect();
    format!("\"{inner}\"")
}
