//! What is put on a page, in points from its upper left corner.

use crate::text::Line;

/// The colour of a mark.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Colour {
    Black,
    /// 0 is black, 1 is white.
    Grey(f32),
    /// The blue-teal of the product.
    Accent,
}

/// One mark on a page.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Draw {
    Text {
        line: Line,
        x: f32,
        baseline: f32,
        colour: Colour,
    },
    Rule {
        from: (f32, f32),
        to: (f32, f32),
        width: f32,
        colour: Colour,
    },
    Fill {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        colour: Colour,
    },
    Frame {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
        stroke: f32,
        colour: Colour,
    },
    Circle {
        x: f32,
        y: f32,
        radius: f32,
        stroke: f32,
        colour: Colour,
    },
    /// Polygons filled together by the even-odd rule; corners times `scale` from (x, y).
    Symbol {
        polygons: Vec<Vec<(u16, u16)>>,
        x: f32,
        y: f32,
        scale: f32,
    },
    /// A stroke through the points.
    Stroke {
        points: Vec<(f32, f32)>,
        width: f32,
        colour: Colour,
    },
    /// Text along the rising diagonal around the point.
    Watermark { line: Line, x: f32, y: f32 },
}

impl Draw {
    /// Moves the mark.
    pub(crate) fn shift(&mut self, right: f32, down: f32) {
        match self {
            Self::Text { x, baseline: y, .. }
            | Self::Fill { x, y, .. }
            | Self::Frame { x, y, .. }
            | Self::Circle { x, y, .. }
            | Self::Symbol { x, y, .. }
            | Self::Watermark { x, y, .. } => {
                *x += right;
                *y += down;
            }
            Self::Rule { from, to, .. } => {
                for point in [from, to] {
                    point.0 += right;
                    point.1 += down;
                }
            }
            Self::Stroke { points, .. } => {
                for point in points {
                    point.0 += right;
                    point.1 += down;
                }
            }
        }
    }
}

/// A sheet with its marks.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Page {
    pub(crate) width: f32,
    pub(crate) height: f32,
    pub(crate) draws: Vec<Draw>,
}
