//! 组织机构代码, GB 11714.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierError, check, exactly, normalise, values, weighted_sum};

const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// An organisation code: eight characters and a check character (GB 11714), written `XXXXXXXX-X`.
///
/// Old self-employed codes may break the check, so its failure is a warning, not a reason to refuse a row.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct OrganisationCode(String);

impl OrganisationCode {
    /// Reads a code with or without its hyphen.
    ///
    /// # Errors
    /// When the length, a character or the check character is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let compact: String = normalise(text).chars().filter(|c| *c != '-').collect();
        let characters = exactly(&compact, 9)?;
        let values = values(&characters[..8], value_of)?;
        check(check_character(&values), characters[8])?;
        Ok(Self(compact))
    }

    /// Adds the check character to the first eight.
    ///
    /// # Errors
    /// When there are not eight or one is neither digit nor letter.
    pub fn compose(serial: &str) -> Result<Self, IdentifierError> {
        let characters = exactly(serial, 8)?;
        let values = values(&characters, value_of)?;
        Ok(Self(format!("{serial}{}", check_character(&values))))
    }

    /// The nine characters without the hyphen.
    pub fn compact(&self) -> &str {
        &self.0
    }
}

fn value_of(character: char) -> Option<u32> {
    character
        .is_ascii_digit()
        .then(|| character.to_digit(10))
        .flatten()
        .or_else(|| {
            character
                .is_ascii_uppercase()
                .then(|| u32::from(character) - u32::from('A') + 10)
        })
}

fn check_character(values: &[u32]) -> char {
    match 11 - weighted_sum(values, &WEIGHTS) % 11 {
        10 => 'X',
        11 => '0',
        digit => char::from_digit(digit, 10).unwrap_or('0'),
    }
}

impl fmt::Display for OrganisationCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", &self.0[..8], &self.0[8..])
    }
}

impl TryFrom<String> for OrganisationCode {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, IdentifierError> {
        Self::parse(&text)
    }
}

impl From<OrganisationCode> for String {
    fn from(code: OrganisationCode) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_inside_a_credit_code_passes_with_and_without_hyphen() {
        let code = OrganisationCode::parse("71526726-x").unwrap();
        assert_eq!(code.to_string(), "71526726-X");
        assert_eq!(OrganisationCode::parse("71526726X"), Ok(code));
        assert_eq!(
            OrganisationCode::parse("715267261"),
            Err(IdentifierError::Check {
                expected: 'X',
                found: '1'
            })
        );
    }
}
