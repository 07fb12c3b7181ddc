//! What can be tried in a lane: the act that begins it first, then enough others for them to meet, agree and collide.

use std::sync::LazyLock;

use counter_core::{
    account::AccountChange,
    assess::{PackChoice, assess},
    attachment::AttachmentRef,
    case::{
        ArchiveVolume, CaseChange, CaseReceived, DecisionOutcome, DocumentServed, LimitExtension, Material,
        MaterialMark, MaterialState, OriginalReturned, ServiceWay, SiteChecked, Verification, VerificationResult,
    },
    certificate::{CertificateChange, CertificateIssued, envelope_sha256_of},
    change::{ChangeBody, LaneKind, Withdrawal},
    class::{AttendanceMark, ClassChange, ClassKind, ClassOpened, ExamTemplate, TraineeEnrolment, TraineePosition},
    document_issue::{DocumentKind, DocumentReprinted, IssuedDocument},
    exam::{DrawnQuestion, ExamChange, ExamDrawn, ExamSeed, HandInReason, IncidentKind},
    incarnation::CounterChange,
    objection::{
        Forwarding, InquiryFinding, InquiryReply, ObjectionChange, ObjectionDecision, ObjectionDoor, ObjectionGround,
        ObjectionOutcome, ObjectionReceived,
    },
    pack::RuleBook,
    record::Record,
    record_entry::RecordChange,
    subject_snapshot::SubjectSnapshot,
    visit::{Booking, ContinuedCase, VisitChange, VisitEnd},
};
use jiff::civil::{Date, date};

/// Every kind of lane that has changes.
pub const KINDS: [LaneKind; 9] = [
    LaneKind::Counter,
    LaneKind::Account,
    LaneKind::Visit,
    LaneKind::Record,
    LaneKind::Case,
    LaneKind::Objection,
    LaneKind::Class,
    LaneKind::ExamSession,
    LaneKind::Certificate,
];

const DAYS: [Date; 3] = [date(2026, 11, 24), date(2026, 11, 25), date(2026, 11, 26)];

/// What can be tried in a lane of `kind`.
pub fn acts(kind: LaneKind) -> Vec<ChangeBody> {
    let mut acts = match kind {
        LaneKind::Counter => counter(),
        LaneKind::Account => account(),
        LaneKind::Visit => visit(),
        LaneKind::Record => record(),
        LaneKind::Case => case(),
        LaneKind::Class => class(),
        LaneKind::ExamSession => exam(),
        LaneKind::Certificate => certificate(),
        LaneKind::Objection => objection(),
        LaneKind::RuleValue => Vec::new(),
    };
    acts.push(withdrawal());
    acts
}

pub fn withdrawal() -> ChangeBody {
    ChangeBody::Withdrawal(Withdrawal {
        reason: "重复登记".into(),
    })
}

fn counter() -> Vec<ChangeBody> {
    let opened = |tag: &str| {
        ChangeBody::Counter(CounterChange::IncarnationOpened {
            site: "440104".into(),
            prefix: "YX".into(),
            parent: None,
            number_tag: tag.into(),
        })
    };
    ["", "B7K", "C2M", "D9Q"].map(opened).into()
}

fn account() -> Vec<ChangeBody> {
    let created = AccountChange::Created {
        display_name: "李受理".into(),
        roles: Vec::new(),
    };
    let disabled = |reason: &str| AccountChange::Disabled { reason: reason.into() };
    [
        created,
        AccountChange::PasswordChanged,
        disabled("调离"),
        disabled("退休"),
    ]
    .map(ChangeBody::Account)
    .into()
}

fn visit() -> Vec<ChangeBody> {
    let taken = |case: &str| VisitChange::CaseTaken { case: case.into() };
    let continued = |case: &str| {
        VisitChange::CaseContinued(ContinuedCase {
            case: case.into(),
            document_no: None,
            slip: None,
            brought: Vec::new(),
            missing: Vec::new(),
        })
    };
    let paper = |number: &str| VisitChange::DocumentIssued {
        document: document(number),
    };
    [
        VisitChange::Opened {
            subject: subject(),
            queue_number: None,
        },
        taken("YX-1"),
        taken("YX-2"),
        paper("S1"),
        paper("S2"),
        VisitChange::Booked {
            subject: subject(),
            booking: Booking {
                on: DAYS[1],
                time: None,
                contact_name: "陈某".into(),
                phone: None,
                phone_masked: None,
                about: "一条处罚".into(),
            },
        },
        VisitChange::Arrived { queue_number: None },
        VisitChange::BookingCancelled {
            reason: "改期".into()
        },
        continued("YX-1"),
        continued("YX-2"),
        VisitChange::DocumentReprinted(DocumentReprinted {
            sha256: document("S1").file.sha256,
            reason: "遗失".into(),
        }),
        VisitChange::Ended { end: VisitEnd::Advice },
        VisitChange::Ended {
            end: VisitEnd::Received,
        },
    ]
    .map(ChangeBody::Visit)
    .into()
}

