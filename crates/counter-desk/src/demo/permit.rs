//! Made-up permits.

use counter_core::publicity::Field;
use jiff::{ToSpan, civil::Date};

use super::{Chance, MadeUpSubject, name::credit_code, sheet::SheetRow};

struct Kind {
    authority: &'static str,
    mark: &'static str,
    document: &'static str,
    kind: &'static str,
    certificate: &'static str,
    content: &'static str,
    years: i16,
}

const KINDS: &[Kind] = &[
    Kind {
        authority: "广州市越秀区市场监督管理局",
        mark: "越市监食许",
        document: "食品经营许可决定书",
        kind: "普通",
        certificate: "食品经营许可证",
        content: "食品销售、餐饮服务",
        years: 5,
    },
    Kind {
        authority: "广州市越秀区市场监督管理局",
        mark: "越市监登记",
        document: "准予变更登记通知书",
        kind: "登记",
        certificate: "营业执照",
        content: "变更住所",
        years: 30,
    },
    Kind {
        authority: "广州市越秀区卫生健康局",
        mark: "越卫公许",
        document: "公共场所卫生许可决定书",
        kind: "普通",
        certificate: "卫生许可证",
        content: "理发店、旅馆",
        years: 4,
    },
    Kind {
        authority: "广州市越秀区住房和建设局",
        mark: "越住建许",
        document: "建筑工程施工许可决定书",
        kind: "普通",
        certificate: "建筑工程施工许可证",
        content: "室内装修工程",
        years: 2,
    },
    Kind {
        authority: "广州市越秀区文化广电旅游体育局",
        mark: "越文旅许",
        document: "娱乐经营许可决定书",
        kind: "普通",
        certificate: "娱乐经营许可证",
        content: "歌舞娱乐",
        years: 3,
    },
    Kind {
        authority: "广州市越秀区人力资源和社会保障局",
        mark: "越人社许",
        document: "劳务派遣行政许可决定书",
        kind: "普通",
        certificate: "劳务派遣经营许可证",
        content: "劳务派遣业务",
        years: 3,
    },
];
/// Codes of made-up authorities, apart from those of penalties.
const FIRST_AUTHORITY: usize = 21_000_000;

/// So many permits of these subjects.
pub(super) fn rows(chance: &mut Chance, subjects: &[MadeUpSubject], count: usize, today: Date) -> Vec<SheetRow> {
    (0..count)
        .map(|at| {
            let place = chance.below(KINDS.len());
            let kind = &KINDS[place];
            let decided = today
                .checked_sub((1 + chance.below(1_800) as i64).days())
                .unwrap_or(today);
            let until = decided.checked_add(i64::from(kind.years).years()).unwrap_or(decided);
            let subject = &subjects[(at * 7 + chance.below(5)) % subjects.len()];
            let code = credit_code("11", FIRST_AUTHORITY + place);
            let day = |day: Date| day.strftime("%Y/%m/%d").to_string();
            vec![
                (Field::SubjectName, subject.name.clone()),
                (
                    Field::SubjectKind,
                    if subject.individual {
                        "个体工商户"
                    } else {
                        "法人及非法人组织"
                    }
                    .to_owned(),
                ),
                (Field::Uscc, subject.uscc.clone()),
                (Field::LegalRepresentative, subject.representative.clone()),
                (Field::PermitDocument, kind.document.to_owned()),
                (
                    Field::DocumentNo,
                    format!("{}〔{}〕{}号", kind.mark, decided.year(), 10_000 + at),
                ),
                (Field::PermitKind, kind.kind.to_owned()),
                (Field::Certificate, kind.certificate.to_owned()),
                (Field::CertificateNo, format!("DEMO{at:08}")),
                (Field::Content, format!("（演示数据）{}", kind.content)),
                (Field::DecidedOn, day(decided)),
                (Field::ValidFrom, day(decided)),
                (Field::ValidUntil, day(until)),
                (Field::Authority, kind.authority.to_owned()),
                (Field::AuthorityCode, code.clone()),
                (Field::Status, "1".to_owned()),
                (Field::Source, kind.authority.to_owned()),
                (Field::SourceCode, code),
                (Field::Note, "演示数据".to_owned()),
            ]
        })
        .collect()
}
