//! The use cases of the counter. One operation, one folder, one transaction.
//!
//! What a screen or a script can do is here; how it is shown, and over what wire it is asked for, is not.

mod act;
mod clock;
mod coded;
mod desk;
mod entropy;
mod typed;

pub mod account;
pub mod attachment;
pub mod backup;
pub mod calls;
pub mod case;
pub mod certificate;
pub mod class;
pub mod delivery;
pub mod demo;
pub mod device;
pub mod draft;
pub mod exam;
pub mod import;
pub mod objection;
pub mod office;
pub mod paper;
pub mod parked;
pub mod permission;
pub mod record;
pub mod reference;
pub mod rules;
pub mod scan;
pub mod search;
pub mod store_check;
pub mod subject;
pub mod undo;
pub mod visit;

pub use act::Actor;
pub use clock::{Clock, FixedClock, SystemClock, date_of};
pub use coded::Coded;
pub use desk::{Desk, DeskParts};
pub use entropy::{Entropy, SystemEntropy};
pub use typed::TypedFault;
