//! Visits: opened, known who stands there, ended with a paper.

pub mod agent;
pub mod agent_suggestions;
pub mod appointment;
pub mod continue_cases;
pub mod end_visit;
pub mod open_visit;
pub mod visit_register;
pub mod visit_view;

use counter_core::change::{Lane, LaneKind};

pub(crate) fn lane(no: &str) -> Lane {
    Lane::new(LaneKind::Visit, no)
}
