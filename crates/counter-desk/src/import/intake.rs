//! Taking rows in: checked, recognised, kept. Everything here runs inside the one transaction of the file.

use std::collections::{BTreeSet, HashMap};

use counter_core::publicity::{
    CheckContext, CheckedRow, ContentHash, Field, Finding, Level, RawCell, RowKey, RowKind,
    check::{self, KnownSubject, known},
    content_hash, near_duplicate_hash, row_key, write_cells, write_originals,
};
use counter_store::{
    ActContext, WriteTx,
    table::{
        self, import_finding,
        import_run::{self, ImportRun, RowCounts},
        publicity_row::{ExistingRow, NewRow},
        subject_register::{SubjectNaming, SubjectRegister},
    },
};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::{
    Block, GoOn, ImportError, ImportOptions, ImportOutcome, ImportProgress, ReadError, Reported, Source,
    identity::identity,
    in_time::in_time_since,
    keep::{day_in_name, put_dataset, update, write_notes},
    merge::TypedIn,
    sheet::{RowIs, Sheet},
};
use crate::{Actor, Desk};

/// Takes in every block of the file.
pub(super) fn take_in(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    source: &Source,
    options: &ImportOptions,
    blocks: impl IntoIterator<Item = Result<Block, ReadError>>,
    watch: &mut dyn FnMut(ImportProgress) -> GoOn,
) -> Result<ImportOutcome, ImportError> {
    let today = desk.clock().today();
    let mut intake = Intake {
        act: desk.act(actor),
        run: import_run::next_id(tx)?,
        source: &source.name,
        today,
        in_time_since: match options.reported {
            Reported::Today => in_time_since(desk.rules().calendar(), today),
            Reported::On(day) => in_time_since(desk.rules().calendar(), day),
            Reported::Unknown => None,
        },
        register: SubjectRegister::open(tx, options.demo)?,
        typed_in: TypedIn::load(tx)?,
        may_exist: [table::penalty::count(tx)? > 0, table::permit::count(tx)? > 0],
        seen: HashMap::new(),
        alike: HashMap::new(),
        sheets: Vec::new(),
        counts: RowCounts::default(),
        merged: 0,
        findings: Vec::new(),
        layouts: BTreeSet::new(),
        kinds: BTreeSet::new(),
        latest_decision: None,
        cells: String::new(),
        originals: String::new(),
        notes: String::new(),
    };
    let mut sheet: Option<Sheet> = None;
    let mut looked_at = 0_u32;
    for block in blocks {
        match block? {
            Block::Sheet(name) => {
                intake.sheets.push(name.clone());
                sheet = Some(Sheet::new(name, options.kind));
            }
            Block::Rows(batch, permille) => {
                let Some(sheet) = sheet.as_mut() else { continue };
                let mut cells: Vec<RawCell<'_>> = Vec::new();
                batch.for_each(&mut cells, |number, cells| {
                    looked_at += 1;
                    intake.row(tx, sheet, number, cells, options.kind)
                })?;
                if watch(ImportProgress {
                    rows: looked_at,
                    permille,
                }) == GoOn::Cancel
                {
                    return Err(ImportError::Cancelled);
                }
            }
        }
    }
    if intake.layouts.is_empty() {
        return Err(ImportError::NoKnownHeader);
    }
    intake.finish(tx, actor, source, options)
}

/// Where a decision was first met in the file.
#[derive(Clone, Copy)]
struct Place {
    sheet: usize,
    row: u32,
    content: ContentHash,
}

struct Intake<'i> {
    act: ActContext,
    run: i64,
    source: &'i str,
    today: Date,
    in_time_since: Option<Date>,
    register: SubjectRegister,
    typed_in: TypedIn,
    /// Whether there were penalties, permits before: otherwise nobody need be asked for each row.
    may_exist: [bool; 2],
    seen: HashMap<RowKey, Place>,
    alike: HashMap<ContentHash, Place>,
    sheets: Vec<String>,
    counts: RowCounts,
    merged: u64,
    findings: Vec<Finding>,
    layouts: BTreeSet<&'static str>,
    kinds: BTreeSet<RowKind>,
    latest_decision: Option<Date>,
    cells: String,
    originals: String,
    notes: String,
}

