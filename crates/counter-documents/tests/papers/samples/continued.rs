//! Papers of visits that went on with earlier cases, or found nothing.

use counter_documents::document::Document;
use counter_documents::paper::continuation_receipt::{Case, Continuation, continuation_receipt};
use counter_documents::paper::no_record_slip::{NoRecord, no_record_slip};
use counter_documents::paper::{Material, MaterialForm};
use jiff::civil::date;

use super::{issue, party};

pub fn all() -> Vec<Document> {
    let case = |case_no: &str, gaps: &[&str], elsewhere| Case {
        case_no: case_no.into(),
        matter: "穗越建罚〔2026〕12号".into(),
        gaps: gaps.iter().map(|&gap| gap.to_owned()).collect(),
        elsewhere,
    };
    vec![
        continuation_receipt(&Continuation {
            issue: issue(),
            visit_no: "YX-W05-2026-V000031".into(),
            subject: party(),
            agent: "李某".into(),
            cases: vec![
                case("YX-W03-2026-000123", &[], true),
                case("YX-W05-2026-000018", &["信用承诺书"], false),
            ],
            brought: vec![Material {
                name: "已履行行政处罚的证明材料".into(),
                copies: 1,
                form: MaterialForm::Original,
            }],
            qr_text: Some(super::QR.into()),
        }),
        no_record_slip(&NoRecord {
            issue: issue(),
            number: "YX-W03-2026-S000007".into(),
            subject: party(),
            document_no: Some("穗越市监处罚〔2026〕77号".into()),
            authority: None,
            sites: vec!["信用中国".into(), "国家企业信用信息公示系统".into()],
            data_until: Some(date(2026, 11, 23)),
            come_to: "越秀区政务服务中心　信用修复窗口（东风中路 1 号）".into(),
            contact: Some("窗口电话：020-0000 0000。".into()),
        }),
    ]
}
