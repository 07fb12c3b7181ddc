//! `exam`: papers drawn with a stored seed, answers marked.

use std::path::Path;

use counter_desk::{
    exam::{
        draw_exam::draw_class,
        run_exam::{answers_from_json, run_exam},
        sitting::sitting,
    },
    permission::Permission,
};

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, file, say::Answer};

pub fn draw(common: &Common, class: &str) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Proctor)?;
    let drawn = draw_class(&desk, &actor, class)?;
    let text = format!(
        "已组卷 {} 份，未组卷 {} 人。",
        drawn.sessions.len(),
        drawn.left_out.len()
    );
    Ok(Answer::new(snake(&drawn)?, text))
}

pub fn show(common: &Common, session: &str) -> Result<Answer, Failure> {
    let view = sitting(&common.reading()?, session)?.ok_or_else(|| Failure::coded("not_found", session))?;
    let text = format!(
        "{}\t{}\t{}\t{} 题",
        view.no,
        view.trainee_name,
        view.subject_name,
        view.questions.len()
    );
    Ok(Answer::new(snake(&view)?, text))
}

pub fn run(common: &Common, session: &str, answers: &Path) -> Result<Answer, Failure> {
    let answers = answers_from_json(&file::text(answers)?).map_err(|error| Failure::arguments(error.to_string()))?;
    let (desk, actor) = common.acting(Permission::Proctor)?;
    let outcome = run_exam(&desk, &actor, session, &answers)?;
    let word = if outcome.passed { "合格" } else { "不合格" };
    Ok(Answer::new(
        snake(&outcome)?,
        format!("{} 分（满分 {}），{word}。", outcome.score, outcome.out_of),
    ))
}
