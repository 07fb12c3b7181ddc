//! What counter and hub promise each other, tried with a real store at one end and a real hub at the other.

#![cfg(test)]

mod certificate;
mod delivery;
mod feed;
mod hostile;
mod over_http;
mod restored_counter;
mod restored_hub;
