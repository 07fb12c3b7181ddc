//! A row as it is kept: every filled field under its code, as one JSON object.

use serde_json::Value;

use super::{Field, Row, RowKind, to_record::record_of};
use crate::record::{PersonalNumber, Record};

/// A row read back from where it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRow {
    /// Penalty or permit.
    pub kind: RowKind,
    cells: Vec<(Field, String)>,
}

impl StoredRow {
    /// Reads what [`write_cells`] wrote. Codes this program does not know are left out.
    ///
    /// # Errors
    /// When the text is no JSON object.
    pub fn from_json(kind: RowKind, json: &str) -> Result<Self, serde_json::Error> {
        let object: serde_json::Map<String, Value> = serde_json::from_str(json)?;
        let cells = Field::ALL.iter().filter_map(|field| {
            let code = field.code(kind);
            let value = if code.is_empty() {
                None
            } else {
                object.get(code)?.as_str()
            };
            value.map(|value| (*field, value.to_owned()))
        });
        Ok(Self {
            kind,
            cells: cells.collect(),
        })
    }

    /// The value of a field, `None` where it is empty.
    pub fn get(&self, field: Field) -> Option<&str> {
        self.cells
            .iter()
            .find(|(known, _)| *known == field)
            .map(|(_, value)| value.as_str())
    }

    /// Every filled field in the order of the standard, personal numbers whole: mask them before showing.
    pub fn fields(&self) -> impl Iterator<Item = (Field, &str)> {
        self.cells.iter().map(|(field, value)| (*field, value.as_str()))
    }

    /// The record that is assessed; of a permit, the names and codes it shares with one.
    pub fn to_record(&self) -> Record {
        record_of(|field| self.get(field))
    }

    /// What differs in `row`, field by field, for a person: `处罚内容：罚款1元 → 罚款2元`. Personal numbers are masked.
    pub fn differences(&self, row: &Row<'_>) -> Vec<String> {
        self.differences_by(|field| row.filled(field))
    }

    /// The same against another row as it is kept.
    pub fn differences_from(&self, other: &Self) -> Vec<String> {
        self.differences_by(|field| other.get(field))
    }

    fn differences_by<'r>(&self, new: impl Fn(Field) -> Option<&'r str>) -> Vec<String> {
        let shown = |field: Field, text: Option<&str>| match text {
            None => "（空）".to_owned(),
            Some(text) if field.is_personal_number() => PersonalNumber::new(text).masked(),
            Some(text) => text.to_owned(),
        };
        let differing = Field::ALL
            .iter()
            .filter(|field| **field != Field::ReportedOn)
            .filter_map(|field| {
                let (old, new) = (self.get(*field), new(*field));
                (old != new).then(|| {
                    format!(
                        "{}：{} → {}",
                        field.header_of(self.kind),
                        shown(*field, old),
                        shown(*field, new)
                    )
                })
            });
        differing.collect()
    }
}

/// Writes every filled field of `row` as a JSON object.
pub fn write_cells(row: &Row<'_>, out: &mut String) {
    write_object(row.kind, row.filled_fields().map(|field| (field, row.get(field))), out);
}

/// Writes what stood in the file where it differs from the value, as a JSON object; nothing at all where nothing differs.
pub fn write_originals(row: &Row<'_>, out: &mut String) {
    let mut corrections = row.corrections().peekable();
    if corrections.peek().is_some() {
        write_object(row.kind, corrections, out);
    }
}

fn write_object<'v>(kind: RowKind, cells: impl Iterator<Item = (Field, &'v str)>, out: &mut String) {
    out.push('{');
    let start = out.len();
    for (field, value) in cells {
        let code = field.code(kind);
        if code.is_empty() {
            continue;
        }
        if out.len() > start {
            out.push(',');
        }
        out.push('"');
        out.push_str(code);
        out.push_str("\":\"");
        escape(value, out);
        out.push('"');
    }
    out.push('}');
}

fn escape(text: &str, out: &mut String) {
    let mut plain_from = 0;
    for (at, byte) in text.bytes().enumerate() {
        if byte >= 0x20 && byte != b'"' && byte != b'\\' {
            continue;
        }
        out.push_str(&text[plain_from..at]);
        plain_from = at + 1;
        match byte {
            b'"' => out.push_str("\\\""),
            b'\\' => out.push_str("\\\\"),
            b'\n' => out.push_str("\\n"),
            b'\t' => out.push_str("\\t"),
            b'\r' => out.push_str("\\r"),
            _ => out.push_str(&format!("\\u{byte:04x}")),
        }
    }
    out.push_str(&text[plain_from..]);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::publicity::RawCell;

    proptest! {
        #[test]
        fn a_row_is_read_back_as_it_was_kept(name in "\\PC{1,20}", content in "(.|\n|\t|\"|\\\\){0,30}") {
            let mut row = Row::new(RowKind::Penalty, 2);
            row.put(Field::SubjectName, RawCell { text: &name, ..RawCell::default() });
            row.put(Field::Content, RawCell { text: &content, ..RawCell::default() });
            let mut json = String::new();
            write_cells(&row, &mut json);
            let stored = StoredRow::from_json(RowKind::Penalty, &json).unwrap();
            prop_assert_eq!(stored.get(Field::SubjectName), Some(name.as_str()));
            prop_assert_eq!(stored.get(Field::Content), row.filled(Field::Content));
            prop_assert_eq!(stored.differences(&row), Vec::<String>::new());
        }
    }
}
