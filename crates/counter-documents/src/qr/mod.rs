//! QR symbols as modules and as one outline.
//!
//! Level Q (a quarter of the code words may be unreadable) as far as version 15, then level M,
//! always in the smallest version; Base45 text goes in alphanumeric mode by itself. Leaves
//! out: what the text means, and images of it.

mod mask;
mod outline;

use outline::Tracer;
use qrcode::bits::{Bits, encode_auto};
use qrcode::canvas::Canvas;
use qrcode::ec::construct_codewords;
use qrcode::types::QrError;
use qrcode::{EcLevel, Version};

/// The largest version that is still easy to scan from paper with a cheap reader.
const LARGEST_EASY_VERSION: i16 = 15;

/// Modules of white that must stand around a symbol (ISO/IEC 18004).
pub const QUIET_MODULES: f32 = 4.0;

/// A square of dark and light modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    width: usize,
    dark: Vec<bool>,
    version: i16,
    level: Level,
}

/// How much damage a symbol survives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// About 25 % of the code words.
    Q,
    /// About 15 %.
    M,
}

/// Why there is no symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SymbolError {
    /// More than a version 40 symbol holds at level M.
    #[error("{length} bytes are more than a QR symbol holds")]
    TooLong {
        /// Length of the text in bytes.
        length: usize,
    },
    /// The encoder refused the text for another reason.
    #[error("the text cannot be made a QR symbol")]
    Unencodable,
}

impl Symbol {
    /// The smallest symbol for the bytes: level Q up to version 15, else level M.
    ///
    /// # Errors
    /// `TooLong` beyond version 40 at level M (2,331 bytes, 3,391 alphanumeric characters).
    pub fn new(text: impl AsRef<[u8]>) -> Result<Self, SymbolError> {
        let bytes = text.as_ref();
        let refused = |error| refused(error, bytes);
        let easy = match encode_auto(bytes, EcLevel::Q) {
            Ok(bits) => (version_of(&bits) <= LARGEST_EASY_VERSION).then_some(bits),
            Err(QrError::DataTooLong) => None,
            Err(error) => return Err(refused(error)),
        };
        let (bits, level, ec_level) = match easy {
            Some(bits) => (bits, Level::Q, EcLevel::Q),
            None => (encode_auto(bytes, EcLevel::M).map_err(refused)?, Level::M, EcLevel::M),
        };
        let (version, number) = (bits.version(), version_of(&bits));
        let (data, correction) = construct_codewords(&bits.into_bytes(), version, ec_level).map_err(refused)?;
        let mut canvas = Canvas::new(version, ec_level);
        canvas.draw_all_functional_patterns();
        canvas.draw_data(&data, &correction);
        let dark = mask::best(&canvas, usize::from(version.width().unsigned_abs()));
        Ok(Self {
            width: usize::from(version.width().unsigned_abs()),
            dark,
            version: number,
            level,
        })
    }

    /// Modules along one side, without the quiet zone.
    pub fn width(&self) -> usize {
        self.width
    }

    /// 1 to 40.
    pub fn version(&self) -> i16 {
        self.version
    }

    /// The level the text found room at.
    pub fn level(&self) -> Level {
        self.level
    }

    /// Whether the module is dark; outside the symbol everything is light.
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.width && row < self.width && self.dark[row * self.width + column]
    }

    /// The borders between dark and light as closed polygons on module corners, (0, 0) at the
    /// upper left, y downwards. Filled together by the even-odd rule they are the symbol, with
    /// no seams between modules.
    pub fn outline(&self) -> Vec<Vec<(u16, u16)>> {
        Tracer::new(self).trace()
    }
}

fn version_of(bits: &Bits) -> i16 {
    match bits.version() {
        Version::Normal(version) | Version::Micro(version) => version,
    }
}

fn refused(error: QrError, bytes: &[u8]) -> SymbolError {
    if error == QrError::DataTooLong {
        SymbolError::TooLong { length: bytes.len() }
    } else {
        SymbolError::Unencodable
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Fills the outline by the even-odd rule, looking at module centres.
    fn filled(symbol: &Symbol) -> Vec<bool> {
        let outline = symbol.outline();
        let width = symbol.width();
        let inside = |column: usize, row: usize| {
            let crossings = outline
                .iter()
                .flat_map(|polygon| polygon.iter().zip(polygon.iter().cycle().skip(1)))
                .filter(|(from, to)| from.0 == to.0 && usize::from(from.0) > column)
                .filter(|(from, to)| (from.1.min(to.1)..from.1.max(to.1)).contains(&(row as u16)))
                .count();
            crossings % 2 == 1
        };
        (0..width * width).map(|at| inside(at % width, at / width)).collect()
    }

    fn decode(symbol: &Symbol) -> Option<String> {
        let (scale, quiet) = (4, 4);
        let side = (symbol.width() + 2 * quiet) * scale;
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| {
            let inside = |at: usize| (at / scale).checked_sub(quiet);
            match inside(x).zip(inside(y)) {
                Some((column, row)) if symbol.is_dark(column, row) => 0,
                Some(_) | None => 255,
            }
        });
        image
            .detect_grids()
            .first()
            .and_then(|grid| grid.decode().ok())
            .map(|(_, text)| text)
    }

    #[test]
    fn a_long_text_falls_back_to_level_m() {
        let short = Symbol::new("A".repeat(400)).unwrap();
        assert_eq!((short.level(), short.version()), (Level::Q, 15));
        let long = Symbol::new("A".repeat(500)).unwrap();
        assert_eq!(long.level(), Level::M);
        assert_eq!(
            Symbol::new("A".repeat(5000)),
            Err(SymbolError::TooLong { length: 5000 })
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]
        #[test]
        fn a_symbol_reads_back_and_its_outline_is_the_symbol(text in "[A-Z0-9 $%*+./:-]{1,240}") {
            let symbol = Symbol::new(&text).unwrap();
            prop_assert_eq!(decode(&symbol), Some(text));
            prop_assert_eq!(filled(&symbol), symbol.dark);
        }
    }
}
