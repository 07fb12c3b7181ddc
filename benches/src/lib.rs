//! What the figures have in common: a desk to work at, an outbox of a week, hubs to send it to, the least a database needs
//! for it, and two measurements beside each other.

#![allow(clippy::print_stdout)] // figures are printed

mod beside;
mod central;
mod floor;
mod line;
mod office;
mod spent;
mod week;
mod years;

pub use beside::{Aim, beside, median, p99, shown, timed, word};
pub use central::{Central, City, connect};
pub use floor::{encrypted_transactions, postgres_upserts, sqlite_transactions};
pub use line::Line;
pub use office::{NOW, Office, PASSPHRASE, clock_of_today, folder};
pub use spent::{most_memory, parent_of, processor_time, processor_time_of_family};
pub use week::{Outbox, work_offline};
pub use years::work_of_years;

/// Whatever goes wrong ends the figure.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The number the environment asks for under `name`, or the usual one.
///
/// # Errors
/// When what stands there is no number.
pub fn asked(name: &str, usual: usize) -> Result<usize, Failure> {
    match std::env::var(name) {
        Ok(number) => Ok(number.parse()?),
        Err(_) => Ok(usual),
    }
}
