//! From a lane's state to the row people read in a list. Every row can be told from the state alone.

use counter_core::{change::Lane, lane_state::LaneState};

use crate::{
    StoreError, WriteTx,
    table::{
        account, brought_paper, certificate, class, entered_record, exam_session, lane::LaneRow, objection,
        repair_case, visit,
    },
};

/// The projected tables and the column that holds the id of the lane.
pub(crate) const TABLES: [(&str, &str); 9] = [
    ("account", "name"),
    ("visit", "no"),
    ("repair_case", "no"),
    ("entered_record", "key"),
    ("class", "no"),
    ("exam_session", "no"),
    ("certificate", "no"),
    ("brought_paper", "visit"),
    ("objection", "no"),
];

/// Writes the row of `lane`.
pub(crate) fn put(tx: &WriteTx<'_>, lane: &Lane, row: &LaneRow) -> Result<(), StoreError> {
    match &row.state {
        // A counter's own life is told by its change log; no list shows it.
        LaneState::Counter(_) => Ok(()),
        LaneState::Account(account) => account::put(tx, account),
        LaneState::Visit(visit) => {
            visit::put(tx, visit)?;
            brought_paper::put(tx, visit)
        }
        LaneState::Record(entered) => entered_record::put(tx, &lane.id, entered, row.updated_at),
        LaneState::Case(case) => repair_case::put(tx, case),
        LaneState::Objection(objection) => objection::put(tx, objection),
        LaneState::Class(class) => class::put(tx, class),
        LaneState::Exam(session) => exam_session::put(tx, session),
        LaneState::Certificate(certificate) => certificate::put(tx, certificate),
    }
}

/// Takes the row of `lane` away, wherever it is.
pub(crate) fn delete(tx: &WriteTx<'_>, lane: &Lane) -> Result<(), StoreError> {
    use counter_core::change::LaneKind;
    let (table, column) = match lane.kind {
        LaneKind::Account => TABLES[0],
        LaneKind::Visit => {
            brought_paper::delete(tx, &lane.id)?;
            TABLES[1]
        }
        LaneKind::Case => TABLES[2],
        LaneKind::Record => TABLES[3],
        LaneKind::Class => TABLES[4],
        LaneKind::ExamSession => TABLES[5],
        LaneKind::Certificate => TABLES[6],
        LaneKind::Objection => TABLES[8],
        LaneKind::Counter | LaneKind::RuleValue => return Ok(()),
    };
    tx.connection()
        .prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?"))?
        .execute([&lane.id])?;
    Ok(())
}
