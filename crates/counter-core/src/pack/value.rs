//! The values of a pack: written in Chinese, as a lawyer would, and read into types by the kind their key asks for.
//!
//! A lead's correction is written in the same words and read by the same code.

use std::fmt;

use jiff::civil::Date;

use super::{Actor, Class, Door};
use crate::record::Fen;

/// A value of a pack.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RuleValue {
    /// Words that people read and the program does not.
    Text(String),
    /// A day: `2026-04-01`.
    Date(Date),
    /// A length in calendar months: `3个月`, `1年`, `无`.
    Months(u16),
    /// A number of days: `1日`.
    Days(u16),
    /// A limit: `10个工作日`, `5日`.
    Limit(TimeLimit),
    /// `是` or `否`.
    Flag(bool),
    /// A class: `严重`.
    Class(Class),
    /// The classes something applies to: `全部`, `一般、严重`.
    Classes(Classes),
    /// A door: `公示系统`.
    Door(Door),
    /// Who acts: `认定单位`.
    Actor(Actor),
    /// An amount, `10万元`; `未定` where the rules leave it to an authority whose table is not loaded.
    Amount(Option<Fen>),
}

impl RuleValue {
    /// The day, if it is one.
    pub fn as_date(&self) -> Option<Date> {
        if let Self::Date(date) = self { Some(*date) } else { None }
    }

    /// The months, if it is a length.
    pub fn as_months(&self) -> Option<u16> {
        if let Self::Months(months) = self {
            Some(*months)
        } else {
            None
        }
    }

    /// The days, if it is a number of days.
    pub fn as_days(&self) -> Option<u16> {
        if let Self::Days(days) = self { Some(*days) } else { None }
    }

    /// The limit, if it is one.
    pub fn as_limit(&self) -> Option<TimeLimit> {
        if let Self::Limit(limit) = self {
            Some(*limit)
        } else {
            None
        }
    }

    /// The class, if it is one.
    pub fn as_class(&self) -> Option<Class> {
        if let Self::Class(class) = self {
            Some(*class)
        } else {
            None
        }
    }

    /// Whether it is a list of classes that `class` is among.
    pub fn applies_to(&self, class: Option<Class>) -> bool {
        if let Self::Classes(classes) = self {
            classes.include(class)
        } else {
            false
        }
    }

    /// The actor, if it is one.
    pub fn as_actor(&self) -> Option<Actor> {
        if let Self::Actor(actor) = self {
            Some(*actor)
        } else {
            None
        }
    }

    /// The amount, if it is one and set.
    pub fn as_amount(&self) -> Option<Fen> {
        if let Self::Amount(amount) = self { *amount } else { None }
    }
}

/// A number of days within which an act is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeLimit {
    /// How many.
    pub days: u16,
    /// Working days (工作日) or calendar days.
    pub working: bool,
}

/// The classes something applies to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Classes {
    /// Every class, and records without one.
    All,
    /// These.
    Only(Vec<Class>),
}

impl Classes {
    /// Whether `class` is among them; a record without a class only where all are.
    pub fn include(&self, class: Option<Class>) -> bool {
        match (self, class) {
            (Self::All, _) => true,
            (Self::Only(classes), Some(class)) => classes.contains(&class),
            (Self::Only(_), None) => false,
        }
    }
}

/// The kind of value a key holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValueKind {
    /// Words.
    Text,
    /// A day.
    Date,
    /// Calendar months.
    Months,
    /// Days.
    Days,
    /// A limit.
    Limit,
    /// Yes or no.
    Flag,
    /// A class.
    Class,
    /// Several classes.
    Classes,
    /// A door.
    Door,
    /// An actor.
    Actor,
    /// An amount.
    Amount,
}

impl ValueKind {
    /// The kind the values of `key` have; absent for a key no pack may hold.
    pub fn of(key: &str) -> Option<Self> {
        let (head, tail) = key.split_once('.').unwrap_or((key, ""));
        Some(match (head, tail.is_empty()) {
            ("effective", false) => Self::Date,
            ("period", false) if tail.ends_with(".minimum") || tail.ends_with(".maximum") => Self::Months,
            ("eligible_offset_days", true) => Self::Days,
            ("limit", false) => Self::Limit,
            ("not_published" | "repairable", false) => Self::Flag,
            ("verification", false) if tail == "required" => Self::Flag,
            ("class_trigger", false) => Self::Class,
            ("condition" | "material", false) => Self::Classes,
            ("door", false) => Self::Door,
            ("act", false) if tail.ends_with(".by") => Self::Actor,
            ("threshold", false) => Self::Amount,
            ("period", false) if tail == "special_law" => Self::Text,
            (
                "repeals"
                | "right_to_repair"
                | "transition"
                | "heaviest_kind"
                | "clock_start"
                | "fee"
                | "one_application_per_record",
                true,
            )
            | (
                "scope" | "channel" | "class" | "counting" | "at_maximum" | "effect" | "refusal" | "consequence"
                | "output" | "objection" | "notice" | "bankruptcy" | "training" | "hint",
                false,
            ) => Self::Text,
            _ => return None,
        })
    }

