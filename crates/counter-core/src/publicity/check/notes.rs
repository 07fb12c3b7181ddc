//! Writing findings down, always with row, column, reason and what to do.

use crate::{
    publicity::{Field, Finding, Layout, Level, Row, Rule},
    record::PersonalNumber,
};

/// Where the findings of one row go.
pub(super) struct Notes<'n> {
    pub layout: &'n Layout,
    pub sheet: &'n str,
    pub row: u32,
    pub out: &'n mut Vec<Finding>,
}

impl Notes<'_> {
    /// A finding about a cell; `reason` says what is wrong and what to do.
    pub fn add(&mut self, row: &Row<'_>, field: Field, rule: Rule, level: Level, reason: &str) {
        let original = row.original(field).text;
        self.push(field, rule, level, reason, Some(original), None);
    }

    /// A finding about a cell whose value was put right.
    pub fn fixed(&mut self, row: &Row<'_>, field: Field, rule: Rule, reason: &str) {
        let original = row.original(field).text;
        self.push(field, rule, Level::Fixed, reason, Some(original), Some(row.get(field)));
    }

    fn push(
        &mut self,
        field: Field,
        rule: Rule,
        level: Level,
        reason: &str,
        original: Option<&str>,
        corrected: Option<&str>,
    ) {
        let column = self.layout.header(field);
        // Findings are shown and exported: a personal number appears in them masked.
        let shown = |text: &str| {
            if field.is_personal_number() {
                PersonalNumber::new(text).masked()
            } else {
                text.to_owned()
            }
        };
        self.out.push(Finding {
            sheet: self.sheet.to_owned(),
            row: self.row,
            column: column.to_owned(),
            rule,
            level,
            message: format!("第{}行“{column}”{reason}", self.row),
            original: original.filter(|text| !text.is_empty()).map(shown),
            corrected: corrected.map(shown),
        });
    }
}
