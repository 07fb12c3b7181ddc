//! The glyphs a document uses and the fonts embedded for them.

use std::collections::HashMap;

use pdf_writer::types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap};
use pdf_writer::{Filter, Finish, Name, Pdf, Rect, Ref, Str};
use sha2::{Digest, Sha256};

use super::{Refs, compressed};
use crate::font::{FaceId, FontError, Fonts};
use crate::text::Placed;

const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};

/// Every (face, glyph, character) gets a code of its own in order of first use, so the text
/// layer says exactly what was set even where two characters share a glyph.
#[derive(Debug, Default)]
pub(crate) struct FontUse {
    faces: [FaceUse; 3],
}

#[derive(Debug, Default)]
struct FaceUse {
    codes: HashMap<(u16, char), u16>,
    glyphs: Vec<Used>,
}

#[derive(Debug)]
struct Used {
    glyph: u16,
    character: char,
    advance: f32,
}

impl FontUse {
    /// The two-byte code of a glyph in its face's embedded font.
    pub(crate) fn code(&mut self, placed: &Placed) -> u16 {
        let used = &mut self.faces[placed.glyph.face as usize];
        let next = used.glyphs.len() as u16 + 1;
        let code = *used.codes.entry((placed.glyph.id, placed.character)).or_insert(next);
        if code == next {
            used.glyphs.push(Used {
                glyph: placed.glyph.id,
                character: placed.character,
                advance: placed.glyph.advance,
            });
        }
        code
    }

    /// Writes the fonts in use and returns their names and references for the pages.
    ///
    /// # Errors
    /// `FontError` when a font file is damaged.
    pub(crate) fn write(&self, fonts: &Fonts, pdf: &mut Pdf, refs: &mut Refs) -> Result<Vec<(FaceId, Ref)>, FontError> {
        let mut written = Vec::new();
        for face in FaceId::ALL {
            let used = &self.faces[face as usize].glyphs;
            if !used.is_empty() {
                written.push((face, write_face(fonts, face, used, pdf, refs)?));
            }
        }
        Ok(written)
    }
}

fn write_face(fonts: &Fonts, face: FaceId, used: &[Used], pdf: &mut Pdf, refs: &mut Refs) -> Result<Ref, FontError> {
    let [font, cid, descriptor, file, unicode] = [(); 5].map(|()| refs.next());
    let name = format!("{}+{}", subset_tag(used), face.name());
    let glyphs: Vec<u16> = used.iter().map(|used| used.glyph).collect();
    let program = compressed(&fonts.face(face)?.subset(&glyphs, &name)?);
    let name = Name(name.as_bytes());

    pdf.type0_font(font)
        .base_font(name)
        .encoding_predefined(Name(b"Identity-H"))
        .descendant_font(cid)
        .to_unicode(unicode);
    let mut cid_font = pdf.cid_font(cid);
    cid_font
        .subtype(CidFontType::Type0)
        .base_font(name)
        .system_info(IDENTITY)
        .font_descriptor(descriptor)
        .default_width(1000.0);
    write_widths(&mut cid_font, used);
    cid_font.finish();
    pdf.font_descriptor(descriptor)
        .name(name)
        .flags(FontFlags::SYMBOLIC | FontFlags::SERIF)
        .bbox(Rect::new(-1000.0, -1050.0, 2930.0, 1810.0))
        .italic_angle(0.0)
        .ascent(1151.0)
        .descent(-286.0)
        .cap_height(729.0)
        .stem_v(match face {
            FaceId::Regular | FaceId::Rare => 88.0,
            FaceId::Bold => 166.0,
        })
        .font_file3(file);
    pdf.stream(file, &program)
        .filter(Filter::FlateDecode)
        .pair(Name(b"Subtype"), Name(b"CIDFontType0C"));

    let mut cmap = UnicodeCmap::new(Name(b"Counter-UCS2"), IDENTITY);
    for (nth, used) in used.iter().enumerate() {
        cmap.pair(nth as u16 + 1, used.character);
    }
    let cmap = compressed(&cmap.finish());
    pdf.cmap(unicode, &cmap).filter(Filter::FlateDecode);
    Ok(font)
}

/// Widths other than a whole em, in runs of neighbouring codes.
fn write_widths(cid_font: &mut pdf_writer::writers::CidFont<'_>, used: &[Used]) {
    let mut widths = cid_font.widths();
    let width_of = |nth: usize| {
        used.get(nth)
            .map(|used| (used.advance * 1000.0).round())
            .filter(|width| *width != 1000.0)
    };
    let mut nth = 0;
    while nth < used.len() {
        let run: Vec<f32> = (nth..used.len()).map_while(width_of).collect();
        if !run.is_empty() {
            widths.consecutive(nth as u16 + 1, run.iter().copied());
        }
        nth += run.len() + 1;
    }
}

/// Six letters that depend on the characters only.
fn subset_tag(used: &[Used]) -> String {
    let mut hasher = Sha256::new();
    for used in used {
        hasher.update(u32::from(used.character).to_be_bytes());
        hasher.update(used.glyph.to_be_bytes());
    }
    hasher
        .finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}