impl Intake<'_> {
    fn row(
        &mut self,
        tx: &mut WriteTx<'_>,
        sheet: &mut Sheet,
        number: u32,
        cells: &[RawCell<'_>],
        asked: Option<RowKind>,
    ) -> Result<(), ImportError> {
        match sheet.look(number, cells, &mut self.counts.skipped) {
            RowIs::Nothing => return Ok(()),
            RowIs::Skipped => {
                self.counts.skipped += 1;
                return Ok(());
            }
            RowIs::Header => {
                let Some(layout) = sheet.layout() else { return Ok(()) };
                if asked.is_some_and(|asked| asked != layout.kind) {
                    return Err(ImportError::OtherKind {
                        sheet: sheet.name.clone(),
                    });
                }
                self.layouts.insert(layout.version.as_str());
                self.kinds.insert(layout.kind);
                self.findings
                    .extend(check::missing_columns(layout, &sheet.name, number));
                return Ok(());
            }
            RowIs::Data => {}
        }
        let Some(layout) = sheet.layout() else { return Ok(()) };
        let context = CheckContext {
            layout,
            sheet: &sheet.name,
            today: self.today,
            in_time_since: self.in_time_since,
        };
        let first_finding = self.findings.len();
        let mut checked = check::check(cells, number, &context, &mut self.findings);
        if !checked.names_a_subject {
            self.counts.skipped += 1;
            return Ok(());
        }
        self.counts.read += 1;
        let (key, content) = (row_key(&checked.row), content_hash(&checked.row));
        let here = Place {
            sheet: self.sheets.len().saturating_sub(1),
            row: number,
            content,
        };
        if let Some(first) = self.seen.get(&key).copied() {
            let place = (self.sheets[first.sheet].as_str(), first.row);
            known::add_duplicate(
                &mut checked,
                place,
                first.content == content,
                layout,
                &sheet.name,
                &mut self.findings,
            );
            self.drop_late(first_finding);
            self.counts.duplicates += 1;
            return Ok(());
        }
        self.seen.insert(key, here);
        if let Some(day) = checked.values.decided_on.filter(|day| *day <= self.today) {
            self.latest_decision = self.latest_decision.max(Some(day));
        }
        self.look_up(tx, &mut checked, sheet, key, here, first_finding)
    }

    /// Late or not was said when the row came first; a row that is there already says it no more.
    fn drop_late(&mut self, from: usize) {
        let kept: Vec<Finding> = self
            .findings
            .drain(from..)
            .filter(|finding| finding.level != Level::Late)
            .collect();
        self.findings.extend(kept);
    }

    /// Recognises subject and decision, and keeps the row.
    fn look_up(
        &mut self,
        tx: &mut WriteTx<'_>,
        checked: &mut CheckedRow<'_>,
        sheet: &Sheet,
        key: RowKey,
        here: Place,
        first_finding: usize,
    ) -> Result<(), ImportError> {
        let Some(layout) = sheet.layout() else { return Ok(()) };
        let kind = checked.row.kind;
        let identity = identity(tx, &self.register, checked, key)?;
        if checked.values.uscc_is_valid
            && let Some(subject) = self.register.find(tx, &identity)?
        {
            let subject = KnownSubject {
                name: &subject.name,
                other_names: &subject.other_names,
            };
            known::check_name(checked, subject, layout, &sheet.name, &mut self.findings);
        }
        if kind == RowKind::Penalty
            && let Some(hash) = near_duplicate_hash(&checked.row)
        {
            if let Some(first) = self.alike.get(&hash) {
                let place = (self.sheets[first.sheet].as_str(), first.row);
                known::add_near_duplicate(checked, place, layout, &sheet.name, &mut self.findings);
            } else {
                self.alike.insert(hash, here);
            }
        }
        let existing = match kind {
            RowKind::Penalty if self.may_exist[0] => table::penalty::find(tx, key)?,
            RowKind::Permit if self.may_exist[1] => table::permit::find(tx, key)?,
            RowKind::Penalty | RowKind::Permit => None,
        };
        if existing
            .as_ref()
            .is_some_and(|existing| existing.content == here.content)
        {
            self.drop_late(first_finding);
            self.counts.duplicates += 1;
            return Ok(());
        }
        self.keep(tx, checked, sheet, key, here, &identity, existing, first_finding)
    }

    #[allow(clippy::too_many_arguments)] // one row's whole story, told once
    fn keep(
        &mut self,
        tx: &mut WriteTx<'_>,
        checked: &CheckedRow<'_>,
        sheet: &Sheet,
        key: RowKey,
        here: Place,
        identity: &str,
        existing: Option<ExistingRow>,
        first_finding: usize,
    ) -> Result<(), ImportError> {
        let row = &checked.row;
        let naming = SubjectNaming {
            identity,
            uscc: checked.values.uscc_is_valid.then(|| row.get(Field::Uscc)),
            name: row.get(Field::SubjectName),
            on: checked.values.decided_on.filter(|day| *day <= self.today),
        };
        let subject_id = self.register.put(tx, naming)?;
        self.cells.clear();
        write_cells(row, &mut self.cells);
        self.originals.clear();
        write_originals(row, &mut self.originals);
        self.notes.clear();
        if checked.worst == Some(Level::Reject) {
            write_notes(&self.findings[first_finding..], &mut self.notes);
        }
        let decided_on = checked.values.decided_on;
        let new = NewRow {
            key,
            content: here.content,
            subject_id,
            document_no: row.filled(Field::DocumentNo),
            decided_on,
            cells: &self.cells,
            originals: (!self.originals.is_empty()).then_some(self.originals.as_str()),
            check_notes: (!self.notes.is_empty()).then_some(self.notes.as_str()),
            late: matches!((decided_on, self.in_time_since), (Some(decided), Some(since)) if decided < since),
            run_id: self.run,
            sheet: &sheet.name,
            row: here.row,
        };
        if let Some(existing) = existing {
            self.counts.updated += 1;
            return update(tx, &self.act, self.source, row.kind, &new, checked, &existing);
        }
        match row.kind {
            RowKind::Penalty => {
                table::penalty::insert(tx, &new)?;
                self.register.add_penalty(identity);
                if let Some(typed) = self.typed_in.merge(tx, &self.act, checked, self.source, self.today)? {
                    table::penalty::set_entered_key(tx, key, &typed)?;
                    self.merged += 1;
                }
            }
            RowKind::Permit => {
                table::permit::insert(tx, &new)?;
                self.register.add_permit(identity);
            }
        }
        match checked.worst {
            Some(Level::Reject) => self.counts.kept_for_check += 1,
            Some(Level::Warn) => self.counts.accepted_with_warnings += 1,
            Some(Level::Fixed | Level::Late) | None => self.counts.accepted += 1,
        }
        Ok(())
    }

    fn finish(
        self,
        tx: &mut WriteTx<'_>,
        actor: &Actor,
        source: &Source,
        options: &ImportOptions,
    ) -> Result<ImportOutcome, ImportError> {
        let counts = self.counts;
        let kind = match self.kinds.iter().collect::<Vec<_>>().as_slice() {
            [one] => one.as_str(),
            _ => "mixed",
        };
        let layout = self.layouts.iter().copied().collect::<Vec<_>>().join("+");
        let data_as_of = options
            .data_as_of
            .or_else(|| day_in_name(&source.name))
            .filter(|day| *day <= self.today)
            .or(self.latest_decision);
        let wrote = counts.accepted + counts.accepted_with_warnings + counts.kept_for_check + counts.updated > 0;
        if wrote {
            let run = ImportRun {
                id: self.run,
                file_name: source.name.clone(),
                sha256: hex::encode(Sha256::digest(source.bytes())),
                kind: kind.to_owned(),
                layout: layout.clone(),
                data_as_of,
                late_before: self.in_time_since,
                counts,
                imported_by: actor.account.clone(),
                imported_at: self.act.made_at,
            };
            import_run::insert(tx, &run)?;
            let to_keep = self.findings.iter().filter(|finding| finding.level != Level::Late);
            for (ordinal, finding) in to_keep.enumerate() {
                import_finding::insert(tx, run.id, ordinal, finding)?;
            }
            self.register.finish(tx)?;
            for kind in &self.kinds {
                put_dataset(tx, *kind, &run)?;
            }
        }
        Ok(ImportOutcome {
            run: wrote.then(|| self.run.to_string()),
            kind: kind.to_owned(),
            layout,
            data_as_of: data_as_of.map(|day| day.to_string()),
            read: counts.read,
            accepted: counts.accepted,
            accepted_with_warnings: counts.accepted_with_warnings,
            kept_for_check: counts.kept_for_check,
            duplicates: counts.duplicates,
            updated: counts.updated,
            skipped: counts.skipped,
            merged: self.merged,
            findings: self.findings,
        })
    }
}
