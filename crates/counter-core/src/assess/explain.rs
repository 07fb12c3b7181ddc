//! The answer for one day, in words: every decision with a sentence of why and where it stands.

mod door;
mod paper;
mod told;

use jiff::civil::Date;

use super::{
    Assessment, Class, Gap, Verdict,
    outlook::{alternative, changes_on},
    question::Question,
    standing::{Basis, Standing},
};
use crate::{
    pack::{Citation, RulePack, Status},
    record::RecordKind,
};
use door::{tell_door, tell_referral};
use paper::{hand_over, materials};
use told::{Told, day};

/// Answers a question.
pub(super) fn answer(question: &Question<'_>) -> Assessment {
    let mut told = Told::default();
    let Some(pack) = question.pack else {
        return answer_without_pack(question, told);
    };
    let standing = Standing::of(question, pack);
    let verdict = standing.verdict(question.on);
    tell_pack(question, pack, &mut told);
    let front_door = tell_door(question, &standing, &mut told);
    match standing.basis {
        Basis::Refer(_) => {}
        Basis::Undetermined => tell_undetermined(question, &standing, &mut told),
        Basis::NotPublished => {
            tell_class(question, &standing, &mut told);
            tell_not_published(&standing, &mut told);
        }
        Basis::Dates => {
            tell_class(question, &standing, &mut told);
            tell_dates(question, &standing, &mut told);
            tell_conditions(&standing, question.on, verdict, &mut told);
            tell_verdict(&standing, question.on, verdict, &mut told);
        }
    }
    let materials = materials(question, &standing, verdict, &mut told);
    let assessment = Assessment {
        pack: Some(pack.id.clone()),
        front_door,
        kind: question.record.kind(),
        class: standing.class,
        verdict,
        eligible_on: standing.eligible_on,
        ends_on: standing.ends_on,
        missing: standing.missing(question.on).map(|(gap, _)| gap).collect(),
        unknown: standing.unknown(question.on).map(str::to_owned).collect(),
        materials,
        reasons: Vec::new(),
        alternative: alternative(question, pack),
        changes_on: changes_on(question),
        corrections_used: Vec::new(),
        unverified: false,
    };
    tell_other_packs(question, pack, &assessment, &mut told);
    told.into_assessment(assessment)
}

/// Before the first pack nothing can be said, except whose matter it is.
fn answer_without_pack(question: &Question<'_>, mut told: Told) -> Assessment {
    let verdict = if question.referral.is_some() {
        Verdict::Refer
    } else {
        Verdict::Undetermined
    };
    let mut materials = Vec::new();
    if let Some(referral) = question.referral {
        materials = hand_over(&referral.hand_over);
        tell_referral(question, &mut told);
    } else {
        let text = format!(
            "申请日{}早于已装载的最早一个规定的施行日期，没有可以适用的规定。",
            day(question.on)
        );
        told.cite(
            text,
            &Citation {
                source: "规则包".into(),
                article: "—".into(),
                status: Status::Secondary,
            },
            false,
        );
    }
    let assessment = Assessment {
        pack: None,
        front_door: question
            .referral
            .map(|referral| referral.door)
            .or(question.authority_door()),
        kind: question.record.kind(),
        class: None,
        verdict,
        eligible_on: None,
        ends_on: None,
        missing: Vec::new(),
        unknown: Vec::new(),
        materials,
        reasons: Vec::new(),
        alternative: None,
        changes_on: changes_on(question).filter(|_| question.referral.is_none()),
        corrections_used: Vec::new(),
        unverified: false,
    };
    told.into_assessment(assessment)
}

fn tell_pack(question: &Question<'_>, pack: &RulePack, told: &mut Told) {
    let Some(rule) = pack.rule("effective.from") else {
        return;
    };
    let until = pack
        .effective_to()
        .map(|last| format!("，至{}止", day(last)))
        .unwrap_or_default();
    let why = if question.named {
        "按指定".to_owned()
    } else {
        format!("申请日{}", day(question.on))
    };
    told.say(
        format!(
            "{why}适用{}，自{}起施行{until}。",
            pack.document,
            day(pack.effective_from())
        ),
        rule,
        false,
    );
}

