//! 信用主体: who the rows are about, with every name they were known by.

use std::collections::HashMap;

use counter_core::publicity::text;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::column;
use crate::{ReadTx, StoreError, WriteTx, search::Indexer};

/// A subject as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Its number at this counter.
    pub id: i64,
    /// 统一社会信用代码, where there is a valid one.
    pub uscc: Option<String>,
    /// The name now.
    pub name: String,
    /// The names before, newest first.
    pub former_names: Vec<String>,
    /// How many penalty rows there are.
    pub penalties: u32,
    /// How many permit rows there are.
    pub permits: u32,
    /// Whether it is made up, for practice.
    pub demo: bool,
}

/// The subject numbered `id`.
///
/// # Errors
/// When the store cannot be read.
pub fn get(tx: &ReadTx<'_>, id: i64) -> Result<Option<Subject>, StoreError> {
    head(tx, id)?
        .map(|(subject, _)| with_former_names(tx, subject))
        .transpose()
}

/// The subject numbered `id` without its former names, and the key of its name.
pub(crate) fn head(tx: &ReadTx<'_>, id: i64) -> Result<Option<(Subject, String)>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT id, uscc, name, penalties, permits, demo, name_key FROM subject WHERE id = ?")?;
    let found = statement.query_row([id], |row| {
        let subject = Subject {
            id: row.get(0)?,
            uscc: row.get(1)?,
            name: row.get(2)?,
            former_names: Vec::new(),
            penalties: column::count(row, 3)?,
            permits: column::count(row, 4)?,
            demo: row.get(5)?,
        };
        Ok((subject, row.get(6)?))
    });
    Ok(found.optional()?)
}

/// Adds the former names.
pub(crate) fn with_former_names(tx: &ReadTx<'_>, mut subject: Subject) -> Result<Subject, StoreError> {
    if subject.former_names.is_empty() {
        subject.former_names = former_names(tx, subject.id)?;
    }
    Ok(subject)
}

/// How many subjects there are, and whether any is made up.
///
/// # Errors
/// When the store cannot be read.
pub fn count(tx: &ReadTx<'_>) -> Result<(u64, bool), StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT count(*), coalesce(max(demo), 0) FROM subject")?;
    Ok(statement.query_row([], |row| Ok((column::count(row, 0)?, row.get(1)?)))?)
}

