//! 工商注册号, 15 digits (GS15-2006), check digit by MOD 11,10.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierError, check, exactly, normalise, values};

/// A business registration number: 6 digits of the office, 8 of the serial, 1 check digit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct RegistrationNumber(String);

/// What kind of business the serial's first digit says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegisteredAs {
    /// 内资企业
    Domestic,
    /// 外资企业
    Foreign,
    /// 个体工商户
    SelfEmployed,
}

impl RegistrationNumber {
    /// Reads a number as people type it.
    ///
    /// # Errors
    /// When the length, a character or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let normalised = normalise(text);
        let characters = exactly(&normalised, 15)?;
        let values = values(&characters, |c| c.to_digit(10))?;
        check(check_digit(&values[..14]), characters[14])?;
        Ok(Self(normalised))
    }

    /// Adds the check digit to the first 14.
    ///
    /// # Errors
    /// When there are not 14 digits.
    pub fn compose(body: &str) -> Result<Self, IdentifierError> {
        let characters = exactly(body, 14)?;
        let values = values(&characters, |c| c.to_digit(10))?;
        Ok(Self(format!("{body}{}", check_digit(&values))))
    }

    /// The 15 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What kind of business it is.
    pub fn registered_as(&self) -> RegisteredAs {
        match self.0.as_bytes()[6] {
            b'0'..=b'3' => RegisteredAs::Domestic,
            b'4' | b'5' => RegisteredAs::Foreign,
            _ => RegisteredAs::SelfEmployed,
        }
    }
}

fn check_digit(values: &[u32]) -> char {
    let product = values.iter().fold(10, |product, digit| {
        let sum = match (product + digit) % 10 {
            0 => 10,
            other => other,
        };
        sum * 2 % 11
    });
    char::from_digit((11 - product) % 10, 10).unwrap_or('0')
}

impl fmt::Display for RegistrationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for RegistrationNumber {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, IdentifierError> {
        Self::parse(&text)
    }
}

impl From<RegistrationNumber> for String {
    fn from(number: RegistrationNumber) -> Self {
        number.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_the_standard_is_taken() {
        let number = RegistrationNumber::parse("110108000000016").unwrap();
        assert_eq!(number.registered_as(), RegisteredAs::Domestic);
        assert_eq!(RegistrationNumber::compose("11010800000001"), Ok(number));
        assert_eq!(
            RegistrationNumber::parse("110108000000017"),
            Err(IdentifierError::Check {
                expected: '6',
                found: '7'
            })
        );
    }
}
