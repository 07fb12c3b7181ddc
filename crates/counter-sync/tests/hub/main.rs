//! What counter and hub promise each other, tried with a real store at one end and a real hub at the other.

#![cfg(test)]

mod bad_line;
mod busy;
mod certificate;
mod claim;
mod delivery;
mod feed;
mod hostile;
mod hostile_http;
mod hostile_hub;
mod killed_hub;
mod large_attachment;
mod one_database;
mod over_http;
mod packing;
mod parked;
mod reference;
mod renewal;
mod repeated;
mod restored_counter;
mod restored_hub;
mod versions;
