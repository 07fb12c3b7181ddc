//! What the text of one header means, in every edition and spelling seen.

use super::{Field, RowKind, text};

/// What one header says.
#[derive(Clone, Copy, Default)]
pub(super) struct Meaning {
    /// The field, where the header says it.
    pub field: Option<Field>,
    /// What kind of row such a header stands over.
    pub kind: Option<RowKind>,
    /// 行政相对人代码_N without a bracket that says which code.
    pub bare_code: Option<u8>,
}

impl Meaning {
    /// Whether the header is of the standard.
    pub fn is_known(self) -> bool {
        self.field.is_some() || self.bare_code.is_some()
    }
}

/// What the text of a header means.
pub(super) fn meaning(header: &str) -> Meaning {
    let header = simplify(header);
    if header.is_empty() {
        return Meaning::default();
    }
    let kind = if header.contains("处罚") || header.starts_with("CF_") {
        Some(RowKind::Penalty)
    } else if header.contains("许可") || header.starts_with("XK_") {
        Some(RowKind::Permit)
    } else {
        None
    };
    if let Some(field) = field_of_code(&header) {
        return Meaning {
            field: Some(field),
            kind,
            bare_code: None,
        };
    }
    let (name, bracket) = match header.split_once('(') {
        Some((name, rest)) => (name, rest.trim_end_matches(')')),
        None => (header.as_str(), ""),
    };
    if name.starts_with("行政相对人代码") || name.starts_with("相对人代码") {
        let number = name
            .chars()
            .next_back()
            .and_then(|c| c.to_digit(10))
            .and_then(|digit| u8::try_from(digit).ok());
        let field = field_of_identity(bracket);
        return Meaning {
            field,
            kind,
            bare_code: if field.is_none() && bracket.is_empty() {
                number
            } else {
                None
            },
        };
    }
    Meaning {
        field: field_of_name(name).or_else(|| field_of_identity(name)),
        kind,
        bare_code: None,
    }
}

/// Half-width, no blanks, no byte order mark, no asterisk for required, no (必填).
fn simplify(header: &str) -> String {
    let plain: String = header
        .chars()
        .filter(|c| !text::is_invisible(*c))
        .map(text::half_width)
        .filter(|c| !matches!(c, '*' | '"' | '\''))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let mut plain = plain.replace("(必填)", "").replace("(选填)", "").replace("[必填]", "");
    if let Some(rest) = plain
        .strip_prefix('(')
        .and_then(|rest| rest.split_once(')'))
        .filter(|(inner, _)| *inner == "必填")
    {
        plain = rest.1.to_owned();
    }
    plain
}

fn field_of_code(header: &str) -> Option<Field> {
    let kind = match header.get(..3)? {
        "XK_" => RowKind::Permit,
        _ => RowKind::Penalty,
    };
    if let Some(field) = Field::ALL.iter().copied().find(|field| field.code(kind) == header) {
        return Some(field);
    }
    Some(match header {
        "CF_XDR_ZDM" | "XK_XDR_ZDM" => Field::OrganisationCode,
        "CF_XDR_GSDJ" | "XK_XDR_GSDJ" => Field::RegistrationNo,
        "CF_XDR_SFZ" | "XK_XDR_SFZ" => Field::PersonIdNo,
        "CF_FR" | "XK_FR" => Field::LegalRepresentative,
        "CF_FR_SFZH" | "XK_FR_ZJHM" => Field::LegalRepresentativeIdNo,
        "CF_CFLB1" => Field::PenaltyKinds,
        "CF_JG" => Field::Content,
        "CF_XZJG" => Field::Authority,
        "XK_XZJG" => Field::Authority,
        "CF_XDR" | "XK_XDR" | "COMP_NAME" => Field::SubjectName,
        "CF_JZQ" | "XK_JZQ" | "XK_YXQZHI" | "XK_YXQZZ" => Field::ValidUntil,
        "CF_AREACODE" | "XK_AREACODE" => Field::AreaCode,
        "XK_SJLY" => Field::Source,
        "XK_SJLYDM" => Field::SourceCode,
        _ => return None,
    })
}

