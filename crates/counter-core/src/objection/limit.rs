//! Limits that run on an objection: those of the city's rule, on its own platform. Other doors name no days, and none is
//! claimed for them.

use jiff::civil::Date;

use super::{Objection, ObjectionDoor, ObjectionState};
use crate::{
    case::RunningLimit,
    pack::{Act, RuleBook, RulePack, citation_words},
};

/// The limits that run now, under the pack it was received under.
pub fn objection_limits(objection: &Objection, rules: &RuleBook) -> Vec<RunningLimit> {
    if objection.received.door != ObjectionDoor::CreditGuangzhou {
        return Vec::new();
    }
    let Some(pack) = rules.pack(&objection.received.pack) else {
        return Vec::new();
    };
    let limit = |name: &str, from_on: Option<Date>| running(pack, rules, name, from_on);
    match objection.stage {
        ObjectionState::Forwarded => {
            let on = objection.forwarding.as_ref().map(|forwarding| forwarding.on);
            limit("objection_acceptance", on).into_iter().collect()
        }
        ObjectionState::Accepted => limit("objection_check", objection.accepted_on).into_iter().collect(),
        ObjectionState::Inquiring => {
            let open = objection.inquiries.iter().filter(|inquiry| inquiry.reply.is_none());
            open.filter_map(|inquiry| limit("inquiry_reply", Some(inquiry.on)))
                .collect()
        }
        ObjectionState::Received
        | ObjectionState::GapsOpen
        | ObjectionState::Declined
        | ObjectionState::Replied
        | ObjectionState::Decided
        | ObjectionState::Withdrawn
        | ObjectionState::Closed => Vec::new(),
    }
}

fn running(pack: &RulePack, rules: &RuleBook, name: &str, from_on: Option<Date>) -> Option<RunningLimit> {
    let limit = pack.limit(name)?;
    let key = format!("limit.{name}");
    let (rule, value) = (pack.rule(&key)?, pack.value(&key)?);
    Some(RunningLimit {
        name: name.to_owned(),
        label: value.label,
        limit: value.display,
        owner: (limit.from == Act::Inquire).then_some(crate::pack::Actor::Authority),
        from_act: limit.from,
        from_on,
        due_on: from_on.and_then(|from| rules.due(limit, from).due_on),
        extension: None,
        source: citation_words(&value.source, &value.article),
        unverified: rule.is_doubtful(),
    })
}
