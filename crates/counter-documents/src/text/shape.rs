//! From a text to the items a line is filled with: glyphs, blanks and boxed words.
//!
//! Leaves out: where lines end (`lines`) and how they are drawn (`pdf`).

use unicode_linebreak::{BreakOpportunity, linebreaks};

use super::class::{self, Break};
use crate::document::{Inline, Text};
use crate::font::{Fonts, Glyph, Weight};

/// Blank between Han and Latin, in em.
const THIN_SPACE: f32 = 0.2;
/// Size of a boxed word in relation to the text around it.
const MARK_SCALE: f32 = 0.72;
/// Blank inside the box of a word, in em of the boxed word.
const MARK_PADDING: f32 = 0.3;
/// Blank left of the box, in em of the text.
const MARK_MARGIN: f32 = 0.25;
/// Blanks to fill in are made of pads of this width, in em.
const PAD: f32 = 0.5;
/// Stands for a boxed word where line ends are looked for.
const OBJECT: char = '\u{fffc}';
/// Stands for a pad; the Unicode algorithm breaks at neither side of it.
const NO_BREAK_SPACE: char = '\u{a0}';

/// The look of a run of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Style {
    /// In points.
    pub(crate) size: f32,
    pub(crate) weight: Weight,
    /// Extra blank after every character, in em.
    pub(crate) tracking: f32,
}

/// What a line is filled with.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Item {
    pub(crate) ink: Ink,
    /// What a reader copies.
    pub(crate) character: char,
    /// Width in points, blanks shared with neighbours already taken off.
    pub(crate) advance: f32,
    /// Shift of the glyph to the left, where a blank left half is dropped.
    pub(crate) shift: f32,
    /// Blank at its left that may be dropped at the start of a line.
    pub(crate) trim_left: f32,
    /// Blank at its right that may be dropped at the end of a line.
    pub(crate) trim_right: f32,
    /// Blank behind it, not at the end of a line.
    pub(crate) gap: f32,
    /// Whether a justified line may grow behind it.
    pub(crate) stretches: bool,
    pub(crate) underlined: bool,
    pub(crate) break_after: Break,
    /// The line ends here whatever its width.
    pub(crate) line_feed: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Ink {
    Glyph(Glyph),
    /// Nothing: a pad of a blank to fill in, or a line feed.
    Nothing,
    /// A boxed word: its characters, their size in points.
    Mark {
        glyphs: Vec<(char, Glyph)>,
        size: f32,
        padding: f32,
        margin: f32,
    },
}

/// A character that no face has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missing(pub(crate) char);

/// The items of a text.
///
/// # Errors
/// The first character that no face has.
pub(crate) fn shape(fonts: &Fonts, text: &Text, style: Style) -> Result<Vec<Item>, Missing> {
    let mut shaper = Shaper {
        fonts,
        style,
        items: Vec::new(),
    };
    for inline in &text.0 {
        match inline {
            Inline::Plain(text) => shaper.run(text, style.weight, false, false)?,
            Inline::Strong(text) => shaper.run(text, Weight::Bold, false, false)?,
            Inline::Code(text) => shaper.run(text, style.weight, true, false)?,
            Inline::Mark(text) => shaper.mark(text)?,
            Inline::Blank { text, width } => shaper.blank(text, *width)?,
        }
    }
    let mut items = shaper.items;
    share_blanks(&mut items, style.size);
    find_breaks(&mut items);
    Ok(items)
}

struct Shaper<'f> {
    fonts: &'f Fonts,
    style: Style,
    items: Vec<Item>,
}

