//! Which certificates are to be believed: the trust bundle of a hub, and verifying against it.
//!
//! The bundle is signed by the hub's root key, which whoever verifies has pinned before. Fetching and keeping it is
//! the counter's matter; a bundle with a lower number than one already seen must not replace it.

mod bundle;
#[cfg(test)]
mod tests;
mod verify;

pub use bundle::{BUNDLE_LONGEST_BYTES, BundleError, RootKeys, TrustBundle, TrustedKey};
pub use verify::{Verification, VerificationReason, VerificationStatus, verify, verify_envelope};