fn tell_undetermined(question: &Question<'_>, standing: &Standing<'_>, told: &mut Told) {
    let has_rule = standing.minimum.is_some();
    if has_rule && question.record.decided_on.is_none() {
        if let Some(rule) = standing.pack.rule("clock_start") {
            told.say("决定日期未知，不能计算公示期限，须先查明。".to_owned(), rule, false);
        }
        return;
    }
    let written = question.record.penalty_kinds.as_deref().unwrap_or("未载明");
    let what = match question.record.kind() {
        RecordKind::Penalty => format!("处罚类别（{written}）"),
        RecordKind::SeriousList
        | RecordKind::AbnormalList
        | RecordKind::SpotCheck
        | RecordKind::Court
        | RecordKind::Tax
        | RecordKind::Other => question.record.kind().label().to_owned(),
    };
    let text = format!("没有与{what}相符的规则，不作推测；请经办人按认定单位公布的分类标准选定类别并引注。");
    match standing.pack.rule(&format!("scope.{}", question.record.kind().code())) {
        Some(scope) => told.say(text, scope, false),
        None => told.cite(text, &document(standing.pack), false),
    }
}

fn tell_class(question: &Question<'_>, standing: &Standing<'_>, told: &mut Told) {
    let Some(class) = standing.class else { return };
    if let Some(chosen) = question.chosen.filter(|_| standing.chosen) {
        let text = format!("类别由经办人选定为{}。", class.long_label());
        let citation = Citation {
            source: chosen.citation.clone(),
            article: "—".into(),
            // The person's word for it; nobody here compared it with the official text.
            status: Status::Secondary,
        };
        told.cite(text, &citation, true);
        return;
    }
    let Some((_, trigger)) = standing.classified.class else {
        return;
    };
    let by_domain = trigger.when.as_ref().is_some_and(|when| !when.domains.is_empty());
    if let Some((domain, from)) = standing.suggested.filter(|_| by_domain) {
        told.say(
            format!("记录未载明领域，按{from}推定为{}领域，请核对。", domain.label()),
            trigger,
            true,
        );
    }
    let doubt = trigger
        .conflict
        .as_ref()
        .map(|conflict| format!("（{conflict}）"))
        .unwrap_or_default();
    told.say(
        format!("{}：属于{}。{doubt}", trigger.label, class.long_label()),
        trigger,
        true,
    );
    let heaviest = standing.pack.rule("heaviest_kind");
    if let Some(rule) = heaviest.filter(|_| standing.classified.heaviest_decided) {
        told.say(
            format!("{}：{}，即{}。", rule.label, rule.value, class.label()),
            rule,
            true,
        );
    }
    if let Some(rule) = heaviest.filter(|_| !standing.classified.unmatched.is_empty()) {
        let unmatched = standing.classified.unmatched.join("、");
        told.say(
            format!("处罚类别“{unmatched}”没有对应的分类规则，未计入；单独构成更重类别的，须另行判定。"),
            rule,
            false,
        );
    }
}

fn tell_not_published(standing: &Standing<'_>, told: &mut Told) {
    if let Some(rule) = standing.classified.not_published {
        told.say(format!("{}。", rule.label), rule, true);
    }
    tell_objection(standing, "已经公示的，可以提出异议", told);
    // The dates of a minor record are shown for the case that a site shows it all the same.
    if standing.ends_on.is_some() {
        for key in ["clock_start", "counting.months"] {
            told.rely(standing.pack.rule(key));
        }
        told.rely(standing.maximum);
    }
}

fn tell_objection(standing: &Standing<'_>, lead: &str, told: &mut Told) {
    if let Some(rule) = standing.pack.rule("objection.way") {
        told.say(format!("{lead}：{}。", rule.value), rule, false);
    }
}

fn tell_dates(question: &Question<'_>, standing: &Standing<'_>, told: &mut Told) {
    let (pack, Some(from)) = (standing.pack, question.record.decided_on) else {
        return;
    };
    if let Some(rule) = pack.rule("clock_start") {
        told.say(
            format!("公示期限自{}起算；本记录为{}，当日不计入。", rule.value, day(from)),
            rule,
            true,
        );
    }
    if let Some(rule) = standing.minimum {
        let rest = match (standing.minimum_last, standing.eligible_on) {
            (Some(last), Some(eligible)) => {
                format!("{}，最后一日为{}，自{}起可以申请", rule.value, day(last), day(eligible))
            }
            (Some(last), None) => format!("{}，最后一日为{}", rule.value, day(last)),
            (None, _) => "无，履行义务后即可申请".to_owned(),
        };
        told.say(format!("{}：{rest}。", rule.label), rule, true);
    }
    if let (Some(rule), Some(ends)) = (standing.maximum, standing.ends_on) {
        let extra = rule
            .note
            .as_ref()
            .or(rule.conflict.as_ref())
            .map(|note| format!("（{note}）"))
            .unwrap_or_default();
        told.say(
            format!("{}：{}，自{}起不再公示。{extra}", rule.label, rule.value, day(ends)),
            rule,
            true,
        );
    }
    told.rely(pack.rule("eligible_offset_days"));
    if let Some(rule) = pack.rule("counting.months") {
        told.say(format!("{}：{}。", rule.label, rule.value), rule, true);
    }
    if standing.classified.not_published.is_some() && standing.class == Some(Class::Minor) {
        tell_objection(
            standing,
            "本类信息原则上不予公示，已经公示的可以申请修复，也可以提出异议",
            told,
        );
    }
}

