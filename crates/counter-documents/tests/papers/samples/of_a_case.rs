//! What a case is given on its way from submission to its end.

use counter_documents::document::Document;
use counter_documents::paper::authority_reply::{
    Acceptance, Actor, Declination, Reply, authority_acceptance, authority_declination,
};
use counter_documents::paper::closing_notice::{ClosingNotice, Outcome, closing_notice};
use counter_documents::paper::correction_notice::{self, Correction, correction_notice};
use counter_documents::paper::supplement_notice::Gap;
use counter_documents::paper::{SiteLook, SiteState};
use jiff::civil::date;

use super::{QR, basis, decision, issue, party, reason};

const CASE: &str = "YX-W03-2026-000124";
const AUTHORITY: &str = "越秀区住房和建设局";

pub fn correction() -> Correction {
    let case = |case_no: &str, decision_no: &str| correction_notice::Case {
        case_no: case_no.into(),
        decision_no: decision_no.into(),
        door: "信用中国".into(),
        submitted_on: Some(date(2026, 11, 18)),
    };
    let wanted = |case_no: Option<&str>, item: &str, remedy: &str, source: &str, unverified| Gap {
        case_no: case_no.map(Into::into),
        item: item.into(),
        remedy: remedy.into(),
        basis: vec![basis(source, unverified)],
    };
    Correction {
        issue: issue(),
        number: "YX-W03-2026-000123".into(),
        subject: party(),
        cases: vec![
            case(CASE, "穗越建罚〔2026〕12号"),
            case("YX-W03-2026-000125", "穗越建罚〔2026〕31号"),
        ],
        asked_by: AUTHORITY.into(),
        asked_on: date(2026, 11, 23),
        wanted: vec![
            wanted(
                Some(CASE),
                "整改情况说明",
                "写明责令改正的事项、改正措施和完成日期，附改正前后的照片，加盖公章",
                "令第36号",
                true,
            ),
            wanted(
                None,
                "信用承诺书",
                "用现行版本重新签署，法定代表人签字并加盖公章，一条记录一份",
                "国办发〔2025〕22号",
                false,
            ),
        ],
        due_on: Some(date(2026, 12, 4)),
        due_unverified: true,
        bring_to: "越秀区政务服务中心二楼信用修复窗口；电子件可由窗口代传信用中国".into(),
        contact: Some("对补正要求有疑问的，请与越秀区住房和建设局联系（电话见窗口公示）。".into()),
        qr_text: Some(QR[..120].into()),
    }
}

pub fn reply(actor: Actor) -> Reply {
    Reply {
        issue: issue(),
        case_no: CASE.into(),
        subject: party(),
        decision: decision(),
        actor,
        acted_on: date(2026, 11, 23),
        submitted_on: Some(date(2026, 11, 18)),
        door: Some("信用中国".into()),
        contact: Some("有疑问的，可向窗口或者越秀区住房和建设局询问（电话见窗口公示）。".into()),
        qr_text: Some(QR[..120].into()),
    }
}

fn authority() -> Actor {
    Actor::Authority {
        name: AUTHORITY.into(),
        notice_no: Some("越建信复〔2026〕7号".into()),
    }
}

pub fn counter() -> Actor {
    Actor::Counter {
        basis: "发改办财金〔2019〕527号".into(),
    }
}

fn closing() -> ClosingNotice {
    let look = |site: &str, state, day| SiteLook {
        site: site.into(),
        state,
        looked_on: day,
    };
    ClosingNotice {
        issue: issue(),
        case_no: CASE.into(),
        subject: party(),
        decision: decision(),
        outcome: Outcome::Granted,
        decided_by: Some(AUTHORITY.into()),
        decided_no: Some("越建信修〔2026〕9号".into()),
        decided_on: Some(date(2026, 11, 20)),
        reason: None,
        sites: vec![
            look("信用中国", SiteState::Gone, Some(date(2026, 11, 23))),
            look("信用广东", SiteState::StillShown, Some(date(2026, 11, 23))),
            look("国家企业信用信息公示系统", SiteState::NotLooked, None),
        ],
        originals: vec!["罚款缴款凭证 1 份".into(), "行政处罚决定书 1 份".into()],
        remedies: vec![
            reason(
                "记录在网站上再次出现的，凭本通知到窗口登记，由窗口反映给网站和认定单位。",
                "国办发〔2025〕22号",
                false,
            ),
            reason("第三方网站与信用中国不一致的，可要求其更新。", "令第36号", true),
        ],
        contact: Some("有疑问的，可到本区任一窗口询问。".into()),
        qr_text: Some(QR[..120].into()),
    }
}

pub fn all() -> Vec<Document> {
    let acceptance = |actor| Acceptance {
        reply: reply(actor),
        result_due_on: Some(date(2026, 12, 2)),
        due_unverified: true,
    };
    let declination = |actor| Declination {
        reply: reply(actor),
        reasons: vec![
            reason(
                "罚款尚未缴清，处罚决定确定的义务没有履行完毕。",
                "国办发〔2025〕22号",
                false,
            ),
            reason("缴款凭证没有写明处罚决定书文号。", "认定单位告知", true),
        ],
        remedies: vec![
            reason(
                "缴清罚款并取得写明文号的凭证后，可重新申请。",
                "国办发〔2025〕22号",
                false,
            ),
            reason(
                "对不予受理有异议的，可以通过信用中国或者直接向认定单位提出。",
                "国办发〔2025〕22号",
                false,
            ),
        ],
    };
    let refused = ClosingNotice {
        outcome: Outcome::Refused,
        reason: Some("经复查，责令改正的事项尚未全部改正。".into()),
        sites: Vec::new(),
        originals: Vec::new(),
        ..closing()
    };
    let withdrawn = ClosingNotice {
        outcome: Outcome::Withdrawn,
        reason: Some("缴清罚款后另行申请。".into()),
        decided_by: None,
        decided_no: None,
        remedies: Vec::new(),
        ..refused.clone()
    };
    vec![
        correction_notice(&correction()),
        Document {
            kind: "correction_notice_short",
            ..correction_notice(&Correction {
                due_on: None,
                qr_text: None,
                contact: None,
                cases: correction().cases[..1].into(),
                ..correction()
            })
        },
        authority_acceptance(&acceptance(authority())),
        Document {
            kind: "authority_acceptance_by_the_counter",
            ..authority_acceptance(&acceptance(counter()))
        },
        authority_declination(&declination(authority())),
        Document {
            kind: "authority_declination_by_the_counter",
            ..authority_declination(&declination(counter()))
        },
        closing_notice(&closing()),
        Document {
            kind: "closing_notice_refused",
            ..closing_notice(&refused)
        },
        Document {
            kind: "closing_notice_withdrawn",
            ..closing_notice(&withdrawn)
        },
    ]
}
