//! `parked`: what the hub did not take, and the ways out.

use counter_core::verdict::WaitingFor;
use counter_desk::{
    parked::{
        amend_parked::amend_parked,
        parked_list::{ParkedChange, WhyParked, parked_list},
        withdraw_parked::withdraw_parked,
    },
    permission::Permission,
};
use serde_json::json;

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn list(common: &Common) -> Result<Answer, Failure> {
    let parked = parked_list(&common.reading()?)?;
    let text = if parked.open.is_empty() {
        "没有待处理的登记。".to_owned()
    } else {
        parked.open.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Ok(Answer::new(snake(&parked)?, text))
}

pub fn amend(common: &Common, id: &str, on: Option<&str>) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Read)?;
    amend_parked(&desk, &actor, id, on)?;
    Ok(Answer::new(json!({"amended": id}), format!("{id} 已重新办理。")))
}

pub fn withdraw(common: &Common, id: &str, reason: &str) -> Result<Answer, Failure> {
    let (desk, actor) = common.acting(Permission::Read)?;
    withdraw_parked(&desk, &actor, id, reason)?;
    Ok(Answer::new(json!({"withdrawn": id}), format!("{id} 不再办理。")))
}

fn line(parked: &ParkedChange) -> String {
    let why = match &parked.why {
        WhyParked::Refused { code, detail } => format!("未采纳：{} {detail}", code.as_str()),
        WhyParked::Waiting { reason, .. } => format!("等待：{}", waits_for(*reason)),
        WhyParked::Taken => "已采纳".to_owned(),
    };
    format!(
        "{}\t{}\t{}\t{}\t{why}",
        parked.id, parked.lane_id, parked.about, parked.kind
    )
}

fn waits_for(reason: WaitingFor) -> &'static str {
    match reason {
        WaitingFor::NewerHub => "平台升级",
        WaitingFor::EarlierChange => "同一事项里前面的一条",
        WaitingFor::Claim => "平台管理员认领",
        WaitingFor::Inspection => "平台管理员查看",
    }
}
