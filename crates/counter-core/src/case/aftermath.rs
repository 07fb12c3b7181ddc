//! What follows a decision at the counter: looking at the sites, serving papers, binding the volume.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::attachment::AttachmentRef;

/// The sites a record stands on, in their own names. Whichever of them took the request, each mirrors the other, so a
/// record is gone once it is gone from both.
pub const SITES: [&str; 2] = ["信用中国", "国家企业信用信息公示系统"];

/// A person looked at a site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct SiteChecked {
    /// The site, in its own name.
    pub site: String,
    /// The day of looking.
    #[specta(type = String)]
    pub on: Date,
    /// Whether the record still stood there.
    pub still_shown: bool,
}

/// 送达: a paper reached the applicant.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct DocumentServed {
    /// The paper by its file.
    pub sha256: String,
    /// Who took it.
    pub to: String,
    /// How it came to them.
    pub way: ServiceWay,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}

/// 送达方式.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum ServiceWay {
    /// 当面送达.
    InPerson,
    /// 邮寄送达.
    Post,
    /// 电子送达.
    Electronic,
    /// 留置送达.
    Left,
}

/// 归档: the volume of a case, one PDF.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct ArchiveVolume {
    /// The PDF, kept.
    pub file: AttachmentRef,
    /// 盒号.
    pub box_number: String,
    /// 保管期限, in years; none for ever (永久).
    pub retention_years: Option<u16>,
    /// How many pages it has.
    pub pages: u32,
    /// The day.
    #[specta(type = String)]
    pub on: Date,
}