fn former_names(tx: &ReadTx<'_>, id: i64) -> Result<Vec<String>, StoreError> {
    let mut statement = tx
        .connection()
        .prepare_cached("SELECT name FROM subject_former_name WHERE subject_id = ? ORDER BY ordinal DESC")?;
    let names = statement.query_map([id], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// How a row names its subject.
#[derive(Clone, Copy, Debug)]
pub struct SubjectNaming<'n> {
    /// The credit code, or another code with the kind of code before it (`zch:`, `zjh:`, `name:` …).
    pub identity: &'n str,
    /// The credit code, where it is valid.
    pub uscc: Option<&'n str>,
    /// The name in the row.
    pub name: &'n str,
    /// The day of the decision: the newest name is the name now.
    pub on: Option<Date>,
}

/// A subject in the hands of an import.
#[derive(Clone, Debug)]
pub struct KnownSubjectRow {
    /// Its number.
    pub id: i64,
    /// The name now.
    pub name: String,
    /// Names it had or was reported under.
    pub other_names: Vec<String>,
    named_on: Option<Date>,
    added_penalties: i64,
    added_permits: i64,
}

/// The subjects one import meets: found once, counted at the end.
#[derive(Debug, Default)]
pub struct SubjectRegister {
    known: HashMap<String, KnownSubjectRow>,
    indexer: Indexer,
    empty: bool,
    next_id: i64,
    demo: bool,
}

impl SubjectRegister {
    /// A register over what is in the database now.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn open(tx: &ReadTx<'_>, demo: bool) -> Result<Self, StoreError> {
        let last: Option<i64> = tx
            .connection()
            .query_row("SELECT max(id) FROM subject", [], |row| row.get(0))?;
        Ok(Self {
            empty: last.is_none(),
            next_id: last.unwrap_or(0) + 1,
            demo,
            ..Self::default()
        })
    }

    /// The subject of this identity, if it is known.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn find(&mut self, tx: &ReadTx<'_>, identity: &str) -> Result<Option<&KnownSubjectRow>, StoreError> {
        if !self.known.contains_key(identity) && !self.empty {
            let mut statement = tx
                .connection()
                .prepare_cached("SELECT id, name, named_on FROM subject WHERE identity = ?")?;
            let found = statement
                .query_row([identity], |row| {
                    Ok((
                        row.get::<_, i64>(0)?,
                        row.get::<_, String>(1)?,
                        column::optional_day(row, 2)?,
                    ))
                })
                .optional()?;
            if let Some((id, name, named_on)) = found {
                let other_names = former_names(tx, id)?;
                let row = KnownSubjectRow {
                    id,
                    name,
                    other_names,
                    named_on,
                    added_penalties: 0,
                    added_permits: 0,
                };
                self.known.insert(identity.to_owned(), row);
            }
        }
        Ok(self.known.get(identity))
    }

    /// The identity of the one subject of this very name, for rows whose code cannot be right.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn identity_by_name(&self, tx: &ReadTx<'_>, name: &str) -> Result<Option<String>, StoreError> {
        let mut statement = tx
            .connection()
            .prepare_cached("SELECT identity FROM subject WHERE name_key = ? LIMIT 2")?;
        let identities = statement.query_map([text::name_key(name)], |row| row.get(0))?;
        let mut identities: Vec<String> = identities.collect::<Result<_, _>>()?;
        Ok(if identities.len() == 1 { identities.pop() } else { None })
    }

    /// Makes sure the subject exists and knows the name; answers its number.
    ///
    /// # Errors
    /// When the store cannot keep it.
    pub fn put(&mut self, tx: &WriteTx<'_>, naming: SubjectNaming<'_>) -> Result<i64, StoreError> {
        if self.find(tx, naming.identity)?.is_none() {
            return self.insert(tx, naming);
        }
        let Some(known) = self.known.get_mut(naming.identity) else {
            return self.insert(tx, naming);
        };
        let is_newest = naming.on > known.named_on;
        if known.name == naming.name {
            if is_newest {
                known.named_on = naming.on;
            }
            return Ok(known.id);
        }
        let heard_before = known.other_names.iter().any(|other| other == naming.name);
        if !heard_before {
            let key = text::name_key(naming.name);
            let ordinal = column::integer(known.other_names.len() as u64 + 1);
            if ordinal > 255 {
                return Ok(known.id);
            }
            // Every name has its own row in the index; which of them is the name now does not matter there.
            self.indexer.add(tx, known.id, ordinal, &key)?;
            let other = if is_newest {
                std::mem::replace(&mut known.name, naming.name.to_owned())
            } else {
                naming.name.to_owned()
            };
            tx.connection()
                .prepare_cached(
                    "INSERT INTO subject_former_name (subject_id, ordinal, name, name_key) VALUES (?, ?, ?, ?)",
                )?
                .execute(params![known.id, ordinal, other, text::name_key(&other)])?;
            known.other_names.push(other);
        } else if is_newest {
            let old = std::mem::replace(&mut known.name, naming.name.to_owned());
            tx.connection()
                .prepare_cached(
                    "UPDATE subject_former_name SET name = ?3, name_key = ?4 WHERE subject_id = ?1 AND name = ?2",
                )?
                .execute(params![known.id, naming.name, old, text::name_key(&old)])?;
            for other in &mut known.other_names {
                if other == naming.name {
                    other.clone_from(&old);
                }
            }
        }
        if is_newest {
            known.named_on = naming.on;
            tx.connection()
                .prepare_cached("UPDATE subject SET name = ?, name_key = ? WHERE id = ?")?
                .execute(params![known.name, text::name_key(&known.name), known.id])?;
        }
        Ok(known.id)
    }

    fn insert(&mut self, tx: &WriteTx<'_>, naming: SubjectNaming<'_>) -> Result<i64, StoreError> {
        let id = self.next_id;
        self.next_id += 1;
        let key = text::name_key(naming.name);
        tx.connection()
            .prepare_cached("INSERT INTO subject (id, identity, uscc, name, name_key, demo) VALUES (?, ?, ?, ?, ?, ?)")?
            .execute(params![id, naming.identity, naming.uscc, naming.name, key, self.demo])?;
        self.indexer.add(tx, id, 0, &key)?;
        self.known.insert(
            naming.identity.to_owned(),
            KnownSubjectRow {
                id,
                name: naming.name.to_owned(),
                other_names: Vec::new(),
                named_on: naming.on,
                added_penalties: 0,
                added_permits: 0,
            },
        );
        Ok(id)
    }

    /// Counts one more penalty of the subject.
    pub fn add_penalty(&mut self, identity: &str) {
        if let Some(known) = self.known.get_mut(identity) {
            known.added_penalties += 1;
        }
    }

    /// Counts one more permit of the subject.
    pub fn add_permit(&mut self, identity: &str) {
        if let Some(known) = self.known.get_mut(identity) {
            known.added_permits += 1;
        }
    }

    /// Writes the counts.
    ///
    /// # Errors
    /// When the store cannot keep them.
    pub fn finish(self, tx: &WriteTx<'_>) -> Result<(), StoreError> {
        let mut statement = tx.connection().prepare_cached(
            "UPDATE subject SET penalties = penalties + ?, permits = permits + ?, named_on = ? WHERE id = ?",
        )?;
        // In the order of the table, so that each page is touched once.
        let mut touched: Vec<KnownSubjectRow> = self.known.into_values().collect();
        touched.sort_unstable_by_key(|known| known.id);
        for known in touched {
            let named_on = known.named_on.map(|day| day.to_string());
            statement.execute(params![known.added_penalties, known.added_permits, named_on, known.id])?;
        }
        Ok(())
    }
}
