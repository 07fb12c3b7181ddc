//! Made-up input for every builder; the code passes its check digit, the names are invented.

#[path = "samples/continued.rs"]
mod continued;
#[path = "samples/forms.rs"]
mod forms;
#[path = "samples/objections.rs"]
pub mod objections;
#[path = "samples/of_a_case.rs"]
pub mod of_a_case;
#[path = "samples/records.rs"]
pub mod records;

use counter_documents::document::Document;
use counter_documents::paper::acceptance_receipt::{self, Receipt, acceptance_receipt};
use counter_documents::paper::advice_slip::{Advice, Day, Needed, Reason, advice_slip};
use counter_documents::paper::authorization::{Authorization, authorization};
use counter_documents::paper::commitment::{Commitment, commitment};
use counter_documents::paper::recovery_sheet::{RecoverySheet, recovery_sheet};
use counter_documents::paper::referral_slip::{Referral, referral_slip};
use counter_documents::paper::score_sheet::{self, ScoreSheet, score_sheet};
use counter_documents::paper::submission_guide::{Field, Guide, submission_guide};
use counter_documents::paper::supplement_notice::{self, Gap, Notice, supplement_notice};
use counter_documents::paper::training_certificate::{Certificate, training_certificate};
use counter_documents::paper::{Basis, Decision, Issue, Material, MaterialForm, Party};
use jiff::civil::{Date, date};

pub const TODAY: Date = date(2026, 11, 24);
pub const NAME: &str = "广州市穗安诚装饰工程有限公司";
pub const USCC: &str = "91440104MA59XY7B0T";
/// As long as a signed payload in Base45 is: 265 bytes.
pub const QR: &str = "6BF+70790T9WJWG.FKY*4GO0.O1CV2 O5 N2FBBRW1*70HS8WY04AC*WIFN0AHCD8KD97TK0F90KECTHGWJC0FDC:5AIA%G7X+AQB9746HS80:5EB6/9AIA%G7X+AQB9F46HS8-1AD 9T8A7:6%NA5N8QZ9.TA*G86B8.WES1ATL8SCAXX99Q95JC+FHG3AFVD3C9C 8WE1GNA-9A3.DY6AFPC9EC*KE9Z9SD9ANA-9AUPC:KE%VC8ECJ3D0.CGPCG/D";

pub fn issue() -> Issue {
    Issue {
        office: "越秀区政务服务中心　信用修复窗口".into(),
        issued_on: TODAY,
        clerk: "陈某".into(),
        pack: Some("ndrc-36-2026".into()),
        data_as_of: Some(date(2026, 11, 23)),
        watermark: None,
    }
}

fn party() -> Party {
    Party {
        name: NAME.into(),
        uscc: Some(USCC.into()),
    }
}

fn decision() -> Decision {
    Decision {
        number: "穗越建罚〔2026〕12号".into(),
        authority: "越秀区住房和建设局".into(),
        decided_on: Some(date(2026, 5, 10)),
        content: Some("罚款 30000 元，责令改正".into()),
        named_as: None,
        entered_by_hand: false,
        objection: None,
    }
}

fn basis(source: &str, unverified: bool) -> Basis {
    Basis {
        source: source.into(),
        unverified,
    }
}

fn material(name: &str, form: MaterialForm) -> Material {
    Material {
        name: name.into(),
        copies: 1,
        form,
    }
}

pub fn receipt() -> Receipt {
    let case = |no: &str, matter: &str, authority: &str, gaps| acceptance_receipt::Case {
        case_no: no.into(),
        matter: matter.into(),
        authority: authority.into(),
        gaps,
        door: "信用中国".into(),
    };
    Receipt {
        issue: issue(),
        visit_no: "YX-W03-2026-000123".into(),
        subject: party(),
        agent: "李某（经办人）".into(),
        cases: vec![
            case("YX-W03-2026-000124", "穗越建罚〔2026〕12号", "越秀区住房和建设局", 0),
            case(
                "YX-W03-2026-000125",
                "穗越综执罚〔2026〕0381号",
                "越秀区北京街道综合行政执法办公室",
                2,
            ),
        ],
        materials: vec![
            material("信用承诺书", MaterialForm::Original),
            material("授权委托书", MaterialForm::OriginalSeen),
            material("罚款缴款凭证", MaterialForm::Copy),
            material("行政处罚决定书", MaterialForm::Scan),
        ],
        qr_text: Some(QR.into()),
    }
}

