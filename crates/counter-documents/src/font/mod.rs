//! The three faces of the papers and the characters they have.
//!
//! Noto Serif CJK SC, common set in regular and bold, and the rare characters in regular,
//! which is opened only when a paper needs one. No shaping: every character has one glyph.

mod cff;

use std::sync::OnceLock;

use cff::CffSource;

static COMMON_REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-common-Regular.otf");
static COMMON_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-common-Bold.otf");
static RARE_REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-rare-Regular.otf");

/// The half-width ASCII glyphs stand at U+E020..U+E07E, see assets/fonts/make.py.
const MONOSPACED: u32 = 0xe000;

/// Why a font could not be opened or cut down. With the fonts of assets/ it does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The file is not an OpenType font with CFF outlines.
    #[error("a font file is not an OpenType font with CFF outlines")]
    Container,
    /// The outlines are damaged, not CID-keyed, or have subroutines.
    #[error("the outlines of a font are damaged or of another kind than assets/fonts makes")]
    Outlines,
}

/// One of the three faces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaceId {
    Regular,
    Bold,
    Rare,
}

impl FaceId {
    pub(crate) const ALL: [Self; 3] = [Self::Regular, Self::Bold, Self::Rare];

    /// PostScript name without subset tag.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Regular | Self::Rare => "NotoSerifCJKsc-Regular",
            Self::Bold => "NotoSerifCJKsc-Bold",
        }
    }

    /// The name a content stream selects the face by.
    pub(crate) fn resource(self) -> &'static [u8] {
        match self {
            Self::Regular => b"FR",
            Self::Bold => b"FB",
            Self::Rare => b"FX",
        }
    }
}

/// The face of a piece of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Weight {
    #[default]
    Regular,
    Bold,
}

/// A character's glyph: which face, which glyph, how wide in em.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Glyph {
    pub(crate) face: FaceId,
    pub(crate) id: u16,
    pub(crate) advance: f32,
}

pub(crate) struct Face {
    face: ttf_parser::Face<'static>,
    cff: CffSource,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face")
            .field("glyphs", &self.count())
            .finish_non_exhaustive()
    }
}

impl Face {
    fn open(data: &'static [u8]) -> Result<Self, FontError> {
        let face = ttf_parser::Face::parse(data, 0).map_err(|_| FontError::Container)?;
        let table = face
            .raw_face()
            .table(ttf_parser::Tag::from_bytes(b"CFF "))
            .ok_or(FontError::Container)?;
        Ok(Self {
            cff: CffSource::open(table)?,
            face,
        })
    }

    pub(crate) fn count(&self) -> u16 {
        self.face.number_of_glyphs()
    }

    fn glyph(&self, id: FaceId, code: u32) -> Option<Glyph> {
        let glyph = self.face.glyph_index(char::from_u32(code)?)?;
        let advance = f32::from(self.face.glyph_hor_advance(glyph)?) / f32::from(self.face.units_per_em());
        Some(Glyph {
            face: id,
            id: glyph.0,
            advance,
        })
    }

    pub(crate) fn subset(&self, glyphs: &[u16], name: &str) -> Result<Vec<u8>, FontError> {
        self.cff.subset(glyphs, name)
    }

    #[cfg(test)]
    pub(crate) fn outline(&self, glyph: u16, to: &mut dyn ttf_parser::OutlineBuilder) -> Option<ttf_parser::Rect> {
        self.face.outline_glyph(ttf_parser::GlyphId(glyph), to)
    }
}

/// The faces, opened once.
#[derive(Debug)]
pub(crate) struct Fonts {
    regular: Face,
    bold: Face,
    rare: OnceLock<Result<Face, FontError>>,
}

impl Fonts {
    /// Opens the two common faces.
    ///
    /// # Errors
    /// `FontError` when a font file is damaged.
    pub(crate) fn open() -> Result<Self, FontError> {
        Ok(Self {
            regular: Face::open(COMMON_REGULAR)?,
            bold: Face::open(COMMON_BOLD)?,
            rare: OnceLock::new(),
        })
    }

    /// A face; the rare one is opened at its first use.
    pub(crate) fn face(&self, id: FaceId) -> Result<&Face, FontError> {
        match id {
            FaceId::Regular => Ok(&self.regular),
            FaceId::Bold => Ok(&self.bold),
            FaceId::Rare => self
                .rare
                .get_or_init(|| Face::open(RARE_REGULAR))
                .as_ref()
                .map_err(|error| *error),
        }
    }

    /// The glyph of a character, or none where no face has it. A rare character comes in
    /// regular weight in bold text, too.
    pub(crate) fn glyph(&self, character: char, weight: Weight) -> Option<Glyph> {
        let code = u32::from(character);
        let common = match weight {
            Weight::Regular => self.regular.glyph(FaceId::Regular, code),
            Weight::Bold => self.bold.glyph(FaceId::Bold, code),
        };
        common.or_else(|| self.face(FaceId::Rare).ok()?.glyph(FaceId::Rare, code))
    }

    /// The half-width glyph of an ASCII character, half an em wide; others as in `glyph`.
    pub(crate) fn monospaced(&self, character: char, weight: Weight) -> Option<Glyph> {
        if matches!(character, ' '..='~') {
            let code = MONOSPACED + u32::from(character);
            return match weight {
                Weight::Regular => self.regular.glyph(FaceId::Regular, code),
                Weight::Bold => self.bold.glyph(FaceId::Bold, code),
            };
        }
        self.glyph(character, weight)
    }
}
