//! `cases` and `case`: the list, and one with its history.

use counter_core::{case::CaseState, delivery::Delivery};
use counter_desk::case::{
    case_detail::{CaseDetail, HistoryEntry, case_detail},
    case_list::case_list,
};
use serde_json::{Value, json};

use super::shape::snake;
use crate::{arguments::Common, failure::Failure, say::Answer};

pub fn cases(common: &Common, state: Option<&str>) -> Result<Answer, Failure> {
    let states = match state {
        Some(word) => {
            vec![CaseState::from_word(word).ok_or_else(|| Failure::arguments(format!("没有这种状态：{word}")))?]
        }
        None => Vec::new(),
    };
    let rows = case_list(&common.reading()?, &states)?;
    let text = if rows.is_empty() {
        "没有办件。".to_owned()
    } else {
        let line = |row: &counter_desk::case::case_list::CaseRow| {
            format!(
                "{}\t{}\t{}\t{}",
                row.no,
                state_word(row.state),
                delivery_word(row.delivery),
                row.subject_name
            )
        };
        rows.iter().map(line).collect::<Vec<_>>().join("\n")
    };
    Ok(Answer::new(json!({"cases": snake(&rows)?}), text))
}

pub fn case(common: &Common, no: &str) -> Result<Answer, Failure> {
    let detail = case_detail(&common.reading()?, no)?.ok_or_else(|| Failure::coded("no_case", no))?;
    let text = format!(
        "{}\t{}\t{}\t{}",
        detail.no,
        state_word(detail.state),
        delivery_word(detail.delivery),
        detail.subject_name
    );
    Ok(Answer::new(document(&detail)?, text))
}

/// The view of the desk with the contract's own words beside it.
fn document(detail: &CaseDetail) -> Result<Value, Failure> {
    let mut document = snake(detail)?;
    let changes: Vec<Value> = detail
        .history
        .iter()
        .map(|entry| {
            let refused = entry.refused.as_ref().map(|why| format!("{} {}", why.code.as_str(), why.detail));
            json!({
                "counter": entry.counter, "incarnation": entry.incarnation, "seq": entry.seq, "kind": entry.kind,
                "made_at": entry.made_at, "actor": entry.actor, "hash": entry.hash, "receipt": receipt(entry),
                "delivered": entry.delivered, "refused": refused, "on": entry.on, "detail": entry.detail, "outcome": entry.outcome,
            })
        })
        .collect();
    if let Value::Object(entries) = &mut document {
        entries.remove("history");
        entries.insert("kind".to_owned(), json!("repair"));
        entries.insert(
            "subject".to_owned(),
            json!({"name": detail.subject_name, "uscc": detail.uscc}),
        );
        let record = json!({"key": detail.record_key, "doc_no": detail.decision_number, "authority": detail.authority});
        entries.insert("record".to_owned(), record);
        entries.insert("changes".to_owned(), Value::Array(changes));
    }
    Ok(document)
}

/// What the hub's receipt says of a change; null while there is none.
fn receipt(entry: &HistoryEntry) -> Value {
    entry.receipt.as_ref().map_or(Value::Null, |receipt| {
        json!({"index": receipt.log_index, "at": receipt.recorded_at, "hub_incarnation": receipt.hub_incarnation})
    })
}

fn state_word(state: CaseState) -> &'static str {
    match state {
        CaseState::Received => "已收件",
        CaseState::GapsOpen => "待补正",
        CaseState::Submitted => "已提交",
        CaseState::Accepted => "认定单位已受理",
        CaseState::Declined => "认定单位不予受理",
        CaseState::Decided => "已决定",
        CaseState::TakenDown => "已撤下",
        CaseState::Withdrawn => "已撤回",
        CaseState::Referred => "已转介",
        CaseState::Closed => "已结案",
        CaseState::Voided => "已作废",
    }
}

fn delivery_word(delivery: Delivery) -> &'static str {
    match delivery {
        Delivery::Saved => "已保存（本机）",
        Delivery::Delivered => "已送达区信用平台",
        Delivery::Refused => "被退回",
    }
}
