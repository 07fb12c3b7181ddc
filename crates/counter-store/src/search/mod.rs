//! Finding subjects while a clerk types: any part of a name, former names too, pinyin initials, the beginning of a code.

mod matching;
mod pinyin;
mod token;

use std::collections::HashSet;

use counter_core::publicity::text;
use rusqlite::{OptionalExtension, params};

use crate::{
    ReadTx, StoreError,
    table::subject::{self, Subject},
};
use matching::{Fit, fit};
use token::Question;

/// How many names the index is asked for: enough to rank a screenful, few enough to answer while typing.
const CANDIDATES: usize = 120;
/// What is typed is cut here; no name is that long.
const LONGEST_QUESTION: usize = 64;
/// A name's row in the index is subject id × this + ordinal of the name.
const NAMES_OF_ONE: i64 = 256;

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// The best first.
    pub hits: Vec<Subject>,
    /// There are more than were asked for.
    pub more: bool,
}

/// Finds at most `limit` subjects for what was typed.
///
/// # Errors
/// When the store cannot be read.
pub fn subjects(tx: &ReadTx<'_>, typed: &str, limit: usize) -> Result<Found, StoreError> {
    let key: String = text::name_key(typed).chars().take(LONGEST_QUESTION).collect();
    if key.is_empty() || limit == 0 {
        return Ok(Found::default());
    }
    let wanted = limit + 1;
    let mut found: Vec<(Rank, Subject)> = Vec::new();
    let mut seen = HashSet::new();
    if key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        for subject in by_code(tx, &key.to_ascii_uppercase(), wanted)? {
            seen.insert(subject.id);
            found.push((Rank::code(), subject));
        }
    }
    let typed: Vec<char> = key.chars().collect();
    let mut take = |ids: Vec<i64>, found: &mut Vec<(Rank, Subject)>| -> Result<(), StoreError> {
        for id in ids {
            if seen.insert(id)
                && let Some((rank, subject)) = look_at(tx, id, &typed)?
            {
                found.push((rank, subject));
            }
        }
        Ok(())
    };
    take(by_beginning(tx, &key, wanted)?, &mut found)?;
    for (at, question) in token::questions(&key).iter().enumerate() {
        let enough = match question {
            Question::Index(_) if at == 0 => typed.len() > 3 && found.len() >= wanted,
            Question::Index(_) => !found.is_empty(),
            Question::Names => found.len() >= wanted,
        };
        if !enough {
            let ids = match question {
                Question::Index(asked) => by_index(tx, asked)?,
                Question::Names => by_names(tx, &typed)?,
            };
            take(ids, &mut found)?;
        }
    }
    found.sort_by(|(a, left), (b, right)| (a, left.id).cmp(&(b, right.id)));
    let more = found.len() > limit;
    found.truncate(limit);
    let hits = found
        .into_iter()
        .map(|(_, subject)| subject::with_former_names(tx, subject));
    Ok(Found {
        hits: hits.collect::<Result<_, _>>()?,
        more,
    })
}

/// The order of hits: code, then how well the name fits, then who has penalties, then the shorter name.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    fit: Option<Fit>,
    former: bool,
    without_penalty: bool,
    length: usize,
}

impl Rank {
    fn code() -> Self {
        Self {
            fit: None,
            former: false,
            without_penalty: false,
            length: 0,
        }
    }
}

/// Holds a subject against what was typed; its former names are looked at only where its name now does not hold it.
fn look_at(tx: &ReadTx<'_>, id: i64, typed: &[char]) -> Result<Option<(Rank, Subject)>, StoreError> {
    let Some((subject, name_key)) = subject::head(tx, id)? else {
        return Ok(None);
    };
    let without_penalty = subject.penalties == 0;
    let rank = |key: &str, former| {
        let name: Vec<char> = key.chars().collect();
        let fit = fit(&name, typed)?;
        Some(Rank {
            fit: Some(fit),
            former,
            without_penalty,
            length: name.len(),
        })
    };
    if let Some(rank) = rank(&name_key, false) {
        return Ok(Some((rank, subject)));
    }
    let subject = subject::with_former_names(tx, subject)?;
    let best = subject
        .former_names
        .iter()
        .filter_map(|name| rank(&text::name_key(name), true))
        .min();
    Ok(best.map(|rank| (rank, subject)))
}

