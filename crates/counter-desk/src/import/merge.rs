//! Decisions typed in by hand that a file brings: found by 文号, subject and authority.

use std::collections::HashMap;

use counter_core::{
    change::{ChangeBody, Lane, LaneKind},
    lane_state::LaneState,
    publicity::{Field, RowKind, StoredRow, text},
    record::Record,
    record_entry::RecordChange,
};
use counter_store::{ActContext, ReadTx, RecordError, StoreError, WriteTx, table};
use jiff::civil::Date;

use super::case_flag;

/// What was typed in and no file has brought yet.
#[derive(Default)]
pub(crate) struct TypedIn {
    by_document: HashMap<String, Vec<Typed>>,
}

/// A row that was brought, by a file or by the hub.
#[derive(Clone, Copy)]
pub(crate) struct Brought<'b> {
    /// 文号.
    pub document_no: &'b str,
    /// Every filled field, as JSON.
    pub cells: &'b str,
    /// What brought it, in words.
    pub source: &'b str,
}

struct Typed {
    key: String,
    record: Record,
}

impl TypedIn {
    pub(crate) fn load(tx: &ReadTx<'_>) -> Result<Self, StoreError> {
        let mut typed_in = Self::default();
        for row in table::entered_record::unmerged(tx)? {
            let Some(LaneState::Record(entered)) = tx.lane(&Lane::new(LaneKind::Record, &row.key))? else {
                continue;
            };
            if !entered.by_hand {
                continue;
            }
            if let Some(number) = &entered.record.document_no {
                let typed = Typed {
                    key: row.key,
                    record: entered.record.clone(),
                };
                typed_in
                    .by_document
                    .entry(text::document_key(number))
                    .or_default()
                    .push(typed);
            }
        }
        Ok(typed_in)
    }

    /// Merges the typed-in record that is the same decision as what was brought; answers its key.
    pub(crate) fn merge(
        &mut self,
        tx: &mut WriteTx<'_>,
        act: &ActContext,
        brought: Brought<'_>,
        today: Date,
    ) -> Result<Option<String>, RecordError> {
        if self.by_document.is_empty() {
            return Ok(None);
        }
        let number = text::document_key(brought.document_no);
        let Some(candidates) = self.by_document.get_mut(&number) else {
            return Ok(None);
        };
        let row = StoredRow::from_json(RowKind::Penalty, brought.cells)
            .map_err(|error| StoreError::Damaged(error.to_string()))?;
        let Some(at) = candidates.iter().position(|typed| same_decision(&typed.record, &row)) else {
            return Ok(None);
        };
        let typed = candidates.swap_remove(at);
        let merged = RecordChange::Merged {
            source: brought.source.to_owned(),
            on: today,
        };
        tx.record(act, Lane::new(LaneKind::Record, &typed.key), ChangeBody::Record(merged))?;
        let differences = differences(&typed.record, &row);
        if !differences.is_empty() {
            case_flag::flag(tx, act, &typed.key, brought.source, &differences)?;
        }
        Ok(Some(typed.key))
    }
}

fn same_decision(typed: &Record, row: &StoredRow) -> bool {
    let agree = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if text::name_key(a) == text::name_key(b));
    let subject = agree(typed.uscc.as_deref(), row.get(Field::Uscc))
        || agree(typed.subject_name.as_deref(), row.get(Field::SubjectName));
    let authority = agree(typed.authority_code.as_deref(), row.get(Field::AuthorityCode))
        || agree(typed.authority_name.as_deref(), row.get(Field::Authority));
    subject && authority
}

/// What the file says otherwise than the clerk typed; what the clerk left out is no difference.
fn differences(typed: &Record, row: &StoredRow) -> Vec<String> {
    let brought = row.to_record();
    let mut out = Vec::new();
    let mut compare = |label: &str, typed: Option<String>, brought: Option<String>| {
        if let Some(typed) = typed
            && Some(&typed) != brought.as_ref()
        {
            out.push(format!("{label}：{typed} → {}", brought.as_deref().unwrap_or("（空）")));
        }
    };
    compare(
        "处罚决定日期",
        typed.decided_on.map(|day| day.to_string()),
        brought.decided_on.map(|day| day.to_string()),
    );
    compare("处罚类别", typed.penalty_kinds.clone(), brought.penalty_kinds);
    compare("处罚内容", typed.penalty_content.clone(), brought.penalty_content);
    compare(
        "罚款金额（万元）",
        typed.fine_fen.map(|fen| fen.to_wan()),
        brought.fine_fen.map(|fen| fen.to_wan()),
    );
    out
}
