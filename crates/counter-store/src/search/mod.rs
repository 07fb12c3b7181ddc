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
        let enough = if at == 0 {
            typed.len() > 3 && found.len() >= wanted
        } else {
            !found.is_empty()
        };
        if enough {
            break;
        }
        take(by_index(tx, question)?, &mut found)?;
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

fn count(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// Puts names into the index. One of these serves a whole import: it keeps its buffers.
#[derive(Debug, Default)]
pub(crate) struct Indexer {
    tokens: token::Tokens,
}

impl Indexer {
    /// Indexes the `ordinal`-th name of a subject, given as its key.
    pub(crate) fn add(
        &mut self,
        tx: &ReadTx<'_>,
        subject: i64,
        ordinal: i64,
        name_key: &str,
    ) -> Result<(), StoreError> {
        self.tokens.make(name_key);
        tx.connection()
            .prepare_cached("INSERT INTO subject_search (rowid, tokens) VALUES (?, ?)")?
            .execute(params![subject * NAMES_OF_ONE + ordinal, self.tokens.text])?;
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
