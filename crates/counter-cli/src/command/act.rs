//! `act`: an act on a case, entered with its day.

use std::path::Path;

use counter_desk::{
    case::enter_act::{EnterAct, enter_act},
    permission::Permission,
};
use serde_json::json;

use crate::{arguments::Common, failure::Failure, file, say::Answer};

pub fn act(common: &Common, no: &str, path: &Path) -> Result<Answer, Failure> {
    let act: EnterAct = file::json(path)?;
    let (desk, actor) = common.acting(Permission::Receive)?;
    enter_act(&desk, &actor, no, act)?;
    Ok(Answer::new(json!({"case": no}), format!("{no} 已登记。")))
}
