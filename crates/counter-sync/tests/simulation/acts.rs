//! What a clerk does in a run: an act of any kind on whatever there is. What the counter's own state does not allow
//! is refused on the spot and never becomes a change.

use counter_core::{
    account::{AccountChange, Role},
    attachment::AttachmentRef,
    case::{CaseChange, DecisionOutcome, MaterialMark, MaterialState},
    certificate::{CertificateChange, CertificateIssued},
    change::{ActId, ChangeBody, Lane, LaneKind},
    class::{AttendanceMark, ClassChange, ClassKind, ClassOpened, ExamTemplate, TraineeEnrolment, TraineePosition},
    document_issue::{DocumentKind, IssuedDocument},
    exam::{DrawnQuestion, ExamChange, ExamDrawn, ExamSeed, HandInReason},
    number::NumberFamily,
    visit::{VisitChange, VisitEnd},
};
use counter_store::{ActContext, RecordError, Store, StoreError, WriteTx};
use ed25519_dalek::SigningKey;
use hub_api::certificate_envelope::{CertificatePayload, Envelope, EnvelopePayload};
use jiff::civil::date;
use test_support::{Chance, work};

const YEAR: i16 = 2026;

/// What is known to be there to act on: every counter may act on what any of them made.
#[derive(Clone, Debug, Default)]
pub struct Known {
    pub cases: Vec<String>,
    pub classes: Vec<String>,
    pub sittings: Vec<String>,
    pub certificates: Vec<String>,
    pub objections: Vec<String>,
}

/// What came of an act.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Done {
    /// In words.
    pub what: String,
    /// The numbers given out by it.
    pub numbers: Vec<String>,
}

pub(super) fn done(what: impl Into<String>, numbers: impl IntoIterator<Item = String>) -> Done {
    Done {
        what: what.into(),
        numbers: numbers.into_iter().collect(),
    }
}

/// Somebody at a counter.
pub struct Clerk<'a> {
    pub store: &'a Store,
    pub chance: &'a Chance,
    /// What the clock on the wall shows, ms UTC.
    pub now: i64,
}

