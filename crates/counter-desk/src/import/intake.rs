//! Taking checked rows in: recognised, kept. Everything here runs inside the one transaction of the file.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use counter_core::publicity::{
    ContentHash, Field, FileKind, Finding, Layout, Level, RowKey, RowKind,
    check::{KnownSubject, known},
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
use publicity_file::{
    Against, CheckError, CheckedBlock, CheckedRows, ReadyRow, Source, day_in_name, identity, write_notes,
};
use sha2::{Digest, Sha256};

use super::{
    GoOn, ImportError, ImportOptions, ImportOutcome, ImportProgress,
    keep::{of_hub_until, put_dataset, update},
    merge::{Brought, TypedIn},
};
use crate::{Actor, Desk};

/// Takes in every block of the file.
#[allow(clippy::too_many_arguments)] // where, what, by whom and who watches
pub(super) fn take_in(
    desk: &Desk,
    tx: &mut WriteTx<'_>,
    actor: &Actor,
    source: &Source,
    options: &ImportOptions,
    against: Against,
    blocks: impl IntoIterator<Item = Result<CheckedBlock, CheckError>>,
    watch: &mut dyn FnMut(ImportProgress) -> GoOn,
) -> Result<ImportOutcome, ImportError> {
    let mut intake = Intake {
        act: desk.act(actor),
        run: import_run::next_id(tx)?,
        source: &source.name,
        against,
        register: SubjectRegister::open(tx, options.demo)?,
        typed_in: TypedIn::load(tx)?,
        may_exist: [table::penalty::count(tx)? > 0, table::permit::count(tx)? > 0],
        speaks_until: options.data_as_of.or_else(|| day_in_name(&source.name)),
        of_hub_until: [of_hub_until(tx, RowKind::Penalty)?, of_hub_until(tx, RowKind::Permit)?],
        seen: HashMap::new(),
        alike: HashMap::new(),
        sheets: Vec::new(),
        counts: RowCounts::default(),
        merged: 0,
        findings: Vec::new(),
        layouts: BTreeSet::new(),
        kinds: BTreeSet::new(),
        latest_decision: None,
        notes: String::new(),
    };
    let mut looked_at = 0_u32;
    for block in blocks {
        match block? {
            CheckedBlock::Sheet(name) => intake.sheets.push(name),
            CheckedBlock::Rows(mut rows) => {
                looked_at += rows.looked_at;
                intake.rows(tx, &mut rows)?;
                let progress = ImportProgress {
                    rows: looked_at,
                    permille: rows.permille,
                };
                if watch(progress) == GoOn::Cancel {
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
    against: Against,
    register: SubjectRegister,
    typed_in: TypedIn,
    /// Whether there were penalties, permits before: otherwise nobody need be asked for each row.
    may_exist: [bool; 2],
    /// The last day the file speaks of, where it or the person who brings it says so.
    speaks_until: Option<Date>,
    /// The same of the hub's penalties, permits: what is older does not take the place of the hub's.
    of_hub_until: [Option<Date>; 2],
    seen: HashMap<RowKey, Place>,
    alike: HashMap<ContentHash, Place>,
    sheets: Vec<Arc<str>>,
    counts: RowCounts,
    merged: u64,
    findings: Vec<Finding>,
    layouts: BTreeSet<&'static str>,
    kinds: BTreeSet<RowKind>,
    latest_decision: Option<Date>,
    notes: String,
}

impl Intake<'_> {
    fn rows(&mut self, tx: &mut WriteTx<'_>, rows: &mut CheckedRows) -> Result<(), ImportError> {
        self.findings.append(&mut rows.of_header);
        self.counts.skipped += rows.skipped;
        let Some(layout) = rows.layout.clone() else {
            return Ok(());
        };
        self.layouts.insert(layout.version.as_str());
        self.kinds.insert(layout.kind);
        rows.rows.with_dependent_mut(|_, rows| {
            for row in rows {
                self.row(tx, &layout, row)?;
            }
            Ok(())
        })
    }

    fn row(&mut self, tx: &mut WriteTx<'_>, layout: &Layout, ready: &mut ReadyRow<'_>) -> Result<(), ImportError> {
        let first_finding = self.findings.len();
        self.findings.append(&mut ready.findings);
        if !ready.checked.names_a_subject {
            self.counts.skipped += 1;
            return Ok(());
        }
        self.counts.read += 1;
        let here = Place {
            sheet: self.sheets.len().saturating_sub(1),
            row: ready.checked.row.number,
            content: ready.content,
        };
        if let Some(first) = self.seen.get(&ready.key).copied() {
            let place = (&*self.sheets[first.sheet], first.row);
            known::add_duplicate(
                &mut ready.checked,
                place,
                first.content == ready.content,
                layout,
                &self.sheets[here.sheet],
                &mut self.findings,
            );
            self.drop_late(first_finding);
            self.counts.duplicates += 1;
            return Ok(());
        }
        self.seen.insert(ready.key, here);
        if let Some(day) = ready.checked.values.decided_on.filter(|day| *day <= self.against.today) {
            self.latest_decision = self.latest_decision.max(Some(day));
        }
        self.look_up(tx, ready, layout, here, first_finding)
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
        ready: &mut ReadyRow<'_>,
        layout: &Layout,
        here: Place,
        first_finding: usize,
    ) -> Result<(), ImportError> {
        let sheet = Arc::clone(&self.sheets[here.sheet]);
        let (kind, key) = (ready.checked.row.kind, ready.key);
        let identity = identity(&ready.checked, key, |name| self.register.identity_by_name(tx, name))?;
        if ready.checked.values.uscc_is_valid
            && let Some(subject) = self.register.find(tx, &identity)?
        {
            let subject = KnownSubject {
                name: &subject.name,
                other_names: &subject.other_names,
            };
            known::check_name(&mut ready.checked, subject, layout, &sheet, &mut self.findings);
        }
        if kind == RowKind::Penalty
            && let Some(hash) = ready.near
        {
            if let Some(first) = self.alike.get(&hash) {
                let place = (&*self.sheets[first.sheet], first.row);
                known::add_near_duplicate(&mut ready.checked, place, layout, &sheet, &mut self.findings);
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
        self.keep(tx, ready, &sheet, &identity, existing, first_finding)
    }

    fn keep(
        &mut self,
        tx: &mut WriteTx<'_>,
        ready: &ReadyRow<'_>,
        sheet: &str,
        identity: &str,
        existing: Option<ExistingRow>,
        first_finding: usize,
    ) -> Result<(), ImportError> {
        let checked = &ready.checked;
        let row = &checked.row;
        let decided_on = checked.values.decided_on;
        let naming = SubjectNaming {
            identity,
            uscc: checked.values.uscc_is_valid.then(|| row.get(Field::Uscc)),
            name: row.get(Field::SubjectName),
            on: decided_on.filter(|day| *day <= self.against.today),
        };
        let subject_id = self.register.put(tx, naming)?;
        self.notes.clear();
        if checked.worst == Some(Level::Reject) {
            write_notes(&self.findings[first_finding..], &mut self.notes);
        }
        let late = matches!((decided_on, self.against.in_time_since), (Some(decided), Some(since)) if decided < since);
        let new = NewRow {
            key: ready.key,
            content: ready.content,
            subject_id,
            document_no: row.filled(Field::DocumentNo),
            decided_on,
            cells: &ready.cells,
            originals: (!ready.originals.is_empty()).then_some(ready.originals.as_str()),
            check_notes: (!self.notes.is_empty()).then_some(self.notes.as_str()),
            late,
            run_id: self.run,
            sheet,
            row: row.number,
        };
        if let Some(existing) = existing {
            let kind = usize::from(row.kind == RowKind::Permit);
            if existing.is_of_hub && self.speaks_until.is_some_and(|day| Some(day) < self.of_hub_until[kind]) {
                self.counts.duplicates += 1;
                return Ok(());
            }
            self.counts.updated += 1;
            return update(tx, &self.act, self.source, row.kind, &new, checked, &existing);
        }
        match row.kind {
            RowKind::Penalty => {
                table::penalty::insert(tx, &new)?;
                self.register.add_penalty(identity);
                let brought = Brought {
                    document_no: row.get(Field::DocumentNo),
                    cells: &ready.cells,
                    source: self.source,
                };
                if let Some(typed) = self.typed_in.merge(tx, &self.act, brought, self.against.today)? {
                    table::penalty::set_entered_key(tx, ready.key, &typed)?;
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
            [one] => FileKind::from(**one),
            _ => FileKind::Mixed,
        };
        let layout = self.layouts.iter().copied().collect::<Vec<_>>().join("+");
        let data_as_of = options
            .data_as_of
            .or_else(|| day_in_name(&source.name))
            .filter(|day| *day <= self.against.today)
            .or(self.latest_decision);
        let wrote = counts.accepted + counts.accepted_with_warnings + counts.kept_for_check + counts.updated > 0;
        if wrote {
            let run = ImportRun {
                id: self.run,
                file_name: source.name.clone(),
                sha256: hex::encode(Sha256::digest(source.bytes())),
                kind,
                layout: layout.clone(),
                data_as_of,
                late_before: self.against.in_time_since,
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
            kind,
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
