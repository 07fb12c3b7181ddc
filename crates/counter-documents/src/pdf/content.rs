//! The operators of a page.

use lopdf::{dictionary, text_string};
use printpdf::{
    Codepoint, Color, CurTransMat, DictItem, Greyscale, Line as Path, LineCapStyle, LineDashPattern, LinePoint, Op,
    PaintMode, PdfFontHandle, Point, Polygon, PolygonRing, Pt, Rect, Rgb, TextItem, TextMatrix, WindingOrder,
};

use super::fonts::CutFonts;
use crate::layout::{Colour, Draw, Page};
use crate::text::{Line, Placed};

/// The blue-teal of the product, #0f5c63.
const ACCENT: (f32, f32, f32) = (0.059, 0.361, 0.388);
/// The grey of a watermark: under the text, still there on a photocopy.
const WATERMARK: f32 = 0.87;
/// A circle of four curves: how far the handles stand, for radius 1.
const KAPPA: f32 = 0.552_284_8;

/// The operators of a page, glyphs as `fonts` has them.
pub(crate) fn content(page: &Page, fonts: &CutFonts) -> Vec<Op> {
    let mut writer = Writer {
        ops: Vec::with_capacity(page.draws.len() * 6),
        height: page.height,
        fonts,
        fill: None,
        stroke: None,
    };
    for draw in &page.draws {
        writer.draw(draw);
    }
    writer.ops
}

struct Writer<'f> {
    ops: Vec<Op>,
    height: f32,
    fonts: &'f CutFonts,
    fill: Option<Colour>,
    stroke: Option<Colour>,
}

