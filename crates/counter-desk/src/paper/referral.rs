//! 转介单: which office, why, with what.

use counter_core::{assess::Assessment, pack::Door, pack::RuleBook};
use counter_documents::{
    document::Document,
    paper::{
        Basis, Issue,
        advice_slip::{Needed, Reason},
        referral_slip::{Referral, referral_slip},
    },
};

use super::{decision, party, reasons};
use crate::{
    office::OfficeView,
    record::{bankruptcy::BankruptcyPath, source::SourcedRecord},
};

pub(super) fn document(
    issue: Issue,
    number: &str,
    sourced: &SourcedRecord,
    assessment: &Assessment,
    rules: &RuleBook,
    whereabouts: Option<OfficeView>,
) -> Document {
    let referral = rules.authorities().referral(&sourced.record);
    let office = match (referral, assessment.front_door) {
        (Some(referral), _) => match &sourced.record.authority_name {
            Some(name) => format!("{}（{name}）", referral.office),
            None => referral.office.clone(),
        },
        (None, Some(Door::CreditChina)) => "信用中国网站".to_owned(),
        (None, Some(Door::Gsxt)) => "国家企业信用信息公示系统".to_owned(),
        (None, Some(Door::Authority | Door::Court | Door::Tax) | None) => sourced
            .record
            .authority_name
            .clone()
            .unwrap_or_else(|| "作出决定的机关".to_owned()),
    };
    referral_slip(&Referral {
        issue,
        number: Some(number.to_owned()),
        subject: party(&sourced.subject),
        decision: decision(sourced),
        why: format!("这类事项由{office}办理。"),
        office,
        address: whereabouts.as_ref().and_then(|office| known(&office.address)),
        phone: whereabouts.as_ref().and_then(|office| known(&office.phone)),
        hours: whereabouts.as_ref().and_then(|office| known(&office.hours)),
        matter: referral.map_or_else(
            || sourced.record.kind().label().to_owned(),
            |referral| referral.label.clone(),
        ),
        materials: super::advice::needed(assessment)
            .into_iter()
            .chain(whereabouts.and_then(|office| known(&office.papers)).map(as_told))
            .collect(),
        // What the applicant is to bring stands among the materials; what was handed over nobody has entered.
        handed_over: Vec::new(),
        reasons: reasons(assessment, |text, basis| Reason { text, basis }),
        qr_text: None,
    })
}

/// 转介单 of a subject under reorganisation or composition: the path is another one, whatever the record.
pub(super) fn of_bankruptcy(issue: Issue, number: &str, sourced: &SourcedRecord, path: BankruptcyPath) -> Document {
    referral_slip(&Referral {
        issue,
        number: Some(number.to_owned()),
        subject: party(&sourced.subject),
        decision: decision(sourced),
        why: format!("破产重整、和解企业的信用修复由{}办理。", path.door),
        office: path.door,
        address: None,
        phone: None,
        hours: None,
        matter: "破产重整、和解企业的信用修复".to_owned(),
        materials: path.papers.into_iter().map(|paper| as_told(paper.name)).collect(),
        handed_over: Vec::new(),
        reasons: vec![Reason {
            text: format!("{}。", path.effect),
            basis: Basis {
                source: path.source,
                unverified: path.unverified,
            },
        }],
        qr_text: None,
    })
}

fn known(value: &str) -> Option<String> {
    (!value.is_empty()).then(|| value.to_owned())
}

/// What the office itself wants to see.
fn as_told(papers: String) -> Needed {
    Needed {
        name: papers,
        required: true,
        note: None,
    }
}
