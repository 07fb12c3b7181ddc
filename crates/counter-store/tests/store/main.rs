//! What the store promises, one module per promise. Every test has a data folder of its own.

#![cfg(test)]

mod arriving;
mod backup;
mod case_list;
mod convergence;
mod feed;
mod incarnation;
#[cfg(target_os = "linux")]
mod keyring;
mod kill;
mod looked_at;
#[cfg(unix)]
mod media;
mod outbox;
mod rebuild;
mod register;
mod secrecy;
mod set_up;
mod settling;
mod spine;
mod support;
mod undo;
mod unlocking;
