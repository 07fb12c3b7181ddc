//! Promises of the assessment, seen from outside the crate.

#[cfg(test)]
mod over_time;
#[cfg(test)]
mod table;
