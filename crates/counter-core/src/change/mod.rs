//! Changes: what every act of a person becomes, the only thing that is ever sent.
//!
//! A [`Change`] is one step of one [`Lane`]; its stored bytes are hashed once and
//! never re-serialised. The reducer ([`crate::lane_state::apply`]) turns changes
//! into states, at the counter and again at the hub. Storing, sealing keys and
//! sending live elsewhere.

mod body;
mod envelope;
mod lane;
mod settling;
mod undone;

pub use body::ChangeBody;
pub use envelope::{
    CHANGE_SCHEMA, CLASS_CHOICE_SCHEMA, COUNTER_DAY_SCHEMA, Change, ChangeBytes, ChangeDecodeError, ChangeHash,
    NEWEST_SCHEMA, SETTLING_SCHEMA, UNDO_SCHEMA,
};
pub use lane::{ActId, CounterCode, IncarnationId, Lane, LaneKind};
pub use settling::{ChangeRef, Withdrawal};
pub use undone::Undone;

#[cfg(test)]
mod tests;
