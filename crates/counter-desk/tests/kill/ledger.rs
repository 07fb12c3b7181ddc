//! What the process said it had done, held against what is in the folder after a kill.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use counter_core::{case::CaseState, pack::RuleBook};
use counter_desk::{
    Desk, DeskParts, FixedClock, SystemEntropy, case::case_detail::case_detail, draft, exam::sitting::sitting,
};
use counter_store::{
    RecoveryWords, StoreError, Unlock, rehearse,
    table::{import_run, penalty},
};
use jiff::Timestamp;

use crate::{
    open,
    script::{DONE, MORNING, Said, TRIES},
};

pub struct Ledger {
    folder: PathBuf,
    words: String,
    drafts: BTreeMap<String, String>,
    answers: BTreeMap<(String, String), u8>,
    files: BTreeMap<String, u64>,
    cases: BTreeMap<String, String>,
    materials: BTreeMap<(String, String), String>,
    submitted: BTreeMap<String, String>,
    imports: BTreeSet<String>,
    /// Announced and not acknowledged: it may be there or not, but nothing else may be there instead.
    tried: Option<Said>,
    /// The backups that were found good after an earlier kill.
    rehearsed: BTreeSet<PathBuf>,
    backups: BTreeSet<PathBuf>,
    changes: u64,
    /// How many acknowledgements were given.
    pub told: u64,
    /// The last of them.
    pub last: Option<Said>,
}

impl Ledger {
    pub fn new(folder: &Path, words: String) -> Self {
        Self {
            folder: folder.to_owned(),
            words,
            drafts: BTreeMap::new(),
            answers: BTreeMap::new(),
            files: BTreeMap::new(),
            cases: BTreeMap::new(),
            materials: BTreeMap::new(),
            submitted: BTreeMap::new(),
            imports: BTreeSet::new(),
            tried: None,
            rehearsed: BTreeSet::new(),
            backups: BTreeSet::new(),
            changes: 0,
            told: 0,
            last: None,
        }
    }

    /// Takes a line of the process; says whether it was one of ours.
    pub fn take(&mut self, line: &str) -> bool {
        let said = |word: &str| {
            line.split_once(word)
                .and_then(|(_, json)| serde_json::from_str::<Said>(json).ok())
        };
        if let Some(tried) = said(TRIES) {
            self.tried = Some(tried);
            return true;
        }
        let Some(done) = said(DONE) else { return false };
        if self.tried.as_ref() == Some(&done) {
            self.tried = None;
        }
        self.told += 1;
        self.last = Some(done.clone());
        match done {
            Said::Draft { key, json } => drop(self.drafts.insert(key, json)),
            Said::File { sha256, length } => drop(self.files.insert(sha256, length)),
            Said::Case { no, record } => drop(self.cases.insert(no, record)),
            Said::Material { no, code, scan } => drop(self.materials.insert((no, code), scan)),
            Said::Submitted { no, number } => drop(self.submitted.insert(no, number)),
            Said::Answer {
                session,
                question,
                place,
            } => drop(self.answers.insert((session, question), place)),
            Said::Imported { file } => drop(self.imports.insert(file)),
            Said::Backup { file } => drop(self.backups.insert(file.into())),
        }
        true
    }

    /// Opens the folder as the next start would and names everything that is not as it was said to be.
    pub fn faults(&mut self) -> Vec<String> {
        let desk = Desk::new(DeskParts {
            store: open(&self.folder.join("data")),
            rules: Arc::new(RuleBook::shipped()),
            clock: Arc::new(FixedClock(Timestamp::from_millisecond(MORNING).unwrap())),
            entropy: Arc::new(SystemEntropy),
        });
        let mut faults = Vec::new();
        if desk.store().was_restored() {
            faults.push("it was taken for a copy and began a new life".to_owned());
        }
        let report = desk.store().check().unwrap();
        faults.extend(report.problems.iter().map(|problem| format!("{problem:?}")));
        let changes = desk.store().change_count().unwrap();
        if changes < self.changes {
            faults.push(format!("{} changes became {changes}", self.changes));
        }
        self.changes = changes;
        self.typed(&desk, &mut faults);
        self.answered(&desk, &mut faults);
        self.taken_in(&desk, &mut faults);
        self.imported(&desk, &mut faults);
        for (sha256, length) in &self.files {
            if desk.store().attachments().length(sha256).unwrap() != Some(*length) {
                faults.push(format!("the file {sha256} is lost"));
            }
        }
        drop(desk);
        self.backed_up(&mut faults);
        self.settle();
        faults
    }

