//! Cutting a CID-keyed CFF font down to a few glyphs.
//!
//! Our fonts are made without subroutines (assets/fonts/make.py), so a subset is the needed
//! charstrings copied byte for byte, with new tables around them. Leaves out: subroutines,
//! CFF2, name-keyed fonts; a font that has them is refused when it is opened.

use super::FontError;

/// The parts of a font program that a subset is made of, found once.
#[derive(Debug)]
pub(crate) struct CffSource {
    table: &'static [u8],
    charstrings: Index,
    fonts: Vec<FontDict>,
    select: FdSelect,
    bbox: Vec<u8>,
}

#[derive(Debug)]
struct FontDict {
    /// Operators other than Private and FontName, as they stand.
    kept: Vec<u8>,
    private: &'static [u8],
}

#[derive(Debug)]
enum FdSelect {
    PerGlyph(&'static [u8]),
    /// (first glyph, font dict), ascending; the last entry is the sentinel.
    Ranges(Vec<(u16, u8)>),
}

#[derive(Debug, Clone, Copy)]
struct Index {
    count: usize,
    offset_size: usize,
    offsets: usize,
    data: usize,
    end: usize,
}

const OP_CHARSTRINGS: u16 = 17;
const OP_PRIVATE: u16 = 18;
const OP_SUBRS: u16 = 19;
const OP_FONT_BBOX: u16 = 5;
const OP_FD_ARRAY: u16 = 0x0c24;
const OP_FD_SELECT: u16 = 0x0c25;
const OP_FONT_NAME: u16 = 0x0c26;
/// The first string id after the standard strings of the CFF specification.
const FIRST_OWN_STRING: i32 = 391;

impl CffSource {
    /// Finds the parts in a `CFF ` table.
    ///
    /// # Errors
    /// `FontError::Outlines` when the table is damaged or not of the kind we make.
    pub(crate) fn open(table: &'static [u8]) -> Result<Self, FontError> {
        Self::find(table).ok_or(FontError::Outlines)
    }

    fn find(table: &'static [u8]) -> Option<Self> {
        let names = Index::read(table, usize::from(*table.get(2)?))?;
        let tops = Index::read(table, names.end)?;
        let strings = Index::read(table, tops.end)?;
        let global_subrs = Index::read(table, strings.end)?;
        if global_subrs.count != 0 {
            return None;
        }
        let top = dict_entries(tops.get(table, 0)?)?;
        let charstrings = Index::read(table, offset_of(&top, OP_CHARSTRINGS)?)?;
        let dicts = Index::read(table, offset_of(&top, OP_FD_ARRAY)?)?;
        let fonts = (0..dicts.count)
            .map(|nth| FontDict::read(table, dicts.get(table, nth)?))
            .collect::<Option<Vec<_>>>()?;
        let select = FdSelect::read(table, offset_of(&top, OP_FD_SELECT)?, charstrings.count)?;
        let bbox = top.iter().find(|entry| entry.operator == OP_FONT_BBOX)?.raw.to_vec();
        Some(Self {
            table,
            charstrings,
            fonts,
            select,
            bbox,
        })
    }

    /// A bare CFF font with the given glyphs, numbered and CID-keyed 0, 1, 2 … in that order
    /// after `.notdef`. `name` is the PostScript name with its subset tag.
    ///
    /// # Errors
    /// `FontError::Outlines` when a glyph id is outside the font.
    pub(crate) fn subset(&self, glyphs: &[u16], name: &str) -> Result<Vec<u8>, FontError> {
        let with_notdef = || std::iter::once(0).chain(glyphs.iter().copied());
        let outlines = with_notdef()
            .map(|glyph| self.charstrings.get(self.table, usize::from(glyph)))
            .collect::<Option<Vec<_>>>()
            .ok_or(FontError::Outlines)?;
        let selected = with_notdef()
            .map(|glyph| self.select.font_of(glyph))
            .collect::<Option<Vec<_>>>()
            .ok_or(FontError::Outlines)?;
        // Only the font dicts in use are carried, in their old order.
        let mut used = selected.clone();
        used.sort_unstable();
        used.dedup();
        let fonts = used
            .iter()
            .map(|font| self.fonts.get(usize::from(*font)))
            .collect::<Option<Vec<_>>>()
            .ok_or(FontError::Outlines)?;
        let renumbered: Vec<u8> = selected
            .iter()
            .map(|font| used.binary_search(font).unwrap_or_default() as u8)
            .collect();
        Ok(self.assemble(name, &outlines, &renumbered, &fonts))
    }

