//! The document model: what a paper says, in the order it is read, with no coordinates.
//!
//! Builders in `paper` make a [`Document`] out of plain input; `Renderer` lays it out. Leaves
//! out: fonts, page breaks and anything else a person does not decide.

use jiff::civil::Date;

/// A whole paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Stable word for the kind, `supplement_notice` …, kept in the PDF's metadata.
    pub kind: &'static str,
    /// How the sheet is used.
    pub sheet: Sheet,
    /// The office in the document head.
    pub head: String,
    /// The title, spaced out under the head.
    pub title: String,
    /// The number under the title.
    pub number: Option<String>,
    /// To whom, on a line of its own with a colon.
    pub addressee: Option<String>,
    /// The body.
    pub blocks: Vec<Block>,
    /// What stands at the end of the body, above seal and QR.
    pub closing: Closing,
    /// The QR symbol at the lower right of the last page.
    pub qr: Option<Qr>,
    /// The last line of every page.
    pub footer: Footer,
    /// Set across every page, for prints that are not valid.
    pub watermark: Option<String>,
    /// The day of the paper; the PDF's date.
    pub issued_on: Date,
}

/// Page orientation and the way text is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sheet {
    /// A4 upright, body 12 pt: notices, receipts and slips with tables.
    Notice,
    /// A4 upright, body 14 pt: letters that a person signs.
    Letter,
    /// A4 across with a frame: certificates. One page.
    Certificate,
}

/// Signatures and seal.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Closing {
    /// Side by side; each holds its lines.
    pub signatures: Vec<Vec<Text>>,
    /// The words in the dashed circle where the seal goes, such as 盖章处.
    pub seal: Option<String>,
}

/// A QR symbol with the words under it.
#[derive(Debug, Clone, PartialEq)]
pub struct Qr {
    /// What the symbol says. It stands in the PDF's metadata, too.
    pub text: String,
    /// What a scan is for and what it proves, a line each.
    pub caption: Vec<String>,
}

/// The last line of every page, left of the page number.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Footer {
    /// Id of the rule pack the paper was made under.
    pub pack: Option<String>,
    /// The day the data are of.
    pub data_as_of: Option<Date>,
}

/// A piece of the body.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading, kept with what follows.
    Heading(Text),
    /// Names and values in a shaded table; each row holds one or two pairs.
    KeyValue(Vec<Vec<(String, Text)>>),
    /// A table with a head that is repeated on every page.
    Table(Table),
    /// Items numbered 1. 2. 3. with hanging indent.
    Numbered(Vec<Text>),
    /// Boxes to tick.
    CheckList(Vec<CheckItem>),
    /// A box with a rule on its left, for what must not be overlooked.
    Callout {
        /// In bold on a line of its own.
        title: String,
        /// The text under it.
        text: Text,
    },
    /// The answer of an assessment, large, with its timeline.
    Verdict(Verdict),
    /// Numbered words in equal cells.
    WordGrid {
        /// Cells in a row.
        columns: usize,
        /// The words in order.
        words: Vec<String>,
    },
    /// Empty frames side by side, for what is put there by hand, such as a copy of a card.
    Frames {
        /// Of each, in points.
        height: f32,
        /// In grey in the middle of each.
        words: Vec<String>,
    },
    /// Empty space, in points.
    Space(f32),
    /// Not divided between pages unless taller than one.
    Together(Vec<Block>),
    /// What follows starts a new page.
    PageBreak,
}

/// A paragraph and how its lines stand.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// What it says.
    pub text: Text,
    /// Where the lines stand.
    pub align: Align,
    /// Indent of the first line in em.
    pub indent: f32,
    /// Size in relation to the sheet's body text.
    pub scale: f32,
    /// In grey, for notes.
    pub muted: bool,
}

/// Where a line stands in its column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Align {
    /// Both margins.
    #[default]
    Justify,
    /// Left margin.
    Left,
    /// The middle.
    Center,
    /// Right margin.
    Right,
}