fn field_of_identity(text: &str) -> Option<Field> {
    Some(match text {
        "统一社会信用代码" | "社会信用代码" => Field::Uscc,
        "工商注册号" | "工商登记码" | "工商登记号" | "工商登记证号" | "注册号" | "营业执照注册号" => {
            Field::RegistrationNo
        }
        "组织机构代码" => Field::OrganisationCode,
        "税务登记号" | "税务登记证号" => Field::TaxNo,
        "事业单位证书号" => Field::InstitutionNo,
        "社会组织登记证号" => Field::SocialOrganisationNo,
        "居民身份证号" | "居民身份证号码" | "身份证号" | "身份证号码" => Field::PersonIdNo,
        _ => return None,
    })
}

fn field_of_name(name: &str) -> Option<Field> {
    Some(match name {
        "行政相对人名称" | "行政相对人" | "相对人名称" | "被处罚人名称" | "单位名称" | "企业名称" => {
            Field::SubjectName
        }
        "行政相对人类别" | "相对人类别" => Field::SubjectKind,
        "法定代表人" | "法定代表人姓名" | "法人代表" | "法定代表人(负责人)" => {
            Field::LegalRepresentative
        }
        "法定代表人证件类型" | "法人证件类型" => Field::LegalRepresentativeIdKind,
        "法定代表人证件号码" | "法定代表人证件号" | "法定代表人身份证号" | "法定代表人身份证号码" | "法人证件号码" => {
            Field::LegalRepresentativeIdNo
        }
        "证件类型" | "行政相对人证件类型" | "自然人证件类型" => Field::PersonIdKind,
        "证件号码" | "行政相对人证件号码" | "自然人证件号码" | "证件号" => Field::PersonIdNo,
        "行政处罚决定书文号"
        | "处罚决定书文号"
        | "处罚文书号"
        | "决定书文号"
        | "行政许可决定文书号"
        | "行政许可决定书文号"
        | "许可决定书文号"
        | "许可决定文书号"
        | "决定文书号" => Field::DocumentNo,
        "违法行为类型" => Field::OffenceKind,
        "违法事实" | "处罚事由" | "案由" => Field::Facts,
        "处罚依据" | "行政处罚依据" => Field::Basis,
        "处罚类别" | "处罚种类" | "处罚类别1" | "处罚类别_1" => Field::PenaltyKinds,
        "处罚类别2" | "处罚类别_2" => Field::SecondPenaltyKinds,
        "处罚内容" | "处罚结果" | "行政处罚内容" | "许可内容" | "行政许可内容" => {
            Field::Content
        }
        "罚款金额" => Field::Fine,
        "没收违法所得、没收非法财物的金额" | "没收违法所得、没收非法财物金额" | "没收金额" | "没收违法所得金额" => {
            Field::Confiscated
        }
        "暂扣或吊销证照名称及编号" => Field::Licence,
        "处罚决定日期" | "行政处罚决定日期" | "许可决定日期" | "行政许可决定日期" | "决定日期" => {
            Field::DecidedOn
        }
        "处罚有效期" | "处罚截止期" | "有效期至" | "许可截止期" | "许可有效期至" => {
            Field::ValidUntil
        }
        "有效期自" | "许可有效期自" => Field::ValidFrom,
        "公示截止期" | "公示截止日期" | "公示截至期" => Field::PublicUntil,
        "处罚机关" | "行政处罚机关" | "作出处罚机关" | "许可机关" | "行政许可机关" => {
            Field::Authority
        }
        "处罚机关统一社会信用代码" | "处罚机关代码" | "许可机关统一社会信用代码" | "许可机关代码" => {
            Field::AuthorityCode
        }
        "数据来源单位" | "数据来源" => Field::Source,
        "数据来源单位统一社会信用代码" | "数据来源单位代码" => Field::SourceCode,
        "备注" => Field::Note,
        "处罚名称" | "案件名称" | "项目名称" => Field::CaseTitle,
        "当前状态" => Field::Status,
        "地方编码" => Field::AreaCode,
        "数据更新时间戳" | "时间戳" | "上报时间" | "报送日期" | "上报日期" => Field::ReportedOn,
        "职权编码" => Field::ItemCode,
        "信息使用范围" => Field::UseScope,
        "失信严重程度" => Field::Severity,
        "行政许可决定文书名称" | "许可决定文书名称" => Field::PermitDocument,
        "许可类别" | "审批类别" => Field::PermitKind,
        "许可证书名称" => Field::Certificate,
        "许可编号" | "许可证编号" => Field::CertificateNo,
        _ => return None,
    })
}