fn tell_conditions(standing: &Standing<'_>, on: Date, verdict: Verdict, told: &mut Told) {
    let missing: Vec<Gap> = standing.missing(on).map(|(gap, _)| gap).collect();
    for (gap, rule, met) in &standing.conditions {
        if missing.contains(gap) {
            let how_to = rule.how_to.as_deref().unwrap_or_default();
            told.say(
                format!("尚未{}。{how_to}", gap.done()),
                rule,
                verdict == Verdict::ConditionsMissing,
            );
        } else if met.is_none() && standing.matters(*gap, on) {
            told.say(format!("是否已{}未知，结论以已经完成为前提。", gap.done()), rule, false);
        }
    }
}

fn tell_verdict(standing: &Standing<'_>, on: Date, verdict: Verdict, told: &mut Told) {
    let pack = standing.pack;
    let over = if standing.is_over(on) { standing.ends_on } else { None };
    let (rule, text) = match (verdict, over, standing.eligible_on) {
        (Verdict::Ended, Some(ends), _) => (
            pack.rule("at_maximum.fulfilled"),
            format!(
                "最长公示期已满，自{}起不再公示；两个网站仍在公示的，可以提出异议。",
                day(ends)
            ),
        ),
        (Verdict::ConditionsMissing, Some(ends), _) => {
            let rule = pack.rule("at_maximum.unfulfilled");
            let what = rule.map(|rule| rule.value.to_string()).unwrap_or_default();
            (
                rule,
                format!(
                    "最长公示期于{}已满，但义务未履行或者失信行为未纠正：{what}。",
                    day(ends)
                ),
            )
        }
        (Verdict::NotRepairable, ..) => (
            standing.forbidden.or(standing.minimum),
            format!(
                "{}公示期间不予修复，公示期满后停止公示。",
                standing.class.map_or(String::new(), Class::long_label)
            ),
        ),
        (Verdict::Eligible, ..) => (
            pack.rule("condition.minimum_period"),
            format!("申请日{}已过最短公示期，可以申请修复。", day(on)),
        ),
        (Verdict::NotYet, _, Some(eligible)) => {
            let wait = on.duration_until(eligible).as_hours() / 24;
            (
                pack.rule("condition.minimum_period"),
                format!(
                    "申请日{}未到可申请日，还须等待{wait}天，自{}起可以申请。",
                    day(on),
                    day(eligible)
                ),
            )
        }
        _ => return,
    };
    let decisive = !matches!(verdict, Verdict::Eligible | Verdict::NotYet);
    if let Some(rule) = rule {
        told.say(text, rule, decisive);
    }
}

fn tell_other_packs(question: &Question<'_>, pack: &RulePack, assessment: &Assessment, told: &mut Told) {
    let older = assessment.alternative.as_ref().zip(pack.rule("transition"));
    if let Some((other, rule)) = older {
        // Where both packs come to the same the transition decides nothing.
        let differs = (other.verdict, other.eligible_on, other.ends_on)
            != (assessment.verdict, assessment.eligible_on, assessment.ends_on);
        let document = question
            .book
            .pack(&other.pack)
            .map_or("", |pack| pack.document.as_str());
        let eligible = other
            .eligible_on
            .map(|on| format!("，可申请日为{}", day(on)))
            .unwrap_or_default();
        let text = format!(
            "决定作出时施行的{document}的结论为{}{eligible}。{}。",
            other.verdict.label(),
            rule.value
        );
        told.say(text, rule, differs);
    }
    if let Some(turn) = &assessment.changes_on
        && let Some(next) = question.book.pack(&turn.pack)
        && let Some(rule) = next.rule("effective.from")
    {
        let text = format!(
            "自{}起，{}使结论变为{}。",
            day(turn.date),
            next.document,
            turn.verdict.label()
        );
        told.say(text, rule, false);
    }
}

/// The pack's document as a whole, where no article is meant.
fn document(pack: &RulePack) -> Citation {
    Citation {
        source: pack.document.clone(),
        article: "条号待核".into(),
        status: Status::Secondary,
    }
}
