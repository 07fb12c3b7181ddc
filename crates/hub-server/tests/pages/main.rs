//! What the hub's pages promise, tried over their router: no browser, but every cookie, form and header of one.

#![cfg(test)]

mod acting;
mod browser;
mod counter;
mod office;
mod publishing;
mod reporting;
mod rights;
mod signing_in;
mod verifying;
