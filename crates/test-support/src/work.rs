//! What is done at a counter, as changes: the shortest way to a database with work in it.

use std::sync::{
    LazyLock,
    atomic::{AtomicU64, Ordering},
};

use counter_core::{
    assess::{Assessment, PackChoice, assess},
    attachment::AttachmentRef,
    case::{CaseChange, CaseReceived, Material, MaterialMark, MaterialState},
    change::{ActId, ChangeBody, Lane, LaneKind},
    number::NumberFamily,
    pack::RuleBook,
    record::Record,
    subject_snapshot::SubjectSnapshot,
    visit::{VisitChange, VisitEnd},
};
use counter_store::{ActContext, RecordError, Store};
use jiff::civil::date;

use crate::NOW;

/// Who acts.
pub const CLERK: &str = "li";

/// An act of its own.
pub fn act() -> ActContext {
    static COUNT: AtomicU64 = AtomicU64::new(1);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    let mut act_id = [0; 16];
    act_id[8..].copy_from_slice(&count.to_be_bytes());
    ActContext {
        act_id: ActId(act_id),
        actor: CLERK.into(),
        made_at: NOW,
    }
}

/// A whole visit with one case whose commitment paper has `scan`; returns the case's number.
///
/// # Errors
/// When the store cannot keep it.
pub fn take_case_in(store: &Store, scan: Option<&AttachmentRef>) -> Result<String, RecordError> {
    store.write(|tx| {
        let act = act();
        let visit = tx.next_number(NumberFamily::Visit, 2026)?;
        let no = tx.next_number(NumberFamily::Case, 2026)?;
        let visit_lane = Lane::new(LaneKind::Visit, &visit);
        let opened = VisitChange::Opened {
            subject: subject(),
            queue_number: None,
        };
        tx.record(&act, visit_lane.clone(), ChangeBody::Visit(opened))?;
        let received = ChangeBody::Case(CaseChange::Received(Box::new(received(&visit, scan))));
        tx.record(&act, Lane::new(LaneKind::Case, &no), received)?;
        let taken = VisitChange::CaseTaken { case: no.clone() };
        tx.record(&act, visit_lane.clone(), ChangeBody::Visit(taken))?;
        let end = VisitEnd::Received;
        tx.record(&act, visit_lane, ChangeBody::Visit(VisitChange::Ended { end }))?;
        Ok(no)
    })
}

/// One change of a case.
///
/// # Errors
/// Where the case does not take it or the store cannot keep it.
pub fn act_on_case(store: &Store, no: &str, body: CaseChange) -> Result<(), RecordError> {
    store.write(|tx| {
        tx.record(&act(), Lane::new(LaneKind::Case, no), ChangeBody::Case(body))
            .map(|_| ())
    })
}

/// 已提交.
pub fn submitted() -> CaseChange {
    CaseChange::Submitted {
        site: "信用中国".into(),
        number: "A1".into(),
        on: date(2026, 11, 25),
    }
}

/// What became of the commitment among the papers.
pub fn commitment(state: MaterialState) -> CaseChange {
    CaseChange::MaterialMarked {
        code: "commitment".into(),
        mark: MaterialMark {
            state,
            original_seen: false,
            copy_kept: false,
            ..MaterialMark::default()
        },
    }
}

/// 当事人撤回.
pub fn withdrawn() -> CaseChange {
    CaseChange::Withdrawn {
        reason: "当事人撤回".into(),
        on: date(2026, 11, 26),
    }
}

/// The applicant.
pub fn subject() -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: None,
        name: "广州市越秀区测试某某商贸有限公司".into(),
    }
}

/// A paper that was taken in.
pub fn material(code: &str, name: &str, scan: Option<&AttachmentRef>) -> Material {
    Material {
        code: code.into(),
        name: name.into(),
        required: true,
        note: None,
        how_to: "窗口领取".into(),
        basis: "36号令".into(),
        unverified: false,
        hints: Vec::new(),
        mark: MaterialMark {
            state: MaterialState::Received,
            original_seen: true,
            copy_kept: true,
            scans: scan.cloned().into_iter().collect(),
            ..MaterialMark::default()
        },
    }
}

/// What is fixed when the papers are taken in.
pub fn received(visit: &str, scan: Option<&AttachmentRef>) -> CaseReceived {
    let (record, assessment) = ASSESSED.clone();
    CaseReceived {
        visit: visit.into(),
        subject: subject(),
        record_key: "penalty/1".into(),
        record,
        assessment,
        materials: vec![material("commitment", "信用承诺书", scan)],
        received_on: date(2026, 11, 24),
        data_as_of: Some(date(2026, 11, 20)),
        verification_required: false,
    }
}

/// Reading the rules takes longer than a whole visit: it is done once.
static ASSESSED: LazyLock<(Record, Assessment)> = LazyLock::new(|| {
    let record = Record::from_json(&serde_json::json!({
        "CF_XDR_MC": subject().name, "CF_WSH": "越市监处罚〔2026〕7号", "CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10",
        "CF_CFJG": "广州市越秀区市场监督管理局", "fulfilled": true, "rectified": true
    }))
    .unwrap();
    let assessment = assess(&record, date(2026, 11, 24), &PackChoice::Auto, &RuleBook::shipped()).unwrap();
    (record, assessment)
});
