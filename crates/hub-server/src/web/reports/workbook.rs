//! The report as a workbook: one sheet a table, and one that says what the figures are.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::super::{layout::moment, text::Language};
use crate::report::{Figure, Figures, Report};

/// The bytes of the workbook.
pub(super) fn of(report: &Report, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let head = Format::new().set_bold();
    let total = report.total();

    let sheet = begin(
        &mut workbook,
        language,
        "reports.byAuthority",
        "verdict.authority",
        &head,
    )?;
    let last = lines(sheet, language, report.by_authority.iter(), 1)?;
    line(sheet, last, language.say("reports.total"), &total)?;

    let sheet = begin(&mut workbook, language, "reports.byCounter", "counters.counter", &head)?;
    let last = lines(sheet, language, report.by_counter.iter(), 1)?;
    line(sheet, last, language.say("reports.total"), &total)?;

    if !report.late.is_empty() {
        let sheet = begin(&mut workbook, language, "reports.late", "verdict.authority", &head)?;
        let mut row = 1;
        for (month, of_month) in &report.late {
            sheet.write_string_with_format(row, 0, month, &head)?;
            row = lines(sheet, language, of_month.iter(), row + 1)?;
        }
    }
    about(&mut workbook, report, language)?;
    workbook.save_to_buffer()
}

fn about(workbook: &mut Workbook, report: &Report, language: Language) -> Result<(), XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(language.say("reports.about"))?;
    sheet.set_column_width(0, 80)?;
    let mut said = vec![format!("{} {}", language.say("reports.title"), report.month)];
    said.push(match &report.closed {
        Some(closed) => language.fill("reports.closedBy", &[("at", &moment(closed.at)), ("by", &closed.by)]),
        None => language.say("reports.running").to_owned(),
    });
    said.push(language.say("reports.means").to_owned());
    if !report.silent.is_empty() {
        said.push(language.say("reports.silent").to_owned());
        said.extend(report.silent.iter().map(|(counter, heard_at)| {
            let heard = heard_at.map_or_else(|| language.say("counters.never").to_owned(), moment);
            format!("{counter} {heard}")
        }));
    }
    for (row, text) in (0..).zip(&said) {
        sheet.write_string(row, 0, text)?;
    }
    Ok(())
}

fn begin<'a>(
    workbook: &'a mut Workbook,
    language: Language,
    name: &str,
    what: &str,
    head: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(language.say(name))?;
    sheet.set_column_width(0, 36)?;
    sheet.write_string_with_format(0, 0, language.say(what), head)?;
    for (column, figure) in (1..).zip(Figure::ALL) {
        let key = format!("figure.{}", figure.as_str());
        sheet.write_string_with_format(0, column, language.say(&key), head)?;
    }
    sheet.write_string_with_format(0, DAYS_COLUMN, language.say("figure.days"), head)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(sheet)
}

/// Behind the name and the figures.
const DAYS_COLUMN: u16 = Figure::ALL.len() as u16 + 1;

/// Writes lines from `row` on; gives the row behind the last.
fn lines<'a>(
    sheet: &mut Worksheet,
    language: Language,
    lines: impl Iterator<Item = (&'a String, &'a Figures)>,
    mut row: u32,
) -> Result<u32, XlsxError> {
    for (name, figures) in lines {
        let name = if name.is_empty() {
            language.say("reports.none")
        } else {
            name
        };
        line(sheet, row, name, figures)?;
        row += 1;
    }
    Ok(row)
}

fn line(sheet: &mut Worksheet, row: u32, name: &str, figures: &Figures) -> Result<(), XlsxError> {
    sheet.write_string(row, 0, name)?;
    for (column, figure) in (1..).zip(Figure::ALL) {
        let count = u32::try_from(figures.count(figure)).unwrap_or(u32::MAX);
        sheet.write_number(row, column, count)?;
    }
    if let Some(tenths) = figures.tenths_of_days() {
        #[allow(clippy::cast_precision_loss)] // a spreadsheet knows no other numbers, and these are small
        sheet.write_number(row, DAYS_COLUMN, tenths as f64 / 10.0)?;
    }
    Ok(())
}
