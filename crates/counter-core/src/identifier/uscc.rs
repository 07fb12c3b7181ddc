//! 统一社会信用代码, GB 32100-2015.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IdentifierError, OrganisationCode, check, exactly, normalise, values, weighted_sum};

const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
/// 3^(i-1) mod 31.
const WEIGHTS: [u32; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/// A unified social credit code: 18 characters, upper case, with the right check character (GB 32100-2015).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, specta::Type)]
#[serde(try_from = "String", into = "String")]
#[specta(type = String)]
pub struct Uscc(String);

/// Who registered the subject: the code's first character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RegistrationDepartment {
    /// 机构编制
    PublicInstitutions,
    /// 外交
    ForeignAffairs,
    /// 司法行政
    Justice,
    /// 文化
    Culture,
    /// 民政
    CivilAffairs,
    /// 旅游
    Tourism,
    /// 宗教
    Religion,
    /// 工会
    TradeUnions,
    /// 市场监管（原工商）
    MarketRegulation,
    /// 中央军委
    Military,
    /// 农业
    Agriculture,
    /// 其他
    Other,
}

impl Uscc {
    /// Reads a code as people type it: lower case, full width and blanks are put right first.
    ///
    /// # Errors
    /// When the length, a character or the check character is wrong; the error says which and where.
    pub fn parse(text: &str) -> Result<Self, IdentifierError> {
        let normalised = normalise(text);
        let characters = exactly(&normalised, 18)?;
        let values = values(&characters, value_of)?;
        check(check_character(&values[..17]), characters[17])?;
        Ok(Self(normalised))
    }

    /// Puts a code together from its parts and gives it its check characters: for made-up demo subjects.
    ///
    /// `kind` is the two leading characters (91 enterprise, 92 self-employed, 11 authority), `region` the division's six
    /// digits, `serial` the first eight characters of the organisation code.
    ///
    /// # Errors
    /// When a part has another length or a character outside the alphabet.
    pub fn compose(kind: &str, region: &str, serial: &str) -> Result<Self, IdentifierError> {
        let organisation = OrganisationCode::compose(serial)?;
        let body = format!("{kind}{region}{}", organisation.compact());
        let characters = exactly(&body, 17)?;
        let values = values(&characters, value_of)?;
        Ok(Self(format!("{body}{}", check_character(&values))))
    }

    /// The 18 characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Who registered the subject.
    pub fn department(&self) -> RegistrationDepartment {
        match self.0.as_bytes()[0] {
            b'1' => RegistrationDepartment::PublicInstitutions,
            b'2' => RegistrationDepartment::ForeignAffairs,
            b'3' => RegistrationDepartment::Justice,
            b'4' => RegistrationDepartment::Culture,
            b'5' => RegistrationDepartment::CivilAffairs,
            b'6' => RegistrationDepartment::Tourism,
            b'7' => RegistrationDepartment::Religion,
            b'8' => RegistrationDepartment::TradeUnions,
            b'9' => RegistrationDepartment::MarketRegulation,
            b'A' => RegistrationDepartment::Military,
            b'N' => RegistrationDepartment::Agriculture,
            _ => RegistrationDepartment::Other,
        }
    }

    /// Whether it is a self-employed trader's (个体工商户).
    pub fn is_self_employed(&self) -> bool {
        self.0.starts_with("92")
    }

    /// The division that registered the subject, six digits.
    pub fn region(&self) -> &str {
        &self.0[2..8]
    }

    /// The organisation code inside, where its own check holds (old self-employed codes may not).
    pub fn organisation_code(&self) -> Option<OrganisationCode> {
        OrganisationCode::parse(&self.0[8..17]).ok()
    }
}

fn value_of(character: char) -> Option<u32> {
    let position = ALPHABET.iter().position(|&c| char::from(c) == character)?;
    u32::try_from(position).ok()
}

/// The check character for 17 values.
fn check_character(values: &[u32]) -> char {
    let index = (31 - weighted_sum(values, &WEIGHTS) % 31) % 31;
    char::from(ALPHABET[index as usize])
}

impl fmt::Display for Uscc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Uscc {
    type Error = IdentifierError;

    fn try_from(text: String) -> Result<Self, IdentifierError> {
        Self::parse(&text)
    }
}

impl From<Uscc> for String {
    fn from(code: Uscc) -> Self {
        code.0
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("91350100M000100Y43")]
    #[case("9144030071526726XG")]
    #[case("11230500001755309F")]
    #[case("91440104MAJ1XG612G")]
    fn a_published_code_is_taken(#[case] text: &str) {
        assert_eq!(Uscc::parse(text).unwrap().as_str(), text);
    }

    #[test]
    fn the_example_with_the_wrong_check_character_says_what_is_right() {
        assert_eq!(
            Uscc::parse("91350100M000100Y4Z"),
            Err(IdentifierError::Character {
                position: 18,
                character: 'Z'
            }),
            "Z is not even in the alphabet"
        );
        assert_eq!(
            Uscc::parse("91350100M000100Y44"),
            Err(IdentifierError::Check {
                expected: '3',
                found: '4'
            })
        );
    }

    #[test]
    fn what_is_typed_in_lower_case_or_full_width_is_put_right() {
        assert_eq!(
            Uscc::parse(" ９１350100m000100y43\u{3000}").unwrap().as_str(),
            "91350100M000100Y43"
        );
    }

    #[rstest]
    #[case("9135010", IdentifierError::Length { expected: 18, found: 7 })]
    #[case("91350100M00O100Y43", IdentifierError::Character { position: 12, character: 'O' })]
    fn the_error_names_the_fault(#[case] text: &str, #[case] error: IdentifierError) {
        assert_eq!(Uscc::parse(text), Err(error));
    }

    #[test]
    fn a_composed_code_passes_both_checks() {
        let code = Uscc::compose("92", "440104", "MA5ABCD1").unwrap();
        assert_eq!(Uscc::parse(code.as_str()), Ok(code.clone()));
        assert!(code.organisation_code().is_some());
        assert!(code.is_self_employed());
        assert_eq!(code.region(), "440104");
        assert_eq!(code.department(), RegistrationDepartment::MarketRegulation);
    }
}
