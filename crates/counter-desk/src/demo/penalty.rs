//! Made-up penalties that meet every answer of the rules.

use counter_core::publicity::Field;
use jiff::{ToSpan, civil::Date};

use super::{Chance, MadeUpSubject, name::credit_code, sheet::SheetRow};

/// Codes of made-up authorities count from here, far from those of subjects.
const FIRST_AUTHORITY: usize = 20_000_000;

/// One kind of penalty: who imposes it, for what, how.
struct Kind {
    authority: &'static str,
    mark: &'static str,
    offence: &'static str,
    facts: &'static str,
    basis: &'static str,
    kinds: &'static str,
    /// The wording, `{fine}` and `{gains}` standing for the amounts in yuan.
    content: &'static str,
    /// The smallest and largest fine in yuan; nothing for none.
    fine: Option<(u32, u32)>,
    gains: bool,
    licence: bool,
}

const KINDS: &[Kind] = &[
    Kind {
        authority: "广州市越秀区市场监督管理局",
        mark: "越市监处罚",
        offence: "食品违法行为",
        facts: "经营超过保质期的食品",
        basis: "《中华人民共和国食品安全法》第一百二十四条第一款",
        kinds: "罚款;没收违法所得",
        content: "罚款{fine}元;没收违法所得{gains}元",
        fine: Some((2_000, 50_000)),
        gains: true,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区市场监督管理局",
        mark: "越市监处罚",
        offence: "广告违法行为",
        facts: "发布与事实不符的广告",
        basis: "《中华人民共和国广告法》第五十五条第一款",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((1_000, 80_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区市场监督管理局",
        mark: "越市监处罚",
        offence: "计量违法行为",
        facts: "使用未经检定的计量器具",
        basis: "《中华人民共和国计量法》第二十五条",
        kinds: "警告",
        content: "警告",
        fine: None,
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区卫生健康局",
        mark: "越卫罚",
        offence: "公共场所卫生违法行为",
        facts: "未按规定对公共场所的空气进行卫生检测",
        basis: "《公共场所卫生管理条例实施细则》第三十七条",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((500, 20_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区卫生健康局",
        mark: "越卫罚",
        offence: "医疗服务违法行为",
        facts: "诊疗活动超出登记范围",
        basis: "《医疗机构管理条例》第四十六条",
        kinds: "罚款;吊销许可证件",
        content: "罚款{fine}元;吊销诊所备案凭证",
        fine: Some((10_000, 50_000)),
        gains: false,
        licence: true,
    },
    Kind {
        authority: "广州市越秀区应急管理局",
        mark: "越应急罚",
        offence: "安全生产违法行为",
        facts: "未按规定对从业人员进行安全生产教育和培训",
        basis: "《中华人民共和国安全生产法》第九十七条",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((10_000, 90_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区消防救援大队",
        mark: "越消行罚决字",
        offence: "消防违法行为",
        facts: "占用、堵塞疏散通道",
        basis: "《中华人民共和国消防法》第六十条第一款",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((5_000, 50_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市生态环境局越秀分局",
        mark: "穗环越罚",
        offence: "环境违法行为",
        facts: "未采取措施防治油烟污染",
        basis: "《中华人民共和国大气污染防治法》第一百一十八条第一款",
        kinds: "罚款;责令停产停业",
        content: "罚款{fine}元;责令停业整治",
        fine: Some((5_000, 50_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区住房和建设局",
        mark: "越住建罚",
        offence: "建设工程违法行为",
        facts: "未取得施工许可证擅自施工",
        basis: "《建设工程质量管理条例》第五十七条",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((3_000, 60_000)),
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区洪桥街道办事处",
        mark: "越洪桥综执罚",
        offence: "城市管理违法行为",
        facts: "占用城市道路堆放物料",
        basis: "《广州市市容环境卫生管理规定》第三十八条",
        kinds: "警告",
        content: "警告",
        fine: None,
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区文化广电旅游体育局",
        mark: "越文旅罚",
        offence: "旅游经营违法行为",
        facts: "未按规定签订旅游合同",
        basis: "《旅行社条例》第五十五条",
        kinds: "通报批评",
        content: "通报批评",
        fine: None,
        gains: false,
        licence: false,
    },
    Kind {
        authority: "广州市越秀区人力资源和社会保障局",
        mark: "越人社罚",
        offence: "劳动保障违法行为",
        facts: "未按规定办理用工备案",
        basis: "《劳动保障监察条例》第三十条",
        kinds: "其他-责令改正",
        content: "责令限期改正",
        fine: None,
        gains: false,
        licence: false,
    },
    Kind {
        authority: "演示行业协会联合会",
        mark: "演协处",
        offence: "其他",
        facts: "违反行业约定（演示）",
        basis: "演示依据",
        kinds: "罚款",
        content: "罚款{fine}元",
        fine: Some((1_000, 5_000)),
        gains: false,
        licence: false,
    },
];

/// How many days ago decisions were made: recent ones wait, older ones may be repaired, the oldest are over.
const AGES: &[(i64, i64)] = &[
    (2, 60),
    (100, 340),
    (100, 340),
    (380, 700),
    (760, 1_060),
    (1_120, 1_700),
];

/// So many penalties of these subjects. The first ones walk through every kind at every age.
pub(super) fn rows(chance: &mut Chance, subjects: &[MadeUpSubject], count: usize, today: Date) -> Vec<SheetRow> {
    (0..count)
        .map(|at| {
            let kind = &KINDS[at % KINDS.len()];
            let (youngest, oldest) = AGES[(at / KINDS.len()) % AGES.len()];
            let age = youngest + chance.below((oldest - youngest) as usize) as i64;
            let decided = today.checked_sub(age.days()).unwrap_or(today);
            // A few subjects have several records on one page.
            let subject = if at % 7 == 0 {
                &subjects[at % 3]
            } else {
                &subjects[(at * 31 + chance.below(17)) % subjects.len()]
            };
            row(chance, subject, kind, decided, at)
        })
        .collect()
}

fn row(chance: &mut Chance, subject: &MadeUpSubject, kind: &Kind, decided: Date, at: usize) -> SheetRow {
    let fine = kind
        .fine
        .map(|(least, most)| (least + chance.below((most - least) as usize / 100) as u32 * 100) as i64);
    let gains = kind.gains.then(|| (100 + chance.below(9_000)) as i64);
    let yuan = |amount: Option<i64>| amount.map(|amount| amount.to_string()).unwrap_or_default();
    let wan = |amount: Option<i64>| {
        amount
            .map(|amount| counter_core::publicity::amount::write_wan(amount * 100))
            .unwrap_or_default()
    };
    let content = kind
        .content
        .replace("{fine}", &yuan(fine))
        .replace("{gains}", &yuan(gains));
    let place = KINDS
        .iter()
        .position(|other| other.authority == kind.authority)
        .unwrap_or(0);
    let authority_code = credit_code("11", FIRST_AUTHORITY + place);
    let licence = if kind.licence {
        format!("诊所备案凭证（演示）{at:06}号")
    } else {
        String::new()
    };
    let public_until = decided.checked_add(1.year()).unwrap_or(decided);
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
        (
            Field::DocumentNo,
            format!("{}〔{}〕{}号", kind.mark, decided.year(), 1_000 + at),
        ),
        (Field::OffenceKind, kind.offence.to_owned()),
        (Field::Facts, format!("（演示数据）{}", kind.facts)),
        (Field::Basis, kind.basis.to_owned()),
        (Field::PenaltyKinds, kind.kinds.to_owned()),
        (Field::Content, content),
        (Field::Fine, wan(fine)),
        (Field::Confiscated, wan(gains)),
        (Field::Licence, licence),
        (Field::DecidedOn, decided.strftime("%Y/%m/%d").to_string()),
        (Field::ValidUntil, "2099/12/31".to_owned()),
        (Field::PublicUntil, public_until.strftime("%Y/%m/%d").to_string()),
        (Field::Authority, kind.authority.to_owned()),
        (Field::AuthorityCode, authority_code.clone()),
        (Field::Source, kind.authority.to_owned()),
        (Field::SourceCode, authority_code),
        (Field::Note, "演示数据".to_owned()),
    ]
}
