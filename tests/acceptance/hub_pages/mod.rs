//! The hub's pages in a real browser, over a real hub, with real counters behind it.

mod credit_office;
mod district;
mod keyboard;
mod looks;
mod officer;
