//! Filling lines and placing what is in them.
//!
//! First fit: a line takes as much as it holds, drops the blank half of closing punctuation at
//! its end where that helps, and moves down whole what must not be parted. Leaves out: the
//! look of whole paragraphs (rivers, hyphenation).

use super::class::Break;
use super::shape::{Ink, Item};
use crate::document::Align;
use crate::font::Glyph;

/// A justified line grows by at most this at one place, in em; a longer blank stands at its end.
const LARGEST_STRETCH: f32 = 0.5;
/// A blank wider than this, in em, would be read as a space by a program that copies text.
const READS_AS_SPACE: f32 = 0.08;

/// A line with everything in its place, x from the left end of its column in points.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Line {
    pub(crate) glyphs: Vec<Placed>,
    /// From and to, of blanks to fill in and what is in them.
    pub(crate) underlines: Vec<(f32, f32)>,
    /// From and to, and the size of the word in it.
    pub(crate) boxes: Vec<(f32, f32, f32)>,
    /// The text as it is read, where blanks between glyphs would be taken for spaces.
    pub(crate) reads: Option<String>,
    /// Where the last ink ends.
    pub(crate) end: f32,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Placed {
    pub(crate) glyph: Glyph,
    pub(crate) character: char,
    pub(crate) x: f32,
    pub(crate) size: f32,
}

/// How a paragraph stands in its column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Column {
    /// In points.
    pub(crate) width: f32,
    /// Of the first line, in points.
    pub(crate) indent: f32,
    /// Of the other lines, in points.
    pub(crate) hanging: f32,
    pub(crate) align: Align,
}

/// The lines of a paragraph; one empty line for an empty text.
pub(crate) fn fill(items: &[Item], column: Column, size: f32) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let first = start == 0;
        let indent = if first { column.indent } else { column.hanging };
        let taken = take(&items[start..], column.width - indent, first);
        let last = start + taken >= items.len() || items[start + taken - 1].line_feed;
        lines.push(place(&items[start..start + taken], column, indent, size, first, last));
        start += taken;
        // Spaces at a line end hang there; they do not begin the next line.
        while items.get(start).is_some_and(Item::is_space) {
            start += 1;
        }
        if start >= items.len() {
            return lines;
        }
    }
}

/// How many items the line takes; at least one unless there are none.
fn take(items: &[Item], width: f32, first: bool) -> usize {
    let mut x = match items.first() {
        Some(item) if !first => -item.trim_left,
        Some(_) | None => 0.0,
    };
    let (mut allowed, mut soft) = (0, 0);
    for (nth, item) in items.iter().enumerate() {
        if item.line_feed {
            return nth + 1;
        }
        let fits = item.is_space() || x + item.advance - item.trim_right <= width + 0.01;
        if !fits {
            return match (allowed, soft) {
                (0, 0) => emergency(items, nth),
                (0, soft) => soft,
                (allowed, _) => allowed,
            };
        }
        match item.break_after {
            Break::Allowed => allowed = nth + 1,
            Break::Soft => soft = nth + 1,
            Break::Emergency | Break::Forbidden => {}
        }
        x += item.advance + item.gap;
    }
    items.len()
}

/// The line holds no allowed end: part a word, and punctuation only if nothing else is there.
fn emergency(items: &[Item], full: usize) -> usize {
    let full = full.max(1);
    (1..=full)
        .rev()
        .find(|end| items[end - 1].break_after != Break::Forbidden)
        .unwrap_or(full)
}

fn place(items: &[Item], column: Column, indent: f32, size: f32, first: bool, last: bool) -> Line {
    let ink_end = items
        .iter()
        .rposition(|item| !item.is_space() && !item.line_feed)
        .map_or(0, |nth| nth + 1);
    let items = &items[..ink_end];
    let Some((final_item, before_final)) = items.split_last() else {
        return Line::default();
    };
    let drop_left = if first { 0.0 } else { items[0].trim_left };
    let natural: f32 =
        before_final.iter().map(|item| item.advance + item.gap).sum::<f32>() + final_item.advance - drop_left;
    let room = column.width - indent;
    let (mut x, mut stretch) = (indent - drop_left, 0.0);
    match column.align {
        Align::Justify if !last => {
            let places = before_final.iter().filter(|item| item.stretches).count();
            // Closing punctuation stands flush with the margin by its ink.
            let spare = room - natural + final_item.trim_right;
            let each = if places > 0 { spare / places as f32 } else { 0.0 };
            if each <= LARGEST_STRETCH * size {
                stretch = each;
            }
        }
        Align::Justify | Align::Left => {}
        Align::Center => x += (room - natural).max(0.0) / 2.0,
        Align::Right => x += (room - natural + final_item.trim_right).max(0.0),
    }
    let mut writer = LineWriter {
        line: Line::default(),
        x,
        size,
        gaps: false,
    };
    for (nth, item) in items.iter().enumerate() {
        let behind = if nth + 1 == items.len() {
            0.0
        } else {
            item.gap + if item.stretches { stretch } else { 0.0 }
        };
        writer.put(item, behind);
    }
    let mut line = writer.line;
    if writer.gaps {
        line.reads = Some(reading(items));
    }
    line
}

