//! 公民身份号码, GB 11643. It is a personal number: it never shows whole in `Debug` or on a list.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{IdentifierError, check, exactly, normalise, values, weighted_sum};

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS: &[u8; 11] = b"10X98765432";

/// A resident identity number: 17 digits with a real birth date, and a check character (GB 11643).
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct ResidentId(String);

impl ResidentId {
    /// Reads a number as people type it.
    ///
    /// # Errors
    /// When the length, a character, the birth date or the check character is wrong.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let normalised = normalise(text);
        let characters = exactly(&normalised, 18)?;
        let values = values(&characters[..17], |c| c.to_digit(10))?;
        birth_date(&values).ok_or(IdentifierError::BirthDate)?;
        check(check_character(&values), characters[17])?;
        Ok(Self(normalised))
    }

    /// Puts a number together from the division, the birth date and a serial: for made-up demo persons.
    ///
    /// # Errors
    /// When the division has not six digits or the serial not at most three.
    pub fn compose(region: &str, born: Date, serial: u16) -> Result<Self, IdentifierError> {
        let body = format!(
            "{region}{:04}{:02}{:02}{serial:03}",
            born.year(),
            born.month(),
            born.day()
        );
        let characters = exactly(&body, 17)?;
        let values = values(&characters, |c| c.to_digit(10))?;
        Ok(Self(format!("{body}{}", check_character(&values))))
    }

    /// The whole number: only for acts and papers that need it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The number with the birth date hidden, as lists and logs show it.
    pub fn masked(&self) -> String {
        format!("{}********{}", &self.0[..6], &self.0[14..])
    }
}

fn birth_date(values: &[u32]) -> Option<Date> {
    let number =
        |range: std::ops::Range<usize>| values[range].iter().fold(0_i16, |sum, digit| sum * 10 + *digit as i16);
    let (month, day) = (i8::try_from(number(10..12)).ok()?, i8::try_from(number(12..14)).ok()?);
    Date::new(number(6..10), month, day).ok()
}

fn check_character(values: &[u32]) -> char {
    char::from(CHECKS[(weighted_sum(values, &WEIGHTS) % 11) as usize])
}

impl fmt::Debug for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ResidentId({})", self.masked())
    }
}

impl fmt::Display for ResidentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

impl TryFrom<String> for ResidentId {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, IdentifierError> {
        Self::parse(&text)
    }
}

impl From<ResidentId> for String {
    fn from(id: ResidentId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_public_specimen_is_taken_and_never_shows_whole() {
        let id = ResidentId::parse("11010519491231002x").unwrap();
        assert_eq!(id.reveal(), "11010519491231002X");
        assert_eq!(
            format!("{id} {id:?}"),
            "110105********002X ResidentId(110105********002X)"
        );
    }

    #[test]
    fn a_wrong_date_or_check_is_refused() {
        assert_eq!(ResidentId::parse("110105194902300020"), Err(IdentifierError::BirthDate));
        assert_eq!(
            ResidentId::parse("110105194912310021"),
            Err(IdentifierError::Check {
                expected: 'X',
                found: '1'
            })
        );
    }

    #[test]
    fn a_composed_number_passes() {
        let id = ResidentId::compose("440104", jiff::civil::date(1990, 2, 28), 7).unwrap();
        assert_eq!(ResidentId::parse(id.reveal()), Ok(id));
    }
}
