//! An objection's papers.

use counter_documents::document::Document;
use counter_documents::paper::inquiry_letter::{Disputed, Inquiry, inquiry_letter};
use counter_documents::paper::objection_form::{Ground, ObjectionForm, objection_form};
use counter_documents::paper::objection_reply::{ChangedItem, ObjectionOutcome, ObjectionReply, objection_reply};
use counter_documents::paper::{SiteLook, SiteState};
use jiff::civil::date;

use super::{NAME, QR, USCC, basis, issue, party, reason};

const NUMBER: &str = "YX-W03-2026-Y00012";
const RECORD: &str = "行政处罚信息，穗越综执罚〔2026〕0381号";
const PROVIDER: &str = "越秀区北京街道综合行政执法办公室";

fn form() -> ObjectionForm {
    ObjectionForm {
        issue: issue(),
        objection_no: Some(NUMBER.into()),
        subject: Some(NAME.into()),
        uscc: Some(USCC.into()),
        legal_representative: Some("张某".into()),
        agent: Some("李某".into()),
        agent_phone: Some("13800000000".into()),
        address: Some("广州市越秀区某某路 100 号 1201 房".into()),
        record: Some("穗越综执罚〔2026〕0381号".into()),
        provider: Some(PROVIDER.into()),
        shown_at: Some("信用中国、信用广州".into()),
        grounds: vec![Ground::Wrong, Ground::UnlikeTheAuthoritys],
        as_shown: Some("处罚决定日期 2026-08-03，罚款 5 万元".into()),
        as_claimed: Some("处罚决定日期 2026-03-08，罚款 0.5 万元".into()),
        facts: Some("决定书载明的日期和金额与网站公示的不一致，疑为录入时日月颠倒、单位换算有误。".into()),
        evidence: vec!["行政处罚决定书复印件 1 份".into(), "网站截图 2 张".into()],
    }
}

fn inquiry() -> Inquiry {
    let disputed = |item: &str, as_shown: &str, as_claimed: &str| Disputed {
        item: item.into(),
        as_shown: as_shown.into(),
        as_claimed: as_claimed.into(),
    };
    Inquiry {
        issue: issue(),
        number: "越信协查〔2026〕15号".into(),
        provider: PROVIDER.into(),
        subject: party(),
        objection_no: NUMBER.into(),
        objected_on: date(2026, 11, 20),
        record: "穗越综执罚〔2026〕0381号".into(),
        disputed: vec![
            disputed("处罚决定日期", "2026-08-03", "2026-03-08"),
            disputed("罚款金额", "5 万元", "0.5 万元"),
        ],
        evidence: vec![
            "异议申请表 1 份".into(),
            "行政处罚决定书复印件 1 份".into(),
            "网站截图 2 张".into(),
        ],
        limit: "收到本函之日起 10 个工作日内".into(),
        limit_basis: vec![basis("广州市公共信用异议信息办理须知", true)],
        contact: "陈某，020-00000000，越秀区政务服务中心二楼信用修复窗口".into(),
        qr_text: Some(QR[..120].into()),
    }
}

pub fn reply() -> ObjectionReply {
    let changed = |item: &str, before: &str, after: &str| ChangedItem {
        item: item.into(),
        before: before.into(),
        after: after.into(),
    };
    ObjectionReply {
        issue: issue(),
        objection_no: NUMBER.into(),
        subject: party(),
        objected_on: date(2026, 11, 20),
        record: RECORD.into(),
        provider: PROVIDER.into(),
        disputed: "处罚决定日期、罚款金额与决定书不一致。".into(),
        outcome: ObjectionOutcome::Corrected,
        decided_by: Some(PROVIDER.into()),
        decided_on: Some(date(2026, 11, 23)),
        changes: vec![
            changed("处罚决定日期", "2026-08-03", "2026-03-08"),
            changed("罚款金额", "5 万元", "0.5 万元"),
        ],
        reasons: vec![reason(
            "决定书原件所载日期为 2026 年 3 月 8 日，金额为 5000 元。",
            "信息提供单位的回复",
            false,
        )],
        sites: vec![SiteLook {
            site: "信用广州".into(),
            state: SiteState::Corrected,
            looked_on: Some(date(2026, 11, 24)),
        }],
        remedies: vec![reason(
            "可以向信息提供单位提出，也可以依法申请行政复议或者提起行政诉讼。",
            "广东省社会信用条例",
            true,
        )],
        contact: Some("有疑问的，可到本区任一窗口询问。".into()),
        qr_text: Some(QR[..120].into()),
    }
}

pub fn all() -> Vec<Document> {
    let blank = ObjectionForm {
        issue: issue(),
        objection_no: None,
        subject: None,
        uscc: None,
        legal_representative: None,
        agent: None,
        agent_phone: None,
        address: None,
        record: None,
        provider: None,
        shown_at: None,
        grounds: Vec::new(),
        as_shown: None,
        as_claimed: None,
        facts: None,
        evidence: Vec::new(),
    };
    let upheld = ObjectionReply {
        outcome: ObjectionOutcome::Upheld {
            reason: "公示内容与决定书原件一致。".into(),
        },
        changes: Vec::new(),
        sites: Vec::new(),
        ..reply()
    };
    vec![
        objection_form(&form()),
        Document {
            kind: "objection_form_blank",
            ..objection_form(&blank)
        },
        inquiry_letter(&inquiry()),
        Document {
            kind: "inquiry_letter_plain",
            ..inquiry_letter(&Inquiry {
                qr_text: None,
                ..inquiry()
            })
        },
        objection_reply(&reply()),
        Document {
            kind: "objection_reply_upheld",
            ..objection_reply(&upheld)
        },
    ]
}