    /// Reads a value of this kind; absent when the text is none.
    pub fn read(self, text: &str) -> Option<RuleValue> {
        let text = text.trim();
        Some(match self {
            Self::Text => RuleValue::Text((!text.is_empty()).then(|| text.to_owned())?),
            Self::Date => RuleValue::Date(text.parse().ok()?),
            Self::Months => RuleValue::Months(months(text)?),
            Self::Days => RuleValue::Days(text.strip_suffix('日')?.parse().ok()?),
            Self::Limit => RuleValue::Limit(limit(text)?),
            Self::Flag => RuleValue::Flag(match text {
                "是" => true,
                "否" => false,
                _ => return None,
            }),
            Self::Class => RuleValue::Class(class(text)?),
            Self::Classes if text == "全部" => RuleValue::Classes(Classes::All),
            Self::Classes => RuleValue::Classes(Classes::Only(
                text.split('、').map(class).collect::<Option<Vec<Class>>>()?,
            )),
            Self::Door => RuleValue::Door(Door::ALL.into_iter().find(|door| door.label() == text)?),
            Self::Actor => RuleValue::Actor(Actor::ALL.into_iter().find(|actor| actor.label() == text)?),
            Self::Amount if text == "未定" => RuleValue::Amount(None),
            Self::Amount => RuleValue::Amount(Some(amount(text)?)),
        })
    }

    /// How such a value is written, for a message.
    pub fn example(self) -> &'static str {
        match self {
            Self::Text => "文字",
            Self::Date => "2026-04-01",
            Self::Months => "3个月、1年或者无",
            Self::Days => "1日",
            Self::Limit => "10个工作日或者5日",
            Self::Flag => "是或者否",
            Self::Class => "轻微、一般、严重等类别之一",
            Self::Classes => "全部，或者用顿号分开的类别",
            Self::Door => "信用中国、公示系统或者认定单位",
            Self::Actor => "受理柜台、认定单位等办理人之一",
            Self::Amount => "10万元、5000元或者未定",
        }
    }
}

fn months(text: &str) -> Option<u16> {
    if text == "无" {
        return Some(0);
    }
    if let Some(years) = text.strip_suffix('年') {
        return years.parse::<u16>().ok()?.checked_mul(12);
    }
    text.strip_suffix("个月")?.parse().ok()
}

fn limit(text: &str) -> Option<TimeLimit> {
    if let Some(days) = text.strip_suffix("个工作日") {
        return Some(TimeLimit {
            days: days.parse().ok()?,
            working: true,
        });
    }
    Some(TimeLimit {
        days: text.strip_suffix('日')?.parse().ok()?,
        working: false,
    })
}

fn class(text: &str) -> Option<Class> {
    Class::ALL.into_iter().find(|class| class.label() == text.trim())
}

fn amount(text: &str) -> Option<Fen> {
    match text.strip_suffix("万元") {
        Some(wan) => Fen::from_wan(wan).ok(),
        None => Fen::from_yuan(text.strip_suffix('元')?).ok(),
    }
}

impl fmt::Display for RuleValue {
    /// The words the value is read from.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Date(date) => write!(f, "{date}"),
            Self::Months(0) => f.write_str("无"),
            Self::Months(months) if months % 12 == 0 => write!(f, "{}年", months / 12),
            Self::Months(months) => write!(f, "{months}个月"),
            Self::Days(days) => write!(f, "{days}日"),
            Self::Limit(limit) => write!(f, "{limit}"),
            Self::Flag(flag) => f.write_str(if *flag { "是" } else { "否" }),
            Self::Class(class) => f.write_str(class.label()),
            Self::Classes(Classes::All) => f.write_str("全部"),
            Self::Classes(Classes::Only(classes)) => {
                f.write_str(&classes.iter().map(|class| class.label()).collect::<Vec<_>>().join("、"))
            }
            Self::Door(door) => f.write_str(door.label()),
            Self::Actor(actor) => f.write_str(actor.label()),
            Self::Amount(None) => f.write_str("未定"),
            Self::Amount(Some(amount)) => write!(f, "{amount}"),
        }
    }
}

impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.days, if self.working { "个工作日" } else { "日" })
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("period.general.minimum", "3个月")]
    #[case("period.serious.maximum", "3年")]
    #[case("period.minor.minimum", "无")]
    #[case("limit.overall", "10个工作日")]
    #[case("limit.one_time_notice", "5日")]
    #[case("class_trigger.revoke_licence", "严重")]
    #[case("condition.commitment", "一般、严重")]
    #[case("material.commitment", "全部")]
    #[case("threshold.huge_fine", "未定")]
    #[case("threshold.huge_fine", "100万元")]
    #[case("act.accept.by", "认定单位")]
    #[case("effective.from", "2026-04-01")]
    fn a_value_shows_in_the_words_it_is_read_from(#[case] key: &str, #[case] text: &str) {
        assert_eq!(ValueKind::of(key).unwrap().read(text).unwrap().to_string(), text);
    }

    #[rstest]
    #[case("period.general.minimum", "三个月")]
    #[case("limit.overall", "10天")]
    #[case("repairable.minor", "可以")]
    #[case("class_trigger.fine", "重大")]
    #[case("fee", " ")]
    fn words_that_do_not_fit_the_key_are_not_read(#[case] key: &str, #[case] text: &str) {
        assert_eq!(ValueKind::of(key).unwrap().read(text), None);
    }

    #[rstest]
    #[case("periods.general.minimum")]
    #[case("class_trigger")]
    #[case("fee.extra")]
    fn a_key_no_pack_may_hold_has_no_kind(#[case] key: &str) {
        assert_eq!(ValueKind::of(key), None);
    }
}