impl Shaper<'_> {
    fn run(&mut self, text: &str, weight: Weight, code: bool, underlined: bool) -> Result<(), Missing> {
        let size = self.style.size;
        let first = self.items.len();
        for character in text.chars().filter(|character| !is_invisible(*character)) {
            if character == '\n' {
                self.items.push(Item {
                    line_feed: true,
                    ..Item::empty('\n', 0.0)
                });
                continue;
            }
            let character = if character.is_whitespace() && character != '\u{3000}' {
                ' '
            } else {
                character
            };
            let glyph = if code {
                self.fonts.monospaced(character, weight)
            } else {
                self.fonts.glyph(character, weight)
            };
            let glyph = glyph.ok_or(Missing(character))?;
            let half = |blank: bool| if blank { size * 0.5 } else { 0.0 };
            self.items.push(Item {
                ink: Ink::Glyph(glyph),
                trim_left: half(class::blank_left(character)),
                trim_right: half(class::blank_right(character)),
                underlined,
                gap: self.style.tracking * size,
                ..Item::empty(character, glyph.advance * size)
            });
        }
        if code {
            // A code is not broken between its characters.
            let last = self.items.len().saturating_sub(1);
            for item in &mut self.items[first..last.max(first)] {
                item.break_after = Break::Emergency;
            }
        }
        Ok(())
    }

    fn mark(&mut self, text: &str) -> Result<(), Missing> {
        let size = self.style.size * MARK_SCALE;
        let glyphs = text
            .chars()
            .map(|character| {
                let glyph = self.fonts.glyph(character, Weight::Regular).ok_or(Missing(character))?;
                Ok((character, glyph))
            })
            .collect::<Result<Vec<_>, _>>()?;
        let (padding, margin) = (size * MARK_PADDING, self.style.size * MARK_MARGIN);
        let ink: f32 = glyphs.iter().map(|(_, glyph)| glyph.advance * size).sum();
        let advance = ink + 2.0 * padding + 2.0 * margin;
        self.items.push(Item {
            ink: Ink::Mark {
                glyphs,
                size,
                padding,
                margin,
            },
            ..Item::empty(OBJECT, advance)
        });
        Ok(())
    }

    fn blank(&mut self, text: &str, width: f32) -> Result<(), Missing> {
        let pad = Item {
            underlined: true,
            ..Item::empty(NO_BREAK_SPACE, PAD * self.style.size)
        };
        if text.is_empty() {
            self.items
                .extend(std::iter::repeat_n(pad, (width / PAD).ceil().max(1.0) as usize));
            return Ok(());
        }
        self.items.push(pad.clone());
        let first = self.items.len();
        self.run(text, self.style.weight, false, true)?;
        let used: f32 = self.items[first..].iter().map(|item| item.advance).sum();
        let rest = (width - PAD) * self.style.size - used;
        let pads = (rest / (PAD * self.style.size)).ceil().max(1.0) as usize;
        self.items.extend(std::iter::repeat_n(pad, pads));
        Ok(())
    }
}

impl Item {
    fn empty(character: char, advance: f32) -> Self {
        Self {
            ink: Ink::Nothing,
            character,
            advance,
            shift: 0.0,
            trim_left: 0.0,
            trim_right: 0.0,
            gap: 0.0,
            stretches: false,
            underlined: false,
            break_after: Break::Allowed,
            line_feed: false,
        }
    }

    /// Blanks hang at the end of a line.
    pub(crate) fn is_space(&self) -> bool {
        matches!(self.character, ' ' | '\u{3000}')
    }
}

/// Characters that draw nothing and come along when names are pasted.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{ad}' | '\u{fe0e}' | '\u{fe0f}' | '\r'
    )
}

/// Takes off the second of two blanks that meet, and puts thin spaces beside Latin.
fn share_blanks(items: &mut [Item], size: f32) {
    for nth in 1..items.len() {
        let (left, right) = items.split_at_mut(nth);
        let (Some(before), Some(after)) = (left.last_mut(), right.first_mut()) else {
            continue;
        };
        let (a, b) = (before.character, after.character);
        if class::blank_right(a) && (class::blank_right(b) || class::blank_left(b)) {
            before.advance -= before.trim_right;
            before.trim_right = 0.0;
        } else if class::blank_left(a) && class::blank_left(b) {
            after.advance -= after.trim_left;
            after.shift = after.trim_left;
            after.trim_left = 0.0;
        }
        if class::wants_thin_space(a, b) {
            before.gap += THIN_SPACE * size;
        }
        let between_wide = b != ' ' && (class::is_wide(a) || class::is_wide(b));
        before.stretches = (a == ' ' || between_wide) && !class::may_not_end(a) && !class::may_not_start(b);
    }
}

fn find_breaks(items: &mut [Item]) {
    let text: String = items.iter().map(|item| item.character).collect();
    let mut allowed = linebreaks(&text)
        .filter(|(_, kind)| *kind == BreakOpportunity::Allowed)
        .peekable();
    let (mut at, mut before) = (0, None);
    for nth in 0..items.len() {
        let character = items[nth].character;
        at += character.len_utf8();
        while allowed.next_if(|(offset, _)| *offset < at).is_some() {}
        let uax14 = allowed.next_if(|(offset, _)| *offset == at).is_some();
        if character != ' ' {
            before = Some(character);
        }
        let Some(after) = items.get(nth + 1).map(|item| item.character) else {
            continue;
        };
        let kind = match (before, after) {
            // A boxed word stays with what it marks; spaces hang at the end of a line.
            (_, OBJECT | ' ') => Break::Forbidden,
            (None, _) => Break::Forbidden,
            (Some(NO_BREAK_SPACE), NO_BREAK_SPACE) => Break::Emergency,
            (Some('：'), NO_BREAK_SPACE) => Break::Soft,
            (Some(NO_BREAK_SPACE), _) | (_, NO_BREAK_SPACE) => Break::Allowed,
            (Some(OBJECT), _) => Break::Allowed,
            (Some(before), after) => class::between(before, after, character == ' ', uax14),
        };
        let kind = if class::may_not_start(after) {
            Break::Forbidden
        } else {
            kind
        };
        items[nth].break_after = kind.min(items[nth].break_after);
    }
}
