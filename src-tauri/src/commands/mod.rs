//! What the screens may ask: one file an area, each command a few lines around one use case.

pub mod app;
pub mod backup;
pub mod calls;
pub mod case;
pub mod certificate;
pub mod class;
pub mod delivery;
pub mod device;
pub mod draft;
pub mod exam;
pub mod import;
pub mod objection;
pub mod office;
pub mod paper;
pub mod parked;
pub mod record;
pub mod rules;
pub mod stick;
pub mod subject;
pub mod undo;
pub mod visit;