impl Writer<'_> {
    fn draw(&mut self, draw: &Draw) {
        match draw {
            Draw::Text {
                line,
                x,
                baseline,
                colour,
            } => {
                self.set_fill(*colour);
                let (x, y) = (*x, self.height - baseline);
                self.text(line, |at| [1.0, 0.0, 0.0, 1.0, round(x + at), round(y)]);
            }
            Draw::Watermark { line, x, y } => {
                self.set_fill(Colour::Grey(WATERMARK));
                // Along a 3-4-5 triangle, steeper on an upright sheet.
                let (along, up) = if self.height > 600.0 { (0.6, 0.8) } else { (0.8, 0.6) };
                let (x, y) = (x - along * line.end / 2.0, self.height - y - up * line.end / 2.0);
                self.text(line, |at| {
                    [along, up, -up, along, round(x + along * at), round(y + up * at)]
                });
            }
            Draw::Rule {
                from,
                to,
                width,
                colour,
            } => self.polyline(&[*from, *to], *width, *colour),
            Draw::Stroke { points, width, colour } => self.polyline(points, *width, *colour),
            Draw::Fill {
                x,
                y,
                width,
                height,
                colour,
            } => {
                self.set_fill(*colour);
                self.rectangle((*x, *y), (*width, *height), PaintMode::Fill);
            }
            Draw::Frame {
                x,
                y,
                width,
                height,
                stroke,
                colour,
            } => {
                self.set_stroke(*colour, *stroke);
                self.rectangle((*x, *y), (*width, *height), PaintMode::Stroke);
            }
            Draw::Circle {
                x,
                y,
                radius,
                stroke,
                colour,
            } => self.circle((*x, *y), *radius, *stroke, *colour),
            Draw::Symbol { polygons, x, y, scale } => self.symbol(polygons, (*x, *y), *scale),
        }
    }

    fn set_fill(&mut self, colour: Colour) {
        if self.fill.replace(colour) != Some(colour) {
            self.ops.push(Op::SetFillColor { col: ink(colour) });
        }
    }

    fn set_stroke(&mut self, colour: Colour, width: f32) {
        if self.stroke.replace(colour) != Some(colour) {
            self.ops.push(Op::SetOutlineColor { col: ink(colour) });
        }
        self.ops.push(Op::SetOutlineThickness { pt: Pt(width) });
    }

    fn polyline(&mut self, points: &[(f32, f32)], width: f32, colour: Colour) {
        self.set_stroke(colour, width);
        let points = points.iter().map(|(x, y)| on_path(*x, self.height - y)).collect();
        self.ops.push(Op::DrawLine {
            line: Path {
                points,
                is_closed: false,
            },
        });
    }

    fn rectangle(&mut self, (x, y): (f32, f32), (width, height): (f32, f32), mode: PaintMode) {
        let corner = (round(x), round(self.height - y - height));
        let size = (round(width), round(height));
        let rectangle = Rect {
            mode: Some(mode),
            winding_order: Some(WindingOrder::NonZero),
            ..Rect::from_xywh(Pt(corner.0), Pt(corner.1), Pt(size.0), Pt(size.1))
        };
        self.ops.push(Op::DrawRectangle { rectangle });
    }

    fn circle(&mut self, (x, y): (f32, f32), radius: f32, stroke: f32, colour: Colour) {
        self.set_stroke(colour, stroke);
        let (y, handle) = (self.height - y, radius * KAPPA);
        let corners = [
            (radius, 0.0),
            (0.0, radius),
            (-radius, 0.0),
            (0.0, -radius),
            (radius, 0.0),
        ];
        let mut points = vec![on_path(x + radius, y)];
        for pair in corners.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            // The handle at each end points along the circle, towards the other end.
            let out = (from.0 + to.0 / radius * handle, from.1 + to.1 / radius * handle);
            let into = (to.0 + from.0 / radius * handle, to.1 + from.1 / radius * handle);
            points.extend([out, into].map(|(right, up)| LinePoint {
                bezier: true,
                ..on_path(x + right, y + up)
            }));
            points.push(on_path(x + to.0, y + to.1));
        }
        self.ops.extend([
            Op::SetLineCapStyle {
                cap: LineCapStyle::Butt,
            },
            Op::SetLineDashPattern {
                dash: LineDashPattern::new(0.0, &[3.0, 2.6]),
            },
            Op::DrawLine {
                line: Path {
                    points,
                    is_closed: true,
                },
            },
            Op::SetLineDashPattern {
                dash: LineDashPattern::solid(),
            },
        ]);
    }

    /// One path, in module units under a scaled matrix, so that every edge is exact.
    fn symbol(&mut self, polygons: &[Vec<(u16, u16)>], (x, y): (f32, f32), scale: f32) {
        self.set_fill(Colour::Black);
        let ring = |corners: &Vec<(u16, u16)>| PolygonRing {
            points: corners
                .iter()
                .map(|(column, row)| on_path(f32::from(*column), f32::from(*row)))
                .collect(),
        };
        self.ops.extend([
            Op::SaveGraphicsState,
            Op::SetTransformationMatrix {
                matrix: CurTransMat::Raw([scale, 0.0, 0.0, -scale, round(x), round(self.height - y)]),
            },
            Op::DrawPolygon {
                polygon: Polygon {
                    rings: polygons.iter().map(ring).collect(),
                    mode: PaintMode::Fill,
                    winding_order: WindingOrder::EvenOdd,
                },
            },
            Op::RestoreGraphicsState,
        ]);
    }

    fn text(&mut self, line: &Line, matrix: impl Fn(f32) -> [f32; 6]) {
        if line.glyphs.is_empty() {
            return;
        }
        if let Some(reads) = &line.reads {
            self.ops.push(reading(reads));
        }
        self.ops.push(Op::StartTextSection);
        let mut rest = line.glyphs.as_slice();
        while let Some(first) = rest.first() {
            let misread = self.fonts.is_misread(first);
            let same = |placed: &&Placed| {
                placed.glyph.face == first.glyph.face
                    && placed.size == first.size
                    && self.fonts.is_misread(placed) == misread
            };
            let (run, after) = rest.split_at(rest.iter().take_while(same).count());
            let misread = misread && line.reads.is_none();
            if misread {
                let reads: String = run.iter().map(|placed| placed.character).collect();
                self.ops.push(reading(&reads));
            }
            self.run(run, first, &matrix);
            if misread {
                self.ops.push(Op::EndMarkedContentWithProperties);
            }
            rest = after;
        }
        self.ops.push(Op::EndTextSection);
        if line.reads.is_some() {
            self.ops.push(Op::EndMarkedContentWithProperties);
        }
    }

    fn run(&mut self, run: &[Placed], first: &Placed, matrix: &impl Fn(f32) -> [f32; 6]) {
        let mut glyphs: Vec<Codepoint> = Vec::with_capacity(run.len());
        let mut pen = 0.0;
        for placed in run {
            let target = (placed.x - first.x) * 1000.0 / placed.size;
            let back = (pen - target).round();
            if let Some(before) = glyphs.last_mut() {
                before.offset = back;
                pen -= back;
            }
            glyphs.push(self.fonts.glyph(placed));
            pen += (placed.glyph.advance * 1000.0).round();
        }
        self.ops.extend([
            Op::SetFont {
                font: PdfFontHandle::External(self.fonts.id(first.glyph.face)),
                size: Pt(first.size),
            },
            Op::SetTextMatrix {
                matrix: TextMatrix::Raw(matrix(first.x)),
            },
            Op::ShowText {
                items: vec![TextItem::GlyphIds(glyphs)],
            },
        ]);
    }
}

fn ink(colour: Colour) -> Color {
    match colour {
        Colour::Black => Color::Greyscale(Greyscale::new(0.0, None)),
        Colour::Grey(grey) => Color::Greyscale(Greyscale::new(grey, None)),
        Colour::Accent => Color::Rgb(Rgb::new(ACCENT.0, ACCENT.1, ACCENT.2, None)),
    }
}

fn on_path(x: f32, y: f32) -> LinePoint {
    LinePoint {
        p: Point {
            x: Pt(round(x)),
            y: Pt(round(y)),
        },
        bezier: false,
    }
}

/// Begins a piece of the page that is copied as the text.
fn reading(text: &str) -> Op {
    let properties = dictionary! { "ActualText" => text_string(text) };
    Op::BeginMarkedContentWithProperties {
        tag: "Span".to_owned(),
        properties: DictItem::from_lopdf(&properties.into()),
    }
}

/// To a hundredth of a point: finer than any printer, and short in the file.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
