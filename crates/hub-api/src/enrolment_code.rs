//! The one-time code an administrator carries from the hub to a counter.
//!
//! Eight groups of five characters: a secret (80 bits), the fingerprint of the hub's key
//! (112 bits) and a check byte. The secret never travels: it makes a signing key, and the
//! hub keeps only the public half.

use std::fmt;

use ed25519_dalek::SigningKey;
use sha2::{Digest, Sha256};

use crate::key::PublicKey;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET: usize = 10;
const FINGERPRINT: usize = 14;
const LENGTH: usize = SECRET + FINGERPRINT + 1;
const CHARACTERS: usize = LENGTH * 8 / 5;

/// A code as it is printed and typed in.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentCode {
    secret: [u8; SECRET],
    fingerprint: [u8; FINGERPRINT],
}

/// A text that is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EnrolmentCodeError {
    /// Too short, too long, or with a character that no code has.
    #[error("an enrolment code has {CHARACTERS} letters and digits")]
    Form,
    /// One character or more is wrong.
    #[error("the check of the enrolment code does not come out: a character is wrong")]
    Check,
}

impl EnrolmentCode {
    /// A code for the hub that owns `hub_key`; `secret` must be drawn at random.
    pub fn new(secret: [u8; SECRET], hub_key: &PublicKey) -> Self {
        Self {
            secret,
            fingerprint: fingerprint(hub_key),
        }
    }

    /// Reads a code. Case, blanks and dashes do not matter; O reads as 0, I and L as 1.
    ///
    /// # Errors
    /// [`EnrolmentCodeError`].
    pub fn parse(text: &str) -> Result<Self, EnrolmentCodeError> {
        let mut bytes = Vec::with_capacity(LENGTH);
        let (mut bits, mut filled, mut characters) = (0_u32, 0, 0);
        for character in text
            .chars()
            .filter(|character| !character.is_whitespace() && *character != '-')
        {
            let upper = match character.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET
                .iter()
                .position(|known| char::from(*known) == upper)
                .ok_or(EnrolmentCodeError::Form)?;
            characters += 1;
            bits = ((bits << 5) | value as u32) & 0xFFF;
            filled += 5;
            if filled >= 8 {
                filled -= 8;
                bytes.push((bits >> filled) as u8);
            }
        }
        if characters != CHARACTERS {
            return Err(EnrolmentCodeError::Form);
        }
        let (content, check) = bytes.split_at(LENGTH - 1);
        if check != [check_byte(content)] {
            return Err(EnrolmentCodeError::Check);
        }
        let (mut secret, mut fingerprint) = ([0; SECRET], [0; FINGERPRINT]);
        secret.copy_from_slice(&content[..SECRET]);
        fingerprint.copy_from_slice(&content[SECRET..]);
        Ok(Self { secret, fingerprint })
    }

    /// The key the code stands for. The hub keeps its public half; the counter signs its request with it.
    pub fn signing_key(&self) -> SigningKey {
        let digest = Sha256::new()
            .chain_update(b"credit-hub/1 enrolment code key\0")
            .chain_update(self.secret)
            .finalize();
        SigningKey::from_bytes(&digest.into())
    }

    /// Whether the code was printed by the hub that owns `hub_key`.
    pub fn is_from(&self, hub_key: &PublicKey) -> bool {
        self.fingerprint == fingerprint(hub_key)
    }
}

impl fmt::Display for EnrolmentCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut content = [self.secret.as_slice(), &self.fingerprint].concat();
        content.push(check_byte(&content));
        for index in 0..CHARACTERS {
            if index > 0 && index % 5 == 0 {
                formatter.write_str("-")?;
            }
            let (byte, bit) = (index * 5 / 8, index * 5 % 8);
            let pair = u16::from_be_bytes([content[byte], content.get(byte + 1).copied().unwrap_or(0)]);
            let value = usize::from((pair >> (11 - bit)) & 31);
            write!(formatter, "{}", char::from(ALPHABET[value]))?;
        }
        Ok(())
    }
}

impl fmt::Debug for EnrolmentCode {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("EnrolmentCode(…)")
    }
}

fn fingerprint(hub_key: &PublicKey) -> [u8; FINGERPRINT] {
    let digest: [u8; 32] = Sha256::digest(hub_key.0).into();
    let mut fingerprint = [0; FINGERPRINT];
    fingerprint.copy_from_slice(&digest[..FINGERPRINT]);
    fingerprint
}

fn check_byte(content: &[u8]) -> u8 {
    Sha256::digest(content)[0]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_code_reads_back_as_it_was_typed_in_any_case_and_spacing(secret: [u8; SECRET], hub: [u8; 32]) {
            let code = EnrolmentCode::new(secret, &PublicKey(hub));
            let printed = code.to_string();
            prop_assert_eq!(printed.len(), CHARACTERS + CHARACTERS / 5 - 1);
            let typed = printed.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
            let read = EnrolmentCode::parse(&typed)?;
            prop_assert_eq!(&read, &code);
            prop_assert!(read.is_from(&PublicKey(hub)));
            prop_assert_eq!(read.signing_key().to_bytes(), code.signing_key().to_bytes());
        }

        #[test]
        fn no_text_makes_reading_a_code_panic(text in "\\PC{0,60}") {
            let _ = EnrolmentCode::parse(&text);
        }
    }

    #[test]
    fn a_code_that_is_too_short_or_mistyped_says_which() {
        let printed = EnrolmentCode::new([7; SECRET], &PublicKey([9; 32])).to_string();
        assert_eq!(
            EnrolmentCode::parse(&printed[..printed.len() - 1]),
            Err(EnrolmentCodeError::Form)
        );
        let swapped = if printed.starts_with('0') {
            printed.replacen('0', "Z", 1)
        } else {
            format!("0{}", &printed[1..])
        };
        assert_eq!(EnrolmentCode::parse(&swapped), Err(EnrolmentCodeError::Check));
    }
}
