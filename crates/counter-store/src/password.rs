//! Passwords of accounts, hashed with Argon2id. Slow by intent: never call it inside a transaction.

use std::fmt;

use argon2::{
    Argon2,
    password_hash::{PasswordHash as Phc, PasswordHasher, PasswordVerifier, SaltString},
};

use crate::EntropySource;

/// A hashed password in PHC form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes `password` with a fresh salt, at the cost that OWASP recommends (19 MiB, two passes).
    pub fn make(password: &str, entropy: &EntropySource) -> Self {
        let mut salt = [0; 16];
        entropy.fill(&mut salt);
        let salt = SaltString::encode_b64(&salt).expect("16 bytes are a length that the form allows");
        let hash = Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .expect("the default cost is allowed");
        Self(hash.to_string())
    }

    /// Whether `password` is the one that was hashed.
    pub fn matches(&self, password: &str) -> bool {
        Phc::new(&self.0).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }

    pub(crate) fn from_stored(hash: String) -> Self {
        Self(hash)
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}
