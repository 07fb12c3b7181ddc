//! Visits: opened, known who stands there, ended with a paper.

pub mod agent;
pub mod end_visit;
pub mod open_visit;
pub mod visit_view;
