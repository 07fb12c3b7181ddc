//! Who is to be called: records that become eligible within 30 days or did so lately, watched subjects first, then those
//! who were told a day at the counter.

use std::collections::{BTreeSet, HashMap, HashSet};

use counter_core::{
    assess::{Assessment, PackChoice, Verdict, assess},
    calendar::{beginning_in_china, day_after},
    pack::{Role, RuleBook},
    record_entry::Call,
};
use counter_store::{
    ReadTx, StoreError,
    table::{entered_record, penalty, topic_record, visit},
};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    Desk,
    paper::place::{self, Place},
    record::source::{self, SourcedRecord},
};

/// How far ahead, in days.
const AHEAD: u16 = 30;
/// How long ago a day may have come, in days.
const BEHIND: i64 = 7;
/// Told so long ago, a day is told again, in days.
const TOLD_WITHIN: i64 = 400;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A list of this name is watched first.
const WATCHED: &str = "重点关注";

/// The list of today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CallList {
    /// The day.
    pub today: String,
    /// The last day looked at.
    pub until: String,
    /// Who is to be called, in order.
    pub entries: Vec<CallEntry>,
}

/// One record to call about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CallEntry {
    /// The key of the record.
    pub record: String,
    /// The subject's name.
    pub name: String,
    /// Its code.
    pub uscc: Option<String>,
    /// 文号.
    pub doc_no: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The first day to apply.
    pub eligible_on: String,
    /// Whether that day rests on a value that still has to be checked.
    pub unverified: bool,
    /// On the watch list.
    pub watched: bool,
    /// The day it was told at the counter.
    pub told_on: Option<String>,
    /// The visit at which somebody left a telephone number, and whose.
    pub contact: Option<CallContact>,
    /// What to say or send.
    pub text: String,
    /// Calls before, oldest first.
    pub calls: Vec<Call>,
}

/// Who came for the subject last and left a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CallContact {
    /// The visit.
    pub visit: String,
    /// The person.
    pub name: String,
    /// The number with the middle hidden.
    pub phone_masked: String,
}

/// The list of today.
///
/// # Errors
/// When the store cannot be read.
pub fn call_list(desk: &Desk) -> Result<CallList, StoreError> {
    let today = desk.clock().today();
    let until = day_after(today, AHEAD);
    let from = today.checked_sub(jiff::Span::new().days(BEHIND)).unwrap_or(today);
    let mut entries = desk.store().read(|tx| {
        let watched = topic_record::subjects_on(tx, WATCHED)?;
        let told = told(tx, today)?;
        let place = place::load(tx)?;
        let mut candidates: BTreeSet<String> = BTreeSet::new();
        for months in minimum_periods(desk.rules()) {
            let (first, last) = decided_for(from, until, months);
            candidates.extend(penalty::decided_between(tx, first, last)?);
        }
        candidates.extend(entered_record::unmerged(tx)?.into_iter().map(|row| row.key));
        let mut entries = Vec::new();
        for key in candidates {
            let Some(sourced) = source::load(tx, &key)? else {
                continue;
            };
            let Ok(assessment) = assess(&sourced.record, today, &PackChoice::Auto, desk.rules()) else {
                continue;
            };
            let Some(eligible_on) = day_of(&assessment, from, until) else {
                continue;
            };
            if source::running_case(tx, &key)?.is_some() {
                continue;
            }
            let about = About {
                eligible_on,
                watched: is_watched(tx, &watched, &key)?,
                unverified: assessment.unverified,
            };
            entries.push(entry(tx, sourced, &about, &told, &place)?);
        }
        Ok::<_, StoreError>(entries)
    })?;
    entries.sort_by(|one, other| {
        let rank = |entry: &CallEntry| (!entry.watched, entry.told_on.is_none(), entry.eligible_on.clone());
        (rank(one), &one.name, &one.record).cmp(&(rank(other), &other.name, &other.record))
    });
    Ok(CallList {
        today: today.to_string(),
        until: until.to_string(),
        entries,
    })
}

struct About {
    eligible_on: Date,
    watched: bool,
    unverified: bool,
}

/// The lengths after which some class may apply, in months: by them the decisions are found whose day is near.
fn minimum_periods(rules: &RuleBook) -> BTreeSet<u16> {
    let packs = rules.packs().iter().filter(|pack| pack.role == Role::Rules);
    let values = packs.flat_map(|pack| pack.group("period"));
    values
        .filter(|rule| rule.key.ends_with(".minimum"))
        .filter_map(|rule| rule.value.as_months())
        .filter(|months| *months > 0)
        .collect()
}

