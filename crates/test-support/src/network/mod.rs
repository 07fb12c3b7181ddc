//! Networks: without wires, where requests go straight into a hub's router and are lost, repeated or bent on the way as
//! told, and one with real sockets that are cut.

mod bent;
mod direct;
mod impatient;
mod repeated;
mod tcp;
mod told;

pub use bent::Bent;
pub use direct::{Direct, deliver};
pub use impatient::Impatient;
pub use repeated::Repeated;
pub use tcp::FaultyTcp;
pub use told::{Fate, Told};
