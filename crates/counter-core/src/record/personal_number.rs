//! The number of a person's document, of whatever kind.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A personal number. It is written whole to storage, and masked wherever it is shown or logged.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(transparent)]
pub struct PersonalNumber(String);

impl PersonalNumber {
    /// Wraps a number as given.
    pub fn new(number: impl Into<String>) -> Self {
        Self(number.into())
    }

    /// The whole number: only for acts and papers that need it.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The first and last characters, the rest as stars.
    pub fn masked(&self) -> String {
        let length = self.0.chars().count();
        let (head, tail) = if length > 10 { (6, 4) } else { (length.min(1), 0) };
        let shown = |index: usize| index < head || index >= length - tail;
        self.0
            .chars()
            .enumerate()
            .map(|(index, c)| if shown(index) { c } else { '*' })
            .collect()
    }
}

impl fmt::Debug for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "PersonalNumber({})", self.masked())
    }
}

impl fmt::Display for PersonalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_number_is_masked_wherever_it_is_shown() {
        assert_eq!(
            PersonalNumber::new("11010519491231002X").to_string(),
            "110105********002X"
        );
        assert_eq!(PersonalNumber::new("E1234567").to_string(), "E*******");
        assert_eq!(PersonalNumber::new("").to_string(), "");
    }
}