    fn assemble(&self, name: &str, outlines: &[&[u8]], selected: &[u8], fonts: &[&FontDict]) -> Vec<u8> {
        let count = outlines.len();
        let mut out = Vec::with_capacity(outlines.iter().map(|o| o.len() + 6).sum::<usize>() + 1024);
        out.extend([1, 0, 4, 4]);
        write_index(&mut out, &[name.as_bytes()]);
        // Every offset below is written as a five-byte integer, so the top dict's length is known.
        let top_at = out.len();
        let top_length = self.top_dict(count, [0; 4]).len();
        write_index(&mut out, &[vec![0; top_length].as_slice()]);
        write_index(&mut out, &[b"Adobe".as_slice(), b"Identity".as_slice()]);
        write_index(&mut out, &[]);

        let charset_at = out.len();
        out.push(2);
        out.extend(1u16.to_be_bytes());
        out.extend((count.saturating_sub(2) as u16).to_be_bytes());
        let select_at = out.len();
        out.push(0);
        out.extend(selected);
        let charstrings_at = out.len();
        write_index(&mut out, outlines);

        let mut dicts = Vec::with_capacity(fonts.len());
        for font in fonts {
            let private_at = out.len();
            out.extend(font.private);
            let mut dict = font.kept.clone();
            write_integer(&mut dict, font.private.len() as i32);
            write_integer(&mut dict, private_at as i32);
            write_operator(&mut dict, OP_PRIVATE);
            dicts.push(dict);
        }
        let fonts_at = out.len();
        write_index(&mut out, &dicts.iter().map(Vec::as_slice).collect::<Vec<_>>());

        let top = self.top_dict(
            count,
            [charset_at, select_at, charstrings_at, fonts_at].map(|at| at as i32),
        );
        let mut index = Vec::new();
        write_index(&mut index, &[&top]);
        out[top_at..top_at + index.len()].copy_from_slice(&index);
        out
    }

    fn top_dict(&self, count: usize, [charset, select, charstrings, fonts]: [i32; 4]) -> Vec<u8> {
        let mut dict = Vec::with_capacity(64);
        for number in [FIRST_OWN_STRING, FIRST_OWN_STRING + 1, 0] {
            write_integer(&mut dict, number);
        }
        write_operator(&mut dict, 0x0c1e);
        dict.extend(&self.bbox);
        for (number, operator) in [
            (count as i32, 0x0c22),
            (charset, 15),
            (select, OP_FD_SELECT),
            (charstrings, OP_CHARSTRINGS),
            (fonts, OP_FD_ARRAY),
        ] {
            write_integer(&mut dict, number);
            write_operator(&mut dict, operator);
        }
        dict
    }
}

impl FontDict {
    fn read(table: &'static [u8], dict: &'static [u8]) -> Option<Self> {
        let mut kept = Vec::new();
        let mut private: &'static [u8] = &[];
        for entry in dict_entries(dict)? {
            match entry.operator {
                OP_PRIVATE => {
                    let [size, at] = entry.operands.as_slice() else {
                        return None;
                    };
                    let at = usize::try_from(*at).ok()?;
                    private = table.get(at..at + usize::try_from(*size).ok()?)?;
                    if dict_entries(private)?.iter().any(|entry| entry.operator == OP_SUBRS) {
                        return None;
                    }
                }
                OP_FONT_NAME => {}
                _ => kept.extend(entry.raw),
            }
        }
        Some(Self { kept, private })
    }
}

impl FdSelect {
    fn read(table: &'static [u8], at: usize, glyphs: usize) -> Option<Self> {
        match table.get(at)? {
            0 => Some(Self::PerGlyph(table.get(at + 1..at + 1 + glyphs)?)),
            3 => {
                let count = usize::from(u16_at(table, at + 1)?);
                let mut ranges = (0..count)
                    .map(|nth| Some((u16_at(table, at + 3 + nth * 3)?, *table.get(at + 5 + nth * 3)?)))
                    .collect::<Option<Vec<_>>>()?;
                ranges.push((u16_at(table, at + 3 + count * 3)?, 0));
                Some(Self::Ranges(ranges))
            }
            _ => None,
        }
    }

    fn font_of(&self, glyph: u16) -> Option<u8> {
        match self {
            Self::PerGlyph(fonts) => fonts.get(usize::from(glyph)).copied(),
            Self::Ranges(ranges) => {
                let after = ranges.partition_point(|(first, _)| *first <= glyph);
                if after == ranges.len() {
                    return None;
                }
                ranges.get(after.checked_sub(1)?).map(|(_, font)| *font)
            }
        }
    }
}

impl Index {
    fn read(table: &[u8], at: usize) -> Option<Self> {
        let count = usize::from(u16_at(table, at)?);
        if count == 0 {
            return Some(Self {
                count,
                offset_size: 1,
                offsets: at + 2,
                data: at + 2,
                end: at + 2,
            });
        }
        let offset_size = usize::from(*table.get(at + 2)?);
        if !(1..=4).contains(&offset_size) {
            return None;
        }
        let offsets = at + 3;
        // Offsets count from the byte before the data.
        let data = offsets + (count + 1) * offset_size - 1;
        let mut index = Self {
            count,
            offset_size,
            offsets,
            data,
            end: 0,
        };
        index.end = data + index.offset(table, count)?;
        (index.end <= table.len()).then_some(index)
    }