fn objection() -> Vec<ChangeBody> {
    let received = ObjectionReceived {
        visit: "YX-V1".into(),
        subject: subject(),
        record_key: RECEIVED.record_key.clone(),
        record: RECEIVED.record.clone(),
        door: ObjectionDoor::CreditGuangzhou,
        grounds: vec![ObjectionGround::Wrong],
        disputed: Vec::new(),
        facts: "日期有误".into(),
        materials: RECEIVED.materials.clone(),
        pack: "gz-objection-2024".into(),
        case: None,
        received_on: DAYS[0],
    };
    let mut acts = vec![ObjectionChange::Received(Box::new(received))];
    for on in DAYS {
        let by = || "市平台".to_owned();
        acts.extend([
            ObjectionChange::Forwarded(Forwarding {
                to: by(),
                number: None,
                on,
            }),
            ObjectionChange::Accepted { by: by(), on },
            ObjectionChange::Declined {
                by: by(),
                on,
                reason: "不属于".into(),
            },
            ObjectionChange::Inquired {
                to: "某局".into(), on
            },
            ObjectionChange::InquiryReplied {
                by: "某局".into(),
                reply: InquiryReply {
                    finding: InquiryFinding::Corrected,
                    note: String::new(),
                    on,
                },
            },
            ObjectionChange::Decided(ObjectionDecision {
                by: by(),
                on,
                outcome: ObjectionOutcome::Corrected,
                reason: String::new(),
            }),
            ObjectionChange::Withdrawn {
                reason: "不再异议".into(),
                on,
            },
            ObjectionChange::Closed {
                note: String::new(),
                on,
            },
        ]);
    }
    acts.extend([
        ObjectionChange::MaterialMarked {
            code: "commitment".into(),
            mark: MaterialMark::default(),
        },
        ObjectionChange::DocumentIssued {
            document: document("S1"),
        },
        ObjectionChange::DocumentReprinted(DocumentReprinted {
            sha256: document("S1").file.sha256,
            reason: "遗失".into(),
        }),
    ]);
    acts.into_iter().map(ChangeBody::Objection).collect()
}

fn record() -> Vec<ChangeBody> {
    let confirmed = |basis: &str| RecordChange::FactsConfirmed {
        record: Box::new(RECEIVED.record.clone()),
        basis: basis.into(),
    };
    let merged = |source: &str| RecordChange::Merged {
        source: source.into(),
        on: DAYS[1],
    };
    [
        RecordChange::Entered {
            record: Box::new(RECEIVED.record.clone()),
            scan: None,
        },
        confirmed("决定书"),
        confirmed("缴款凭证"),
        merged("a.xlsx"),
        merged("b.xlsx"),
    ]
    .map(ChangeBody::Record)
    .into()
}

