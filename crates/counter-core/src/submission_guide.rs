//! 网上填报指引: the steps and the fields of a site's form, in its order, as data (assets/doors.toml).

use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use crate::pack::{Door, Status};

const SHIPPED: &str = include_str!("../../../assets/doors.toml");

static GUIDES: LazyLock<Vec<SubmissionGuide>> =
    LazyLock::new(|| parse(SHIPPED).expect("the shipped guides are read by the tests of this crate"));

/// How a request is entered at a site.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubmissionGuide {
    /// The door it is for.
    pub door: Door,
    /// The site, in its own name.
    pub site: String,
    /// Its address.
    pub address: String,
    /// What to do, in order.
    pub steps: Vec<String>,
    /// The fields of the form, in its order.
    #[serde(rename = "field")]
    pub fields: Vec<GuideField>,
    /// Where the steps and fields were read.
    pub source: String,
    /// The article; — where there is none.
    pub article: String,
    /// How far that was checked.
    pub status: Status,
    /// The copy or report it was read in.
    pub seen_in: Option<String>,
}

/// A field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuideField {
    /// Its label on the site.
    pub label: String,
    /// What goes into it.
    pub value: FieldValue,
    /// Whether the site wants it.
    pub required: bool,
    /// What to heed.
    pub note: Option<String>,
}

/// What goes into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// 主体名称.
    SubjectName,
    /// 统一社会信用代码.
    Uscc,
    /// 决定书文号.
    DocumentNo,
    /// 处罚机关.
    Authority,
    /// 处罚决定日期.
    DecidedOn,
    /// 经办人姓名.
    AgentName,
    /// 经办人手机号, sealed.
    AgentPhone,
    /// 经办人证件号, sealed.
    AgentId,
    /// 身份类型.
    AgentCapacity,
    /// Nothing the counter knows.
    ByHand,
}

/// The guide of a door; none where nothing is entered at a site.
pub fn guide_of(door: Door) -> Option<&'static SubmissionGuide> {
    GUIDES.iter().find(|guide| guide.door == door)
}

fn parse(text: &str) -> Result<Vec<SubmissionGuide>, toml::de::Error> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct File {
        guide: Vec<SubmissionGuide>,
    }
    Ok(toml::from_str::<File>(text)?.guide)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_sites_have_a_guide_that_names_the_record_and_the_other_doors_none() {
        for door in [Door::CreditChina, Door::Gsxt] {
            let guide = guide_of(door).unwrap();
            assert!(guide.site.contains(door.label()), "{}", guide.site);
            assert!(!guide.steps.is_empty());
            for needed in [FieldValue::Uscc, FieldValue::DocumentNo] {
                assert!(guide.fields.iter().any(|field| field.value == needed && field.required));
            }
        }
        for door in [Door::Authority, Door::Court, Door::Tax] {
            assert_eq!(guide_of(door), None);
        }
    }
}