fn reading(items: &[Item]) -> String {
    let mut text = String::new();
    for item in items {
        match &item.ink {
            Ink::Glyph(_) => text.push(item.character),
            Ink::Nothing => {
                if !text.ends_with(' ') {
                    text.push(' ');
                }
            }
            Ink::Mark { glyphs, .. } => text.extend(glyphs.iter().map(|(character, _)| *character)),
        }
    }
    text
}

struct LineWriter {
    line: Line,
    x: f32,
    size: f32,
    gaps: bool,
}

impl LineWriter {
    fn put(&mut self, item: &Item, behind: f32) {
        let (from, to) = (self.x, self.x + item.advance);
        match &item.ink {
            Ink::Glyph(glyph) => {
                let x = from - item.shift;
                self.line.glyphs.push(Placed {
                    glyph: *glyph,
                    character: item.character,
                    x,
                    size: self.size,
                });
            }
            Ink::Nothing => {}
            Ink::Mark {
                glyphs,
                size,
                padding,
                margin,
            } => {
                self.line.boxes.push((from + margin, to - margin, *size));
                let mut x = from + margin + padding;
                for (character, glyph) in glyphs {
                    self.line.glyphs.push(Placed {
                        glyph: *glyph,
                        character: *character,
                        x,
                        size: *size,
                    });
                    x += glyph.advance * size;
                }
                self.gaps = true;
            }
        }
        if item.underlined {
            match self.line.underlines.last_mut() {
                Some((_, end)) if *end + 0.01 >= from => *end = to + behind,
                Some(_) | None => self.line.underlines.push((from, to + behind)),
            }
        }
        if behind > READS_AS_SPACE * self.size && !item.is_space() {
            self.gaps = true;
        }
        self.x = to + behind;
        self.line.end = to;
    }
}

#[cfg(test)]
mod tests {
    use super::super::class;
    use super::*;
    use crate::document::Text;
    use crate::font::{Fonts, Weight};
    use crate::text::{Style, shape};
    use proptest::prelude::*;

    fn lines(text: &str, width: f32) -> Vec<String> {
        let fonts = Fonts::open().unwrap();
        let items = shape(
            &fonts,
            &Text::new(text),
            Style {
                size: 10.0,
                weight: Weight::Regular,
                tracking: 0.0,
            },
        )
        .unwrap();
        let column = Column {
            width,
            indent: 0.0,
            hanging: 0.0,
            align: Align::Justify,
        };
        fill(&items, column, 10.0)
            .into_iter()
            .map(|line| {
                assert!(line.end <= width + 5.01, "{text}: {} > {width}", line.end);
                line.glyphs.iter().map(|placed| placed.character).collect()
            })
            .collect()
    }

    #[test]
    fn a_number_stays_with_its_unit_and_a_closing_mark_with_its_word() {
        assert_eq!(
            lines("你单位于2026年11月24日申请", 62.0),
            ["你单位于", "2026年11月", "24日申请"]
        );
        assert_eq!(
            lines("收到的材料，尚缺（下列）各项。", 55.0),
            ["收到的材料，", "尚缺（下列）", "各项。"]
        );
    }

    #[test]
    fn a_word_longer_than_the_line_is_parted_and_never_cut() {
        assert_eq!(lines("YX-W03-2026-000123", 40.0).concat(), "YX-W03-2026-000123");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(96))]
        #[test]
        fn no_line_starts_or_ends_with_what_it_must_not(
            parts in proptest::collection::vec(
                "[广州市越秀区信用修复窗口]{1,6}[，。、；：！？”）〕》]{0,2}[（〔《“]?[A-Za-z0-9]{0,9}[年月号]?", 1..14),
            width in 60.0f32..240.0,
        ) {
            let text: String = parts.concat();
            let lines = lines(&text, width);
            prop_assert_eq!(lines.concat(), text.clone());
            for line in &lines {
                let first = line.chars().next().unwrap();
                prop_assert!(!class::may_not_start(first), "{line} in {lines:?}");
            }
            for line in &lines[..lines.len() - 1] {
                let last = line.chars().last().unwrap();
                prop_assert!(!class::may_not_end(last), "{line} in {lines:?}");
            }
        }
    }
}