/// Decisions whose `months` end from `from` to `until` were made between these days. A few days wide, since months end on
/// their last days; what is outside is told by the assessment.
fn decided_for(from: Date, until: Date, months: u16) -> (Date, Date) {
    const WIDE: i64 = 4;
    let back = jiff::Span::new().months(i64::from(months));
    let first = from.checked_sub(back.days(WIDE)).unwrap_or(Date::MIN);
    let last = until
        .checked_sub(back)
        .and_then(|day| day.checked_add(jiff::Span::new().days(WIDE)));
    (first, last.unwrap_or(until))
}

/// The day to apply, where only time keeps or lately kept the record.
fn day_of(assessment: &Assessment, from: Date, until: Date) -> Option<Date> {
    let only_time = matches!(
        assessment.verdict,
        Verdict::NotYet | Verdict::Eligible | Verdict::ConditionsMissing
    );
    assessment
        .eligible_on
        .filter(|on| only_time && (from..=until).contains(on))
}

fn is_watched(tx: &ReadTx<'_>, watched: &HashSet<i64>, record: &str) -> Result<bool, StoreError> {
    let row = penalty::get(tx, record)?;
    Ok(row.is_some_and(|row| watched.contains(&row.subject_id)))
}

/// Since when each subject knows, by code or name.
fn told(tx: &ReadTx<'_>, today: Date) -> Result<HashMap<String, Date>, StoreError> {
    let since = beginning_in_china(today).unwrap_or(i64::MAX) - TOLD_WITHIN * DAY_MS;
    let mut told = HashMap::new();
    for row in visit::told_a_day(tx, since)? {
        let on = row.ended_at.map(counter_core::calendar::day_in_china);
        if let Some(on) = on {
            told.entry(row.uscc.unwrap_or(row.subject_name)).or_insert(on);
        }
    }
    Ok(told)
}

fn entry(
    tx: &ReadTx<'_>,
    sourced: SourcedRecord,
    about: &About,
    told: &HashMap<String, Date>,
    place: &Place,
) -> Result<CallEntry, StoreError> {
    let subject = sourced.subject.clone();
    let known_by = subject.uscc.clone().unwrap_or_else(|| subject.name.clone());
    let calls = source::entered(tx, &sourced.key)?
        .map(|entered| entered.calls)
        .unwrap_or_default();
    Ok(CallEntry {
        contact: contact(tx, subject.uscc.as_deref(), &subject.name)?,
        text: text(&subject.name, &sourced, about, place),
        told_on: told.get(&known_by).map(|on| on.to_string()),
        doc_no: sourced.record.document_no.clone(),
        authority: sourced.record.authority_name.clone(),
        eligible_on: about.eligible_on.to_string(),
        unverified: about.unverified,
        watched: about.watched,
        record: sourced.key,
        name: subject.name,
        uscc: subject.uscc,
        calls,
    })
}

fn contact(tx: &ReadTx<'_>, uscc: Option<&str>, name: &str) -> Result<Option<CallContact>, StoreError> {
    for row in visit::with_agent_of(tx, uscc, name, 5)? {
        let agent = crate::visit::visit_view::load(tx, &row.no)?.and_then(|visit| visit.agent);
        if let Some(agent) = agent
            && let Some(phone_masked) = agent.phone_masked
        {
            return Ok(Some(CallContact {
                visit: row.no,
                name: agent.name,
                phone_masked,
            }));
        }
    }
    Ok(None)
}

/// What to say or send: which record, from which day, where to come.
fn text(name: &str, sourced: &SourcedRecord, about: &About, place: &Place) -> String {
    let document = sourced.record.document_no.as_deref().unwrap_or("行政处罚信息");
    let day = about.eligible_on.strftime("%Y 年 %-m 月 %-d 日");
    let check = if about.unverified {
        "（以窗口核实为准）"
    } else {
        ""
    };
    let to = match place.name.as_str() {
        "" => "信用修复窗口".to_owned(),
        place => format!("{place}信用修复窗口"),
    };
    let contact = place.contact().unwrap_or_default();
    format!(
        "{name}：你单位的行政处罚信息（{document}）自 {day} 起可以申请信用修复{check}。请带履行义务的证明和信用承诺书，\
         到{to}或者在网上提出。办理不收费。{contact}"
    )
}