impl Clerk<'_> {
    /// Does something.
    ///
    /// # Errors
    /// Where it is refused or cannot be kept; nothing of it is there then.
    pub fn act(&self, known: &Known) -> Result<Done, RecordError> {
        if let Some(done) = self.settle_what_is_parked()? {
            return Ok(done);
        }
        match self.chance.below(22) {
            0..=4 => self.take_case_in(),
            5..=9 => self.go_on_with_case(known),
            10 => self.open_visit(),
            11 | 12 => self.open_class(),
            13 | 14 => self.go_on_with_class(known),
            15 => self.draw_exam(known),
            16 | 17 => self.go_on_with_exam(known),
            18 => self.issue_certificate(),
            19 => self.take_objection_in(),
            20 => self.go_on_with_objection(known),
            _ => self.revoke_or_name_a_colleague(known),
        }
    }

    /// 待处理: now and then something that no lane took is done again or given up. The moment decides, so that nothing
    /// else is drawn otherwise where nothing is parked.
    fn settle_what_is_parked(&self) -> Result<Option<Done>, RecordError> {
        if self.now % 3 != 0 {
            return Ok(None);
        }
        let parked = self.store.read(|tx| tx.parked_changes())?;
        if parked.is_empty() {
            return Ok(None);
        }
        let Some(change) = self.chance.pick(&parked) else {
            return Ok(None);
        };
        let (named, act) = (change.reference(), self.context());
        let body = change.stored.decode().map(|decoded| decoded.body);
        let again = self.chance.happens(600);
        let way = match body {
            Ok(body)
                if again
                    && !matches!(
                        body,
                        ChangeBody::Counter(_) | ChangeBody::Withdrawal(_) | ChangeBody::Undone(_)
                    ) =>
            {
                self.store.write(|tx| tx.amend(&act, &named, body))?;
                "again"
            }
            Ok(_) | Err(_) => {
                self.store.write(|tx| tx.withdraw(&act, &named, "不再需要"))?;
                "no more"
            }
        };
        Ok(Some(done(format!("does {} on {} {way}", change.kind, change.lane), [])))
    }

    pub(super) fn context(&self) -> ActContext {
        let mut act_id = [0; 16];
        self.chance.fill(&mut act_id);
        ActContext {
            act_id: ActId(act_id),
            actor: work::CLERK.into(),
            made_at: self.now,
        }
    }

    fn scan(&self) -> Result<Option<AttachmentRef>, StoreError> {
        let length = match self.chance.below(12) {
            0..=3 => self.chance.below(3000),
            // Several ranges.
            4 => 1024 * 1024 + self.chance.below(1024 * 1024),
            _ => return Ok(None),
        };
        let mut content = vec![0; usize::try_from(length).unwrap_or(0)];
        self.chance
            .fill(&mut content[..usize::try_from(length.min(64)).unwrap_or(0)]);
        self.store
            .attachments()
            .put("扫描.pdf", "application/pdf", &content)
            .map(Some)
    }

    fn paper(&self, kind: DocumentKind, number: &str) -> Result<IssuedDocument, StoreError> {
        let mut content = [0; 200];
        self.chance.fill(&mut content);
        let file = self.store.attachments().put("文书.pdf", "application/pdf", &content)?;
        Ok(IssuedDocument {
            kind,
            number: number.into(),
            file,
            pack: None,
            says: None,
        })
    }

    fn take_case_in(&self) -> Result<Done, RecordError> {
        let scan = self.scan()?;
        self.store.write(|tx| {
            let act = self.context();
            let (visit, no) = (
                tx.next_number(NumberFamily::Visit, YEAR)?,
                tx.next_number(NumberFamily::Case, YEAR)?,
            );
            let lane = Lane::new(LaneKind::Visit, &visit);
            let opened = VisitChange::Opened {
                subject: work::subject(),
                queue_number: None,
            };
            tx.record(&act, lane.clone(), ChangeBody::Visit(opened))?;
            let received = CaseChange::Received(Box::new(work::received(&visit, scan.as_ref())));
            tx.record(&act, Lane::new(LaneKind::Case, &no), ChangeBody::Case(received))?;
            let taken = VisitChange::CaseTaken { case: no.clone() };
            tx.record(&act, lane.clone(), ChangeBody::Visit(taken))?;
            let end = VisitEnd::Received;
            tx.record(&act, lane, ChangeBody::Visit(VisitChange::Ended { end }))?;
            Ok(done(format!("takes case {no} in"), [visit, no]))
        })
    }

    fn open_visit(&self) -> Result<Done, RecordError> {
        self.store.write(|tx| {
            let visit = tx.next_number(NumberFamily::Visit, YEAR)?;
            let opened = VisitChange::Opened {
                subject: work::subject(),
                queue_number: None,
            };
            tx.record(
                &self.context(),
                Lane::new(LaneKind::Visit, &visit),
                ChangeBody::Visit(opened),
            )?;
            Ok(done(format!("opens visit {visit}"), [visit]))
        })
    }

    fn go_on_with_case(&self, known: &Known) -> Result<Done, RecordError> {
        let Some(no) = self.chance.pick(&known.cases).cloned() else {
            return self.take_case_in();
        };
        let on = date(YEAR, 11, 25);
        let mark = |state, scans| CaseChange::MaterialMarked {
            code: "commitment".into(),
            mark: MaterialMark {
                state,
                original_seen: true,
                copy_kept: true,
                scans,
                ..MaterialMark::default()
            },
        };
        let by = || "区市场监管局".to_owned();
        let reason = format!("理由{}", self.chance.below(1_000_000));
        let step = self.chance.below(16);
        if step >= 14 {
            return self.take_back(no);
        }
        let body = match step {
            0..=3 => work::submitted(),
            4 => mark(MaterialState::Received, self.scan()?.into_iter().collect()),
            5 => mark(MaterialState::Pending, Vec::new()),
            6 => CaseChange::DocumentIssued {
                document: self.paper(DocumentKind::AcceptanceReceipt, &no)?,
            },
            7 => CaseChange::Withdrawn { reason, on },
            8 => CaseChange::Referred {
                office: "法院".into(),
                reason,
                on,
            },
            9 => CaseChange::Closed { note: reason, on },
            10 => CaseChange::TakenDown {
                sites: vec!["信用中国".into()],
                on: date(YEAR, 11, 27),
            },
            11 => CaseChange::Accepted {
                by: by(),
                on,
                number: None,
            },
            12 => CaseChange::Decided {
                by: by(),
                on,
                outcome: DecisionOutcome::Repaired,
                reason,
            },
            _ => CaseChange::RecordChanged {
                source: "双公示.xlsx".into(),
                differences: vec![reason],
            },
        };
        let what = format!("{} on {no}", body.kind());
        self.one(Lane::new(LaneKind::Case, no), ChangeBody::Case(body))?;
        Ok(done(what, []))
    }

    /// 撤销, where there is something that can be taken back.
    fn take_back(&self, no: String) -> Result<Done, RecordError> {
        let lane = Lane::new(LaneKind::Case, no);
        self.store.write(|tx| {
            let Some(undoable) = tx.undoable_act(&lane)? else {
                return Ok(done(format!("finds nothing to take back on {lane}"), []));
            };
            tx.undo(&self.context(), &lane, undoable.act)?;
            Ok(done(format!("takes the last act on {lane} back"), []))
        })
    }

    fn open_class(&self) -> Result<Done, RecordError> {
        self.store.write(|tx| {
            let no = tx.next_number(NumberFamily::Class, YEAR)?;
            let opened = ClassOpened {
                title: "信用修复培训".into(),
                kind: ClassKind::Public,
                host: "区发改局".into(),
                co_hosts: Vec::new(),
                teaching_body: "区信用中心".into(),
                issuing_body: "区信用中心".into(),
                place: "三楼".into(),
                starts_on: date(YEAR, 11, 24),
                hours: 4,
                exam: ExamTemplate {
                    bank: "demo".into(),
                    question_count: 3,
                    minutes: 60,
                    points_per_question: 10,
                    pass_mark: 20,
                    retakes_allowed: 1,
                },
            };
            let body = ClassChange::Opened(Box::new(opened));
            tx.record(
                &self.context(),
                Lane::new(LaneKind::Class, &no),
                ChangeBody::Class(body),
            )?;
            Ok(done(format!("opens class {no}"), [no]))
        })
    }

    fn go_on_with_class(&self, known: &Known) -> Result<Done, RecordError> {
        let Some(no) = self.chance.pick(&known.classes).cloned() else {
            return self.open_class();
        };
        let trainee = self.chance.below(4).to_string();
        let body = match self.chance.below(8) {
            0..=3 => ClassChange::TraineeEnrolled {
                trainee: Box::new(TraineeEnrolment {
                    name: format!("学员{}", self.chance.below(5)),
                    id: trainee,
                    position: TraineePosition::LegalRepresentative,
                    subject: work::subject(),
                    id_number: None,
                    id_number_masked: None,
                    identity_checked: true,
                }),
            },
            4 | 5 => ClassChange::AttendanceMarked {
                trainee,
                mark: AttendanceMark {
                    on: date(YEAR, 11, 24),
                    present: self.chance.happens(800),
                },
            },
            6 => ClassChange::TraineeWithdrawn {
                trainee,
                reason: "出差".into(),
            },
            _ => ClassChange::Closed {
                on: date(YEAR, 11, 26),
                note: None,
            },
        };
        let what = format!("{} on {no}", body.kind());
        self.one(Lane::new(LaneKind::Class, no), ChangeBody::Class(body))?;
        Ok(done(what, []))
    }

    fn draw_exam(&self, known: &Known) -> Result<Done, RecordError> {
        let class = self.chance.pick(&known.classes).cloned();
        self.store.write(|tx| {
            let no = tx.next_number(NumberFamily::ExamSession, YEAR)?;
            let mut seed = [0; 32];
            self.chance.fill(&mut seed);
            let questions = ["q1", "q2", "q3"].map(|id| DrawnQuestion {
                id: id.into(),
                choice_order: vec![1, 0, 2],
            });
            let drawn = ExamDrawn {
                class: class.unwrap_or_else(|| "K".into()),
                trainee: "1".into(),
                trainee_name: "陈一".into(),
                subject: work::subject(),
                attempt: 1,
                bank: "demo".into(),
                bank_hash: "0".repeat(64),
                seed: ExamSeed(seed),
                drawn_on: date(YEAR, 11, 24),
                questions: questions.into(),
                minutes: 60,
                points_per_question: 10,
                pass_mark: 20,
            };
            let body = ExamChange::Drawn(Box::new(drawn));
            tx.record(
                &self.context(),
                Lane::new(LaneKind::ExamSession, &no),
                ChangeBody::Exam(body),
            )?;
            Ok(done(format!("draws sitting {no}"), [no]))
        })
    }

    fn go_on_with_exam(&self, known: &Known) -> Result<Done, RecordError> {
        let Some(no) = self.chance.pick(&known.sittings).cloned() else {
            return self.draw_exam(known);
        };
        let elapsed_ms = self.chance.below(3_600_000);
        let body = match self.chance.below(8) {
            0..=2 => ExamChange::Started,
            3..=5 => ExamChange::AnswerGiven {
                question: format!("q{}", 1 + self.chance.below(3)),
                choices: vec![u8::try_from(self.chance.below(3)).unwrap_or(0)],
                elapsed_ms,
            },
            6 => ExamChange::HandedIn {
                elapsed_ms,
                reason: HandInReason::Trainee,
            },
            _ => ExamChange::Scored {
                score: 20,
                out_of: 30,
                passed: true,
            },
        };
        let what = format!("{} on {no}", body.kind());
        self.one(Lane::new(LaneKind::ExamSession, no), ChangeBody::Exam(body))?;
        Ok(done(what, []))
    }

    /// One in four is signed by a key that is not the counter's.
    fn issue_certificate(&self) -> Result<Done, RecordError> {
        let forged = self.chance.happens(250);
        let seed = if forged {
            [66; 32]
        } else {
            *self.store.read(|tx| tx.signing_seed())?
        };
        let key = SigningKey::from_bytes(&seed);
        let document = self.paper(DocumentKind::TrainingCertificate, "")?;
        self.store.write(|tx: &mut WriteTx<'_>| {
            let no = tx.next_number(NumberFamily::Certificate, YEAR)?;
            let mut issued = CertificateIssued {
                class: "K".into(),
                class_title: "信用修复培训".into(),
                class_kind: ClassKind::Public,
                session: "E".into(),
                trainee: "1".into(),
                trainee_name: "陈一".into(),
                position: TraineePosition::LegalRepresentative,
                id_number_masked: None,
                subject: work::subject(),
                exam_on: date(YEAR, 11, 24),
                hours: 4,
                score: 90,
                out_of: 100,
                host: "区发改局".into(),
                teaching_body: "区信用中心".into(),
                issuing_body: "区信用中心".into(),
                issued_on: date(YEAR, 11, 24),
                envelope: Vec::new(),
                document: IssuedDocument {
                    number: no.clone(),
                    ..document
                },
            };
            let payload = EnvelopePayload::Certificate(CertificatePayload::of(&no, &issued));
            let envelope =
                Envelope::sign(&payload, &key).map_err(|error| StoreError::Contradiction(error.to_string()))?;
            issued.envelope = envelope.as_bytes().to_vec();
            let body = CertificateChange::Issued(Box::new(issued));
            tx.record(
                &self.context(),
                Lane::new(LaneKind::Certificate, &no),
                ChangeBody::Certificate(body),
            )?;
            let what = if forged {
                "issues forged certificate"
            } else {
                "issues certificate"
            };
            Ok(done(format!("{what} {no}"), [no]))
        })
    }

    fn revoke_or_name_a_colleague(&self, known: &Known) -> Result<Done, RecordError> {
        match self.chance.pick(&known.certificates).cloned() {
            Some(no) if self.chance.happens(500) => {
                let body = CertificateChange::Revoked {
                    reason: "替考".into(),
                    on: date(YEAR, 11, 25),
                };
                self.one(Lane::new(LaneKind::Certificate, &no), ChangeBody::Certificate(body))?;
                Ok(done(format!("revokes {no}"), []))
            }
            Some(_) | None => {
                let name = format!("clerk{}", self.chance.below(100));
                let body = AccountChange::Created {
                    display_name: "李受理".into(),
                    roles: vec![Role::Clerk],
                };
                self.one(Lane::new(LaneKind::Account, &name), ChangeBody::Account(body))?;
                Ok(done(format!("names {name}"), []))
            }
        }
    }

    pub(super) fn one(&self, lane: Lane, body: ChangeBody) -> Result<(), RecordError> {
        self.store
            .write(|tx| tx.record(&self.context(), lane, body).map(|_| ()))
    }
}
