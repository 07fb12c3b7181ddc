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

pub use body::ChangeBody;
pub use envelope::{
    CHANGE_SCHEMA, COUNTER_DAY_SCHEMA, Change, ChangeBytes, ChangeDecodeError, ChangeHash, NEWEST_SCHEMA,
    SETTLING_SCHEMA,
};
pub use lane::{ActId, CounterCode, IncarnationId, Lane, LaneKind};
pub use settling::{ChangeRef, Withdrawal};

#[cfg(test)]
mod tests;
