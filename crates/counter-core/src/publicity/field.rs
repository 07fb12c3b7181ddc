//! What a column of a 双公示 sheet means, whatever the layout calls it.

use serde::{Deserialize, Serialize};

/// Whether a row reports a penalty or a permit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// 行政处罚.
    Penalty,
    /// 行政许可.
    Permit,
}

impl RowKind {
    /// The stable word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Penalty => "penalty",
            Self::Permit => "permit",
        }
    }

    /// The word on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Penalty => "行政处罚",
            Self::Permit => "行政许可",
        }
    }
}

macro_rules! fields {
    ($($(#[$doc:meta])* $name:ident = $penalty_code:literal, $permit_code:literal, $header:literal;)*) => {
        /// A meaning, with the codes it has in penalty and permit rows (empty where it has none).
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[repr(u8)]
        pub enum Field { $($(#[$doc])* $name,)* }

        impl Field {
            /// Every field, in the order of the 2018–2021 penalty sheet, then the older ones, then those of permits only.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The code in rows of `kind`, empty where such rows have no such field.
            pub fn code(self, kind: RowKind) -> &'static str {
                match (self, kind) {
                    $((Self::$name, RowKind::Penalty) => $penalty_code, (Self::$name, RowKind::Permit) => $permit_code,)*
                }
            }

            /// The header in the layout of 2018–2021, or in the last layout that had the field.
            pub fn header(self) -> &'static str {
                match self { $(Self::$name => $header,)* }
            }
        }
    };
}

fields! {
    /// 行政相对人名称.
    SubjectName = "CF_XDR_MC", "XK_XDR_MC", "行政相对人名称";
    /// 行政相对人类别.
    SubjectKind = "CF_XDR_LB", "XK_XDR_LB", "行政相对人类别";
    /// 统一社会信用代码.
    Uscc = "CF_XDR_SHXYM", "XK_XDR_SHXYM", "行政相对人代码_1(统一社会信用代码)";
    /// 工商注册号; 代码_2 in the layouts since 2018.
    RegistrationNo = "CF_XDR_GSZC", "XK_XDR_GSZC", "行政相对人代码_2(工商注册号)";
    /// 组织机构代码; 代码_2 in the layouts before 2018, 代码_3 since.
    OrganisationCode = "CF_XDR_ZZJG", "XK_XDR_ZZJG", "行政相对人代码_3(组织机构代码)";
    /// 税务登记号.
    TaxNo = "CF_XDR_SWDJ", "XK_XDR_SWDJ", "行政相对人代码_4(税务登记号)";
    /// 事业单位证书号.
    InstitutionNo = "CF_XDR_SYDW", "XK_XDR_SYDW", "行政相对人代码_5(事业单位证书号)";
    /// 社会组织登记证号.
    SocialOrganisationNo = "CF_XDR_SHZZ", "XK_XDR_SHZZ", "行政相对人代码_6(社会组织登记证号)";
    /// 法定代表人.
    LegalRepresentative = "CF_FRDB", "XK_FRDB", "法定代表人";
    /// 法定代表人证件类型.
    LegalRepresentativeIdKind = "CF_FR_ZJLX", "XK_FR_ZJLX", "法定代表人证件类型";
    /// 法定代表人证件号码: a personal number.
    LegalRepresentativeIdNo = "CF_FR_ZJHM", "XK_FR_SFZH", "法定代表人证件号码";
    /// 证件类型 of a natural person.
    PersonIdKind = "CF_XDR_ZJLX", "XK_XDR_ZJLX", "证件类型";
    /// 证件号码 of a natural person: a personal number.
    PersonIdNo = "CF_XDR_ZJHM", "XK_XDR_ZJHM", "证件号码";
    /// 决定书文号.
    DocumentNo = "CF_WSH", "XK_WSH", "行政处罚决定书文号";
    /// 违法行为类型.
    OffenceKind = "CF_WFXW", "", "违法行为类型";
    /// 违法事实 (处罚事由 before 2018).
    Facts = "CF_SY", "", "违法事实";
    /// 处罚依据.
    Basis = "CF_YJ", "", "处罚依据";
    /// 处罚类别 (处罚类别1 before 2018).
    PenaltyKinds = "CF_CFLB", "", "处罚类别";
    /// 处罚内容 or 许可内容 (处罚结果 before 2018).
    Content = "CF_NR", "XK_NR", "处罚内容";
    /// 罚款金额（万元）.
    Fine = "CF_NR_FK", "", "罚款金额（万元）";
    /// 没收违法所得、没收非法财物的金额（万元）.
    Confiscated = "CF_NR_WFFF", "", "没收违法所得、没收非法财物的金额（万元）";
    /// 暂扣或吊销证照名称及编号.
    Licence = "CF_NR_ZKDX", "", "暂扣或吊销证照名称及编号";
    /// 决定日期.
    DecidedOn = "CF_JDRQ", "XK_JDRQ", "处罚决定日期";
    /// 处罚有效期 or 有效期至; 2099-12-31 stands for none.
    ValidUntil = "CF_YXQ", "XK_YXQZI", "处罚有效期";
    /// 公示截止期.
    PublicUntil = "CF_GSJZQ", "", "公示截止期";
    /// 处罚机关 or 许可机关.
    Authority = "CF_CFJG", "XK_XKJG", "处罚机关";
    /// 机关的统一社会信用代码.
    AuthorityCode = "CF_CFJGDM", "XK_XKJGDM", "处罚机关统一社会信用代码";
    /// 数据来源单位.
    Source = "CF_SJLY", "XK_LYDW", "数据来源单位";
    /// 数据来源单位统一社会信用代码.
    SourceCode = "CF_SJLYDM", "XK_LYDWDM", "数据来源单位统一社会信用代码";
    /// 备注.
    Note = "BZ", "BZ", "备注";
    /// 处罚名称 (2016, 2017) or 项目名称 of old permit sheets.
    CaseTitle = "CF_CFMC", "XK_XMMC", "处罚名称";
    /// 处罚类别2 (2016, 2017).
    SecondPenaltyKinds = "CF_CFLB2", "", "处罚类别2";
    /// 当前状态.
    Status = "CF_ZT", "XK_ZT", "当前状态";
    /// 地方编码 (2016, 2017).
    AreaCode = "DFBM", "DFBM", "地方编码";
    /// 数据更新时间戳 (2016, 2017): the day a row was reported.
    ReportedOn = "SJC", "SJC", "数据更新时间戳";
    /// 职权编码 (2017).
    ItemCode = "CF_BM", "XK_BM", "职权编码";
    /// 信息使用范围 (2017).
    UseScope = "CF_SYFW", "XK_SYFW", "信息使用范围";
    /// 失信严重程度 (2017).
    Severity = "CF_SXYZCD", "", "失信严重程度";
    /// 行政许可决定文书名称.
    PermitDocument = "", "XK_XKWS", "行政许可决定文书名称";
    /// 许可类别.
    PermitKind = "", "XK_XKLB", "许可类别";
    /// 许可证书名称.
    Certificate = "", "XK_XKZS", "许可证书名称";
    /// 许可编号.
    CertificateNo = "", "XK_XKBH", "许可编号";
    /// 有效期自.
    ValidFrom = "", "XK_YXQZ", "有效期自";
}

impl Field {
    /// How many fields there are.
    pub const COUNT: usize = Self::ALL.len();

    /// The header used for rows of `kind` in the layout of 2018–2021.
    pub fn header_of(self, kind: RowKind) -> &'static str {
        match (kind, self) {
            (RowKind::Permit, Self::DocumentNo) => "行政许可决定文书号",
            (RowKind::Permit, Self::Content) => "许可内容",
            (RowKind::Permit, Self::DecidedOn) => "许可决定日期",
            (RowKind::Permit, Self::ValidUntil) => "有效期至",
            (RowKind::Permit, Self::Authority) => "许可机关",
            (RowKind::Permit, Self::AuthorityCode) => "许可机关统一社会信用代码",
            (RowKind::Permit, Self::CaseTitle) => "项目名称",
            _ => self.header(),
        }
    }

    /// Whether the values are dates.
    pub fn is_date(self) -> bool {
        matches!(
            self,
            Self::DecidedOn | Self::ValidUntil | Self::PublicUntil | Self::ValidFrom | Self::ReportedOn
        )
    }

    /// Whether the values are amounts in 万元.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Fine | Self::Confiscated)
    }

    /// Whether the values are codes: no blanks inside, capital letters, half-width characters.
    pub fn is_code(self) -> bool {
        matches!(
            self,
            Self::Uscc
                | Self::RegistrationNo
                | Self::OrganisationCode
                | Self::TaxNo
                | Self::InstitutionNo
                | Self::SocialOrganisationNo
                | Self::LegalRepresentativeIdNo
                | Self::PersonIdNo
                | Self::AuthorityCode
                | Self::SourceCode
                | Self::AreaCode
        )
    }

    /// Whether the values are personal numbers, masked wherever the act does not need them.
    pub fn is_personal_number(self) -> bool {
        matches!(self, Self::LegalRepresentativeIdNo | Self::PersonIdNo)
    }
}

/// A set of fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FieldSet(u64);

impl FieldSet {
    /// Puts `field` in.
    pub fn insert(&mut self, field: Field) {
        self.0 |= 1 << field as u64;
    }

    /// Takes `field` out.
    pub fn remove(&mut self, field: Field) {
        self.0 &= !(1 << field as u64);
    }

    /// The fields in the set, in the order of the standard.
    pub fn iter(self) -> impl Iterator<Item = Field> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let field = Field::ALL.get(left.trailing_zeros() as usize).copied();
            left &= left.wrapping_sub(1);
            field
        })
    }

    /// Whether `field` is in.
    pub fn contains(self, field: Field) -> bool {
        self.0 & (1 << field as u64) != 0
    }

    /// How many fields are in.
    pub fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Whether nothing is in.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_names_one_field_in_rows_of_one_kind() {
        for kind in [RowKind::Penalty, RowKind::Permit] {
            let mut codes: Vec<_> = Field::ALL
                .iter()
                .map(|field| field.code(kind))
                .filter(|code| !code.is_empty())
                .collect();
            let all = codes.len();
            codes.sort_unstable();
            codes.dedup();
            assert_eq!(codes.len(), all);
        }
        const { assert!(Field::COUNT <= 64, "a field set is one word") };
    }
}
