//! The three faces of the papers and the characters they have.
//!
//! Noto Serif CJK SC, common set in regular and bold, and the rare characters in regular,
//! which is opened only when a paper needs one. No shaping: every character has one glyph.

use std::sync::OnceLock;

use printpdf::ParsedFont;

static COMMON_REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-common-Regular.otf");
static COMMON_BOLD: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-common-Bold.otf");
static RARE_REGULAR: &[u8] = include_bytes!("../../../../assets/fonts/NotoSerifCJKsc-rare-Regular.otf");

/// The half-width ASCII glyphs stand at U+E020..U+E07E, see assets/fonts/make.py.
const MONOSPACED: u32 = 0xe000;

/// Why a font could not be opened or cut down. With the fonts of assets/ it does not happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FontError {
    /// The file is not an OpenType font.
    #[error("a font file is not an OpenType font")]
    Container,
    /// The characters of a paper could not be cut out of the font.
    #[error("the outlines of a font are damaged")]
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

    /// The last letter of the name a content stream selects the face by.
    pub(crate) fn letter(self) -> char {
        match self {
            Self::Regular => 'R',
            Self::Bold => 'B',
            Self::Rare => 'X',
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
    /// Finds a character's glyph in a few steps; printpdf's face looks through the whole table.
    face: ttf_parser::Face<'static>,
    parsed: ParsedFont,
}

impl std::fmt::Debug for Face {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Face")
            .field("glyphs", &self.face.number_of_glyphs())
            .finish_non_exhaustive()
    }
}

impl Face {
    fn open(data: &'static [u8]) -> Result<Self, FontError> {
        Ok(Self {
            face: ttf_parser::Face::parse(data, 0).map_err(|_| FontError::Container)?,
            parsed: ParsedFont::from_bytes(data, 0, &mut Vec::new()).ok_or(FontError::Container)?,
        })
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

    /// The face as printpdf embeds it.
    pub(crate) fn parsed(&self) -> &ParsedFont {
        &self.parsed
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
