//! Networks without wires: requests go straight into a hub's router, and are lost, repeated or bent on the way as told.

mod bent;
mod direct;
mod told;

pub use bent::Bent;
pub use direct::{Direct, deliver};
pub use told::{Fate, Told};
