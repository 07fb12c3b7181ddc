//! What everything that reads the bytes of others promises, whatever the bytes are.
//!
//! Each function takes any bytes, reads them as the product does, and panics where a promise is broken: fuzzing
//! (`scripts/fuzz.sh`) looks for such bytes, and a test reads the kept corpus again each time. Two attackers are meant:
//! one who alters what passes by, and one who holds a counter's own key and signs whatever he likes.

mod change;
mod code;
mod corpus;
mod parties;
mod protocol;
mod scan;
mod spreadsheet;
mod stick;

pub use code::read_code;
pub use corpus::{TARGETS, Target, corpus};
pub use parties::{counter_key, genuine_change, genuine_codes, hub_key, stick_header};
pub use protocol::read_message;
pub use scan::read_scan;
pub use spreadsheet::read_spreadsheet;
pub use stick::read_stick;
