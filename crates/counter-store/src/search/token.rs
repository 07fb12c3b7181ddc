//! What is indexed of a name, and what is asked of the index.
//!
//! The index keeps no positions: a query asks for tokens that every match has, and
//! [`super::matching`] looks at the names found. Pairs of characters make that sharp enough; a single
//! character, and the initials of three, have tokens of their own.

use super::pinyin;

/// Marks the initial a name begins with: a query of one letter means the beginning.
const START: char = 'ˇ';
/// Windows of polyphones multiply; beyond this many spellings of three characters the rest is left out.
const MOST_SPELLINGS: usize = 27;

/// The tokens of a name (its key: small letters, digits and characters only), separated by blanks.
pub(super) fn tokens(key: &str, out: &mut String) {
    out.clear();
    let characters: Vec<char> = key.chars().collect();
    for c in &characters {
        push(out, &[*c]);
    }
    for pair in characters.windows(2) {
        push(out, pair);
    }
    let sets: Vec<u32> = characters.iter().map(|c| pinyin::initials(*c)).collect();
    if let Some(first) = sets.first() {
        for letter in pinyin::letters(*first) {
            push(out, &[START, letter]);
        }
    }
    for window in sets.windows(3) {
        spellings(window, out);
    }
    if let Some(tail) = sets.len().checked_sub(2).and_then(|from| sets.get(from..)) {
        spellings(tail, out);
    }
}

fn spellings(sets: &[u32], out: &mut String) {
    if sets.contains(&0) {
        return;
    }
    let mut made: Vec<String> = vec![String::new()];
    for set in sets {
        let longer = made
            .iter()
            .flat_map(|start| pinyin::letters(*set).map(move |letter| format!("{start}{letter}")));
        made = longer.take(MOST_SPELLINGS).collect();
    }
    for spelling in made {
        out.push(' ');
        out.push_str(&spelling);
    }
}

fn push(out: &mut String, characters: &[char]) {
    if !out.is_empty() {
        out.push(' ');
    }
    out.extend(characters);
}

/// The question to the index for a typed text (already a key); `None` where nothing can be asked.
pub(super) fn question(key: &str) -> Option<String> {
    let characters: Vec<char> = key.chars().collect();
    let mut parts: Vec<String> = Vec::new();
    let is_letter = |c: &char| c.is_ascii_lowercase();
    if !characters.is_empty() && characters.iter().all(is_letter) {
        return Some(letters_question(&characters));
    }
    // Beside characters and digits a letter may be a letter or an initial: only the others are asked for.
    for run in characters.split(is_letter).filter(|run| !run.is_empty()) {
        match run {
            [one] => parts.push(quoted(&[*one])),
            longer => parts.extend(longer.windows(2).map(quoted)),
        }
    }
    (!parts.is_empty()).then(|| parts.join(" AND "))
}

/// Letters only: initials, or letters that stand in the name.
fn letters_question(letters: &[char]) -> String {
    match letters {
        [one] => format!("{} OR {}", quoted(&[START, *one]), quoted(&[*one])),
        [_, _] => format!("{} *", quoted(letters)),
        longer => longer.windows(3).map(quoted).collect::<Vec<_>>().join(" AND "),
    }
}

fn quoted(characters: &[char]) -> String {
    let inner: String = characters.iter().collect();
    format!("\"{inner}\"")
}
