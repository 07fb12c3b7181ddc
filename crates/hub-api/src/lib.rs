//! The contract between a counter and its hub: wire shapes, limits, signing and verifying.
//!
//! Both ends use this crate and nothing else of each other. The files of a [`stick`] aside it does
//! no IO, and it reads no clock and draws no randomness. Everything on the wire is CBOR in the order
//! of the fields; everything that has to hold later travels as a [`signed::Signed`] envelope whose
//! body is kept as the bytes that were signed. docs/sync-protocol.md tells how the messages follow
//! each other.

pub mod blob;
pub mod cbor;
pub mod certificate_envelope;
mod cited;
pub mod dataset;
pub mod delegation;
pub mod enrolment;
pub mod enrolment_code;
pub mod feed;
pub mod hand_back;
pub mod key;
pub mod packing;
pub mod protocol;
pub mod push;
pub mod receipt;
pub mod refused;
pub mod request_signature;
pub mod signed;
pub mod stick;
pub mod trust;

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod tamper_tests;
