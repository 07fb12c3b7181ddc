//! What the process does until it is killed: the counter's own use cases, in an order chosen by chance.

use std::{fs, path::Path, sync::Arc};

use counter_core::{
    case::{MaterialMark, MaterialState},
    class::{ClassKind, ExamTemplate, TraineePosition},
    exam::ExamStage,
    pack::RuleBook,
    subject_snapshot::SubjectSnapshot,
    visit::{AgentCapacity, AuthorityProof},
};
use counter_desk::{
    Actor, Desk, DeskParts, FixedClock, SystemEntropy,
    attachment::attach_file,
    case::{
        case_detail::case_detail,
        enter_act::{EnterAct, enter_act},
        mark_material::mark_material,
        receive_cases::{CaseInput, MaterialInput, ReceiveCases, receive_cases},
    },
    class::{
        class_list::class_list,
        enrol_trainee::{EnrolTrainee, enrol_trainee},
        open_class::{OpenClass, open_class},
    },
    draft,
    exam::{
        draw_exam::draw_class, give_answer::give_answer, resume_exam::resume_exam, sitting::exam_room,
        sitting::sitting, start_exam::start_exam,
    },
    import::{GoOn, ImportOptions, import_file},
    record::{
        enter_record::{EnterRecord, enter_record},
        facts::Facts,
    },
    visit::{agent::AgentInput, open_visit::open_visit},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Chance, open, print_line};

/// 2026-11-24 09:00 in China.
pub const MORNING: i64 = 1_795_482_000_000;
const SUBJECT: &str = "广州市穗安诚样例装饰工程有限公司";
const CODE: &str = "91440104MAJ1XG612G";

/// Something the process says it will do, and then that it has done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Said {
    Draft {
        key: String,
        json: String,
    },
    File {
        sha256: String,
        length: u64,
    },
    Case {
        no: String,
        record: String,
    },
    Material {
        no: String,
        code: String,
        scan: String,
    },
    Submitted {
        no: String,
        number: String,
    },
    Answer {
        session: String,
        question: String,
        place: u8,
    },
    Imported {
        file: String,
    },
    Backup {
        file: String,
    },
}

/// The line that announces it.
pub const TRIES: &str = "tries ";
/// The line that acknowledges it.
pub const DONE: &str = "done ";

fn say(word: &str, said: &Said) {
    print_line(&format!("{word}{}", serde_json::to_string(said).unwrap()));
}

pub fn work(folder: &Path, chance: Chance) {
    let desk = Desk::new(DeskParts {
        store: open(&folder.join("data")),
        rules: Arc::new(RuleBook::shipped()),
        clock: Arc::new(FixedClock(Timestamp::from_millisecond(MORNING).unwrap())),
        entropy: Arc::new(SystemEntropy),
    });
    let mut clerk = Clerk {
        desk,
        actor: Actor {
            account: "chen".into(),
            display_name: "陈晓".into(),
            roles: Vec::new(),
        },
        folder,
        chance,
        scans: Vec::new(),
        cases: Vec::new(),
        exam: None,
    };
    clerk.begin_exam();
    loop {
        match clerk.chance.below(100) {
            0..30 => clerk.type_a_draft(),
            30..60 => clerk.answer(),
            60..70 => clerk.scan(),
            70..82 => clerk.take_in(),
            82..88 => clerk.mark(),
            88..93 => clerk.submit(),
            93..96 => clerk.import(),
            _ => clerk.back_up(),
        }
    }
}

struct Clerk<'f> {
    desk: Desk,
    actor: Actor,
    folder: &'f Path,
    chance: Chance,
    scans: Vec<counter_core::attachment::AttachmentRef>,
    cases: Vec<String>,
    exam: Option<Exam>,
}

struct Exam {
    session: String,
    questions: Vec<(String, Vec<u8>)>,
    elapsed_ms: u64,
}

