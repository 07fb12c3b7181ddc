//! Officers' passwords: Argon2id, slow by intent. Never called inside a transaction or on the runtime's own threads.

use std::fmt;

use argon2::{
    Argon2,
    password_hash::{PasswordHash as Phc, PasswordHasher, PasswordVerifier, SaltString},
};

/// The fewest characters of a password.
pub const PASSWORD_AT_LEAST: usize = 10;

/// Letters and digits that are not mistaken for one another when read aloud.
const READABLE: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A hashed password, PHC form.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes `password` at the cost OWASP recommends (19 MiB, two passes).
    pub fn make(password: &str, salt: [u8; 16]) -> Self {
        let salt = SaltString::encode_b64(&salt).expect("16 bytes are a length that the form allows");
        let hash = Argon2::default()
            .hash_password(password.as_bytes(), &salt)
            .expect("the default cost is allowed");
        Self(hash.to_string())
    }

    /// One that was stored.
    pub fn from_stored(hash: String) -> Self {
        Self(hash)
    }

    /// The form that is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether `password` is the one that was hashed.
    pub fn matches(&self, password: &str) -> bool {
        Phc::new(&self.0).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    }
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(…)")
    }
}

/// A password to be read out once and changed at the first sign-in: 80 random bits as four groups of four.
pub(super) fn one_time(random: [u8; 16]) -> String {
    let letters: Vec<char> = random
        .iter()
        .map(|byte| char::from(READABLE[usize::from(byte % 32)]))
        .collect();
    let groups: Vec<String> = letters.chunks(4).map(|group| group.iter().collect()).collect();
    groups.join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_only_as_a_hash_that_knows_it_again() {
        let hash = PasswordHash::make("修复受理 2026!", [7; 16]);
        assert!(hash.as_str().starts_with("$argon2id$"));
        assert!(hash.matches("修复受理 2026!") && !hash.matches("修复受理 2026"));
        assert_eq!(format!("{hash:?}"), "PasswordHash(…)");
    }
}
