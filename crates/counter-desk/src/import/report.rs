//! The findings of an import as a workbook a department can work through.

use std::path::Path;

use counter_core::publicity::Finding;
use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::{ImportError, ImportOutcome, view};
use crate::Desk;

/// Columns and their widths.
const COLUMNS: [(&str, f64); 9] = [
    ("工作表", 16.0),
    ("行号", 7.0),
    ("列", 28.0),
    ("规则", 7.0),
    ("规则说明", 22.0),
    ("级别", 9.0),
    ("说明", 70.0),
    ("原内容", 28.0),
    ("更正为", 28.0),
];
/// A sheet holds so many rows; what is beyond is told in the summary.
const MOST_ROWS: usize = 1_000_000;

/// Saves the findings of an import that has just run.
///
/// # Errors
/// [`ImportError::Report`] where the file cannot be written.
pub fn save_report(outcome: &ImportOutcome, source: &str, path: &Path) -> Result<(), ImportError> {
    let counts = outcome.counts();
    let summary = [
        ("文件", source.to_owned()),
        (
            "数据截至",
            outcome.data_as_of.clone().unwrap_or_else(|| "未知".to_owned()),
        ),
        ("读取行数", counts.read.to_string()),
        ("采纳", counts.accepted.to_string()),
        ("采纳但有提醒", counts.accepted_with_warnings.to_string()),
        ("待核记录", counts.kept_for_check.to_string()),
        ("重复", counts.duplicates.to_string()),
        ("更新", counts.updated.to_string()),
        ("跳过", counts.skipped.to_string()),
    ];
    write(&outcome.findings, &summary, path).map_err(|error| ImportError::Report(error.to_string()))
}

/// Saves the findings of an earlier import.
///
/// # Errors
/// [`ImportError::NoSuchRun`]; [`ImportError::Report`] where the file cannot be written.
pub fn save_findings(desk: &Desk, run: &str, path: &Path) -> Result<(), ImportError> {
    let (run, findings) = view::whole_run(desk, run)?;
    let outcome = ImportOutcome {
        run: Some(run.id.to_string()),
        kind: run.kind,
        layout: run.layout.clone(),
        data_as_of: run.data_as_of.map(|day| day.to_string()),
        read: run.counts.read,
        accepted: run.counts.accepted,
        accepted_with_warnings: run.counts.accepted_with_warnings,
        kept_for_check: run.counts.kept_for_check,
        duplicates: run.counts.duplicates,
        updated: run.counts.updated,
        skipped: run.counts.skipped,
        merged: 0,
        findings,
    };
    save_report(&outcome, &run.file_name, path)
}

fn write(findings: &[Finding], summary: &[(&str, String)], path: &Path) -> Result<(), XlsxError> {
    let mut book = Workbook::new();
    let head = Format::new()
        .set_bold()
        .set_background_color(0xE8EEF4)
        .set_border(rust_xlsxwriter::FormatBorder::Thin);
    let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    let plain = Format::new().set_align(FormatAlign::Top);
    let sheet = book.add_worksheet();
    sheet.set_name("检查结果")?;
    sheet.set_freeze_panes(1, 0)?;
    for (column, (title, width)) in (0_u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, title, &head)?;
    }
    let shown = &findings[..findings.len().min(MOST_ROWS)];
    for (row, finding) in (1_u32..).zip(shown) {
        // Texts are written as texts: what looks like a formula in a hostile file stays one.
        sheet.write_string_with_format(row, 0, cut(&finding.sheet), &plain)?;
        sheet.write_number_with_format(row, 1, finding.row, &plain)?;
        sheet.write_string_with_format(row, 2, cut(&finding.column), &plain)?;
        sheet.write_string_with_format(row, 3, finding.rule.as_str(), &plain)?;
        sheet.write_string_with_format(row, 4, finding.rule.name(), &plain)?;
        sheet.write_string_with_format(row, 5, finding.level.name(), &plain)?;
        sheet.write_string_with_format(row, 6, cut(&finding.message), &wrapped)?;
        sheet.write_string_with_format(row, 7, cut(finding.original.as_deref().unwrap_or("")), &wrapped)?;
        sheet.write_string_with_format(row, 8, cut(finding.corrected.as_deref().unwrap_or("")), &wrapped)?;
    }
    let last = u32::try_from(shown.len()).unwrap_or(u32::MAX);
    sheet.autofilter(0, 0, last, 8)?;
    let about = book.add_worksheet();
    about.set_name("汇总")?;
    about.set_column_width(0, 18.0)?;
    about.set_column_width(1, 50.0)?;
    for (row, (label, value)) in (0_u32..).zip(summary) {
        about.write_string_with_format(row, 0, *label, &head)?;
        about.write_string(row, 1, cut(value))?;
    }
    if findings.len() > MOST_ROWS {
        about.write_string(
            u32::try_from(summary.len()).unwrap_or(0),
            0,
            format!("仅列出前{MOST_ROWS}条"),
        )?;
    }
    book.save(path)
}

/// A cell holds 32,767 characters.
fn cut(text: &str) -> &str {
    text.char_indices().nth(32_000).map_or(text, |(end, _)| &text[..end])
}
