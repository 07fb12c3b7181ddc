//! Promises of the product, each tried on the built programs over a fresh data folder.

mod certificate;
mod counter;
mod delivery;
mod hub_pages;
mod office;
mod parked;
mod reference;
mod stick;

mod journey;
mod layers;
