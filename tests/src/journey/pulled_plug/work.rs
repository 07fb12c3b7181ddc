use rand_chacha::{ChaCha8Rng, rand_core::RngCore};
use serde_json::{Value, json};

use super::{
    CODE, invoke, invoke_all,
    ledger::{Ledger, Place},
};
use crate::{Failure, journey::prepared::word, window::Window};

/// What a clerk, a trainee and a screen that keeps its drafts do over and over.
pub(super) struct Work {
    case: String,
    sitting: String,
    /// Questions with the number of their choices.
    questions: Vec<(String, u64)>,
    /// Codes of the papers of the case.
    papers: Vec<String>,
    step: u64,
}

impl Work {
    /// Starts the exam; everything else is there.
    pub(super) async fn begin(window: &Window, case: String, sitting: String) -> Result<Self, Failure> {
        invoke(window, "exam_start", json!({"no": sitting})).await?;
        let view = invoke(window, "exam_sitting", json!({"no": sitting})).await?;
        let questions = view["questions"].as_array().into_iter().flatten();
        let questions: Result<_, Failure> = questions
            .map(|question| {
                let choices = question["choices"].as_array().map_or(0, Vec::len);
                Ok((word(&question["id"])?, choices as u64))
            })
            .collect();
        let view = invoke(window, "case_view", json!({"no": case})).await?;
        let papers = view["materials"].as_array().into_iter().flatten();
        let papers: Result<_, Failure> = papers.map(|paper| word(&paper["code"])).collect();
        Ok(Self {
            case,
            sitting,
            questions: questions?,
            papers: papers?,
            step: 0,
        })
    }

    /// The exam goes on after a new start.
    pub(super) async fn resume(&self, window: &Window) -> Result<(), Failure> {
        invoke(window, "exam_resume", json!({"no": self.sitting})).await?;
        Ok(())
    }

    /// A draft, an answer, and a paper or a visit, all at once.
    pub(super) async fn some(
        &mut self,
        window: &Window,
        ledger: &mut Ledger,
        chance: &mut ChaCha8Rng,
    ) -> Result<(), Failure> {
        self.step += 1;
        let mut below = |sides: u64| chance.next_u64() % sides.max(1);
        let draft = self.draft(below(3));
        let answer = self.answer(below(self.questions.len() as u64), below(4));
        let third = match below(3) {
            0 => self.paper(below(self.papers.len() as u64)),
            1 => return self.visit(window, ledger).await,
            _ => match ledger.open_visit() {
                Some(no) => ended(&no),
                None => return self.visit(window, ledger).await,
            },
        };
        let asked = [draft, answer, third];
        for one in &asked {
            ledger.asks(&one.place, &one.value);
        }
        invoke_all(window, asked.each_ref().map(|one| (one.command, one.arguments.clone()))).await?;
        for one in &asked {
            ledger.answered(&one.place);
        }
        Ok(())
    }

    async fn visit(&self, window: &Window, ledger: &mut Ledger) -> Result<(), Failure> {
        let no = invoke(window, "visit_open", json!({"subject": CODE, "queueNumber": null})).await?;
        ledger.opened(word(&no)?)
    }

    fn draft(&self, which: u64) -> Asked {
        let (key, json) = (format!("pulled-plug-{which}"), json!({"step": self.step}).to_string());
        Asked {
            value: json.as_str().into(),
            command: "draft_save",
            arguments: json!({"key": key, "json": json}),
            place: Place::Draft(key),
        }
    }

    fn answer(&self, which: u64, choice: u64) -> Asked {
        let (question, choices) = &self.questions[usize::try_from(which).unwrap_or(0)];
        let value = json!([choice % (*choices).max(1)]);
        Asked {
            command: "exam_answer",
            arguments: json!({"no": self.sitting, "question": question, "choices": value}),
            place: Place::Answer {
                sitting: self.sitting.clone(),
                question: question.clone(),
            },
            value,
        }
    }

    fn paper(&self, which: u64) -> Asked {
        let code = &self.papers[usize::try_from(which).unwrap_or(0)];
        let state = json!({"state": "faulty", "reason": format!("第{}次查看", self.step)});
        let value =
            json!({"state": state, "originalSeen": self.step.is_multiple_of(2), "copyKept": false, "scans": []});
        Asked {
            command: "case_mark_material",
            arguments: json!({"no": self.case, "code": code, "mark": value}),
            place: Place::Paper {
                case: self.case.clone(),
                code: code.clone(),
            },
            value,
        }
    }
}

fn ended(no: &str) -> Asked {
    Asked {
        place: Place::Visit(no.to_owned()),
        value: "no_record".into(),
        command: "visit_end",
        arguments: json!({"no": no, "end": "no_record"}),
    }
}

/// A command, and what must be found where after it was acknowledged.
struct Asked {
    place: Place,
    value: Value,
    command: &'static str,
    arguments: Value,
}