fn by_code(tx: &ReadTx<'_>, start: &str, limit: usize) -> Result<Vec<Subject>, StoreError> {
    if start.len() > 18 || start.len() < 2 {
        return Ok(Vec::new());
    }
    let end = format!("{start}~");
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id FROM subject WHERE identity >= ? AND identity < ? ORDER BY identity LIMIT ?")?;
    let ids = statement.query_map(params![start, end, count(limit)], |row| row.get(0))?;
    let ids: Vec<i64> = ids.collect::<Result<_, _>>()?;
    ids.into_iter()
        .filter_map(|id| subject::get(tx, id).transpose())
        .collect()
}

fn by_beginning(tx: &ReadTx<'_>, key: &str, limit: usize) -> Result<Vec<i64>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id FROM subject WHERE name_key >= ? AND name_key < ? LIMIT ?")?;
    let end = format!("{key}{}", char::MAX);
    let ids = statement.query_map(params![key, end, count(limit)], |row| row.get(0))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

fn by_index(tx: &ReadTx<'_>, question: &str) -> Result<Vec<i64>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT rowid FROM subject_search WHERE subject_search MATCH ? LIMIT ?")?;
    let rows = statement.query_map(params![question, count(CANDIDATES)], |row| row.get::<_, i64>(0))?;
    rows.map(|row| Ok(row? / NAMES_OF_ONE)).collect()
}

/// The first names that hold what was typed, in the order of the register. Asked only for what most names hold, so
/// it does not go far; former names are not looked at.
fn by_names(tx: &ReadTx<'_>, typed: &[char]) -> Result<Vec<i64>, StoreError> {
    // Not by the index of names: in the order of the alphabet those that hold it stand together, and far down.
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id, name_key FROM subject NOT INDEXED")?;
    let mut rows = statement.query([])?;
    let (mut ids, mut name) = (Vec::new(), Vec::new());
    while ids.len() < CANDIDATES
        && let Some(row) = rows.next()?
    {
        name.clear();
        name.extend(row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?.chars());
        if fit(&name, typed).is_some() {
            ids.push(row.get(0)?);
        }
    }
    Ok(ids)
}

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Names on their way into the index.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// The row in the index, and the key of the name.
    waiting: Vec<(i64, String)>,
}

impl Names {
    /// Keeps the `ordinal`-th name of a subject, given as its key, until [`Names::index`].
    pub(crate) fn add(&mut self, subject: i64, ordinal: i64, name_key: String) {
        self.waiting.push((subject * NAMES_OF_ONE + ordinal, name_key));
    }

    /// Indexes them. In the order of the index's rows: one that goes back makes it write out what it has gathered.
    pub(crate) fn index(mut self, tx: &ReadTx<'_>) -> Result<(), StoreError> {
        self.waiting.sort_unstable_by_key(|(row, _)| *row);
        let mut insert = tx
            .connection()
            .prepare_cached("INSERT INTO subject_search (rowid, tokens) VALUES (?, ?)")?;
        let mut tokens = token::Tokens::default();
        for (row, name_key) in &self.waiting {
            tokens.make(name_key);
            insert.execute(params![row, tokens.text])?;
        }
        Ok(())
    }
}

/// The subject with this code, or with this number here.
///
/// # Errors
/// When the store cannot be read.
pub fn subject_by_id_or_code(tx: &ReadTx<'_>, text: &str) -> Result<Option<Subject>, StoreError> {
    let code = text::code(text::trim(text));
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id FROM subject WHERE identity = ?")?;
    let by_code: Option<i64> = statement.query_row([code.as_ref()], |row| row.get(0)).optional()?;
    match by_code.or_else(|| text.trim().parse().ok()) {
        Some(id) => subject::get(tx, id),
        None => Ok(None),
    }
}

#[cfg(test)]
mod tests;
