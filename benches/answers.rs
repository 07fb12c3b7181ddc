//! How long the desk takes to answer what a screen asks, with 50,000 cases in the database: what is left of a screen's time
//! to content (see `screens`) when nothing is drawn. Floor: bare SQLite under the same cipher, answering a hundred rows of
//! as many.

use std::{hint::black_box, time::Duration};

use counter_benches::{Aim, Failure, Office, asked, beside, folder, timed, work_of_years};
use counter_core::{account::Role, case::CaseState};
use counter_desk::{
    Actor, Desk,
    calls::call_list::call_list,
    case::{
        case_board::case_board,
        case_detail::case_detail,
        case_list::{CaseQuery, case_page},
    },
    objection::objection_list::objection_list,
    parked::parked_list::parked_list,
    visit::visit_register::visit_register,
};
use rusqlite::Connection;
use tempfile::TempDir;

/// More than the lists ask for at first.
const PAGE: u32 = 100;
const HANDOVER: u32 = 500;
/// As the board asks.
const BOARD: usize = 8;
const AIM: Aim = Aim::P99(Duration::from_millis(50));

fn main() -> Result<(), Failure> {
    let (cases, rounds) = (asked("CASES", 50_000)?, asked("ROUNDS", 50)?);
    let office = Office::open()?;
    work_of_years(&office, cases)?;
    let floor = Floor::make(cases)?;
    let lead = Actor {
        roles: vec![Role::Lead],
        ..office.actor.clone()
    };
    let page = |states: &[CaseState], text: &str, limit| CaseQuery {
        states: states.to_vec(),
        text: text.into(),
        after: 0,
        limit,
    };
    let under_way = [
        CaseState::Received,
        CaseState::GapsOpen,
        CaseState::Submitted,
        CaseState::Accepted,
        CaseState::Decided,
    ];
    let desk = &office.desk;
    let all = page(&[], "", PAGE);
    let found = page(&[], "穗越罚〔2026〕4999", PAGE);
    let handover = page(&under_way, "", HANDOVER);
    let number = "YX-W03-2026-000001";
    answers("cases", rounds, &floor, desk, |desk| Ok(case_page(desk, &all)?))?;
    answers("cases with a text", rounds, &floor, desk, |desk| {
        Ok(case_page(desk, &found)?)
    })?;
    answers("handover", rounds, &floor, desk, |desk| Ok(case_page(desk, &handover)?))?;
    answers("board", rounds, &floor, desk, |desk| Ok(case_board(desk, BOARD)?))?;
    answers("case", rounds, &floor, desk, |desk| Ok(case_detail(desk, number)?))?;
    answers("register", rounds, &floor, desk, |desk| {
        Ok(visit_register(desk, &lead)?)
    })?;
    answers("calls", rounds, &floor, desk, |desk| Ok(call_list(desk)?))?;
    answers("objections", rounds, &floor, desk, |desk| Ok(objection_list(desk)?))?;
    answers("parked", rounds, &floor, desk, |desk| Ok(parked_list(desk)?))
}

fn answers<T>(
    name: &str,
    rounds: usize,
    floor: &Floor,
    desk: &Desk,
    ask: impl Fn(&Desk) -> Result<T, Failure>,
) -> Result<(), Failure> {
    beside(
        name,
        AIM,
        rounds,
        || floor.answer(),
        || timed(|| Ok(black_box(ask(desk)?))),
    )
}

/// As many rows as there are cases, and an index over the day.
struct Floor {
    connection: Connection,
    _folder: TempDir,
}

impl Floor {
    fn make(rows: usize) -> Result<Self, Failure> {
        let folder = folder()?;
        let mut connection = Connection::open(folder.path().join("floor.db"))?;
        connection.execute_batch(&format!(
            "PRAGMA cipher_log_level = NONE; PRAGMA key = \"x'{}'\"; PRAGMA journal_mode = WAL;
             CREATE TABLE bare (no TEXT PRIMARY KEY, day TEXT NOT NULL, words TEXT NOT NULL) STRICT;
             CREATE INDEX bare_day ON bare (day, no)",
            "5a".repeat(32)
        ))?;
        let transaction = connection.transaction()?;
        {
            let mut insert = transaction.prepare("INSERT INTO bare (no, day, words) VALUES (?, ?, ?)")?;
            let words = "字".repeat(70);
            for row in 0..rows {
                let day = format!("2026-{:02}-{:02}", 1 + row % 12, 1 + row % 28);
                insert.execute([&format!("YX-W03-2026-{row:06}"), &day, &words])?;
            }
        }
        transaction.commit()?;
        Ok(Self {
            connection,
            _folder: folder,
        })
    }

    fn answer(&self) -> Result<Duration, Failure> {
        timed(|| {
            let mut statement = self
                .connection
                .prepare_cached("SELECT no, day, words FROM bare ORDER BY day DESC, no DESC LIMIT ?")?;
            let rows = statement.query_map([PAGE], |row| {
                Ok((
                    row.get::<_, String>(0)?,
                    row.get::<_, String>(1)?,
                    row.get::<_, String>(2)?,
                ))
            })?;
            Ok(black_box(rows.collect::<Result<Vec<_>, _>>()?))
        })
    }
}
