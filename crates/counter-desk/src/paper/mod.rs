//! 文书: what leaves the counter on paper. A paper is rendered once, kept by its content, and printed again from there.

mod advice;
pub mod issue;
pub(crate) mod of_case;
pub(crate) mod of_objection;
pub mod place;
mod receipt;
mod referral;
pub mod reprint;
pub mod sheet;
mod slip_code;

use counter_core::{
    assess::Assessment,
    pack::{Status, citation_words},
    subject_snapshot::SubjectSnapshot,
};
use counter_documents::paper::{Basis, Decision, Issue, Party};
use counter_store::{ReadTx, StoreError, table::setting};

use crate::{Actor, Desk, record::source::SourcedRecord};

/// Under this key the name of the place stands, which heads every paper.
pub const SITE_NAME: &str = "site_name";
/// Printed across every paper of a folder for practice.
const TEST_WATERMARK: &str = "测试 无效";

/// Head, day, clerk and footer of a paper.
pub(crate) fn issue_of(
    desk: &Desk,
    tx: &ReadTx<'_>,
    actor: &Actor,
    pack: Option<String>,
    data_as_of: Option<jiff::civil::Date>,
) -> Result<Issue, StoreError> {
    let site = setting::get(tx, SITE_NAME)?.filter(|name| !name.is_empty());
    Ok(Issue {
        office: site.map_or_else(|| "信用修复窗口".to_owned(), |site| format!("{site}　信用修复窗口")),
        issued_on: desk.clock().today(),
        clerk: actor.display_name.clone(),
        pack,
        data_as_of,
        watermark: desk.store().identity().test.then(|| TEST_WATERMARK.to_owned()),
    })
}

pub(crate) fn party(subject: &SubjectSnapshot) -> Party {
    Party {
        name: subject.name.clone(),
        uscc: subject.uscc.clone(),
    }
}

fn decision(sourced: &SourcedRecord) -> Decision {
    decision_of(
        &sourced.record,
        sourced.named_as(),
        sourced.by_hand,
        sourced.objection.clone(),
    )
}

fn decision_of(
    record: &counter_core::record::Record,
    named_as: Option<&str>,
    entered_by_hand: bool,
    objection: Option<String>,
) -> Decision {
    Decision {
        number: record.document_no.clone().unwrap_or_else(|| "（无文号）".to_owned()),
        authority: record.authority_name.clone().unwrap_or_else(|| "（未载明）".to_owned()),
        decided_on: record.decided_on,
        content: record.penalty_content.clone(),
        named_as: named_as.map(str::to_owned),
        entered_by_hand,
        objection,
    }
}

fn basis(source: &str, article: &str, status: Status) -> Basis {
    Basis {
        source: citation_words(source, article),
        unverified: status == Status::Recalled,
    }
}

fn reasons<T>(assessment: &Assessment, make: impl Fn(String, Basis) -> T) -> Vec<T> {
    let reasons = assessment.reasons.iter();
    reasons
        .map(|reason| {
            make(
                reason.text.clone(),
                basis(&reason.source, &reason.article, reason.status),
            )
        })
        .collect()
}

fn door(assessment: &Assessment) -> String {
    assessment
        .front_door
        .map_or_else(|| "须先确认认定单位".to_owned(), |door| door.label().to_owned())
}

/// What the facts that are unknown are called on paper.
fn unknown_words(assessment: &Assessment) -> Vec<String> {
    let word = |key: &String| match key.as_str() {
        "fulfilled" => "处罚义务是否已履行".to_owned(),
        "rectified" => "违法行为是否已改正".to_owned(),
        "committed" => "是否已作出信用承诺".to_owned(),
        "published" => "是否正在公示".to_owned(),
        "listed_serious" => "是否列入严重失信主体名单".to_owned(),
        "serious_by_authority" => "决定书是否认定情节严重".to_owned(),
        "procedure" => "适用简易程序还是普通程序".to_owned(),
        "domain" => "所属领域".to_owned(),
        "training" => "是否已参加信用修复培训".to_owned(),
        "credit_report" => "是否已提交信用报告".to_owned(),
        "CF_JDRQ" => "处罚决定日期".to_owned(),
        "CF_CFLB" => "处罚类别".to_owned(),
        "CF_NR" => "处罚内容（暂扣还是吊销）".to_owned(),
        "CF_CFJG" | "CF_CFJGDM" => "处罚机关".to_owned(),
        other => other.to_owned(),
    };
    assessment.unknown.iter().map(word).collect()
}

/// The sentence under the verdict: the day that matters.
fn sentence(assessment: &Assessment, today: jiff::civil::Date) -> String {
    use counter_core::assess::Verdict;
    let day = |day: jiff::civil::Date| day.strftime("%Y 年 %-m 月 %-d 日").to_string();
    match (assessment.verdict, assessment.eligible_on, assessment.ends_on) {
        (Verdict::Eligible, _, Some(ends)) if ends > today => {
            format!("今日即可提出申请；期满自动停止公示之日为 {}。", day(ends))
        }
        (Verdict::Eligible, ..) => "今日即可提出申请。".to_owned(),
        (Verdict::NotYet, Some(eligible), _) => format!("自 {} 起可以提出申请。", day(eligible)),
        (Verdict::ConditionsMissing, Some(eligible), _) if eligible > today => {
            format!("补齐条件后，自 {} 起可以提出申请。", day(eligible))
        }
        (Verdict::ConditionsMissing, ..) => "补齐下列条件后即可提出申请。".to_owned(),
        (Verdict::NotRepairable, _, Some(ends)) => format!("公示期内不予修复；公示期至 {} 前一日止。", day(ends)),
        (Verdict::NotRepairable, ..) => "公示期内不予修复。".to_owned(),
        (Verdict::NotPublished, ..) => "依规定不予公示；网站仍在公示的，可以提出异议。".to_owned(),
        (Verdict::Ended, ..) => "公示期已届满；网站仍在公示的，可以提出异议。".to_owned(),
        (Verdict::Refer, ..) => "本窗口不办理，请按下列指引到有关机关办理。".to_owned(),
        (Verdict::Undetermined, ..) | (Verdict::NotYet, None, _) => {
            "现有规则不能判定，窗口将请复核员确认后答复。".to_owned()
        }
    }
}
