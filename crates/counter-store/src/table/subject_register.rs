//! The subjects one import meets: found once, and written once, at the end.

use std::collections::HashMap;

use counter_core::publicity::text;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};

use super::{column, subject::former_names};
use crate::{ReadTx, StoreError, WriteTx, search::Names};

/// The index numbers the names of one subject up to here.
const MOST_NAMES: usize = 255;

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
    uscc: Option<String>,
    named_on: Option<Date>,
    added_penalties: i64,
    added_permits: i64,
    /// What the table has of it.
    written: Written,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Written {
    /// It is not in the table yet.
    Nothing,
    /// It is, and with these names.
    AsItStands,
    /// It is, but a name of it changed.
    OtherNames,
}

/// The subjects one import meets. What is new or changed is written by [`SubjectRegister::finish`].
#[derive(Debug, Default)]
pub struct SubjectRegister {
    known: HashMap<String, KnownSubjectRow>,
    /// Identities by the key of the name now, of those whose name the table does not have.
    unwritten_names: HashMap<String, Vec<String>>,
    names: Names,
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
                .prepare_cached("SELECT id, name, uscc, named_on FROM subject WHERE identity = ?")?;
            let found = statement
                .query_row([identity], |row| {
                    Ok(KnownSubjectRow {
                        id: row.get(0)?,
                        name: row.get(1)?,
                        other_names: Vec::new(),
                        uscc: row.get(2)?,
                        named_on: column::optional_day(row, 3)?,
                        added_penalties: 0,
                        added_permits: 0,
                        written: Written::AsItStands,
                    })
                })
                .optional()?;
            if let Some(mut row) = found {
                row.other_names = former_names(tx, row.id)?;
                // The table is read newest first; here they are numbered oldest first.
                row.other_names.reverse();
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
        let key = text::name_key(name);
        let mut identities: Vec<String> = self.unwritten_names.get(&key).cloned().unwrap_or_default();
        if !self.empty {
            let mut statement = tx
                .connection()
                .prepare_cached("SELECT identity FROM subject WHERE name_key = ? LIMIT 8")?;
            let mut rows = statement.query([&key])?;
            while let Some(row) = rows.next()? {
                let identity: String = row.get(0)?;
                // One that is called otherwise by now is not meant.
                let still = self
                    .known
                    .get(&identity)
                    .is_none_or(|known| known.written != Written::OtherNames || text::name_key(&known.name) == key);
                if still && !identities.contains(&identity) {
                    identities.push(identity);
                }
            }
        }
        Ok(if identities.len() == 1 { identities.pop() } else { None })
    }

    /// Makes sure the subject is known by this name too; answers its number.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn put(&mut self, tx: &ReadTx<'_>, naming: SubjectNaming<'_>) -> Result<i64, StoreError> {
        self.find(tx, naming.identity)?;
        let Some(known) = self.known.get_mut(naming.identity) else {
            return Ok(self.add(naming));
        };
        let is_newest = naming.on > known.named_on;
        if known.name == naming.name {
            if is_newest {
                known.named_on = naming.on;
            }
            return Ok(known.id);
        }
        let heard_before = known.other_names.iter().position(|other| other == naming.name);
        if heard_before.is_none() {
            if known.other_names.len() >= MOST_NAMES {
                return Ok(known.id);
            }
            // Every name has its own row in the index; which of them is the name now does not matter there.
            let ordinal = column::integer(known.other_names.len() as u64 + 1);
            self.names.add(known.id, ordinal, text::name_key(naming.name));
            known.other_names.push(naming.name.to_owned());
            known.change_names();
        }
        if is_newest {
            known.named_on = naming.on;
            let at = heard_before.unwrap_or(known.other_names.len() - 1);
            std::mem::swap(&mut known.name, &mut known.other_names[at]);
            known.change_names();
            let (before, now) = (text::name_key(&known.other_names[at]), text::name_key(&known.name));
            if let Some(others) = self.unwritten_names.get_mut(&before) {
                others.retain(|identity| identity != naming.identity);
            }
            self.unwritten_names
                .entry(now)
                .or_default()
                .push(naming.identity.to_owned());
        }
        Ok(known.id)
    }

    fn add(&mut self, naming: SubjectNaming<'_>) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        let key = text::name_key(naming.name);
        self.unwritten_names
            .entry(key.clone())
            .or_default()
            .push(naming.identity.to_owned());
        self.names.add(id, 0, key);
        self.known.insert(
            naming.identity.to_owned(),
            KnownSubjectRow {
                id,
                name: naming.name.to_owned(),
                other_names: Vec::new(),
                uscc: naming.uscc.map(str::to_owned),
                named_on: naming.on,
                added_penalties: 0,
                added_permits: 0,
                written: Written::Nothing,
            },
        );
        id
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

    /// Writes who is new, who is called otherwise, and the counts.
    ///
    /// # Errors
    /// When the store cannot keep them.
    pub fn finish(self, tx: &WriteTx<'_>) -> Result<(), StoreError> {
        let mut insert = tx.connection().prepare_cached(
            "INSERT INTO subject (id, identity, uscc, name, name_key, named_on, penalties, permits, demo)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        )?;
        let mut count = tx.connection().prepare_cached(
            "UPDATE subject SET named_on = ?2, penalties = penalties + ?3, permits = permits + ?4 WHERE id = ?1",
        )?;
        let mut rename = tx
            .connection()
            .prepare_cached("UPDATE subject SET name = ?2, name_key = ?3 WHERE id = ?1")?;
        let mut other_name = tx.connection().prepare_cached(
            "INSERT OR REPLACE INTO subject_former_name (subject_id, ordinal, name, name_key) VALUES (?, ?, ?, ?)",
        )?;
        // In the order of the table, so that each page is touched once.
        let mut touched: Vec<(String, KnownSubjectRow)> = self.known.into_iter().collect();
        touched.sort_unstable_by_key(|(_, known)| known.id);
        for (identity, known) in &touched {
            let named_on = known.named_on.map(|day| day.to_string());
            let (penalties, permits) = (known.added_penalties, known.added_permits);
            if known.written == Written::Nothing {
                let key = text::name_key(&known.name);
                insert.execute(params![
                    known.id, identity, known.uscc, known.name, key, named_on, penalties, permits, self.demo
                ])?;
            } else {
                count.execute(params![known.id, named_on, penalties, permits])?;
            }
            if known.written == Written::OtherNames {
                rename.execute(params![known.id, known.name, text::name_key(&known.name)])?;
            }
            if known.written != Written::AsItStands {
                for (ordinal, other) in (1_i64..).zip(&known.other_names) {
                    other_name.execute(params![known.id, ordinal, other, text::name_key(other)])?;
                }
            }
        }
        self.names.index(tx)
    }
}

impl KnownSubjectRow {
    fn change_names(&mut self) {
        if self.written == Written::AsItStands {
            self.written = Written::OtherNames;
        }
    }
}
