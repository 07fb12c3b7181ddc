//! The content stream of a page.

use pdf_writer::types::LineCapStyle;
use pdf_writer::{Content, Name, Str, TextStr};

use super::fonts::FontUse;
use crate::layout::{Colour, Draw, Page};
use crate::text::{Line, Placed};

/// The blue-teal of the product, #0f5c63.
const ACCENT: (f32, f32, f32) = (0.059, 0.361, 0.388);
/// The grey of a watermark: under the text, still there on a photocopy.
const WATERMARK: f32 = 0.87;
/// A circle of four curves: how far the handles stand, for radius 1.
const KAPPA: f32 = 0.552_284_8;

/// The operators of a page; glyphs come to stand in `fonts`.
pub(crate) fn content(page: &Page, fonts: &mut FontUse) -> Vec<u8> {
    let mut writer = Writer {
        content: Content::new(),
        height: page.height,
        fonts,
        fill: None,
        stroke: None,
    };
    for draw in &page.draws {
        writer.draw(draw);
    }
    writer.content.finish().into_vec()
}

struct Writer<'f> {
    content: Content,
    height: f32,
    fonts: &'f mut FontUse,
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
                let bottom = round(self.height - y - height);
                self.content
                    .rect(round(*x), bottom, round(*width), round(*height))
                    .fill_nonzero();
            }
            Draw::Frame {
                x,
                y,
                width,
                height,
                stroke,
                colour,
            } => {
                self.set_stroke(*colour);
                self.content.set_line_width(*stroke);
                let bottom = round(self.height - y - height);
                self.content
                    .rect(round(*x), bottom, round(*width), round(*height))
                    .stroke();
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
        if self.fill.replace(colour) == Some(colour) {
            return;
        }
        match colour {
            Colour::Black => self.content.set_fill_gray(0.0),
            Colour::Grey(grey) => self.content.set_fill_gray(grey),
            Colour::Accent => self.content.set_fill_rgb(ACCENT.0, ACCENT.1, ACCENT.2),
        };
    }

    fn set_stroke(&mut self, colour: Colour) {
        if self.stroke.replace(colour) == Some(colour) {
            return;
        }
        match colour {
            Colour::Black => self.content.set_stroke_gray(0.0),
            Colour::Grey(grey) => self.content.set_stroke_gray(grey),
            Colour::Accent => self.content.set_stroke_rgb(ACCENT.0, ACCENT.1, ACCENT.2),
        };
    }

    fn polyline(&mut self, points: &[(f32, f32)], width: f32, colour: Colour) {
        self.set_stroke(colour);
        self.content.set_line_width(width);
        for (nth, (x, y)) in points.iter().enumerate() {
            let (x, y) = (round(*x), round(self.height - y));
            if nth == 0 {
                self.content.move_to(x, y);
            } else {
                self.content.line_to(x, y);
            }
        }
        self.content.stroke();
    }

    fn circle(&mut self, (x, y): (f32, f32), radius: f32, stroke: f32, colour: Colour) {
        self.set_stroke(colour);
        let (y, handle) = (self.height - y, radius * KAPPA);
        let content = &mut self.content;
        content.set_line_width(stroke);
        content.set_line_cap(LineCapStyle::ButtCap);
        content.set_dash_pattern([3.0, 2.6], 0.0);
        let point = |right: f32, up: f32| (round(x + right), round(y + up));
        let corners = [
            (radius, 0.0),
            (0.0, radius),
            (-radius, 0.0),
            (0.0, -radius),
            (radius, 0.0),
        ];
        let (start_x, start_y) = point(radius, 0.0);
        content.move_to(start_x, start_y);
        for pair in corners.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            // The handle at each end points along the circle, towards the other end.
            let out = point(from.0 + to.0 / radius * handle, from.1 + to.1 / radius * handle);
            let into = point(to.0 + from.0 / radius * handle, to.1 + from.1 / radius * handle);
            let end = point(to.0, to.1);
            content.cubic_to(out.0, out.1, into.0, into.1, end.0, end.1);
        }
        content.close_path().stroke();
        content.set_dash_pattern(std::iter::empty(), 0.0);
    }

    /// One path, in module units under a scaled matrix, so that every edge is exact.
    fn symbol(&mut self, polygons: &[Vec<(u16, u16)>], (x, y): (f32, f32), scale: f32) {
        self.set_fill(Colour::Black);
        let content = &mut self.content;
        content.save_state();
        content.transform([scale, 0.0, 0.0, -scale, round(x), round(self.height - y)]);
        for polygon in polygons {
            for (nth, (column, row)) in polygon.iter().enumerate() {
                let (column, row) = (f32::from(*column), f32::from(*row));
                if nth == 0 {
                    content.move_to(column, row);
                } else {
                    content.line_to(column, row);
                }
            }
            content.close_path();
        }
        content.fill_even_odd();
        content.restore_state();
    }

    fn text(&mut self, line: &Line, matrix: impl Fn(f32) -> [f32; 6]) {
        if line.glyphs.is_empty() {
            return;
        }
        if let Some(reads) = &line.reads {
            let mut span = self.content.begin_marked_content_with_properties(Name(b"Span"));
            span.properties().actual_text(TextStr(reads));
        }
        self.content.begin_text();
        let mut rest = line.glyphs.as_slice();
        while let Some(first) = rest.first() {
            let same = |placed: &&Placed| placed.glyph.face == first.glyph.face && placed.size == first.size;
            let (run, after) = rest.split_at(rest.iter().take_while(same).count());
            self.run(run, first, &matrix);
            rest = after;
        }
        self.content.end_text();
        if line.reads.is_some() {
            self.content.end_marked_content();
        }
    }

    fn run(&mut self, run: &[Placed], first: &Placed, matrix: &impl Fn(f32) -> [f32; 6]) {
        self.content.set_font(Name(first.glyph.face.resource()), first.size);
        self.content.set_text_matrix(matrix(first.x));
        let mut show = self.content.show_positioned();
        let mut items = show.items();
        let mut codes = Vec::with_capacity(run.len() * 2);
        let mut pen = 0.0;
        for placed in run {
            let target = (placed.x - first.x) * 1000.0 / placed.size;
            let back = (pen - target).round();
            if back != 0.0 {
                if !codes.is_empty() {
                    items.show(Str(&codes));
                    codes.clear();
                }
                items.adjust(back);
                pen -= back;
            }
            codes.extend(self.fonts.code(placed).to_be_bytes());
            pen += (placed.glyph.advance * 1000.0).round();
        }
        items.show(Str(&codes));
    }
}

/// To a hundredth of a point: finer than any printer, and short in the file.
fn round(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}
