//! The borders between dark and light as polygons.
//!
//! Filled by the even-odd rule they are the symbol, in one path and with no seams.

use super::Symbol;

/// Walks along the borders with the dark module on the right hand.
pub(super) struct Tracer<'s> {
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
    pub(super) fn new(symbol: &'s Symbol) -> Self {
        let width = symbol.width;
        let open_tops = (0..width * width)
            .map(|at| {
                let (column, row) = (at % width, at / width);
                symbol.dark[at] && (row == 0 || !symbol.is_dark(column, row - 1))
            })
            .collect();
        Self { symbol, open_tops }
    }

    pub(super) fn trace(mut self) -> Vec<Vec<(u16, u16)>> {
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