fn case() -> Vec<ChangeBody> {
    let by = || "区市场监管局".to_owned();
    let mark = |state| CaseChange::MaterialMarked {
        code: "commitment".into(),
        mark: MaterialMark {
            state,
            original_seen: true,
            copy_kept: true,
            original_held: true,
            ..MaterialMark::default()
        },
    };
    let file = |number: &str| document(number).file;
    let mut acts = vec![
        CaseChange::Received(Box::new(RECEIVED.clone())),
        mark(MaterialState::Received),
        mark(MaterialState::Pending),
        CaseChange::DocumentIssued {
            document: document("C1"),
        },
        CaseChange::DocumentIssued {
            document: document("C2"),
        },
        CaseChange::RecordChanged {
            source: "a.xlsx".into(),
            differences: vec!["处罚内容".into()],
        },
        CaseChange::RecordChanged {
            source: "b.xlsx".into(),
            differences: vec!["处罚类别".into()],
        },
        CaseChange::DocumentReprinted(DocumentReprinted {
            sha256: file("C1").sha256,
            reason: "遗失".into(),
        }),
        CaseChange::DocumentReprinted(DocumentReprinted {
            sha256: file("C2").sha256,
            reason: "遗失".into(),
        }),
    ];
    for on in DAYS {
        acts.extend([
            CaseChange::Submitted {
                site: "信用中国".into(),
                number: "A1".into(),
                on,
            },
            CaseChange::Accepted {
                by: by(),
                on,
                number: None,
            },
            CaseChange::Declined {
                by: by(),
                on,
                reason: "材料不实".into(),
            },
            CaseChange::SupplementAsked {
                by: by(),
                on,
                reason: "补照片".into(),
            },
            CaseChange::Decided {
                by: by(),
                on,
                outcome: DecisionOutcome::Repaired,
                reason: String::new(),
            },
            CaseChange::TakenDown {
                sites: vec!["信用中国".into()],
                on,
            },
            CaseChange::Withdrawn {
                reason: "当事人撤回".into(),
                on,
            },
            CaseChange::Referred {
                office: "法院".into(),
                reason: "属法院".into(),
                on,
            },
            CaseChange::Closed {
                note: String::new(),
                on,
            },
            CaseChange::Verified(Verification {
                by: "李受理".into(),
                on,
                seen: "经营场所".into(),
                evidence: Vec::new(),
                result: VerificationResult::Confirmed,
                note: String::new(),
            }),
            CaseChange::Insisted {
                note: "已告知缺项".into(),
                on,
            },
            CaseChange::Pushed { to: by(), on },
            CaseChange::LimitExtended(LimitExtension {
                limit: "acceptance".into(),
                until: DAYS[2],
                by: by(),
                reason: "情况复杂".into(),
                on,
            }),
            CaseChange::SiteChecked(SiteChecked {
                site: "信用中国".into(),
                on,
                still_shown: false,
            }),
            CaseChange::DocumentServed(DocumentServed {
                sha256: file("C1").sha256,
                to: "陈某".into(),
                way: ServiceWay::InPerson,
                on,
            }),
            CaseChange::OriginalReturned {
                code: "commitment".into(),
                returned: OriginalReturned {
                    to: "陈某".into(), on
                },
            },
            CaseChange::Reopened {
                reason: "当事人补齐".into(),
                on,
            },
            CaseChange::Archived(ArchiveVolume {
                file: file("A1"),
                box_number: "2026-01".into(),
                retention_years: Some(10),
                pages: 12,
                on,
            }),
        ]);
    }
    acts.into_iter().map(ChangeBody::Case).collect()
}

fn class() -> Vec<ChangeBody> {
    let opened = ClassOpened {
        title: "信用修复培训班".into(),
        kind: ClassKind::Public,
        host: "区信用办".into(),
        co_hosts: Vec::new(),
        teaching_body: "区信用培训中心".into(),
        issuing_body: "区信用办".into(),
        place: "三楼".into(),
        starts_on: DAYS[0],
        hours: 3,
        exam: ExamTemplate {
            bank: "credit-repair-2026".into(),
            question_count: 2,
            minutes: 10,
            points_per_question: 50,
            pass_mark: 60,
            retakes_allowed: 1,
        },
    };
    let enrolled = |id: &str, name: &str| ClassChange::TraineeEnrolled {
        trainee: Box::new(TraineeEnrolment {
            id: id.into(),
            name: name.into(),
            position: TraineePosition::LegalRepresentative,
            subject: subject(),
            id_number: None,
            id_number_masked: None,
            identity_checked: true,
        }),
    };
    let marked = |on, present| ClassChange::AttendanceMarked {
        trainee: "01".into(),
        mark: AttendanceMark { on, present },
    };
    [
        ClassChange::Opened(Box::new(opened)),
        enrolled("01", "林晓"),
        enrolled("02", "陈某"),
        marked(DAYS[0], true),
        marked(DAYS[0], false),
        marked(DAYS[1], true),
        ClassChange::TraineeWithdrawn {
            trainee: "01".into(),
            reason: "有事".into(),
        },
        ClassChange::Closed {
            on: DAYS[2],
            note: None,
        },
    ]
    .map(ChangeBody::Class)
    .into()
}

