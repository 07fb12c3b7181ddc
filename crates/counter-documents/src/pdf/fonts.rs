//! The fonts of one document: from each face the glyphs that stand on its pages.

use std::collections::BTreeMap;

use printpdf::{
    Codepoint, FontEmbeddingMode, FontId, ParsedFont, PdfFont, PdfFontMap, PrintpdfFontMeta, SubsetFont, subset_font,
};
use sha2::{Digest, Sha256};

use crate::font::{FaceId, FontError, Fonts};
use crate::layout::{Draw, Page};
use crate::text::Placed;

/// The faces of a document, cut down to what it sets.
#[derive(Debug)]
pub(crate) struct CutFonts {
    faces: [Option<CutFace>; 3],
}

#[derive(Debug)]
struct CutFace {
    id: FontId,
    font: ParsedFont,
    /// From a glyph of the whole face to the glyph here and what it says in the text layer.
    glyphs: BTreeMap<u16, (u16, String)>,
}

impl CutFonts {
    /// The glyphs on the pages, each saying the character it stands for first.
    ///
    /// # Errors
    /// `FontError` when a font file is damaged.
    pub(crate) fn of(pages: &[Page], fonts: &Fonts) -> Result<Self, FontError> {
        let mut used = <[BTreeMap<u16, char>; 3]>::default();
        for draw in pages.iter().flat_map(|page| &page.draws) {
            if let Draw::Text { line, .. } | Draw::Watermark { line, .. } = draw {
                for Placed { glyph, character, .. } in &line.glyphs {
                    used[glyph.face as usize].entry(glyph.id).or_insert(*character);
                }
            }
        }
        let mut faces = [const { None }; 3];
        for face in FaceId::ALL {
            let says = &used[face as usize];
            if !says.is_empty() {
                faces[face as usize] = Some(CutFace::of(fonts, face, says)?);
            }
        }
        Ok(Self { faces })
    }

    /// The name a content stream selects a face by.
    pub(crate) fn id(&self, face: FaceId) -> FontId {
        match &self.faces[face as usize] {
            Some(cut) => cut.id.clone(),
            None => FontId(face.letter().to_string()),
        }
    }

    /// A glyph in the font of this document, with what it says in the text layer.
    pub(crate) fn glyph(&self, placed: &Placed) -> Codepoint {
        let (glyph, says) = match self.found(placed) {
            Some((glyph, says)) => (*glyph, says.clone()),
            None => (0, placed.character.to_string()),
        };
        Codepoint::with_cid(glyph, 0.0, says)
    }

    /// Whether the text layer says another character, which shares the glyph.
    pub(crate) fn is_misread(&self, placed: &Placed) -> bool {
        self.found(placed)
            .is_some_and(|(_, says)| !says.chars().eq([placed.character]))
    }

    fn found(&self, placed: &Placed) -> Option<&(u16, String)> {
        self.faces[placed.glyph.face as usize]
            .as_ref()?
            .glyphs
            .get(&placed.glyph.id)
    }

    /// The fonts as the document's resources. They are cut already and embedded as they are.
    pub(crate) fn into_resources(self) -> PdfFontMap {
        let meta = PrintpdfFontMeta {
            embedding_mode: FontEmbeddingMode::Full,
            ..PrintpdfFontMeta::default()
        };
        let fonts = self.faces.into_iter().flatten();
        PdfFontMap {
            map: fonts
                .map(|cut| (cut.id, PdfFont::with_meta(cut.font, meta.clone())))
                .collect(),
        }
    }
}

impl CutFace {
    fn of(fonts: &Fonts, face: FaceId, says: &BTreeMap<u16, char>) -> Result<Self, FontError> {
        let words = says.iter().map(|(glyph, says)| (*glyph, says.to_string())).collect();
        let cut = subset_font(fonts.face(face)?.parsed(), &words).map_err(|_| FontError::Outlines)?;
        let tag = subset_tag(says);
        let mut font = with_widths(&cut)?;
        font.font_name = Some(format!("{tag}+{}", face.name()));
        Ok(Self {
            id: FontId(format!("{tag}{}", face.letter())),
            font,
            glyphs: cut.glyph_mapping,
        })
    }
}

/// The font, its widths already known.
///
/// printpdf asks for a width by decoding the whole glyph, and a glyph with CFF outlines opens
/// the font anew each time: a quarter of the time of a paper. Decoded glyphs are kept, so they
/// are decoded beforehand from the same font with its outlines out of sight.
fn with_widths(cut: &SubsetFont) -> Result<ParsedFont, FontError> {
    let mut program = cut.bytes.clone();
    let outlines = program.chunks_exact_mut(4).find(|tag| *tag == b"CFF ");
    outlines.ok_or(FontError::Outlines)?.make_ascii_lowercase();
    let mut font = opened(&program)?;
    font.prime_glyph_cache();
    font.original_bytes = opened(&cut.bytes)?.source_bytes();
    Ok(font)
}

fn opened(program: &[u8]) -> Result<ParsedFont, FontError> {
    ParsedFont::from_bytes(program, 0, &mut Vec::new()).ok_or(FontError::Outlines)
}

/// Six letters that depend on the glyphs only.
fn subset_tag(says: &BTreeMap<u16, char>) -> String {
    let mut hasher = Sha256::new();
    for (glyph, says) in says {
        hasher.update(u32::from(*says).to_be_bytes());
        hasher.update(glyph.to_be_bytes());
    }
    hasher
        .finalize()
        .iter()
        .take(6)
        .map(|byte| char::from(b'A' + byte % 26))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_font_has_the_outlines_and_the_widths_of_its_face() {
        let fonts = Fonts::open().unwrap();
        for face in FaceId::ALL {
            let whole = fonts.face(face).unwrap().parsed();
            let says = (1..whole.num_glyphs).step_by(397).map(|glyph| (glyph, '字')).collect();
            let cut = CutFace::of(&fonts, face, &says).unwrap();
            let embedded = opened(cut.font.source_bytes().unwrap().as_slice()).unwrap();
            assert_eq!(cut.glyphs.len(), says.len());
            for (glyph, (here, _)) in &cut.glyphs {
                let from = whole.get_or_decode_glyph(*glyph).unwrap();
                let to = embedded.get_or_decode_glyph(*here).unwrap();
                assert_eq!(format!("{from:?}"), format!("{to:?}"), "glyph {glyph}");
                let known = cut.font.get_or_decode_glyph(*here).unwrap();
                assert_eq!(known.horz_advance, from.horz_advance, "glyph {glyph}");
            }
        }
    }
}
