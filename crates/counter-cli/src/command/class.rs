//! `class`: opened, filled and listed from files.

use std::path::Path;

use counter_desk::{
    class::{
        class_list::class_list,
        enrol_trainee::{EnrolTrainee, enrol_trainee},
        open_class::{OpenClass, open_class},
    },
    permission::Permission,
};
use serde_json::json;

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, file, say::Answer};

pub fn open(common: &Common, path: &Path) -> Result<Answer, Failure> {
    let class: OpenClass = file::json(path)?;
    let (desk, actor) = common.acting(Permission::Train)?;
    let no = open_class(&desk, &actor, &class)?;
    Ok(Answer::new(json!({"class": no}), format!("已开班：{no}")))
}

pub fn enrol(common: &Common, path: &Path) -> Result<Answer, Failure> {
    let trainee: EnrolTrainee = file::json(path)?;
    let (desk, actor) = common.acting(Permission::Train)?;
    let id = enrol_trainee(&desk, &actor, &trainee)?;
    Ok(Answer::new(
        json!({"class": trainee.class, "trainee": id}),
        format!("已报名：{id}"),
    ))
}

pub fn list(common: &Common) -> Result<Answer, Failure> {
    let classes = class_list(&common.reading()?)?;
    let lines: Vec<String> = classes
        .iter()
        .map(|class| format!("{}\t{}\t{} 人", class.no, class.title, class.trainees))
        .collect();
    let text = if lines.is_empty() {
        "没有培训班。".to_owned()
    } else {
        lines.join("\n")
    };
    Ok(Answer::new(json!({"classes": snake(&classes)?}), text))
}
