//! `intake`: a whole visit from one JSON file: who comes, for whom, about which records, with which papers.
//!
//! Everything is looked at before the visit is opened, so that a fault leaves no visit behind.

use std::path::{Path, PathBuf};

use counter_core::{
    case::{MaterialMark, MaterialState},
    subject_snapshot::SubjectSnapshot,
};
use counter_desk::{
    Desk,
    attachment::attach_file,
    case::receive_cases::{CaseInput, MaterialInput, ReceiveCases, ReceiveCasesError, receive_cases},
    permission::Permission,
    record::{facts::Facts, record_view::RecordView},
    subject::credit_file::credit_file,
    visit::{agent::AgentInput, open_visit::open_visit},
};
use serde::Deserialize;
use serde_json::json;

use crate::{arguments::Common, failure::Failure, file, say::Answer};

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Intake {
    /// The subject's number at this counter or its credit code.
    subject: String,
    /// The number called, where there is a queue.
    queue_number: Option<String>,
    /// Who stands at the counter.
    agent: AgentInput,
    /// One for each record.
    records: Vec<IntakeRecord>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntakeRecord {
    /// The key of the record at this counter.
    record: String,
    /// What was found out; what is absent stays as it is known.
    #[serde(default)]
    facts: Facts,
    /// The papers that were brought.
    #[serde(default)]
    materials: Vec<IntakeMaterial>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct IntakeMaterial {
    /// Its code in the pack.
    code: String,
    #[serde(default)]
    original_seen: bool,
    #[serde(default)]
    copy_kept: bool,
    /// Scans to take in.
    #[serde(default)]
    scans: Vec<PathBuf>,
}

pub fn intake(common: &Common, path: &Path) -> Result<Answer, Failure> {
    let intake: Intake = file::json(path)?;
    let (desk, actor) = common.acting(Permission::Receive)?;
    if let Some(fault) = intake.agent.fault() {
        return Err(Failure::of(&ReceiveCasesError::from(fault)));
    }
    if intake.records.is_empty() {
        return Err(Failure::of(&ReceiveCasesError::NoRecord));
    }
    let known = credit_file(&desk, &intake.subject)?;
    let mut cases = Vec::with_capacity(intake.records.len());
    for wanted in intake.records {
        let record = known.penalties.iter().find(|record| record.id == wanted.record);
        let record = record.ok_or_else(|| Failure::of(&ReceiveCasesError::UnknownRecord(wanted.record.clone())))?;
        cases.push(case_input(&desk, record, wanted)?);
    }
    let subject = SubjectSnapshot {
        uscc: known.uscc,
        name: known.name,
    };
    let visit = open_visit(&desk, &actor, subject, intake.queue_number)?;
    let received = receive_cases(
        &desk,
        &actor,
        &ReceiveCases {
            visit,
            agent: intake.agent,
            cases,
        },
    )?;
    let numbers: Vec<&str> = received.cases.iter().map(|case| case.no.as_str()).collect();
    let gaps: Vec<_> = received
        .cases
        .iter()
        .filter(|case| !case.gaps.is_empty())
        .map(|case| json!({"case": case.no, "materials": case.gaps}))
        .collect();
    let text = format!("已收件：{}。缺材料的 {} 件。", numbers.join("、"), gaps.len());
    Ok(Answer::new(
        json!({"visit": received.visit, "cases": numbers, "gaps": gaps}),
        text,
    ))
}

fn case_input(desk: &Desk, record: &RecordView, wanted: IntakeRecord) -> Result<CaseInput, Failure> {
    if let Some(running) = &record.open_case {
        return Err(Failure::of(&ReceiveCasesError::AlreadyRunning(running.clone())));
    }
    let mut materials = Vec::with_capacity(wanted.materials.len());
    for brought in wanted.materials {
        if !record.checklist.iter().any(|asked| asked.code == brought.code) {
            return Err(Failure::coded("unknown_item", &brought.code));
        }
        let scans = brought
            .scans
            .iter()
            .map(|path| attach_file(desk, path))
            .collect::<Result<_, _>>()?;
        materials.push(MaterialInput {
            code: brought.code,
            mark: MaterialMark {
                state: MaterialState::Received,
                original_seen: brought.original_seen,
                copy_kept: brought.copy_kept,
                scans,
                ..MaterialMark::default()
            },
        });
    }
    let (said, before) = (wanted.facts, record.facts.clone());
    let facts = Facts {
        fulfilled: said.fulfilled.or(before.fulfilled),
        rectified: said.rectified.or(before.rectified),
        committed: said.committed.or(before.committed),
        published: said.published.or(before.published),
        listed_serious: said.listed_serious.or(before.listed_serious),
        serious_by_authority: said.serious_by_authority.or(before.serious_by_authority),
        procedure: said.procedure.or(before.procedure),
        domain: said.domain.or(before.domain),
        class_chosen: said.class_chosen.or(before.class_chosen),
    };
    Ok(CaseInput {
        record: wanted.record,
        facts,
        materials,
    })
}
