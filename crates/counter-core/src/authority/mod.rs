//! Who made the finding, and through which door its records are repaired.
//!
//! An authority is recognised by its code first, then by its name. One that is not recognised has no door: nothing is
//! guessed from it.

use serde::{Deserialize, Serialize};

use crate::{
    identifier::normalise,
    pack::{Citation, Door, Status},
    record::{Record, RecordKind},
};

/// The authorities known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorities {
    families: Vec<Family>,
    bodies: Vec<Body>,
    referrals: Vec<Referral>,
}

/// A kind of authority: market regulators, tax offices, …
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Family {
    /// Its code: `market_regulation`.
    pub code: String,
    /// Its name in Chinese.
    pub name: String,
    /// The door of its records.
    pub door: Door,
    /// Parts of names; the parts of one pattern joined by `+` must all occur.
    patterns: Vec<String>,
    source: String,
    article: String,
    status: Status,
    /// What to know about it.
    pub note: Option<String>,
}

/// An authority known by itself.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Its name today.
    pub name: String,
    /// Its unified social credit code, where it was read in an official list.
    pub uscc: Option<String>,
    /// The family's code.
    pub family: String,
    /// The names it had.
    #[serde(default)]
    pub former: Vec<String>,
}

/// A kind of record that belongs to another office, and what the counter can hand over for it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Referral {
    /// The kind of record.
    pub kind: RecordKind,
    /// The door it goes to.
    pub door: Door,
    /// What the records are, in Chinese.
    pub label: String,
    /// The office, in Chinese.
    pub office: String,
    /// What the applicant takes along.
    pub hand_over: Vec<String>,
    /// What to do there.
    pub how_to: String,
    source: String,
    article: String,
    status: Status,
}

/// An authority that was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised<'a> {
    /// Its family.
    pub family: &'a Family,
    /// What it was recognised by.
    pub by: RecognisedBy,
}

/// What an authority was recognised by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RecognisedBy {
    /// Its unified social credit code.
    Code,
    /// Its name, old names included.
    Name,
}

/// Why the list of authorities was not taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorityError {
    /// It is no TOML, or holds a field it may not have.
    #[error("not a list of authorities: {0}")]
    Toml(String),
    /// An authority is of a family that is not there.
    #[error("{body} is of the unknown family {family}")]
    UnknownFamily {
        /// The authority's name.
        body: String,
        /// The family's code.
        family: String,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "family")]
    families: Vec<Family>,
    #[serde(rename = "body", default)]
    bodies: Vec<Body>,
    #[serde(rename = "referral", default)]
    referrals: Vec<Referral>,
}

impl Authorities {
    /// Reads the list.
    ///
    /// # Errors
    /// When it is no such list, or names a family that is not in it.
    pub fn parse(text: &str) -> Result<Self, AuthorityError> {
        let file: File = toml::from_str(text).map_err(|error| AuthorityError::Toml(error.to_string()))?;
        let known = |code: &str| file.families.iter().any(|family| family.code == code);
        if let Some(body) = file.bodies.iter().find(|body| !known(&body.family)) {
            return Err(AuthorityError::UnknownFamily {
                body: body.name.clone(),
                family: body.family.clone(),
            });
        }
        Ok(Self {
            families: file.families,
            bodies: file.bodies,
            referrals: file.referrals,
        })
    }

    /// Recognises an authority by its code, else by its name (present or former).
    pub fn recognise(&self, code: Option<&str>, name: Option<&str>) -> Option<Recognised<'_>> {
        let by_code = code.and_then(|code| self.family_of_code(&normalise(code)));
        let by_name = || name.and_then(|name| self.family_of_name(&normalise(name)));
        by_code
            .map(|family| Recognised {
                family,
                by: RecognisedBy::Code,
            })
            .or_else(|| {
                by_name().map(|family| Recognised {
                    family,
                    by: RecognisedBy::Name,
                })
            })
    }

    /// The other office a record belongs to, if it belongs to one: by its kind, and whatever a court decided by the
    /// court.
    pub fn referral(&self, record: &Record) -> Option<&Referral> {
        let by_court = self
            .recognise(record.authority_code.as_deref(), record.authority_name.as_deref())
            .is_some_and(|authority| authority.family.door == Door::Court);
        let kind = if by_court { RecordKind::Court } else { record.kind() };
        self.referrals.iter().find(|referral| referral.kind == kind)
    }

    /// The authorities known by themselves.
    pub fn bodies(&self) -> &[Body] {
        &self.bodies
    }

    /// The kinds of authority, in the order they are tried.
    pub fn families(&self) -> &[Family] {
        &self.families
    }

    fn family_of_code(&self, code: &str) -> Option<&Family> {
        let body = self.bodies.iter().find(|body| body.uscc.as_deref() == Some(code))?;
        self.family(&body.family)
    }

    fn family_of_name(&self, name: &str) -> Option<&Family> {
        let named = |body: &&Body| body.name == name || body.former.iter().any(|former| former == name);
        let listed = self
            .bodies
            .iter()
            .find(named)
            .and_then(|body| self.family(&body.family));
        listed.or_else(|| self.families.iter().find(|family| family.is_named_by(name)))
    }

    fn family(&self, code: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.code == code)
    }
}

