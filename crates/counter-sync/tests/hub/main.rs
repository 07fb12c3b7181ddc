//! What counter and hub promise each other, tried with a real store at one end and a real hub at the other.

#![cfg(test)]

mod certificate;
mod claim;
mod delivery;
mod feed;
mod hostile;
mod large_attachment;
mod over_http;
mod packing;
mod reference;
mod renewal;
mod restored_counter;
mod restored_hub;