pub fn notice(gaps: usize) -> Notice {
    let all = [
        (
            "缴款凭证未注明处罚决定书文号",
            "由代收银行或缴款单位在凭证上写明文号并盖章；遗失的，由认定单位出具已缴清证明",
            "国办发〔2025〕22号",
            false,
        ),
        (
            "整改情况说明",
            "决定书同时责令改正的，写明整改内容和完成日期，加盖公章",
            "令第36号",
            true,
        ),
    ];
    Notice {
        issue: issue(),
        number: "YX-W03-2026-000123".into(),
        subject: party(),
        applied_on: TODAY,
        cases: vec![supplement_notice::Case {
            case_no: "YX-W03-2026-000124".into(),
            decision_no: "穗越建罚〔2026〕12号".into(),
            authority: "越秀区住房和建设局".into(),
            verdict: "可申请修复，自 2026-08-11 起".into(),
            door: "信用中国".into(),
        }],
        gaps: all
            .iter()
            .cycle()
            .take(gaps)
            .map(|(item, remedy, source, unverified)| Gap {
                case_no: None,
                item: (*item).into(),
                remedy: (*remedy).into(),
                basis: vec![basis(source, *unverified)],
            })
            .collect(),
        taken: vec![
            material("信用承诺书", MaterialForm::Original),
            material("授权委托书", MaterialForm::OriginalSeen),
        ],
        contact: Some("对本告知有异议的，可当场提出，也可向区信用办反映（电话见窗口公示）。".into()),
        qr_text: Some(QR[..120].into()),
    }
}

pub fn needed(name: &str, required: bool, note: &str) -> Needed {
    Needed {
        name: name.into(),
        required,
        note: (!note.is_empty()).then(|| note.into()),
    }
}

pub fn reason(text: &str, source: &str, unverified: bool) -> Reason {
    Reason {
        text: text.into(),
        basis: basis(source, unverified),
    }
}

pub fn advice() -> Advice {
    let day = |on, label: &str| Day {
        on,
        label: label.into(),
    };
    Advice {
        issue: issue(),
        number: Some("YX-W03-2026-000126".into()),
        subject: party(),
        decision: Decision {
            named_as: Some("广州市越秀区旧名装饰部".into()),
            entered_by_hand: true,
            objection: Some("YX-W03-2026-Y000001".into()),
            ..decision()
        },
        verdict: "可申请修复".into(),
        sentence: "自 2026-08-11 起可申请；不申请的，公示至 2029-05-10 届满，2029-05-11 起不再公示。".into(),
        unverified: true,
        timeline: vec![
            day(date(2026, 5, 10), "决定"),
            day(date(2026, 8, 11), "最早可申请"),
            day(date(2029, 5, 11), "公示届满"),
        ],
        door: Some("信用中国".into()),
        class: Some("一般失信".into()),
        materials: vec![
            needed("信用承诺书", true, "一条记录一份，法定代表人签字并加盖公章"),
            needed("履行证明", true, "缴款凭证须写明决定书文号"),
            needed("授权委托书", false, "由经办人办理的"),
        ],
        missing: vec!["罚款尚未缴清".into()],
        unknown: vec!["是否已按要求改正".into()],
        reasons: vec![
            reason(
                "认定单位不是市场监管部门，入口为信用中国。",
                "国办发〔2025〕22号",
                false,
            ),
            reason("记录按一般失信分类，最短公示期三个月。", "令第36号第九条", true),
        ],
        outlook: None,
        qr_text: Some(QR[..150].into()),
    }
}

pub fn referral() -> Referral {
    Referral {
        issue: issue(),
        number: Some("YX-W03-2026-000127".into()),
        subject: party(),
        decision: Decision {
            number: "（2026）粤0104执1234号".into(),
            authority: "广州市越秀区人民法院".into(),
            decided_on: Some(date(2026, 3, 2)),
            content: Some("纳入失信被执行人名单".into()),
            named_as: None,
            entered_by_hand: false,
            objection: None,
        },
        office: "广州市越秀区人民法院（执行局）".into(),
        address: Some("广州市越秀区某某路 23 号诉讼服务中心 4 号窗口".into()),
        phone: Some("020-00000000".into()),
        hours: Some("工作日 9:00–12:00、14:00–17:00".into()),
        matter: "申请删除失信被执行人信息".into(),
        why: "失信被执行人名单由执行法院决定和删除，窗口不能代办。".into(),
        materials: vec![
            needed("营业执照复印件", true, "加盖公章"),
            needed("履行完毕的证明", true, "执行案款票据或者执行法院的结案通知书"),
            needed("授权委托书", false, "由经办人办理的"),
        ],
        handed_over: vec!["信用记录打印件 1 份".into()],
        reasons: vec![reason("名单由执行法院纳入。", "执行法院的决定书", false)],
        qr_text: None,
    }
}