    fn typed(&self, desk: &Desk, faults: &mut Vec<String>) {
        for (key, json) in &self.drafts {
            let kept = draft::load(desk, key).unwrap().map(|draft| draft.json);
            let tried = match &self.tried {
                Some(Said::Draft { key: of, json }) if of == key => Some(json),
                _ => None,
            };
            if kept.as_ref() != Some(json) && (tried.is_none() || kept.as_ref() != tried) {
                faults.push(format!("the draft {key} should be {json}, it is {kept:?}"));
            }
        }
    }

    fn answered(&self, desk: &Desk, faults: &mut Vec<String>) {
        for ((session, question), place) in &self.answers {
            let paper = sitting(desk, session).unwrap().unwrap();
            let given = paper
                .questions
                .iter()
                .find(|q| q.id == *question)
                .map(|q| q.given.clone());
            let tried = match &self.tried {
                Some(Said::Answer {
                    question: of, place, ..
                }) if of == question => Some(*place),
                _ => None,
            };
            let is = |place: u8| given.as_deref() == Some(&[place]);
            if !is(*place) && !tried.is_some_and(is) {
                faults.push(format!("the answer to {question} should be {place}, it is {given:?}"));
            }
        }
    }

    fn taken_in(&self, desk: &Desk, faults: &mut Vec<String>) {
        for (no, record) in &self.cases {
            let Some(case) = case_detail(desk, no).unwrap() else {
                faults.push(format!("the case {no} is lost"));
                continue;
            };
            if case.record_key != *record || case.agent.is_none() {
                faults.push(format!("the case {no} came by halves"));
            }
            if let Some(number) = self.submitted.get(no)
                && !(case.state == CaseState::Submitted
                    && case
                        .submission
                        .as_ref()
                        .is_some_and(|submission| submission.number == *number))
            {
                faults.push(format!("that {no} was submitted as {number} is lost"));
            }
            for material in &case.materials {
                let Some(scan) = self.materials.get(&(no.clone(), material.code.clone())) else {
                    continue;
                };
                let held: Vec<&str> = material.mark.scans.iter().map(|scan| scan.sha256.as_str()).collect();
                let tried = match &self.tried {
                    Some(Said::Material { no: of, code, scan }) if of == no && *code == material.code => Some(scan),
                    _ => None,
                };
                let acknowledged = held == [scan.as_str()];
                if !acknowledged && tried.is_none_or(|tried| held != [tried.as_str()]) {
                    faults.push(format!("the scan {scan} of {no} is lost"));
                }
            }
        }
    }

    /// Every row of an import or none of them, and every import that was said to be done.
    fn imported(&self, desk: &Desk, faults: &mut Vec<String>) {
        let (runs, rows) = desk
            .store()
            .read(|tx| Ok::<_, StoreError>((import_run::list(tx, 10_000)?, penalty::count(tx)?)))
            .unwrap();
        let told: u64 = runs
            .iter()
            .map(|run| run.counts.accepted + run.counts.accepted_with_warnings + run.counts.kept_for_check)
            .sum();
        if told != rows {
            faults.push(format!("the imports tell of {told} rows, {rows} are there"));
        }
        for file in &self.imports {
            if !runs.iter().any(|run| run.file_name == *file) {
                faults.push(format!("the import of {file} is lost"));
            }
        }
    }

    /// A backup that has its name is a good one, also when nobody could say so any more.
    fn backed_up(&mut self, faults: &mut Vec<String>) {
        let unlock = Unlock::RecoveryWords(RecoveryWords::parse(&self.words).unwrap());
        let there: BTreeSet<PathBuf> = fs::read_dir(&self.folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|ending| ending == "backup"))
            .collect();
        for lost in self.backups.difference(&there) {
            faults.push(format!("the backup {} is lost", lost.display()));
        }
        for path in &there {
            if self.rehearsed.insert(path.clone()) {
                match rehearse(path, &self.folder.join("drill"), &unlock) {
                    Ok(found) => {
                        faults.extend(found.problems.iter().map(|problem| format!("in a backup: {problem:?}")))
                    }
                    Err(error) => faults.push(format!("a backup does not open: {error}")),
                }
            }
        }
    }

    /// What was tried and not acknowledged is now known: from here on it counts as it is.
    fn settle(&mut self) {
        let Some(tried) = self.tried.take() else { return };
        match tried {
            Said::Draft { key, .. } => drop(self.drafts.remove(&key)),
            Said::Answer { session, question, .. } => drop(self.answers.remove(&(session, question))),
            Said::Material { no, code, .. } => drop(self.materials.remove(&(no, code))),
            Said::File { .. }
            | Said::Case { .. }
            | Said::Submitted { .. }
            | Said::Imported { .. }
            | Said::Backup { .. } => {}
        }
    }
}
