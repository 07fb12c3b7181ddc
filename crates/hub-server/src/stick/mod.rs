//! The stick lane at the hub: an outbox file in, an answer file out, by the operations the network uses.
//!
//! Batches go through [`recording::record`](crate::recording::record), ranges through
//! [`attachment::put_range`](crate::attachment::put_range), the feed through [`feed::page`](crate::feed::page): nothing is
//! judged in another way because it came on a stick. It works beside running hubs over the same store.

mod answer;
mod take;

pub use take::{TakeError, Taken, take};
