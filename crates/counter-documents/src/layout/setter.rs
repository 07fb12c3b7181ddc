//! Setting one text into lines and chunks, with the place named if a character is missing.

use super::draw::{Colour, Draw};
use super::flow::Chunk;
use crate::RenderError;
use crate::document::{Align, Text};
use crate::font::{Fonts, Weight};
use crate::text::{Column, Line, Missing, Style, fill, shape};

/// Ascent of the em box of the faces, in em.
const ASCENT: f32 = 0.88;

/// How a text is set.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setting {
    pub(crate) size: f32,
    /// From baseline to baseline, in points.
    pub(crate) leading: f32,
    pub(crate) weight: Weight,
    /// In em.
    pub(crate) tracking: f32,
    pub(crate) align: Align,
    /// Of the first line, in em.
    pub(crate) indent: f32,
    /// Of the other lines, in em.
    pub(crate) hanging: f32,
    pub(crate) colour: Colour,
}

impl Setting {
    pub(crate) fn new(size: f32, leading: f32) -> Self {
        Self {
            size,
            leading: size * leading,
            weight: Weight::Regular,
            tracking: 0.0,
            align: Align::Left,
            indent: 0.0,
            hanging: 0.0,
            colour: Colour::Black,
        }
    }

    pub(crate) fn bold(self) -> Self {
        Self {
            weight: Weight::Bold,
            ..self
        }
    }

    pub(crate) fn align(self, align: Align) -> Self {
        Self { align, ..self }
    }

    pub(crate) fn tracking(self, tracking: f32) -> Self {
        Self { tracking, ..self }
    }

    pub(crate) fn colour(self, colour: Colour) -> Self {
        Self { colour, ..self }
    }

    /// The baseline of a line whose top is at 0.
    pub(crate) fn baseline(&self) -> f32 {
        (self.leading - self.size) / 2.0 + ASCENT * self.size
    }
}

/// Sets texts in the faces of a renderer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setter<'f> {
    pub(crate) fonts: &'f Fonts,
}

impl Setter<'_> {
    /// The lines of a text in a column of the width. `place` names the part of the paper.
    pub(crate) fn lines(
        &self,
        text: &Text,
        setting: Setting,
        width: f32,
        place: &str,
    ) -> Result<Vec<Line>, RenderError> {
        let style = Style {
            size: setting.size,
            weight: setting.weight,
            tracking: setting.tracking,
        };
        let items = shape(self.fonts, text, style).map_err(|Missing(character)| RenderError::MissingGlyph {
            character,
            place: format!("{place}「{}」", excerpt(text, character)),
        })?;
        let column = Column {
            width,
            indent: setting.indent * setting.size,
            hanging: setting.hanging * setting.size,
            align: setting.align,
        };
        Ok(fill(&items, column, setting.size))
    }

    /// A text's marks with the first line's top at 0 and the column's left end at `x`, and its height.
    pub(crate) fn block(
        &self,
        text: &Text,
        setting: Setting,
        (x, width): (f32, f32),
        place: &str,
    ) -> Result<(Vec<Draw>, f32), RenderError> {
        let lines = self.lines(text, setting, width, place)?;
        let height = lines.len() as f32 * setting.leading;
        let mut draws = Vec::new();
        for (nth, line) in lines.into_iter().enumerate() {
            draw_line(
                &mut draws,
                line,
                x,
                nth as f32 * setting.leading + setting.baseline(),
                setting.colour,
            );
        }
        Ok((draws, height))
    }

    /// The width of a text on one line.
    pub(crate) fn width(&self, text: &Text, setting: Setting, place: &str) -> Result<f32, RenderError> {
        let lines = self.lines(text, setting.align(Align::Left), f32::MAX, place)?;
        Ok(lines.iter().map(|line| line.end).fold(0.0, f32::max))
    }

    /// A paragraph in chunks that leave no single first or last line alone.
    pub(crate) fn paragraph(
        &self,
        text: &Text,
        setting: Setting,
        (x, width): (f32, f32),
        place: &str,
    ) -> Result<Vec<Chunk>, RenderError> {
        let lines = self.lines(text, setting, width, place)?;
        let count = lines.len();
        let mut chunks: Vec<Chunk> = Vec::new();
        for (nth, line) in lines.into_iter().enumerate() {
            let joins = nth == 1 || (nth + 1 == count && nth > 0);
            if !joins {
                chunks.push(Chunk::default());
            }
            let Some(chunk) = chunks.last_mut() else { continue };
            let baseline = chunk.height + setting.baseline();
            draw_line(&mut chunk.draws, line, x, baseline, setting.colour);
            chunk.height += setting.leading;
        }
        Ok(chunks)
    }
}

/// The marks of a line: its text, the blanks' rules and the frames of boxed words.
pub(crate) fn draw_line(draws: &mut Vec<Draw>, line: Line, x: f32, baseline: f32, colour: Colour) {
    let size = line.glyphs.iter().map(|placed| placed.size).fold(10.0, f32::max);
    for (from, to) in &line.underlines {
        let y = baseline + 0.2 * size;
        draws.push(Draw::Rule {
            from: (x + from, y),
            to: (x + to, y),
            width: 0.6,
            colour,
        });
    }
    for (from, to, word) in &line.boxes {
        draws.push(Draw::Frame {
            x: x + from,
            y: baseline - 0.98 * word,
            width: to - from,
            height: 1.22 * word,
            stroke: 0.5,
            colour: Colour::Grey(0.3),
        });
    }
    draws.push(Draw::Text {
        line,
        x,
        baseline,
        colour,
    });
}

fn excerpt(text: &Text, character: char) -> String {
    use crate::document::Inline;
    let whole: String = text
        .0
        .iter()
        .map(|inline| match inline {
            Inline::Plain(text) | Inline::Strong(text) | Inline::Code(text) | Inline::Mark(text) => text.as_str(),
            Inline::Blank { text, .. } => text.as_str(),
        })
        .collect();
    let at = whole.chars().position(|other| other == character).unwrap_or_default();
    whole.chars().skip(at.saturating_sub(12)).take(25).collect()
}
