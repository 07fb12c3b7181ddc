//! A week at a counter without a network: visits with cases, their papers and what became of them, as changes.
//!
//! Every visit has another applicant, record and agent, so that the bytes pack as real ones do. The papers themselves
//! are few: what is measured are changes, not attachments.

use counter_core::{
    assess::{PackChoice, assess},
    attachment::AttachmentRef,
    case::{CaseChange, CaseReceived},
    change::{ChangeBody, Lane, LaneKind},
    document_issue::{DocumentKind, IssuedDocument},
    number::NumberFamily,
    record::Record,
    subject_snapshot::SubjectSnapshot,
    visit::{Agent, AgentCapacity, AuthorityProof, VisitChange, VisitEnd},
};
use counter_desk::demo::{DemoScale, subject_names};
use counter_store::{RecordError, StoreError, WriteTx};
use jiff::civil::{Date, date};
use test_support::work::material;

use crate::{Failure, Office};

/// Visits that are written in one transaction while the outbox is made.
const VISITS_AT_ONCE: usize = 25;
const TODAY: Date = date(2026, 11, 24);

/// An outbox as it was made.
#[derive(Clone, Debug)]
pub struct Outbox {
    /// The stored bytes of each change without a receipt, in the order they are sent.
    pub changes: Vec<Vec<u8>>,
}

impl Outbox {
    /// What has no receipt at `office`.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn of(office: &Office) -> Result<Self, Failure> {
        let unsent = office.desk.store().read(|tx| tx.unsent(u32::MAX))?;
        let changes = unsent.into_iter().map(|change| change.stored.bytes).collect();
        Ok(Self { changes })
    }

    /// How long the changes are together.
    pub fn bytes(&self) -> usize {
        self.changes.iter().map(Vec::len).sum()
    }
}

/// Works at `office` until at least `changes` changes have no receipt, and no visit more.
///
/// # Errors
/// When the store cannot keep them.
pub fn work_offline(office: &Office, changes: usize) -> Result<(), Failure> {
    let names = subject_names(DemoScale::District);
    let store = office.desk.store();
    let papers = (0..8)
        .map(|at| store.attachments().put("承诺书.pdf", "application/pdf", &[at; 4096]))
        .collect::<Result<Vec<_>, _>>()?;
    let mut visits = names.iter().enumerate();
    while store.read::<_, StoreError>(|tx| tx.outbox())?.changes < changes as u64 {
        let some: Vec<_> = visits.by_ref().take(VISITS_AT_ONCE).collect();
        if some.is_empty() {
            return Err("there are no more applicants".into());
        }
        store.write(|tx| {
            some.into_iter()
                .try_for_each(|(at, name)| visit(office, tx, at, name, &papers[at % papers.len()]))
        })?;
    }
    Ok(())
}

/// Penalties one applicant wants repaired.
const CASES_A_VISIT: usize = 3;