impl Clerk<'_> {
    fn type_a_draft(&mut self) {
        let key = format!("visit/{}", self.chance.below(5));
        let json = format!("{{\"typed\":{}}}", self.chance.number());
        let said = Said::Draft { key, json };
        say(TRIES, &said);
        if let Said::Draft { key, json } = &said {
            draft::save(&self.desk, key, json).unwrap();
        }
        say(DONE, &said);
    }

    fn begin_exam(&mut self) {
        let (desk, actor) = (&self.desk, &self.actor);
        let class = match class_list(desk).unwrap().first() {
            Some(class) => class.no.clone(),
            None => open_class(desk, actor, &class()).unwrap(),
        };
        if exam_room(desk, &class).unwrap().is_empty() {
            // Killed between the two, the trainee is there already.
            let _ = enrol_trainee(desk, actor, &trainee(&class));
            draw_class(desk, actor, &class).unwrap();
        }
        let session = &exam_room(desk, &class).unwrap()[0];
        if session.stage != ExamStage::Running {
            start_exam(desk, actor, &session.no).unwrap();
        }
        let elapsed_ms = u64::from(resume_exam(desk, actor, &session.no).unwrap().elapsed_ms);
        let paper = sitting(desk, &session.no).unwrap().unwrap();
        let places = |choices: &[counter_desk::exam::sitting::PaperChoice]| choices.iter().map(|c| c.place).collect();
        self.exam = Some(Exam {
            session: session.no.clone(),
            questions: paper
                .questions
                .iter()
                .map(|q| (q.id.clone(), places(&q.choices)))
                .collect(),
            elapsed_ms,
        });
    }

    fn answer(&mut self) {
        let exam = self.exam.as_mut().unwrap();
        let (question, places) = &exam.questions[self.chance.below(exam.questions.len() as u64) as usize];
        let place = places[self.chance.below(places.len() as u64) as usize];
        exam.elapsed_ms += 1;
        let said = Said::Answer {
            session: exam.session.clone(),
            question: question.clone(),
            place,
        };
        say(TRIES, &said);
        give_answer(
            &self.desk,
            &self.actor,
            &exam.session,
            question,
            &[place],
            exam.elapsed_ms,
        )
        .unwrap();
        say(DONE, &said);
    }

    fn scan(&mut self) {
        let mut bytes = b"%PDF-1.7 made up ".to_vec();
        let length = 1000 + self.chance.below(3_000_000);
        while (bytes.len() as u64) < length {
            bytes.extend(self.chance.number().to_le_bytes());
        }
        let path = self.folder.join("scan.pdf");
        fs::write(&path, &bytes).unwrap();
        let kept = attach_file(&self.desk, &path).unwrap();
        let (sha256, length) = (kept.sha256.clone(), kept.length);
        say(DONE, &Said::File { sha256, length });
        self.scans.push(kept);
    }

    fn take_in(&mut self) {
        let typed = EnterRecord {
            subject_name: SUBJECT.into(),
            uscc: Some(CODE.into()),
            doc_no: format!("越市监处罚〔2026〕{}号", self.chance.below(1 << 40)),
            authority: "广州市越秀区市场监督管理局".into(),
            authority_code: None,
            decided_on: "2026-05-10".into(),
            penalty_kinds: vec!["罚款".into()],
            content: "罚款5000元".into(),
            fine_fen: Some("500000".into()),
            scan_path: None,
        };
        let record = enter_record(&self.desk, &self.actor, &typed).unwrap().record;
        let subject = SubjectSnapshot {
            uscc: Some(CODE.into()),
            name: SUBJECT.into(),
        };
        let visit = open_visit(&self.desk, &self.actor, subject, None).unwrap();
        let facts = Facts {
            fulfilled: Some(true),
            rectified: Some(true),
            committed: Some(true),
            published: Some(true),
            ..record.facts
        };
        let materials = record.checklist.iter().map(|material| MaterialInput {
            code: material.code.clone(),
            mark: brought(Vec::new()),
        });
        let input = ReceiveCases {
            visit,
            agent: AgentInput {
                name: "李明".into(),
                capacity: AgentCapacity::Agent,
                identity_checked: true,
                authority: AuthorityProof::OriginalSeen,
                id_number: None,
                phone: Some("13800138000".into()),
                as_at_visit: None,
            },
            cases: vec![CaseInput {
                record: record.id.clone(),
                facts,
                materials: materials.collect(),
            }],
        };
        let received = receive_cases(&self.desk, &self.actor, &input).unwrap();
        let no = received.cases[0].no.clone();
        say(
            DONE,
            &Said::Case {
                no: no.clone(),
                record: record.id,
            },
        );
        self.cases.push(no);
    }

    fn mark(&mut self) {
        let (Some(no), Some(scan)) = (self.cases.last().cloned(), self.scans.last().cloned()) else {
            return;
        };
        let case = case_detail(&self.desk, &no).unwrap().unwrap();
        let Some(material) = case.materials.first() else { return };
        let said = Said::Material {
            no: no.clone(),
            code: material.code.clone(),
            scan: scan.sha256.clone(),
        };
        if case.state == counter_core::case::CaseState::Received {
            say(TRIES, &said);
            mark_material(&self.desk, &self.actor, &no, &material.code, brought(vec![scan])).unwrap();
            say(DONE, &said);
        }
    }

    fn submit(&mut self) {
        let Some(no) = self.cases.pop() else { return };
        let number = format!("A{}", self.chance.below(1 << 40));
        let act = EnterAct::Submit {
            site: "信用中国".into(),
            number: number.clone(),
            on: "2026-11-24".into(),
        };
        enter_act(&self.desk, &self.actor, &no, act).unwrap();
        say(DONE, &Said::Submitted { no, number });
    }

    /// A file of its own each time: the same rows under other document numbers.
    fn import(&mut self) {
        let name = format!("双公示-{}.csv", self.chance.below(1 << 40));
        let sample = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/fixtures/import/synthetic_xzcf_2021_utf8bom.csv"
        );
        let mark = format!("〔2026〕{}", self.chance.below(1 << 30));
        let text = fs::read_to_string(sample).unwrap().replace("〔2026〕", &mark);
        let path = self.folder.join(&name);
        fs::write(&path, text).unwrap();
        import_file(&self.desk, &self.actor, &path, &ImportOptions::default(), &mut |_| {
            GoOn::Yes
        })
        .unwrap();
        say(DONE, &Said::Imported { file: name });
    }

    fn back_up(&mut self) {
        let file = self.folder.join(format!("{}.backup", self.chance.below(1 << 40)));
        self.desk.store().backup(&file).unwrap();
        say(
            DONE,
            &Said::Backup {
                file: file.to_string_lossy().into_owned(),
            },
        );
    }
}

fn brought(scans: Vec<counter_core::attachment::AttachmentRef>) -> MaterialMark {
    MaterialMark {
        state: MaterialState::Received,
        original_seen: true,
        copy_kept: true,
        scans,
        ..MaterialMark::default()
    }
}

fn class() -> OpenClass {
    OpenClass {
        title: "2026年第1期信用修复培训班".into(),
        kind: ClassKind::Public,
        host: "示例区信用办".into(),
        co_hosts: Vec::new(),
        teaching_body: "示例培训中心".into(),
        issuing_body: "示例区信用办".into(),
        place: "政务服务中心三楼".into(),
        starts_on: "2026-11-24".into(),
        hours: 4,
        exam: ExamTemplate {
            bank: "credit-repair-2026".into(),
            question_count: 10,
            minutes: 60,
            points_per_question: 10,
            pass_mark: 60,
            retakes_allowed: 2,
        },
    }
}

fn trainee(class: &str) -> EnrolTrainee {
    EnrolTrainee {
        class: class.into(),
        name: "陈一".into(),
        position: TraineePosition::LegalRepresentative,
        subject_name: SUBJECT.into(),
        uscc: CODE.into(),
        id_number: None,
        identity_checked: true,
    }
}
