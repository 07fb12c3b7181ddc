//! What other packs say: the one of the decision's day, and the ones still to come.

use jiff::civil::Date;

use super::{Alternative, ChangesOn, Verdict, question::Question, standing::Standing};
use crate::pack::RulePack;

/// What the pack of the decision's day says, where it is another one than the pack applied and the decision is older.
pub(super) fn alternative(question: &Question<'_>, pack: &RulePack) -> Option<Alternative> {
    let decided_on = question
        .record
        .decided_on
        .filter(|decided_on| *decided_on < pack.effective_from())?;
    let old = question.pack_on(decided_on).filter(|old| old.id != pack.id)?;
    let standing = Standing::of(question, old);
    Some(Alternative {
        pack: old.id.clone(),
        class: standing.class,
        verdict: standing.verdict(question.on),
        eligible_on: standing.eligible_on,
        ends_on: standing.ends_on,
    })
}

/// The next turn of the verdict that a later pack brings.
///
/// A pack turns the verdict on its first day when the day before had another one; or later, when from some day on it says
/// something else than the pack before would have said: a date promised under the old pack is then not kept.
pub(super) fn changes_on(question: &Question<'_>) -> Option<ChangesOn> {
    let mut current = question.pack_on(question.on);
    // A case kept under an older pack is not moved to another by the calendar.
    if question.pack.map(|pack| &pack.id) != current.map(|pack| &pack.id) {
        return None;
    }
    let beginnings = question.book.beginnings_after(question.on);
    for (index, &start) in beginnings.iter().enumerate() {
        let Some(next) = question.pack_on(start) else { continue };
        if current.is_some_and(|current| current.id == next.id) {
            continue;
        }
        let until = beginnings.get(index + 1).copied().unwrap_or(Date::MAX);
        if let Some(turn) = turn(question, current, next, start, until) {
            return Some(turn);
        }
        current = Some(next);
    }
    None
}

/// The first day in `start..until` on which `next` says something else than `current` leads to expect.
fn turn(
    question: &Question<'_>,
    current: Option<&RulePack>,
    next: &RulePack,
    start: Date,
    until: Date,
) -> Option<ChangesOn> {
    let old = current.map(|current| Standing::of(question, current));
    let new = Standing::of(question, next);
    let old_verdict = |day: Date| old.as_ref().map_or(Verdict::Undetermined, |old| old.verdict(day));
    let eve = start.yesterday().unwrap_or(start);
    let turns_at_once = new.verdict(start) != old_verdict(eve);
    let mut days: Vec<Date> = old.iter().chain([&new]).flat_map(Standing::turning_days).collect();
    days.sort_unstable();
    let later = || {
        let mut ahead = days.into_iter().filter(|day| start < *day && *day < until);
        ahead.find(|day| new.verdict(*day) != old_verdict(*day))
    };
    let date = if turns_at_once { Some(start) } else { later() }?;
    Some(ChangesOn {
        date,
        pack: next.id.clone(),
        verdict: new.verdict(date),
    })
}

impl Standing<'_> {
    /// The days on which time alone may turn the verdict.
    fn turning_days(&self) -> impl Iterator<Item = Date> + use<> {
        [self.eligible_on, self.ends_on].into_iter().flatten()
    }
}