fn exam() -> Vec<ChangeBody> {
    let question = |id: &str| DrawnQuestion {
        id: id.into(),
        choice_order: vec![0, 1, 2],
    };
    let drawn = ExamDrawn {
        class: "YX-K1".into(),
        trainee: "01".into(),
        trainee_name: "林晓".into(),
        subject: subject(),
        attempt: 1,
        bank: "credit-repair-2026".into(),
        bank_hash: "0".repeat(64),
        seed: ExamSeed([1; 32]),
        drawn_on: DAYS[0],
        questions: vec![question("q1"), question("q2")],
        minutes: 10,
        points_per_question: 50,
        pass_mark: 60,
    };
    let answer = |question: &str, choice: u8, elapsed_ms| ExamChange::AnswerGiven {
        question: question.into(),
        choices: vec![choice],
        elapsed_ms,
    };
    let review = |marked| ExamChange::ReviewMarked {
        question: "q1".into(),
        marked,
    };
    [
        ExamChange::Drawn(Box::new(drawn)),
        ExamChange::Started,
        answer("q1", 0, 1_000),
        answer("q1", 1, 2_000),
        answer("q2", 0, 1_000),
        review(true),
        review(false),
        ExamChange::Incident {
            kind: IncidentKind::FocusLost,
            detail: None,
            elapsed_ms: 1_500,
        },
        ExamChange::Resumed {
            outage_ms: 5_000,
            left_ms: 598_000,
        },
        ExamChange::HandedIn {
            elapsed_ms: 3_000,
            reason: HandInReason::Trainee,
        },
        ExamChange::Scored {
            score: 50,
            out_of: 100,
            passed: false,
        },
    ]
    .map(ChangeBody::Exam)
    .into()
}

fn certificate() -> Vec<ChangeBody> {
    let envelope = b"signed by the counter".to_vec();
    let envelope_sha256 = envelope_sha256_of(&envelope);
    let issued = CertificateIssued {
        class: "YX-K1".into(),
        class_title: "信用修复培训班".into(),
        class_kind: ClassKind::Public,
        session: "YX-E1".into(),
        trainee: "01".into(),
        trainee_name: "林晓".into(),
        position: TraineePosition::LegalRepresentative,
        id_number_masked: None,
        subject: subject(),
        exam_on: DAYS[0],
        hours: 3,
        score: 80,
        out_of: 100,
        host: "区信用办".into(),
        teaching_body: "区信用培训中心".into(),
        issuing_body: "区信用办".into(),
        issued_on: DAYS[1],
        envelope,
        document: document("Z1"),
    };
    let revoked = |reason: &str, on| CertificateChange::Revoked {
        reason: reason.into(),
        on,
    };
    let countersigned = |on| CertificateChange::CountersignedByHub {
        envelope_sha256: envelope_sha256.clone(),
        on,
    };
    [
        CertificateChange::Issued(Box::new(issued)),
        countersigned(DAYS[1]),
        countersigned(DAYS[2]),
        revoked("冒名", DAYS[1]),
        revoked("冒名", DAYS[2]),
    ]
    .map(ChangeBody::Certificate)
    .into()
}

fn subject() -> SubjectSnapshot {
    SubjectSnapshot {
        uscc: None,
        name: "某公司".into(),
    }
}

fn document(number: &str) -> IssuedDocument {
    IssuedDocument {
        kind: DocumentKind::AdviceSlip,
        number: number.into(),
        file: AttachmentRef {
            sha256: format!("{number:0>64}"),
            name: "a.pdf".into(),
            media_type: "application/pdf".into(),
            length: 1,
        },
        pack: None,
        says: None,
    }
}

/// Reading the rules takes longer than all the rest: it is done once.
static RECEIVED: LazyLock<CaseReceived> = LazyLock::new(|| {
    let record = Record::from_json(&serde_json::json!({
        "CF_XDR_MC": "某公司", "CF_WSH": "越市监处罚〔2026〕7号", "CF_CFLB": "罚款", "CF_JDRQ": "2026-05-10",
        "CF_CFJG": "广州市越秀区市场监督管理局", "fulfilled": true, "rectified": true
    }))
    .unwrap();
    let assessment = assess(&record, DAYS[0], &PackChoice::Auto, &RuleBook::shipped()).unwrap();
    CaseReceived {
        visit: "YX-V1".into(),
        subject: subject(),
        record_key: "penalty/1".into(),
        record,
        assessment,
        materials: vec![Material {
            code: "commitment".into(),
            name: "信用承诺书".into(),
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
                ..MaterialMark::default()
            },
        }],
        received_on: DAYS[0],
        data_as_of: None,
        verification_required: false,
    }
});