    fn offset(&self, table: &[u8], nth: usize) -> Option<usize> {
        let at = self.offsets + nth * self.offset_size;
        let bytes = table.get(at..at + self.offset_size)?;
        Some(bytes.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
    }

    fn get<'t>(&self, table: &'t [u8], nth: usize) -> Option<&'t [u8]> {
        if nth >= self.count {
            return None;
        }
        table.get(self.data + self.offset(table, nth)?..self.data + self.offset(table, nth + 1)?)
    }
}

struct Entry<'d> {
    operator: u16,
    /// Integers only; a real number counts as 0, no operator we read has one.
    operands: Vec<i32>,
    /// Operands and operator as they stand.
    raw: &'d [u8],
}

fn offset_of(dict: &[Entry<'_>], operator: u16) -> Option<usize> {
    let entry = dict.iter().find(|entry| entry.operator == operator)?;
    usize::try_from(*entry.operands.first()?).ok()
}

fn dict_entries(dict: &[u8]) -> Option<Vec<Entry<'_>>> {
    let mut entries = Vec::new();
    let (mut at, mut start, mut operands) = (0, 0, Vec::new());
    while at < dict.len() {
        let first = dict[at];
        at += 1;
        match first {
            0..=21 => {
                let mut operator = u16::from(first);
                if first == 12 {
                    operator = 0x0c00 | u16::from(*dict.get(at)?);
                    at += 1;
                }
                entries.push(Entry {
                    operator,
                    operands: std::mem::take(&mut operands),
                    raw: &dict[start..at],
                });
                start = at;
            }
            28 => {
                operands.push(i32::from(u16_at(dict, at)? as i16));
                at += 2;
            }
            29 => {
                let bytes: [u8; 4] = dict.get(at..at + 4)?.try_into().ok()?;
                operands.push(i32::from_be_bytes(bytes));
                at += 4;
            }
            30 => {
                while dict.get(at)? & 0x0f != 0x0f {
                    at += 1;
                }
                at += 1;
                operands.push(0);
            }
            32..=246 => operands.push(i32::from(first) - 139),
            247..=250 => {
                operands.push((i32::from(first) - 247) * 256 + i32::from(*dict.get(at)?) + 108);
                at += 1;
            }
            251..=254 => {
                operands.push(-(i32::from(first) - 251) * 256 - i32::from(*dict.get(at)?) - 108);
                at += 1;
            }
            22..=27 | 31 | 255 => return None,
        }
    }
    Some(entries)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn write_index(out: &mut Vec<u8>, items: &[&[u8]]) {
    out.extend((items.len() as u16).to_be_bytes());
    if items.is_empty() {
        return;
    }
    out.push(4);
    let mut offset = 1u32;
    out.extend(offset.to_be_bytes());
    for item in items {
        offset += item.len() as u32;
        out.extend(offset.to_be_bytes());
    }
    for item in items {
        out.extend(*item);
    }
}

fn write_integer(dict: &mut Vec<u8>, number: i32) {
    dict.push(29);
    dict.extend(number.to_be_bytes());
}

fn write_operator(dict: &mut Vec<u8>, operator: u16) {
    if operator >= 0x0c00 {
        dict.push(12);
    }
    dict.push(operator as u8);
}

#[cfg(test)]
mod tests {
    use super::super::{FaceId, Fonts};
    use ttf_parser::{OutlineBuilder, cff};

    #[derive(Default, PartialEq, Debug)]
    struct Path(Vec<(char, [f32; 6])>);

    impl OutlineBuilder for Path {
        fn move_to(&mut self, x: f32, y: f32) {
            self.0.push(('m', [x, y, 0., 0., 0., 0.]));
        }
        fn line_to(&mut self, x: f32, y: f32) {
            self.0.push(('l', [x, y, 0., 0., 0., 0.]));
        }
        fn quad_to(&mut self, a: f32, b: f32, x: f32, y: f32) {
            self.0.push(('q', [a, b, x, y, 0., 0.]));
        }
        fn curve_to(&mut self, a: f32, b: f32, c: f32, d: f32, x: f32, y: f32) {
            self.0.push(('c', [a, b, c, d, x, y]));
        }
        fn close(&mut self) {
            self.0.push(('z', [0.; 6]));
        }
    }

    #[test]
    fn every_outline_of_a_subset_is_the_outline_of_the_font() {
        let fonts = Fonts::open().unwrap();
        for face in [FaceId::Regular, FaceId::Bold, FaceId::Rare] {
            let face = fonts.face(face).unwrap();
            let glyphs: Vec<u16> = (1..face.count()).step_by(97).rev().collect();
            let subset = face.subset(&glyphs, "AAAAAA+Test").unwrap();
            let cut = cff::Table::parse(&subset).expect("the subset is a CFF font");
            assert_eq!(usize::from(cut.number_of_glyphs()), glyphs.len() + 1);
            for (nth, glyph) in glyphs.iter().enumerate() {
                let (mut from, mut to) = (Path::default(), Path::default());
                let whole = face.outline(*glyph, &mut from);
                let part = cut.outline(ttf_parser::GlyphId(nth as u16 + 1), &mut to).ok();
                assert_eq!((whole, from), (part, to), "glyph {glyph}");
            }
        }
    }
}
