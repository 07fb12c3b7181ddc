//! What the counter keeps: lists, returns and the cover of a volume.

use counter_documents::document::Document;
use counter_documents::paper::archive_cover::{ArchiveCover, CatalogueEntry, archive_cover};
use counter_documents::paper::call_sheet::{CallLine, CallSheet, call_sheet};
use counter_documents::paper::handover_list::{HandedCase, Handover, handover_list};
use counter_documents::paper::material_list::{ListedMaterial, MaterialList, Original, Standing, material_list};
use counter_documents::paper::service_return::{ServedPaper, ServiceReturn, Way, service_return};
use jiff::civil::date;

use super::{NAME, TODAY, decision, issue, party};

const CASE: &str = "YX-W03-2026-000124";

pub fn materials() -> MaterialList {
    let one = |name: &str, standing, original, copies, scans| ListedMaterial {
        name: name.into(),
        standing,
        original,
        copies,
        scans,
        note: None,
    };
    let mut licence = one("营业执照", Standing::Received, Some(Original::Seen), 1, 2);
    licence.note = Some("正本".into());
    MaterialList {
        issue: issue(),
        case_no: CASE.into(),
        subject: party(),
        decision: decision(),
        agent: "李某（经办人）".into(),
        materials: vec![
            one("信用承诺书", Standing::Received, Some(Original::Kept), 0, 1),
            licence,
            one("罚款缴款凭证", Standing::Received, Some(Original::Held), 1, 1),
            one("整改情况说明", Standing::Missing, None, 0, 0),
            one(
                "行政处罚决定书",
                Standing::Waived {
                    reason: "窗口已从归集数据取得".into(),
                },
                None,
                0,
                0,
            ),
            one(
                "信用报告",
                Standing::Refused {
                    reason: "现行规则不要求".into(),
                },
                None,
                0,
                0,
            ),
        ],
    }
}

fn served() -> ServiceReturn {
    ServiceReturn {
        issue: issue(),
        number: Some("YX-W03-2026-S0031".into()),
        recipient: party(),
        papers: vec![
            ServedPaper {
                kind: "补正告知".into(),
                number: Some("YX-W03-2026-000123".into()),
                copies: 1,
            },
            ServedPaper {
                kind: "认定单位受理情况告知".into(),
                number: Some(CASE.into()),
                copies: 1,
            },
        ],
        way: Some(Way::InPerson),
        place: Some("越秀区政务服务中心二楼信用修复窗口".into()),
        served_on: Some(TODAY),
        servers: vec!["陈某".into(), "王某".into()],
        note: None,
    }
}

pub fn handover(count: u32) -> Handover {
    Handover {
        issue: issue(),
        number: Some("YX-W03-2026-J0007".into()),
        from: "北京街道党群服务中心代收点".into(),
        to: "越秀区政务服务中心信用修复窗口".into(),
        occasion: "街道代收移交".into(),
        giver: Some("林某".into()),
        taker: Some("陈某".into()),
        cases: (0..count)
            .map(|nth| HandedCase {
                case_no: format!("YX-J01-2026-{:06}", 40 + nth),
                subject: NAME.into(),
                materials: 3 + nth % 3,
                originals: nth % 2,
                due: (nth % 3 != 2).then(|| if nth % 3 == 0 { "补正" } else { "提交" }.into()),
                due_on: (nth % 3 != 2).then(|| date(2026, 12, 1 + (nth % 20) as i8)),
                due_unverified: nth == 1,
                note: (nth == 2).then(|| "缺承诺书，已告知".into()),
            })
            .collect(),
        note: Some("空白承诺书 20 份、街道收件章 1 枚。".into()),
    }
}

pub fn calls(count: u32) -> CallSheet {
    CallSheet {
        issue: issue(),
        until: date(2026, 12, 24),
        calls: (0..count)
            .map(|nth| CallLine {
                subject: NAME.into(),
                decision_no: (nth != 3).then(|| format!("穗越建罚〔2026〕{}号", 12 + nth)),
                eligible_on: date(2026, 12, 1 + (nth % 20) as i8),
                unverified: nth % 2 == 0,
                watched: nth == 0,
                contact: (nth != 1).then(|| "李明 138****8000".into()),
                last_call: (nth == 2).then(|| "2026-11-20 无人接听".into()),
            })
            .collect(),
    }
}

pub fn cover(entries: u32) -> ArchiveCover {
    let titles = [
        ("信用承诺书", None),
        ("收件回执", Some("YX-W03-2026-000123")),
        ("行政处罚决定书", Some("穗越建罚〔2026〕12号")),
        ("罚款缴款凭证", None),
        ("办结通知", Some(CASE)),
    ];
    ArchiveCover {
        issue: issue(),
        title: format!("{NAME}信用修复办件卷"),
        case_no: CASE.into(),
        subject: party(),
        record: "穗越建罚〔2026〕12号，越秀区住房和建设局".into(),
        box_no: Some("2026-XF-03".into()),
        retention: Some("30 年".into()),
        opened_on: Some(date(2026, 11, 18)),
        closed_on: Some(TODAY),
        pages: entries * 2,
        catalogue: titles
            .iter()
            .cycle()
            .take(entries as usize)
            .zip(0..)
            .map(|((title, number), nth)| CatalogueEntry {
                title: (*title).into(),
                number: number.map(Into::into),
                on: Some(date(2026, 11, 18)),
                from: 2 * nth + 1,
                to: 2 * nth + 2 - nth % 2,
            })
            .collect(),
        note: Some("缴款凭证原件已退还当事人，卷内为复印件。".into()),
    }
}

pub fn all() -> Vec<Document> {
    let open = ServiceReturn {
        number: None,
        way: None,
        place: None,
        served_on: None,
        servers: Vec::new(),
        ..served()
    };
    vec![
        material_list(&materials()),
        service_return(&served()),
        Document {
            kind: "service_return_open",
            ..service_return(&open)
        },
        handover_list(&handover(5)),
        Document {
            kind: "handover_list_long",
            ..handover_list(&handover(40))
        },
        call_sheet(&calls(5)),
        Document {
            kind: "call_sheet_long",
            ..call_sheet(&calls(60))
        },
        archive_cover(&cover(5)),
        Document {
            kind: "archive_cover_long",
            ..archive_cover(&cover(43))
        },
    ]
}