/// One visit with its cases, and the cases on their way: thirteen changes in four lanes.
fn visit(
    office: &Office,
    tx: &mut WriteTx<'_>,
    at: usize,
    name: &str,
    paper: &AttachmentRef,
) -> Result<(), RecordError> {
    let act = office.act();
    let visit = tx.next_number(NumberFamily::Visit, 2026)?;
    let in_visit = Lane::new(LaneKind::Visit, &visit);
    let opened = VisitChange::Opened {
        subject: subject(name),
        queue_number: Some(format!("A{:03}", at % 1000)),
    };
    tx.record(&act, in_visit.clone(), ChangeBody::Visit(opened))?;
    let agent = agent(tx, &in_visit, at)?;
    let agent = VisitChange::AgentRecorded { agent };
    tx.record(&act, in_visit.clone(), ChangeBody::Visit(agent))?;
    let mut cases = Vec::new();
    for nth in 0..CASES_A_VISIT {
        let no = tx.next_number(NumberFamily::Case, 2026)?;
        let in_case = Lane::new(LaneKind::Case, &no);
        let received = received(office, at * CASES_A_VISIT + nth, name, &visit, paper);
        let received = CaseChange::Received(Box::new(received));
        tx.record(&act, in_case.clone(), ChangeBody::Case(received))?;
        let taken = VisitChange::CaseTaken { case: no };
        tx.record(&act, in_visit.clone(), ChangeBody::Visit(taken))?;
        cases.push(in_case);
    }
    let document = IssuedDocument {
        kind: DocumentKind::AcceptanceReceipt,
        number: format!("{visit}-R"),
        file: paper.clone(),
        pack: Some("cn-2025-36".into()),
        says: None,
    };
    let issued = VisitChange::DocumentIssued { document };
    tx.record(&office.act(), in_visit.clone(), ChangeBody::Visit(issued))?;
    let ended = VisitChange::Ended {
        end: VisitEnd::Received,
    };
    tx.record(&office.act(), in_visit, ChangeBody::Visit(ended))?;
    for (nth, in_case) in cases.into_iter().enumerate() {
        let submitted = CaseChange::Submitted {
            site: "信用中国".into(),
            number: format!("XYZG2026{:08}", at * CASES_A_VISIT + nth),
            on: TODAY,
        };
        tx.record(&office.act(), in_case, ChangeBody::Case(submitted))?;
    }
    Ok(())
}

const AUTHORITIES: [&str; 4] = [
    "广州市越秀区市场监督管理局",
    "广州市越秀区应急管理局",
    "广州市越秀区卫生健康局",
    "广州市越秀区住房和建设局",
];

fn subject(name: &str) -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: None,
        name: name.to_owned(),
    }
}

/// Numbers of nobody: digits that no check digit fits are not needed once sealed.
fn agent(tx: &mut WriteTx<'_>, lane: &Lane, at: usize) -> Result<Agent, StoreError> {
    let (number, phone) = (format!("4401041980{at:08}"), format!("138{at:08}"));
    Ok(Agent {
        name: format!("张{}", char::from_u32(0x4e00 + (at as u32 * 37) % 4000).unwrap_or('某')),
        capacity: AgentCapacity::Agent,
        identity_checked: true,
        authority: AuthorityProof::OriginalSeen,
        id_number: Some(tx.seal(lane, &number)?),
        id_number_masked: Some(format!("4401**********{:04}", at % 10_000)),
        phone: Some(tx.seal(lane, &phone)?),
        phone_masked: Some(format!("138****{:04}", at % 10_000)),
    })
}

fn received(office: &Office, at: usize, name: &str, visit: &str, paper: &AttachmentRef) -> CaseReceived {
    let day = date(2026, 1 + (at % 6) as i8, 1 + (at % 27) as i8);
    let authority = AUTHORITIES[at % AUTHORITIES.len()];
    let content = format!(
        "{name}于{day}经营的商品标签不符合规定，涉案货值{}元，责令改正，罚款{}元",
        at * 7 % 9_000,
        1000 + at * 13 % 50_000
    );
    let record = Record::from_json(&serde_json::json!({
        "CF_XDR_MC": name, "CF_WSH": format!("穗越罚〔2026〕{at}号"), "CF_CFLB": "罚款", "CF_NR": content,
        "CF_JDRQ": day.to_string(), "CF_CFJG": authority, "fulfilled": true, "rectified": true
    }))
    .expect("a record as every district reports it");
    let assessment = assess(&record, TODAY, &PackChoice::Auto, office.desk.rules()).expect("a record the rules know");
    CaseReceived {
        visit: visit.into(),
        subject: subject(name),
        record_key: format!("penalty/{at}"),
        record,
        assessment,
        materials: vec![
            material("commitment", "信用承诺书", Some(paper)),
            material("fulfilment", "履行义务的证明", Some(paper)),
            material("licence", "营业执照", Some(paper)),
        ],
        received_on: TODAY,
        data_as_of: Some(date(2026, 11, 20)),
        verification_required: false,
    }
}
