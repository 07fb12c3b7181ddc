//! 期限看板: what is late, due today and due next, over all cases under way; what waits to be entered at a site; and
//! whether anybody had to come back because of us.

use counter_core::{
    calendar::day_after,
    case::{CaseState, RunningLimit, running_limits},
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
    pub late: Vec<BoardEntry>,
    /// Limits that end today.
    pub today_due: Vec<BoardEntry>,
    /// Limits that end by the next working day.
    pub next_due: Vec<BoardEntry>,
    /// Limits that end later, the nearest first.
    pub later: Vec<BoardEntry>,
    /// Limits of which no day can be said: the act they run from is not entered, or the calendar does not reach.
    pub undated: Vec<BoardEntry>,
    /// 待网上提交: complete, not entered at a site yet, the one received first in front.
    pub to_submit: Vec<ToSubmit>,
    /// 代收材料待并入: cases for which another window took papers in.
    pub brought: Vec<ToTakeOver>,
    /// Second visits this year.
    pub second_visits: SecondVisits,
    /// The last day the calendar knows.
    pub calendar_until: String,
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

/// The board of today.
///
/// # Errors
/// When the store cannot be read.
pub fn case_board(desk: &Desk) -> Result<CaseBoard, StoreError> {
    let today = desk.clock().today();
    let since = date(today.year(), 1, 1);
    let (running, brought, (received, came_back)) = desk.store().read(|tx| {
        let counted = repair_case::late_gaps(tx, since, today)?;
        Ok::<_, StoreError>((repair_case::under_way(tx)?, brought(tx)?, counted))
    })?;
    let calendar = desk.rules().calendar();
    let next_day = calendar.due(today, 1).due_on.unwrap_or_else(|| day_after(today, 1));
    let mut board = CaseBoard {
        today: today.to_string(),
        next_day: next_day.to_string(),
        late: Vec::new(),
        today_due: Vec::new(),
        next_due: Vec::new(),
        later: Vec::new(),
        undated: Vec::new(),
        to_submit: Vec::new(),
        brought,
        second_visits: SecondVisits {
            since: since.to_string(),
            received,
            came_back,
        },
        calendar_until: calendar.until().to_string(),
    };
    for case in running {
        for due in running_limits(&case.clock, desk.rules()) {
            let day = due.due_on;
            board.column(day, today, next_day).push(entry(&case, due));
        }
        if case.clock.state == CaseState::Received {
            board.to_submit.push(to_submit(case));
        }
    }
    for column in [&mut board.late, &mut board.next_due, &mut board.later] {
        column.sort_by(|one, other| (one.due.due_on, &one.no).cmp(&(other.due.due_on, &other.no)));
    }
    Ok(board)
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

impl CaseBoard {
    fn column(&mut self, due_on: Option<Date>, today: Date, next_day: Date) -> &mut Vec<BoardEntry> {
        match due_on {
            None => &mut self.undated,
            Some(day) if day < today => &mut self.late,
            Some(day) if day == today => &mut self.today_due,
            Some(day) if day <= next_day => &mut self.next_due,
            Some(_) => &mut self.later,
        }
    }
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

fn to_submit(case: RunningCase) -> ToSubmit {
    ToSubmit {
        no: case.no,
        subject_name: case.subject_name,
        decision_number: case.decision_number,
        front_door: case.front_door,
        received_on: case.clock.received_on.to_string(),
    }
}
