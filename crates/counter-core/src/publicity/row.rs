//! One row: the cells as they stood and the values made of them.

use std::borrow::Cow;

use super::{Field, FieldSet, RowKind};

/// How a cell was typed in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum CellKind {
    /// Text, or any cell of a csv file.
    #[default]
    Text,
    /// A number of a spreadsheet, written out in full.
    Number,
    /// A date of a spreadsheet, written as `2026-03-16`.
    Date,
    /// An error value of a formula, such as `#REF!`.
    Error,
}

/// A cell as it was read. Empty text is an empty cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RawCell<'a> {
    /// What stands in it.
    pub text: &'a str,
    /// How it was typed.
    pub kind: CellKind,
}

/// 行政相对人类别.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SubjectKind {
    /// 法人及非法人组织.
    Organisation,
    /// 个体工商户.
    IndividualBusiness,
    /// 自然人.
    Person,
}

impl SubjectKind {
    /// The value of the standard.
    pub fn name(self) -> &'static str {
        match self {
            Self::Organisation => "法人及非法人组织",
            Self::IndividualBusiness => "个体工商户",
            Self::Person => "自然人",
        }
    }

    /// The kind meant by `text`, also in the short forms seen in files.
    pub fn from_text(text: &str) -> Option<Self> {
        match text {
            "法人及非法人组织"
            | "法人"
            | "法人及其他组织"
            | "法人或非法人组织"
            | "法人和非法人组织"
            | "非法人组织"
            | "企业" => Some(Self::Organisation),
            "个体工商户" | "个体户" | "个体" => Some(Self::IndividualBusiness),
            "自然人" | "个人" => Some(Self::Person),
            _ => None,
        }
    }
}

/// A row with a value for every field its layout has; what it has not is empty.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// Penalty or permit.
    pub kind: RowKind,
    /// The row's number as a person sees it in the sheet.
    pub number: u32,
    original: [RawCell<'a>; Field::COUNT],
    value: [Cow<'a, str>; Field::COUNT],
    /// The fields that stood in the file.
    given: FieldSet,
    /// The fields that have a value.
    filled: FieldSet,
    /// The fields whose value may differ from what stood in the file.
    touched: FieldSet,
}

impl<'a> Row<'a> {
    /// An empty row.
    pub fn new(kind: RowKind, number: u32) -> Self {
        Self {
            kind,
            number,
            original: [RawCell::default(); Field::COUNT],
            value: [const { Cow::Borrowed("") }; Field::COUNT],
            given: FieldSet::default(),
            filled: FieldSet::default(),
            touched: FieldSet::default(),
        }
    }

    /// Sets what stood in the file; the value starts out as the same text.
    pub fn put(&mut self, field: Field, cell: RawCell<'a>) {
        self.original[field as usize] = cell;
        self.value[field as usize] = Cow::Borrowed(cell.text);
        if !cell.text.is_empty() {
            self.given.insert(field);
            self.filled.insert(field);
        }
    }

    /// Sets the value, leaving the original as it is.
    pub fn correct(&mut self, field: Field, value: impl Into<Cow<'a, str>>) {
        let value = value.into();
        if value.is_empty() {
            self.filled.remove(field);
        } else {
            self.filled.insert(field);
        }
        self.touched.insert(field);
        self.value[field as usize] = value;
    }

    /// What stood in the file.
    pub fn original(&self, field: Field) -> RawCell<'a> {
        self.original[field as usize]
    }

    /// The normalised value.
    pub fn get(&self, field: Field) -> &str {
        &self.value[field as usize]
    }

    /// The normalised value, `None` where it is empty.
    pub fn filled(&self, field: Field) -> Option<&str> {
        let value = self.get(field);
        (!value.is_empty()).then_some(value)
    }

    /// The fields that stood in the file, in the order of the standard.
    pub fn given(&self) -> impl Iterator<Item = Field> + use<> {
        self.given.iter()
    }

    /// The fields that have a value, in the order of the standard.
    pub fn filled_fields(&self) -> impl Iterator<Item = Field> + use<> {
        self.filled.iter()
    }

    /// The fields whose value differs from what stood in the file, with the original.
    pub fn corrections(&self) -> impl Iterator<Item = (Field, &'a str)> + '_ {
        self.touched.iter().filter_map(|field| {
            let original = self.original(field).text;
            (original != self.get(field)).then_some((field, original))
        })
    }

    /// 行政相对人类别 as given or told from the sheet.
    pub fn subject_kind(&self) -> Option<SubjectKind> {
        SubjectKind::from_text(self.get(Field::SubjectKind))
    }
}
