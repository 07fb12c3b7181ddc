//! 咨询单: verdict, day, door, papers and reasons for an applicant to take along.

use counter_core::assess::Assessment;
use counter_documents::{
    document::Document,
    paper::{
        Issue,
        advice_slip::{Advice, Day, Needed, Reason, advice_slip},
    },
};
use jiff::civil::Date;

use super::{decision, door, party, reasons, sentence, unknown_words};
use crate::record::source::SourcedRecord;

pub(super) fn document(
    issue: Issue,
    number: &str,
    sourced: &SourcedRecord,
    assessment: &Assessment,
    today: Date,
) -> Document {
    let days = [
        (sourced.record.decided_on, "处罚决定"),
        (assessment.eligible_on, "最早可申请"),
        (assessment.ends_on, "停止公示"),
    ];
    advice_slip(&Advice {
        issue,
        number: Some(number.to_owned()),
        subject: party(&sourced.subject),
        decision: decision(sourced),
        verdict: assessment.verdict.label().to_owned(),
        sentence: sentence(assessment, today),
        unverified: assessment.unverified,
        timeline: days
            .into_iter()
            .filter_map(|(on, label)| {
                Some(Day {
                    on: on?,
                    label: label.to_owned(),
                })
            })
            .collect(),
        door: assessment.front_door.map(|_| door(assessment)),
        class: assessment.class.map(|class| class.label().to_owned()),
        materials: needed(assessment),
        missing: assessment.missing.iter().map(|gap| gap.label().to_owned()).collect(),
        unknown: unknown_words(assessment),
        reasons: reasons(assessment, |text, basis| Reason { text, basis }),
        outlook: assessment.changes_on.as_ref().map(|turn| {
            format!(
                "自 {} 起适用新规定，判定将变为“{}”。",
                turn.date.strftime("%Y 年 %-m 月 %-d 日"),
                turn.verdict.label()
            )
        }),
        qr_text: None,
    })
}

pub(super) fn needed(assessment: &Assessment) -> Vec<Needed> {
    let papers = assessment.materials.iter();
    papers
        .map(|paper| Needed {
            name: paper.name.clone(),
            required: paper.required,
            note: (!paper.note.is_empty()).then(|| paper.note.clone()),
        })
        .collect()
}
