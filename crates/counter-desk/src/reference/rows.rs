//! Taking over penalties and permits, beside what files brought here.
//!
//! Of two rows about one decision the one that speaks of the later day stands; on the same day, and where no day is
//! known, the hub's.

use counter_core::publicity::{RowKind, StoredRow};
use counter_store::{
    ActContext, StoreError, WriteTx,
    table::{
        self,
        hub_row::{self, Standing, StandingRow},
        publicity_row::{NewRow, key_text},
        subject_register::{SubjectNaming, SubjectRegister},
    },
};
use hub_api::dataset::PublicityRow;
use jiff::civil::Date;

use super::TakeOverError;
use crate::import::{
    case_flag,
    merge::{Brought, TypedIn},
};

/// Said on a case whose record the hub no longer publishes.
const NO_LONGER_PUBLISHED: &str = "区信用平台已不再公示该记录";

/// Taking over the rows of one kind.
pub(super) struct Rows<'r> {
    /// Penalties or permits.
    pub kind: RowKind,
    /// The act that cases are flagged by.
    pub act: &'r ActContext,
    /// What the rows name as where they came from.
    pub run: i64,
    /// The same in words.
    pub source: &'r str,
    /// 数据截至.
    pub data_as_of: Option<Date>,
    /// Decisions dated later name nobody.
    pub today: Date,
    /// Whether there are rows of this kind at all: otherwise nobody need be asked for each row.
    pub may_exist: bool,
}

impl Rows<'_> {
    /// Puts a row the hub publishes; answers how many cases were flagged.
    pub fn put(
        &self,
        tx: &mut WriteTx<'_>,
        register: &mut SubjectRegister,
        typed_in: &mut TypedIn,
        row: &PublicityRow,
    ) -> Result<u64, TakeOverError> {
        let existing = if self.may_exist {
            hub_row::find(tx, self.kind, row.key())?
        } else {
            None
        };
        if let Some(existing) = existing
            && existing.standing != Standing::OfHub
            && existing.data_as_of > self.data_as_of
        {
            hub_row::set_standing(tx, self.kind, row.key(), Standing::Overridden)?;
            return Ok(0);
        }
        let subject_id = register.put(
            tx,
            SubjectNaming {
                identity: &row.identity,
                uscc: row.uscc.as_deref(),
                name: &row.name,
                on: row.decided_on.filter(|day| *day <= self.today),
            },
        )?;
        match existing {
            Some(existing) => self.replace(tx, row, existing),
            None => self.insert(tx, register, typed_in, row, subject_id),
        }
    }

    fn insert(
        &self,
        tx: &mut WriteTx<'_>,
        register: &mut SubjectRegister,
        typed_in: &mut TypedIn,
        row: &PublicityRow,
        subject_id: i64,
    ) -> Result<u64, TakeOverError> {
        hub_row::insert(tx, self.kind, &self.new_row(row, subject_id))?;
        match self.kind {
            RowKind::Permit => register.add_permit(&row.identity),
            RowKind::Penalty => {
                register.add_penalty(&row.identity);
                let brought = Brought {
                    document_no: row.document_no.as_deref().unwrap_or(""),
                    cells: &row.cells,
                    source: self.source,
                };
                if let Some(typed) = typed_in.merge(tx, self.act, brought, self.today)? {
                    table::penalty::set_entered_key(tx, row.key(), &typed)?;
                }
            }
        }
        Ok(0)
    }

    /// Other content under the same key keeps its subject: the key holds the subject's code.
    fn replace(&self, tx: &mut WriteTx<'_>, row: &PublicityRow, existing: StandingRow) -> Result<u64, TakeOverError> {
        let key = key_text(row.key());
        let before = match self.kind {
            RowKind::Penalty if existing.content != row.content() => table::penalty::get(tx, &key)?,
            RowKind::Penalty | RowKind::Permit => None,
        };
        hub_row::replace(tx, self.kind, &self.new_row(row, existing.subject_id))?;
        let Some(before) = before else { return Ok(0) };
        let now =
            StoredRow::from_json(self.kind, &row.cells).map_err(|error| StoreError::Damaged(error.to_string()))?;
        self.flag(
            tx,
            &key,
            before.entered_key.as_ref(),
            &before.row.differences_from(&now),
        )
    }

    /// Takes a row away that the hub no longer publishes; what a newer file says stays.
    pub fn remove(&self, tx: &mut WriteTx<'_>, row: &PublicityRow) -> Result<u64, TakeOverError> {
        let Some(existing) = hub_row::find(tx, self.kind, row.key())? else {
            return Ok(0);
        };
        match existing.standing {
            Standing::Imported => Ok(0),
            Standing::Overridden => {
                hub_row::set_standing(tx, self.kind, row.key(), Standing::Imported)?;
                Ok(0)
            }
            Standing::OfHub => {
                let key = key_text(row.key());
                let entered_key = match self.kind {
                    RowKind::Penalty => table::penalty::get(tx, &key)?.and_then(|row| row.entered_key),
                    RowKind::Permit => None,
                };
                hub_row::remove(tx, self.kind, row.key(), existing.subject_id)?;
                self.flag(tx, &key, entered_key.as_ref(), &[NO_LONGER_PUBLISHED.to_owned()])
            }
        }
    }

    fn flag(
        &self,
        tx: &mut WriteTx<'_>,
        key: &String,
        entered_key: Option<&String>,
        differences: &[String],
    ) -> Result<u64, TakeOverError> {
        let mut flagged = 0;
        if self.kind == RowKind::Penalty && !differences.is_empty() {
            for key in std::iter::once(key).chain(entered_key) {
                flagged += case_flag::flag(tx, self.act, key, self.source, differences)?;
            }
        }
        Ok(flagged)
    }

    fn new_row<'n>(&self, row: &'n PublicityRow, subject_id: i64) -> NewRow<'n> {
        NewRow {
            key: row.key(),
            content: row.content(),
            subject_id,
            document_no: row.document_no.as_deref(),
            decided_on: row.decided_on,
            cells: &row.cells,
            originals: row.originals.as_deref(),
            check_notes: row.check_notes.as_deref(),
            // Late or not is between the office that reports and the standard: the hub's rows do not say.
            late: false,
            run_id: self.run,
            // Where in which file a row stood is known at the hub.
            sheet: "",
            row: 0,
        }
    }
}
