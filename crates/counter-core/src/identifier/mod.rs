//! The numbers that identify subjects and persons, each with its check character.
//!
//! A value of these types has passed its check: code that holds one need not check again. Whether the number was ever
//! issued is not known here.

mod organisation_code;
mod registration_number;
mod resident_id;
mod uscc;

pub use organisation_code::OrganisationCode;
pub use registration_number::{RegisteredAs, RegistrationNumber};
pub use resident_id::ResidentId;
pub use uscc::{RegistrationDepartment, Uscc};

/// Why a text is not such a number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// It has another number of characters.
    #[error("expected {expected} characters, found {found}")]
    Length {
        /// How many it should have.
        expected: usize,
        /// How many it has.
        found: usize,
    },
    /// A character does not occur in such numbers.
    #[error("character {character:?} at position {position} is not allowed")]
    Character {
        /// Counted from 1.
        position: usize,
        /// The character as written.
        character: char,
    },
    /// The last character does not fit the others.
    #[error("check character {found:?} is wrong, the others ask for {expected:?}")]
    Check {
        /// What the others ask for.
        expected: char,
        /// What stands there.
        found: char,
    },
    /// The birth date inside is no date.
    #[error("the birth date in the number does not exist")]
    BirthDate,
}

/// Makes typed and imported text comparable: full-width characters become half-width, letters upper case, blanks vanish.
pub fn normalise(text: &str) -> String {
    text.chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .flat_map(char::to_uppercase)
        .collect()
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        other => other,
    }
}

/// The characters of `text`, when there are exactly `expected` of them.
fn exactly(text: &str, expected: usize) -> Result<Vec<char>, IdentifierError> {
    let characters: Vec<char> = text.chars().collect();
    let found = characters.len();
    if found == expected {
        Ok(characters)
    } else {
        Err(IdentifierError::Length { expected, found })
    }
}

/// The values of characters in an alphabet.
fn values(characters: &[char], value_of: impl Fn(char) -> Option<u32>) -> Result<Vec<u32>, IdentifierError> {
    characters
        .iter()
        .enumerate()
        .map(|(index, &character)| {
            value_of(character).ok_or(IdentifierError::Character {
                position: index + 1,
                character,
            })
        })
        .collect()
}

fn weighted_sum(values: &[u32], weights: &[u32]) -> u32 {
    values.iter().zip(weights).map(|(value, weight)| value * weight).sum()
}

fn check(expected: char, found: char) -> Result<(), IdentifierError> {
    if expected == found {
        Ok(())
    } else {
        Err(IdentifierError::Check { expected, found })
    }
}