/// A table with a head.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// The columns, left to right.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for every column.
    pub rows: Vec<Vec<Text>>,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    /// Its head.
    pub title: String,
    /// Its share of the width, in relation to the other columns.
    pub share: f32,
    /// How its cells stand.
    pub align: Align,
}

/// A box with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckItem {
    /// Whether it is ticked.
    pub ticked: bool,
    /// What it says.
    pub text: Text,
}

/// An assessment's answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// One of the eight words, such as 可申请修复.
    pub word: String,
    /// The sentence beside it: the day that matters.
    pub line: Text,
    /// The publicity period, where its days are known.
    pub timeline: Option<Timeline>,
}

/// The days of a publicity period, on a bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Timeline {
    /// Ascending; the bar goes from the first to the last.
    pub marks: Vec<TimelineMark>,
    /// The day of the paper.
    pub today: Date,
}

/// A day on the bar.
#[derive(Debug, Clone, PartialEq)]
pub struct TimelineMark {
    /// The day.
    pub on: Date,
    /// What happens then, such as 最早可申请.
    pub label: String,
}

/// A run of text with marks in it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text(pub Vec<Inline>);

/// A piece of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain.
    Plain(String),
    /// Bold.
    Strong(String),
    /// A number or code, ASCII in half-width cells, never broken.
    Code(String),
    /// A word in a small box, such as 待核.
    Mark(String),
    /// A blank to fill in, underlined, at least `width` em wide, with what is known in it.
    Blank {
        /// What is filled in already, or nothing.
        text: String,
        /// Least width in em.
        width: f32,
    },
}

impl Text {
    /// Plain text.
    pub fn new(text: impl Into<String>) -> Self {
        Self(vec![Inline::Plain(text.into())])
    }

    /// With more plain text behind.
    pub fn plain(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Plain(text.into()));
        self
    }

    /// With bold text behind.
    pub fn strong(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Strong(text.into()));
        self
    }

    /// With a code behind.
    pub fn code(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Code(text.into()));
        self
    }

    /// With a boxed word behind.
    pub fn mark(mut self, text: impl Into<String>) -> Self {
        self.0.push(Inline::Mark(text.into()));
        self
    }

    /// With a blank behind, filled with `text`.
    pub fn blank(mut self, text: impl Into<String>, width: f32) -> Self {
        self.0.push(Inline::Blank {
            text: text.into(),
            width,
        });
        self
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl Paragraph {
    /// A body paragraph: both margins, first line indented by two characters.
    pub fn body(text: impl Into<Text>) -> Self {
        Self {
            text: text.into(),
            align: Align::Justify,
            indent: 2.0,
            scale: 1.0,
            muted: false,
        }
    }

    /// One without indent.
    pub fn flush(text: impl Into<Text>) -> Self {
        Self {
            indent: 0.0,
            ..Self::body(text)
        }
    }

    /// A small grey note.
    pub fn note(text: impl Into<Text>) -> Self {
        Self {
            indent: 0.0,
            scale: 0.8,
            muted: true,
            ..Self::body(text)
        }
    }

    /// In the middle of the column.
    pub fn centered(text: impl Into<Text>) -> Self {
        Self {
            indent: 0.0,
            align: Align::Center,
            ..Self::body(text)
        }
    }
}

impl Column {
    /// A column that stands left.
    pub fn new(title: &str, share: f32) -> Self {
        Self {
            title: title.to_owned(),
            share,
            align: Align::Left,
        }
    }

    /// A column whose cells stand in the middle.
    pub fn centered(title: &str, share: f32) -> Self {
        Self {
            align: Align::Center,
            ..Self::new(title, share)
        }
    }
}

impl From<Paragraph> for Block {
    fn from(paragraph: Paragraph) -> Self {
        Self::Paragraph(paragraph)
    }
}
