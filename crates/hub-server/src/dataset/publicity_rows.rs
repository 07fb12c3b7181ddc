//! 双公示 rows of a file: read and checked by the same code as at a counter, then each given its subject.

use std::{
    collections::{HashMap, HashSet},
    convert::Infallible,
    sync::mpsc,
    thread,
};

use counter_core::publicity::{Field, Level, RowKey, RowKind, SubjectKind, text};
use hub_api::dataset::{PublicityRow, RowNames};
use jiff::civil::Date;
use publicity_file::{
    Against, Block, CheckError, CheckedBlock, ReadError, ReadLimits, ReadyRow, Source, check_ahead, identity, read,
    write_notes,
};

use super::{FileError, FileRows, Findings, RowCounts};

/// Reads every sheet of `source`, which holds rows of `kind` only.
pub(super) fn read_rows(
    source: &Source,
    kind: RowKind,
    limits: &ReadLimits,
    today: Date,
) -> Result<FileRows, FileError> {
    let against = Against {
        kind: Some(kind),
        today,
        // Late or not is between the office that reports and the standard.
        in_time_since: None,
    };
    let (read_on, to_check) = mpsc::sync_channel::<Result<Block, ReadError>>(4);
    let mut gathered = Gathered {
        today,
        ..Gathered::default()
    };
    let mut outcome: Result<(), CheckError> = Ok(());
    thread::scope(|scope| {
        scope.spawn(move || {
            let read = read(source, limits, &mut |block| read_on.send(Ok(block)).is_ok());
            if let Err(error) = read {
                // Where nobody listens any more, there is nobody to tell.
                let _ = read_on.send(Err(error));
            }
        });
        check_ahead(against, to_check, &mut |block| match block {
            Ok(block) => {
                gathered.take(block);
                true
            }
            Err(error) => {
                outcome = Err(error);
                false
            }
        });
    });
    outcome?;
    if !gathered.has_header {
        return Err(FileError::NoKnownHeader);
    }
    Ok(gathered.finish())
}

/// The rows of a file as they go by.
#[derive(Default)]
struct Gathered {
    today: Date,
    has_header: bool,
    rows: Vec<PublicityRow>,
    /// Rows without a valid code, whose subject may be the one organisation of their name.
    nameless: Vec<usize>,
    /// The codes that stand beside a name.
    by_name: HashMap<String, HashSet<String>>,
    seen: HashSet<RowKey>,
    counts: RowCounts,
    findings: Findings,
    latest_decision: Option<Date>,
    notes: String,
}

impl Gathered {
    fn take(&mut self, block: CheckedBlock) {
        let CheckedBlock::Rows(mut rows) = block else { return };
        self.has_header |= rows.layout.is_some();
        self.counts.skipped += rows.skipped;
        rows.of_header.iter().for_each(|finding| self.findings.add(finding));
        rows.rows.with_dependent_mut(|_, rows| {
            for row in rows {
                self.row(row);
            }
        });
    }

    fn row(&mut self, ready: &ReadyRow<'_>) {
        let checked = &ready.checked;
        if !checked.names_a_subject {
            self.counts.skipped += 1;
            return;
        }
        self.counts.read += 1;
        ready.findings.iter().for_each(|finding| self.findings.add(finding));
        if !self.seen.insert(ready.key) {
            self.counts.duplicates += 1;
            return;
        }
        self.notes.clear();
        if checked.worst == Some(Level::Reject) {
            write_notes(&ready.findings, &mut self.notes);
            self.counts.kept_for_check += 1;
        } else {
            self.counts.accepted += 1;
        }
        let name = checked.row.get(Field::SubjectName).to_owned();
        // Nobody is known by name before the whole file has gone by.
        let Ok(identity) = identity(checked, ready.key, |_| Ok::<_, Infallible>(None));
        let mut row = PublicityRow::new(
            RowNames {
                key: ready.key,
                content: ready.content,
            },
            identity,
            name,
            ready.cells.clone(),
        );
        if checked.values.uscc_is_valid {
            row.uscc = Some(row.identity.clone());
            let known = self.by_name.entry(text::name_key(&row.name)).or_default();
            known.insert(row.identity.clone());
        } else if checked.values.subject_kind != Some(SubjectKind::Person) {
            self.nameless.push(self.rows.len());
        }
        row.document_no = checked.row.filled(Field::DocumentNo).map(str::to_owned);
        row.decided_on = checked.values.decided_on;
        row.originals = (!ready.originals.is_empty()).then(|| ready.originals.clone());
        row.check_notes = (!self.notes.is_empty()).then(|| self.notes.clone());
        // A day that has not come yet is a mistake, which the row's findings say.
        let come = row.decided_on.filter(|day| *day <= self.today);
        self.latest_decision = self.latest_decision.max(come);
        self.rows.push(row);
    }

    /// Gives the rows without a valid code to the one organisation of their name, wherever in the file that stands.
    fn finish(mut self) -> FileRows {
        for at in self.nameless {
            let row = &mut self.rows[at];
            let known = self.by_name.get(&text::name_key(&row.name));
            if let Some(only) = known
                .filter(|known| known.len() == 1)
                .and_then(|known| known.iter().next())
            {
                row.identity.clone_from(only);
            }
        }
        FileRows {
            rows: self.rows.iter().map(PublicityRow::to_chunk_row).collect(),
            counts: self.counts,
            findings: self.findings,
            data_as_of: self.latest_decision,
        }
    }
}