impl Family {
    /// Where it is said that its records go through its door.
    pub fn citation(&self) -> Citation {
        Citation {
            source: self.source.clone(),
            article: self.article.clone(),
            status: self.status,
        }
    }

    fn is_named_by(&self, name: &str) -> bool {
        self.patterns
            .iter()
            .any(|pattern| pattern.split('+').all(|part| name.contains(part)))
    }
}

impl Referral {
    /// Where it is said that the records belong there.
    pub fn citation(&self) -> Citation {
        Citation {
            source: self.source.clone(),
            article: self.article.clone(),
            status: self.status,
        }
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn shipped() -> Authorities {
        Authorities::parse(include_str!("../../../../assets/authorities.toml")).unwrap()
    }

    #[rstest]
    #[case("广州市越秀区市场监督管理局", "market_regulation", Door::Gsxt)]
    #[case("广州市越秀区北京街市场监督管理所", "market_regulation", Door::Gsxt)]
    #[case("广州市市场监管综合行政执法支队", "market_regulation", Door::Gsxt)]
    #[case("广州市工商行政管理局越秀分局", "market_regulation", Door::Gsxt)]
    #[case("广州市越秀区质监局", "market_regulation", Door::Gsxt)]
    #[case("广州市食药监局越秀分局", "market_regulation", Door::Gsxt)]
    #[case("广东省药品监督管理局", "drug_regulation", Door::Gsxt)]
    #[case("广州市越秀区北京街道综合行政执法办公室", "street", Door::CreditChina)]
    #[case("广州市越秀区人民政府洪桥街道办事处", "street", Door::CreditChina)]
    #[case("广州市越秀区城市管理和综合执法局", "urban_management", Door::CreditChina)]
    #[case("广州市越秀区应急管理局", "emergency", Door::CreditChina)]
    #[case("广州市越秀区消防救援大队", "fire", Door::CreditChina)]
    #[case("广州市公安消防局", "fire", Door::CreditChina)]
    #[case("广州市生态环境局越秀分局", "environment", Door::CreditChina)]
    #[case("广州市越秀区住房和建设局", "construction", Door::CreditChina)]
    #[case("广州市交通运输综合行政执法支队", "transport", Door::CreditChina)]
    #[case("国家税务总局广州市税务局稽查局", "tax", Door::CreditChina)]
    #[case("广州市越秀区人民法院", "court", Door::Court)]
    fn an_authority_is_told_by_its_name(#[case] name: &str, #[case] family: &str, #[case] door: Door) {
        let authorities = shipped();
        let recognised = authorities.recognise(None, Some(name)).unwrap();
        assert_eq!(
            (recognised.family.code.as_str(), recognised.family.door),
            (family, door)
        );
        assert_eq!(recognised.by, RecognisedBy::Name);
    }

    #[test]
    fn an_unknown_name_is_not_guessed_at() {
        assert_eq!(
            shipped().recognise(Some("11440104MACL12TH2Q"), Some("越秀区测试处罚机关")),
            None
        );
        assert_eq!(shipped().recognise(None, None), None);
    }

    #[test]
    fn the_code_goes_before_the_name() {
        let text = format!(
            "{}\n[[body]]\nname = \"甲局\"\nuscc = \"11440104MACL12TH2Q\"\nfamily = \"market_regulation\"\n",
            include_str!("../../../../assets/authorities.toml")
        );
        let authorities = Authorities::parse(&text).unwrap();
        let recognised = authorities
            .recognise(Some("11440104macl12th2q"), Some("北京街道办事处"))
            .unwrap();
        assert_eq!(
            (recognised.family.code.as_str(), recognised.by),
            ("market_regulation", RecognisedBy::Code)
        );
    }
}
