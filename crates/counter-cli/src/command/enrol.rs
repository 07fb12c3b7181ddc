//! `enrol`: binds the counter to a hub.

use counter_desk::permission::Permission;
use counter_sync::HttpTransport;
use jiff::Timestamp;
use serde_json::json;

use super::sync::{hub_clock, waiting};
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn enrol(common: &Common, hub: &str, code: &str) -> Result<Answer, Failure> {
    let (desk, _) = common.acting(Permission::Administer)?;
    let transport = HttpTransport::new().map_err(|error| Failure::coded("no_network", &error.to_string()))?;
    let clock = hub_clock(common);
    let enrolled = waiting()?
        .block_on(counter_sync::enrol(desk.store(), &transport, &clock, hub, code))
        .map_err(|error| Failure::coded(error.code(), &error.to_string()))?;
    let until = Timestamp::from_millisecond(enrolled.certificate_until_at)
        .map(|at| at.to_string())
        .ok();
    let json = json!({
        "counter": enrolled.counter.to_string(),
        "incarnation": enrolled.incarnation.to_string(),
        "hub": enrolled.hub,
        "certificate_until": until,
    });
    Ok(Answer::new(
        json,
        format!("窗口 {} 已接入 {}。", enrolled.counter, enrolled.hub),
    ))
}