pub fn certificate(number: u32) -> Certificate {
    Certificate {
        issue: Issue {
            office: "广州市越秀区信用修复培训".into(),
            pack: None,
            data_as_of: None,
            ..issue()
        },
        number: format!("YX-P-2026-{number:06}"),
        subject: party(),
        trainee: "欧阳某某".into(),
        class: "2026 年第 12 期信用修复培训班".into(),
        class_no: Some("YX-B-2026-012".into()),
        exam_on: date(2026, 11, 20),
        hours: 6,
        score: 92,
        issuer: "广州市越秀区社会信用体系建设办公室".into(),
        bodies: vec![
            "主办：区信用办".into(),
            "协办：区住房和建设局".into(),
            "授课：某某信用服务有限公司".into(),
        ],
        qr_text: format!("{}{number:06}", &QR[..240]),
    }
}

pub fn all() -> Vec<Document> {
    let mut all = of_a_visit();
    all.extend(forms::all());
    all.extend(of_a_case::all());
    all.extend(objections::all());
    all.extend(continued::all());
    all.extend(records::all());
    all
}

fn of_a_visit() -> Vec<Document> {
    let blank = Authorization {
        issue: issue(),
        principal: None,
        uscc: None,
        legal_representative: None,
        agent: None,
        agent_id_no: None,
        agent_phone: None,
        decisions: Vec::new(),
        valid_until: None,
    };
    let words = "的一是在不了有和人这中大为上个国我以要他时来用们";
    vec![
        acceptance_receipt(&receipt()),
        supplement_notice(&notice(2)),
        Document {
            kind: "supplement_notice_long",
            ..supplement_notice(&notice(31))
        },
        commitment(&Commitment {
            issue: issue(),
            case_no: Some("YX-W03-2026-000124".into()),
            addressee: "越秀区住房和建设局".into(),
            subject: party(),
            legal_representative: Some("张某".into()),
            decision: decision(),
        }),
        advice_slip(&advice()),
        referral_slip(&referral()),
        Document {
            kind: "authorization_blank",
            ..authorization(&blank)
        },
        authorization(&Authorization {
            principal: Some(NAME.into()),
            uscc: Some(USCC.into()),
            legal_representative: Some("张某".into()),
            agent: Some("李某".into()),
            agent_id_no: Some("440104199001011234".into()),
            agent_phone: Some("13800000000".into()),
            decisions: vec!["穗越建罚〔2026〕12号".into(), "穗越综执罚〔2026〕0381号".into()],
            valid_until: Some(date(2027, 5, 23)),
            ..blank
        }),
        training_certificate(&certificate(18)),
        recovery_sheet(&RecoverySheet {
            issue: Issue {
                pack: None,
                data_as_of: None,
                ..issue()
            },
            counter: "W03".into(),
            words: words.chars().map(String::from).collect(),
        }),
        score_sheet(&ScoreSheet {
            issue: Issue {
                watermark: Some("测试　无效".into()),
                ..issue()
            },
            class: "2026 年第 12 期信用修复培训班".into(),
            class_no: "YX-B-2026-012".into(),
            exam_on: date(2026, 11, 20),
            pass_mark: 60,
            results: (0..37)
                .map(|nth| score_sheet::Result {
                    trainee: "欧阳某某".into(),
                    subject: NAME.into(),
                    score: (nth % 9 != 8).then_some(55 + nth),
                    note: (nth == 3).then(|| "切出考试窗口一次，监考已记录".into()),
                })
                .collect(),
        }),
        submission_guide(&Guide {
            issue: issue(),
            case_no: "YX-W03-2026-000124".into(),
            subject: party(),
            site: "信用中国".into(),
            fields: [
                ("信用主体名称", NAME, "自动带出"),
                ("统一社会信用代码", USCC, "自动带出"),
                ("经办人手机号", "138****0000", ""),
            ]
            .map(|(label, value, note)| Field {
                label: label.into(),
                value: value.into(),
                note: (!note.is_empty()).then(|| note.into()),
            })
            .into(),
            uploads: vec!["信用承诺书（盖章扫描件）".into(), "履行证明（缴款凭证）".into()],
            unverified: true,
        }),
    ]
}
