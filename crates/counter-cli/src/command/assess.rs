//! `assess`: may this record be repaired? The shipped rules decide; a data folder is needed only for a subject.

use counter_core::{
    assess::{Assessment, PackChoice, assess as assess_record, check_class_choice},
    pack::RuleBook,
    record::Record,
};
use counter_desk::{date_of, subject::credit_file::credit_file};
use jiff::{civil::Date, tz::TimeZone};
use serde_json::{Value, json};

use super::shape::snake;
use crate::{
    arguments::{Assess, Common},
    failure::Failure,
    file,
    say::Answer,
};

pub fn assess(common: &Common, question: &Assess) -> Result<Answer, Failure> {
    match (&question.record, &question.subject) {
        (Some(path), _) => one(common, question, &file::json::<Value>(path)?),
        (None, Some(subject)) => all(common, question.on, subject),
        (None, None) => Err(Failure::arguments("请用 --record 或 --subject 说明要判断什么。")),
    }
}

fn one(common: &Common, question: &Assess, record: &Value) -> Result<Answer, Failure> {
    let record = Record::from_json(record).map_err(|error| Failure::arguments(error.to_string()))?;
    let on = question.on.unwrap_or_else(|| date_of(common.clock().now()));
    let pack = match question.pack.as_deref() {
        None | Some("auto") => PackChoice::Auto,
        Some(id) => PackChoice::Pack(id.to_owned()),
    };
    let book = RuleBook::shipped();
    let assessment = assess_record(&record, on, &pack, &book).map_err(|error| Failure::arguments(error.to_string()))?;
    if let (Some(chosen), Some(pack)) = (&record.class_chosen, assessment.pack_in(&book)) {
        check_class_choice(chosen, pack).map_err(|error| Failure::arguments(error.to_string()))?;
    }
    let text = in_words(&assessment);
    Ok(Answer::new(snake(&assessment)?, text))
}

fn all(common: &Common, on: Option<Date>, subject: &str) -> Result<Answer, Failure> {
    let common = match on {
        // Noon: the same day whatever the zone of the reader.
        Some(day) => &Common {
            now: Some(noon(day)?),
            data_dir: common.data_dir.clone(),
            acting_as: None,
            json: common.json,
        },
        None => common,
    };
    let file = credit_file(&common.reading()?, subject)?;
    let mut lines = Vec::new();
    let mut assessments = Vec::new();
    for record in &file.penalties {
        let number = record.doc_no.as_deref().unwrap_or("（无文号）");
        lines.push(format!("{number}\t{}", record.assessment.verdict.label()));
        let mut assessment = snake(&record.assessment)?;
        if let Value::Object(entries) = &mut assessment {
            entries.insert("record".to_owned(), json!(record.id));
            entries.insert("doc_no".to_owned(), json!(record.doc_no));
        }
        assessments.push(assessment);
    }
    let json = json!({"subject": file.id, "assessed_on": file.assessed_on, "assessments": assessments});
    Ok(Answer::new(json, lines.join("\n")))
}

fn noon(day: Date) -> Result<jiff::Timestamp, Failure> {
    let at = TimeZone::fixed(jiff::tz::offset(8)).to_timestamp(day.at(12, 0, 0, 0));
    at.map_err(|error| Failure::arguments(error.to_string()))
}

fn in_words(assessment: &Assessment) -> String {
    let mut lines = vec![assessment.verdict.label().to_owned()];
    if let Some(door) = assessment.front_door {
        lines.push(format!("办理渠道：{}", door.label()));
    }
    lines.extend(assessment.eligible_on.map(|day| format!("可申请日：{day}")));
    lines.extend(
        assessment
            .reasons
            .iter()
            .map(|reason| format!("· {}（{} {}）", reason.text, reason.source, reason.article)),
    );
    if assessment.unverified {
        lines.push("待核".to_owned());
    }
    lines.join("\n")
}
