//! V08: 处罚类别, 罚款金额 and 处罚内容 must say the same.

use super::{Notes, Values};
use crate::publicity::{Field, Level, Row, RowKind, Rule, amount};

pub(super) fn check(row: &Row<'_>, values: &Values, notes: &mut Notes<'_>) {
    if row.kind != RowKind::Penalty || !notes.layout.has(Field::Fine) {
        return;
    }
    fine(row, values, notes);
    confiscated(row, values, notes);
}

fn fine(row: &Row<'_>, values: &Values, notes: &mut Notes<'_>) {
    let in_kinds = row.get(Field::PenaltyKinds).contains("罚款");
    // A text that is no number is named by V07 already.
    if row.filled(Field::Fine).is_some() && values.fine_fen.is_none() {
        return;
    }
    let fen = values.fine_fen.unwrap_or(0);
    if in_kinds && fen == 0 {
        notes.add(
            row,
            Field::Fine,
            Rule::V08,
            Level::Warn,
            "为空或为0，而处罚类别含罚款；请填罚款金额（万元）",
        );
        return;
    }
    if fen > 0 && !in_kinds && row.filled(Field::PenaltyKinds).is_some() {
        notes.add(
            row,
            Field::Fine,
            Rule::V08,
            Level::Warn,
            "填了罚款金额，而处罚类别不含罚款；请核对处罚类别",
        );
    }
    if fen > 0 {
        compare(row, Field::Fine, "罚款", fen, notes);
    }
}

fn confiscated(row: &Row<'_>, values: &Values, notes: &mut Notes<'_>) {
    if !notes.layout.has(Field::Confiscated)
        || (row.filled(Field::Confiscated).is_some() && values.confiscated_fen.is_none())
    {
        return;
    }
    let fen = values.confiscated_fen.unwrap_or(0);
    if fen == 0 {
        if row.get(Field::PenaltyKinds).contains("没收违法所得")
            && !row.get(Field::PenaltyKinds).contains("没收非法财物")
        {
            notes.add(
                row,
                Field::Confiscated,
                Rule::V08,
                Level::Warn,
                "为空或为0，而处罚类别含没收违法所得；请填没收金额（万元）",
            );
        }
    } else {
        compare(row, Field::Confiscated, "没收违法所得", fen, notes);
    }
}

/// The amount in its column against the amounts in the wording: any one of them, or their sum, will do.
fn compare(row: &Row<'_>, field: Field, word: &str, fen: i64, notes: &mut Notes<'_>) {
    let said = amount::amounts_after(word, row.get(Field::Content));
    let sum = said.iter().fold(0_i64, |sum, one| sum.saturating_add(*one));
    if said.is_empty() || said.contains(&fen) || sum == fen {
        return;
    }
    let in_words = amount::write_yuan(said[0]);
    let given = amount::write_wan(fen);
    let yuan_for_wan = said
        .iter()
        .any(|one| one.checked_mul(amount::FEN_PER_WAN / 100) == Some(fen));
    let reason = if yuan_for_wan {
        format!(
            "{given}与处罚内容“{word}{in_words}”不符，疑将元填成万元；应为{}，请核对",
            amount::write_wan(said[0])
        )
    } else {
        format!("{given}万元与处罚内容“{word}{in_words}”不符；请核对金额和单位")
    };
    notes.add(row, field, Rule::V08, Level::Warn, &reason);
}
