//! What an operator does to a hub and what the world does to it: tried on the built program with real counters.

#![cfg(test)]

mod backup;
mod connections;
mod database_away;
mod dump;
mod limits;
mod raw;
mod stopping;
mod tls;
mod watching;
mod working;
