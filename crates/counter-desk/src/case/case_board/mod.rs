//! 期限看板: what is late, due today and due next, over all cases under way; what waits to be entered at a site; and
//! whether anybody had to come back because of us.

use counter_core::{
    calendar::day_after,
    case::{CaseState, RunningLimit, running_limits},
    pack::RuleBook,
};
use counter_store::{
    ReadTx, StoreError,
    table::{
        brought_paper,
        repair_case::{self, RunningCase},
    },
};
use jiff::civil::{Date, date};
use serde::Serialize;

use super::take_over_brought::brought_elsewhere;
use crate::Desk;

/// The board of a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct CaseBoard {
    /// The day.
    pub today: String,
    /// The next working day; the next day where the calendar does not reach.
    pub next_day: String,
    /// Limits that ended before today, the oldest first.
    pub late: BoardColumn<BoardEntry>,
    /// Limits that end today.
    pub today_due: BoardColumn<BoardEntry>,
    /// Limits that end by the next working day.
    pub next_due: BoardColumn<BoardEntry>,
    /// Limits that end later, the nearest first.
    pub later: BoardColumn<BoardEntry>,
    /// Limits of which no day can be said: the act they run from is not entered, or the calendar does not reach.
    pub undated: BoardColumn<BoardEntry>,
    /// 待网上提交: complete, not entered at a site yet, the one received first in front.
    pub to_submit: BoardColumn<ToSubmit>,
    /// 代收材料待并入: cases for which another window took papers in.
    pub brought: BoardColumn<ToTakeOver>,
    /// Second visits this year.
    pub second_visits: SecondVisits,
    /// The last day the calendar knows.
    pub calendar_until: String,
}

/// One column, of which the first entries are here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardColumn<T> {
    /// How many there are.
    pub total: u32,
    /// The first of them.
    pub entries: Vec<T>,
}

impl<T> BoardColumn<T> {
    /// The first `shown` of `all`, each made by `make`.
    fn first<A>(all: Vec<A>, shown: usize, make: impl Fn(A) -> T) -> Self {
        Self {
            total: u32::try_from(all.len()).unwrap_or(u32::MAX),
            entries: all.into_iter().take(shown).map(make).collect(),
        }
    }
}

/// A limit of a case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct BoardEntry {
    /// The case.
    pub no: String,
    /// How far it is.
    pub state: CaseState,
    /// The applicant.
    pub subject_name: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// 认定单位.
    pub authority: Option<String>,
    /// The limit.
    pub due: RunningLimit,
}

/// A case that waits for its submission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ToSubmit {
    /// The case.
    pub no: String,
    /// The applicant.
    pub subject_name: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// Which site takes it, by its code.
    pub front_door: Option<String>,
    /// The day it was taken in.
    pub received_on: String,
    /// Whether it owes its 信用核查 first.
    pub verification_owed: bool,
}

/// A case with papers at another window.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ToTakeOver {
    /// The case.
    pub no: String,
    /// The applicant.
    pub subject_name: String,
    /// 文号.
    pub decision_number: Option<String>,
    /// The names of the papers.
    pub papers: Vec<String>,
}

/// Cases whose applicant had to come again for something that was not said the first time. The aim is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SecondVisits {
    /// From which day on is counted.
    pub since: String,
    /// Cases received since.
    pub received: u32,
    /// Of these, with a gap that showed later.
    pub came_back: u32,
}

/// The board of today, with the first `shown` entries of each column.
///
/// # Errors
/// When the store cannot be read.
pub fn case_board(desk: &Desk, shown: usize) -> Result<CaseBoard, StoreError> {
    let today = desk.clock().today();
    let since = date(today.year(), 1, 1);
    let (running, brought, (received, came_back)) = desk.store().read(|tx| {
        let counted = repair_case::late_gaps(tx, since, today)?;
        Ok::<_, StoreError>((repair_case::under_way(tx)?, brought(tx)?, counted))
    })?;
    let calendar = desk.rules().calendar();
    let next_day = calendar.due(today, 1).due_on.unwrap_or_else(|| day_after(today, 1));
    let limits = Limits::of(&running, desk.rules(), today, next_day);
    let column =
        |found: Vec<(&RunningCase, RunningLimit)>| BoardColumn::first(found, shown, |(case, due)| entry(case, due));
    let ready = running.iter().filter(|case| case.clock.state == CaseState::Received);
    Ok(CaseBoard {
        today: today.to_string(),
        next_day: next_day.to_string(),
        late: column(limits.late),
        today_due: column(limits.today),
        next_due: column(limits.next),
        later: column(limits.later),
        undated: column(limits.undated),
        to_submit: BoardColumn::first(ready.collect(), shown, to_submit),
        brought: BoardColumn::first(brought, shown, |waiting| waiting),
        second_visits: SecondVisits {
            since: since.to_string(),
            received,
            came_back,
        },
        calendar_until: calendar.until().to_string(),
    })
}

/// The limits that run, by when they end.
#[derive(Default)]
struct Limits<'a> {
    late: Vec<(&'a RunningCase, RunningLimit)>,
    today: Vec<(&'a RunningCase, RunningLimit)>,
    next: Vec<(&'a RunningCase, RunningLimit)>,
    later: Vec<(&'a RunningCase, RunningLimit)>,
    undated: Vec<(&'a RunningCase, RunningLimit)>,
}

impl<'a> Limits<'a> {
    fn of(running: &'a [RunningCase], rules: &RuleBook, today: Date, next_day: Date) -> Self {
        let mut limits = Self::default();
        for case in running {
            for due in running_limits(&case.clock, rules) {
                limits.column(due.due_on, today, next_day).push((case, due));
            }
        }
        for column in [&mut limits.late, &mut limits.next, &mut limits.later] {
            column.sort_by(|(one, due), (other, other_due)| (due.due_on, &one.no).cmp(&(other_due.due_on, &other.no)));
        }
        limits
    }

    fn column(
        &mut self,
        due_on: Option<Date>,
        today: Date,
        next_day: Date,
    ) -> &mut Vec<(&'a RunningCase, RunningLimit)> {
        match due_on {
            None => &mut self.undated,
            Some(day) if day < today => &mut self.late,
            Some(day) if day == today => &mut self.today,
            Some(day) if day <= next_day => &mut self.next,
            Some(_) => &mut self.later,
        }
    }
}

fn brought(tx: &ReadTx<'_>) -> Result<Vec<ToTakeOver>, StoreError> {
    let mut waiting = Vec::new();
    for no in brought_paper::cases(tx)? {
        let Some(case) = super::load(tx, &no)? else { continue };
        let papers = brought_elsewhere(tx, &case)?;
        if !papers.is_empty() {
            waiting.push(ToTakeOver {
                no,
                subject_name: case.received.subject.name,
                decision_number: case.received.record.document_no,
                papers: papers.into_iter().map(|paper| paper.name).collect(),
            });
        }
    }
    Ok(waiting)
}

fn entry(case: &RunningCase, due: RunningLimit) -> BoardEntry {
    BoardEntry {
        no: case.no.clone(),
        state: case.clock.state,
        subject_name: case.subject_name.clone(),
        decision_number: case.decision_number.clone(),
        authority: case.authority.clone(),
        due,
    }
}

fn to_submit(case: &RunningCase) -> ToSubmit {
    ToSubmit {
        no: case.no.clone(),
        subject_name: case.subject_name.clone(),
        decision_number: case.decision_number.clone(),
        front_door: case.front_door.clone(),
        received_on: case.clock.received_on.to_string(),
        verification_owed: case.verification_owed,
    }
}
