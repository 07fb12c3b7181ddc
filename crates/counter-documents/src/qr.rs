//! QR symbols as modules and as one outline.
//!
//! Level Q (a quarter of the code words may be unreadable) as far as version 15, then level M,
//! always in the smallest version; Base45 text goes in alphanumeric mode by itself. Leaves
//! out: what the text means, and images of it.

use qrcode::types::{Color, QrError};
use qrcode::{EcLevel, QrCode, Version};

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
        let (code, level) = match QrCode::with_error_correction_level(bytes, EcLevel::Q) {
            Ok(code) if version_of(&code) <= LARGEST_EASY_VERSION => (code, Level::Q),
            Ok(_) | Err(QrError::DataTooLong) => (
                QrCode::with_error_correction_level(bytes, EcLevel::M).map_err(|error| refused(error, bytes))?,
                Level::M,
            ),
            Err(error) => return Err(refused(error, bytes)),
        };
        Ok(Self {
            width: code.width(),
            version: version_of(&code),
            level,
            dark: code
                .into_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect(),
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

fn version_of(code: &QrCode) -> i16 {
    match code.version() {
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

/// Walks along the borders with the dark module on the right hand.
struct Tracer<'s> {
    symbol: &'s Symbol,
    /// Upper borders of dark modules not yet walked along, by module.
    open_tops: Vec<bool>,
}

#[derive(Clone, Copy, PartialEq)]
enum Heading {
    East,
    South,
    West,
    North,
}

impl<'s> Tracer<'s> {
    fn new(symbol: &'s Symbol) -> Self {
        let width = symbol.width;
        let open_tops = (0..width * width)
            .map(|at| {
                let (column, row) = (at % width, at / width);
                symbol.dark[at] && (row == 0 || !symbol.is_dark(column, row - 1))
            })
            .collect();
        Self { symbol, open_tops }
    }

    fn trace(mut self) -> Vec<Vec<(u16, u16)>> {
        let width = self.symbol.width;
        let mut polygons = Vec::new();
        for at in 0..width * width {
            if self.open_tops[at] {
                polygons.push(self.walk(at % width, at / width));
            }
        }
        polygons
    }

    /// One border, from the upper left corner of a dark module until it closes.
    fn walk(&mut self, column: usize, row: usize) -> Vec<(u16, u16)> {
        let start = (column, row);
        let (mut at, mut heading) = (start, Heading::East);
        let mut corners = vec![corner(start)];
        loop {
            if heading == Heading::East {
                self.open_tops[at.1 * self.symbol.width + at.0] = false;
            }
            at = match heading {
                Heading::East => (at.0 + 1, at.1),
                Heading::South => (at.0, at.1 + 1),
                Heading::West => (at.0 - 1, at.1),
                Heading::North => (at.0, at.1 - 1),
            };
            let next = self.turn(at, heading);
            if at == start && next == Heading::East {
                return corners;
            }
            if next != heading {
                corners.push(corner(at));
            }
            heading = next;
        }
    }

    /// The way on from a corner: as far to the right as there is dark to keep there.
    fn turn(&self, (x, y): (usize, usize), heading: Heading) -> Heading {
        let dark = |right: bool, below: bool| {
            let column = if right { Some(x) } else { x.checked_sub(1) };
            let row = if below { Some(y) } else { y.checked_sub(1) };
            column
                .zip(row)
                .is_some_and(|(column, row)| self.symbol.is_dark(column, row))
        };
        // Ahead on the right, ahead on the left, seen along the heading.
        let (right, left) = match heading {
            Heading::East => (dark(true, true), dark(true, false)),
            Heading::South => (dark(false, true), dark(true, true)),
            Heading::West => (dark(false, false), dark(false, true)),
            Heading::North => (dark(true, false), dark(false, false)),
        };
        match (right, left) {
            (false, _) => heading.right(),
            (true, false) => heading,
            (true, true) => heading.left(),
        }
    }
}

impl Heading {
    fn right(self) -> Self {
        match self {
            Self::East => Self::South,
            Self::South => Self::West,
            Self::West => Self::North,
            Self::North => Self::East,
        }
    }

    fn left(self) -> Self {
        self.right().right().right()
    }
}

fn corner((x, y): (usize, usize)) -> (u16, u16) {
    (x as u16, y as u16)
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
