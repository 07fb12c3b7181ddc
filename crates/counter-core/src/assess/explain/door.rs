//! The door a record goes through, and why.

use super::{
    super::{
        question::Question,
        standing::{Basis, Standing},
    },
    told::Told,
};
use crate::{authority::RecognisedBy, pack::Door};

/// Says which door, and gives it.
pub(super) fn tell_door(question: &Question<'_>, standing: &Standing<'_>, told: &mut Told) -> Option<Door> {
    let own = standing.pack.rule(&format!("door.{}", question.record.kind().code()));
    let general = standing.pack.rule("door.penalty");
    if let Basis::Refer(door) = standing.basis {
        if question.referral.is_some() {
            tell_referral(question, told);
        } else if let Some(rule) = own {
            let kind = question.record.kind().label();
            told.say(
                format!("{kind}须向作出认定的单位申请，柜台可以代为整理和转交材料。"),
                rule,
                true,
            );
        }
        return Some(door);
    }
    let name = question.record.authority_name.as_deref().unwrap_or("（未载明）");
    let Some(authority) = question.authority else {
        if let Some(rule) = general {
            told.say(
                format!("未能从代码和名称识别认定单位“{name}”，先按一般规定计算，办理门户由经办人核实。"),
                rule,
                false,
            );
        }
        return None;
    };
    let family = authority.family;
    if family.door == Door::Gsxt && standing.pack.door != Door::Gsxt && !question.named {
        if let Some(rule) = general {
            let text = "当时市场监管领域没有单独的信用修复规定，经“信用中国”网站办理。";
            told.say(text.to_owned(), rule, true);
        }
        return Some(standing.pack.door);
    }
    let by = match authority.by {
        RecognisedBy::Code => "代码",
        RecognisedBy::Name => "名称",
    };
    let door = family.door.long_label();
    let text = format!("认定单位“{name}”按{by}识别为{}，经{door}办理。", family.name);
    told.cite(text, &family.citation(), true);
    Some(family.door)
}

/// Says whose matter a record of another office is.
pub(super) fn tell_referral(question: &Question<'_>, told: &mut Told) {
    if let Some(referral) = question.referral {
        let text = format!("{}由{}办理。{}", referral.label, referral.office, referral.how_to);
        told.cite(text, &referral.citation(), true);
    }
}
