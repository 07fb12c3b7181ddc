//! What is known of one dishonesty record: the 双公示 columns by their codes, and what the counter found out besides.
//!
//! A field that is absent is unknown; nothing here has a default that claims anything. Where the row came from, its
//! findings and its case are kept elsewhere.

mod amount;
mod date;
mod fact;
mod parse;
mod penalty_kind;
mod personal_number;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

pub use amount::{AmountError, Fen};
pub use date::parse_date;
pub use fact::{ChosenClass, Domain, Procedure, RecordKind};
pub use parse::RecordError;
pub use penalty_kind::{PenaltyKind, PenaltyKinds};
pub use personal_number::PersonalNumber;

/// One record as the data or a clerk gives it: the columns of the 双公示 standard (发改办财金〔2018〕424号 and 2021) under
/// their codes, and the facts that decide whether it may be repaired.
///
/// Blank texts and nulls are read as absent. Use [`Record::from_json`] for a precise error.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(deny_unknown_fields, default)]
pub struct Record {
    /// 行政相对人名称
    #[serde(
        rename = "CF_XDR_MC",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub subject_name: Option<String>,
    /// 行政相对人类别
    #[serde(
        rename = "CF_XDR_LB",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub subject_category: Option<String>,
    /// 行政相对人代码_1(统一社会信用代码)
    #[serde(
        rename = "CF_XDR_SHXYM",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub uscc: Option<String>,
    /// 行政相对人代码_2(工商注册号)
    #[serde(
        rename = "CF_XDR_GSZC",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub registration_number: Option<String>,
    /// 行政相对人代码_3(组织机构代码)
    #[serde(
        rename = "CF_XDR_ZZJG",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub organisation_code: Option<String>,
    /// 行政相对人代码_4(税务登记号)
    #[serde(
        rename = "CF_XDR_SWDJ",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub tax_number: Option<String>,
    /// 行政相对人代码_5(事业单位证书号)
    #[serde(
        rename = "CF_XDR_SYDW",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub public_institution_number: Option<String>,
    /// 行政相对人代码_6(社会组织登记证号)
    #[serde(
        rename = "CF_XDR_SHZZ",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub social_organisation_number: Option<String>,
    /// 法定代表人
    #[serde(
        rename = "CF_FRDB",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub legal_representative: Option<String>,
    /// 法定代表人证件类型
    #[serde(
        rename = "CF_FR_ZJLX",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub legal_representative_document: Option<String>,
    /// 法定代表人证件号码
    #[serde(
        rename = "CF_FR_ZJHM",
        alias = "CF_FR_SFZH",
        deserialize_with = "parse::personal_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub legal_representative_number: Option<PersonalNumber>,
    /// 证件类型 (自然人)
    #[serde(
        rename = "CF_XDR_ZJLX",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub person_document: Option<String>,
    /// 证件号码 (自然人)
    #[serde(
        rename = "CF_XDR_ZJHM",
        deserialize_with = "parse::personal_number",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub person_number: Option<PersonalNumber>,
    /// 行政处罚决定书文号
    #[serde(
        rename = "CF_WSH",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub document_no: Option<String>,
    /// 违法行为类型
    #[serde(
        rename = "CF_WFXW",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub violation_type: Option<String>,
    /// 违法事实
    #[serde(
        rename = "CF_SY",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub violation_facts: Option<String>,
    /// 处罚依据
    #[serde(
        rename = "CF_YJ",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub legal_basis: Option<String>,
    /// 处罚类别, one or more of the standard's kinds
    #[serde(
        rename = "CF_CFLB",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub penalty_kinds: Option<String>,
    /// 处罚内容
    #[serde(
        rename = "CF_NR",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub penalty_content: Option<String>,
    /// 罚款金额（万元）
    #[serde(
        rename = "CF_NR_FK",
        deserialize_with = "parse::wan",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub fine_fen: Option<Fen>,
    /// 没收违法所得、没收非法财物的金额（万元）
    #[serde(
        rename = "CF_NR_WFFF",
        deserialize_with = "parse::wan",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub confiscated_fen: Option<Fen>,
    /// 暂扣或吊销证照名称及编号
    #[serde(
        rename = "CF_NR_ZKDX",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub licence: Option<String>,
    /// 处罚决定日期; of a list, the day of listing
    #[serde(
        rename = "CF_JDRQ",
        deserialize_with = "parse::date",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub decided_on: Option<Date>,
    /// 处罚有效期
    #[serde(
        rename = "CF_YXQ",
        deserialize_with = "parse::date",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub valid_until_on: Option<Date>,
    /// 公示截止期
    #[serde(
        rename = "CF_GSJZQ",
        deserialize_with = "parse::date",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub published_until_on: Option<Date>,
    /// 处罚机关
    #[serde(
        rename = "CF_CFJG",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub authority_name: Option<String>,
    /// 处罚机关统一社会信用代码
    #[serde(
        rename = "CF_CFJGDM",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub authority_code: Option<String>,
    /// 数据来源单位
    #[serde(
        rename = "CF_SJLY",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub data_source_name: Option<String>,
    /// 数据来源单位统一社会信用代码
    #[serde(
        rename = "CF_SJLYDM",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub data_source_code: Option<String>,
    /// 备注
    #[serde(
        rename = "BZ",
        deserialize_with = "parse::text",
        skip_serializing_if = "Option::is_none"
    )]
    #[specta(type = Option<String>)]
    pub remark: Option<String>,
    /// What the record is; a penalty unless said otherwise.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<RecordKind>,
    /// Simple or ordinary procedure.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure: Option<Procedure>,
    /// The field of law, where the rules look at it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// Whether a site shows it now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<bool>,
    /// Whether the obligations of the decision are fulfilled.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fulfilled: Option<bool>,
    /// Whether the act is put right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rectified: Option<bool>,
    /// Whether the public commitment is given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub committed: Option<bool>,
    /// Whether repair training was attended (a condition only under 527号文).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub training: Option<bool>,
    /// Whether a credit report was handed in (a condition only under 527号文).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit_report: Option<bool>,
    /// Whether the same act put the subject on a serious-dishonesty list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub listed_serious: Option<bool>,
    /// Whether the decision or a law calls it serious.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub serious_by_authority: Option<bool>,
    /// The class a person chose and cited.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class_chosen: Option<ChosenClass>,
}

impl Record {
    /// What the record is; a penalty where nothing is said.
    pub fn kind(&self) -> RecordKind {
        self.kind.unwrap_or_default()
    }

    /// The name the record bears, where the subject goes by another one: `name`.
    pub fn named_otherwise(&self, name: &str) -> Option<&str> {
        let named = self.subject_name.as_deref().map(str::trim)?;
        (!named.is_empty() && named != name.trim()).then_some(named)
    }

    /// The kinds of penalty the record names.
    pub fn penalties(&self) -> PenaltyKinds {
        PenaltyKinds::read(
            self.penalty_kinds.as_deref().unwrap_or_default(),
            self.penalty_content.as_deref(),
        )
    }

    /// Whether the decision also orders something to be put right (责令改正 and the like), which a receipt for the fine
    /// does not prove.
    pub fn orders_rectification(&self) -> bool {
        const ORDERS: [&str; 7] = [
            "责令改正",
            "责令限期",
            "责令整改",
            "限期改正",
            "限期整改",
            "责令停止",
            "停止违法行为",
        ];
        [&self.penalty_content, &self.penalty_kinds]
            .into_iter()
            .flatten()
            .any(|text| ORDERS.iter().any(|order| text.contains(order)))
    }
}

#[cfg(test)]
mod tests;
