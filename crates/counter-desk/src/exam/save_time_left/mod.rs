//! The time left, kept every five seconds beside the changes, so that a crash costs the trainee nothing.

use counter_store::{
    StoreError,
    table::exam_clock::{self, ExamClock},
};

use crate::Desk;

/// Keeps what is left of the time of the sitting `no` after `elapsed_ms` of it are used.
///
/// # Errors
/// When it cannot be kept. A sitting that does not exist is passed over.
pub fn save_time_left(desk: &Desk, no: &str, elapsed_ms: u64) -> Result<(), StoreError> {
    let saved_at = desk.clock().now_ms();
    desk.store().write(|tx| {
        if let Some(session) = super::load(tx, no)? {
            let left_ms = session.drawn.time_ms().saturating_sub(elapsed_ms);
            exam_clock::put(tx, no, ExamClock { left_ms, saved_at })?;
        }
        Ok(())
    })
}
