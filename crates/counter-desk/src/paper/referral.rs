//! 转介单: which office, why, with what.

use counter_core::{assess::Assessment, pack::Door, pack::RuleBook};
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        referral_slip::{Referral, referral_slip},
    },
};

use super::{decision, party, reasons};
use crate::record::source::SourcedRecord;

pub(super) fn document(
    issue: Issue,
    number: &str,
    sourced: &SourcedRecord,
    assessment: &Assessment,
    rules: &RuleBook,
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
        subject: party(&sourced.subject()),
        decision: decision(sourced),
        why: format!("这类事项由{office}办理。"),
        office,
        address: None,
        phone: None,
        hours: None,
        matter: referral.map_or_else(
            || sourced.record.kind().label().to_owned(),
            |referral| referral.label.clone(),
        ),
        materials: super::advice::needed(assessment),
        // What the applicant is to bring stands among the materials; what was handed over nobody has entered.
        handed_over: Vec::new(),
        reasons: reasons(assessment, |text, basis| {
            counter_documents::paper::advice_slip::Reason { text, basis }
        }),
        qr_text: None,
    })
}
