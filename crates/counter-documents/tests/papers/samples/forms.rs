//! Forms that an applicant or an authority fills in, known and blank.

use counter_documents::document::Document;
use counter_documents::paper::application_form::{Application, application_form};
use counter_documents::paper::representative_identity::{RepresentativeIdentity, representative_identity};
use jiff::civil::date;

use super::{NAME, USCC, issue};

pub fn all() -> Vec<Document> {
    let blank = Application {
        issue: issue(),
        case_no: None,
        subject: None,
        uscc: None,
        address: None,
        legal_representative: None,
        agent: None,
        agent_phone: None,
        decision_no: None,
        decided_on: None,
        authority: None,
        content: None,
        performance: None,
    };
    let nobody = RepresentativeIdentity {
        issue: issue(),
        subject: None,
        uscc: None,
        address: None,
        legal_representative: None,
        post: None,
        id_no: None,
        phone: None,
        valid_until: None,
    };
    vec![
        Document {
            kind: "application_form_blank",
            ..application_form(&blank)
        },
        application_form(&Application {
            case_no: Some("YX-W03-2026-000124".into()),
            subject: Some(NAME.into()),
            uscc: Some(USCC.into()),
            address: Some("广州市越秀区某某路 100 号 1201 房".into()),
            legal_representative: Some("张某".into()),
            agent: Some("李某".into()),
            agent_phone: Some("13800000000".into()),
            decision_no: Some("穗越建罚〔2026〕12号".into()),
            decided_on: Some(date(2026, 5, 10)),
            authority: Some("越秀区住房和建设局".into()),
            content: Some("罚款 30000 元，责令改正".into()),
            performance: Some(
                "2026 年 5 月 20 日缴清罚款 30000 元（票据号 0001234567）；2026 年 6 月 2 日完成整改，\
                 并报越秀区住房和建设局复查。"
                    .into(),
            ),
            ..blank
        }),
        Document {
            kind: "representative_identity_blank",
            ..representative_identity(&nobody)
        },
        representative_identity(&RepresentativeIdentity {
            subject: Some(NAME.into()),
            uscc: Some(USCC.into()),
            address: Some("广州市越秀区某某路 100 号 1201 房".into()),
            legal_representative: Some("张某".into()),
            post: Some("执行董事".into()),
            id_no: Some("440104198001011234".into()),
            phone: Some("020-00000000".into()),
            valid_until: Some(date(2027, 5, 23)),
            ..nobody
        }),
    ]
}
