//! The end of a paper: signatures, the place for the seal, the QR symbol at the lower right.
//!
//! Where the last page has room, signatures follow the text and seal and symbol stand at the
//! foot; where it is short, signatures move beside the symbol; where even that does not fit,
//! a last page says that it has no text of its own (此页无正文).

use super::Sheeting;
use super::draw::{Colour, Draw};
use super::flow::{Chunk, Flow};
use super::setter::{Setter, Setting};
use crate::RenderError;
use crate::document::{Align, Document, Qr, Text};
use crate::qr::{QUIET_MODULES, Symbol};

/// Diameter of an enterprise's or an office's seal: 42 mm, less what may hang over.
const SEAL: f32 = 108.0;
const ABOVE_SIGNATURES: f32 = 22.0;
const BETWEEN: f32 = 14.0;
const SIGNATURE_GAP: f32 = 12.0;

/// Puts the end of the document on the last page of the flow, or on one more.
pub(crate) fn place(
    setter: Setter<'_>,
    sheet: &Sheeting,
    document: &Document,
    flow: &mut Flow,
) -> Result<(), RenderError> {
    let symbol = document.qr.as_ref().map(|qr| symbol(setter, sheet, qr)).transpose()?;
    let seal = document
        .closing
        .seal
        .as_deref()
        .map(|words| seal(setter, words))
        .transpose()?;
    let signatures = &document.closing.signatures;
    let wide = signature_block(
        setter,
        sheet,
        signatures,
        sheet.left,
        sheet.width(),
        signatures.len() == 1,
    )?;
    let foot = symbol
        .as_ref()
        .map_or(0.0, |symbol| symbol.height)
        .max(seal.as_ref().map_or(0.0, |_| SEAL));
    let seal_beside = seal.is_some() && symbol.is_none() && signatures.len() == 1;
    let full = wide.height
        + ABOVE_SIGNATURES
        + if foot > 0.0 && !seal_beside {
            foot + BETWEEN
        } else {
            0.0
        };
    let symbol_width = symbol.as_ref().map_or(0.0, |symbol| symbol.width + 18.0);
    let seal_width = if seal.is_some() { SEAL + 18.0 } else { 0.0 };
    let narrow_width = sheet.width() - symbol_width - seal_width;
    let narrow = beside_or_stacked(setter, sheet, signatures, narrow_width)?;
    let compact = narrow.height.max(foot) + BETWEEN;

    if full > flow.room() && compact > flow.room() {
        flow.new_page();
        let words = Text::new("（此页无正文）");
        let (draws, height) = setter.block(&words, sheet.body(), (sheet.left, sheet.width()), "尾页")?;
        flow.put(Chunk {
            height,
            draws,
            ..Chunk::default()
        });
    }
    let bottom = flow.area().bottom;
    let mut draws = Vec::new();
    if full <= flow.room() {
        let top = flow.y + ABOVE_SIGNATURES;
        if seal_beside {
            let middle = (top + wide.height / 2.0).max(top + SEAL * 0.3);
            push(&mut draws, seal, sheet.left + sheet.width() * 0.26, middle);
        } else {
            let right = sheet.left + sheet.width() - symbol_width - 16.0;
            push(&mut draws, seal, right - SEAL / 2.0, bottom - foot + SEAL / 2.0);
        }
        draws.extend(moved(wide.draws, 0.0, top));
    } else {
        draws.extend(moved(narrow.draws, 0.0, bottom - compact + BETWEEN));
        let right = sheet.left + sheet.width() - symbol_width;
        push(&mut draws, seal, right - SEAL / 2.0 - 9.0, bottom - foot + SEAL / 2.0);
    }
    if let Some(symbol) = symbol {
        let x = sheet.left + sheet.width() - symbol.width;
        draws.extend(moved(symbol.draws, x, bottom - symbol.height));
    }
    if let Some(page) = flow.pages.last_mut() {
        page.extend(draws);
    }
    Ok(())
}

fn push(draws: &mut Vec<Draw>, seal: Option<Vec<Draw>>, x: f32, y: f32) {
    draws.extend(moved(seal.unwrap_or_default(), x, y));
}

fn moved(draws: Vec<Draw>, right: f32, down: f32) -> impl Iterator<Item = Draw> {
    draws.into_iter().map(move |mut draw| {
        draw.shift(right, down);
        draw
    })
}

/// Marks with their size, the upper left corner at (0, 0) or, for signatures, y from 0.
#[derive(Default)]
struct Piece {
    draws: Vec<Draw>,
    width: f32,
    height: f32,
}

/// Signatures side by side; a single one stands in the right half.
fn signature_block(
    setter: Setter<'_>,
    sheet: &Sheeting,
    signatures: &[Vec<Text>],
    left: f32,
    width: f32,
    right_half: bool,
) -> Result<Piece, RenderError> {
    let mut piece = Piece {
        width,
        ..Piece::default()
    };
    let (left, width) = if right_half {
        (left + width * 0.48, width * 0.52)
    } else {
        (left, width)
    };
    let each = width / signatures.len().max(1) as f32;
    for (nth, lines) in signatures.iter().enumerate() {
        let mut height = 0.0;
        for line in lines {
            let column = (left + nth as f32 * each, each - SIGNATURE_GAP);
            let (draws, line_height) = setter.block(line, sheet.body(), column, "签署处")?;
            piece.draws.extend(moved(draws, 0.0, height));
            height += line_height;
        }
        piece.height = piece.height.max(height);
    }
    Ok(piece)
}

/// Signatures side by side where no line of theirs is broken by it, else under each other.
fn beside_or_stacked(
    setter: Setter<'_>,
    sheet: &Sheeting,
    signatures: &[Vec<Text>],
    width: f32,
) -> Result<Piece, RenderError> {
    let mut widest = 0.0f32;
    for line in signatures.iter().flatten() {
        widest = widest.max(setter.width(line, sheet.body(), "签署处")?);
    }
    if (widest + SIGNATURE_GAP) * signatures.len() as f32 <= width {
        signature_block(setter, sheet, signatures, sheet.left, width, false)
    } else {
        stacked(setter, sheet, signatures, width)
    }
}

/// Signatures under each other.
fn stacked(setter: Setter<'_>, sheet: &Sheeting, signatures: &[Vec<Text>], width: f32) -> Result<Piece, RenderError> {
    let mut piece = Piece {
        width,
        ..Piece::default()
    };
    for lines in signatures {
        let block = signature_block(setter, sheet, std::slice::from_ref(lines), sheet.left, width, false)?;
        let gap = if piece.height > 0.0 { 8.0 } else { 0.0 };
        piece.draws.extend(moved(block.draws, 0.0, piece.height + gap));
        piece.height += gap + block.height;
    }
    Ok(piece)
}

/// The dashed circle around (0, 0).
fn seal(setter: Setter<'_>, words: &str) -> Result<Vec<Draw>, RenderError> {
    let setting = Setting::new(9.0, 1.3).colour(Colour::Grey(0.6)).align(Align::Center);
    let (mut draws, height) = setter.block(&Text::new(words), setting, (-SEAL / 2.0, SEAL), "盖章处")?;
    for draw in &mut draws {
        draw.shift(0.0, -height / 2.0);
    }
    draws.push(Draw::Circle {
        x: 0.0,
        y: 0.0,
        radius: SEAL / 2.0,
        stroke: 0.75,
        colour: Colour::Grey(0.6),
    });
    Ok(draws)
}

/// The symbol with its caption; its quiet zone is white paper, and counts.
fn symbol(setter: Setter<'_>, sheet: &Sheeting, qr: &Qr) -> Result<Piece, RenderError> {
    let symbol = Symbol::new(&qr.text)?;
    let modules = symbol.width() as f32 + 2.0 * QUIET_MODULES;
    // 0.42 mm a module is easy to scan; never smaller than 25 mm, never beyond 40 mm.
    let side = (modules * 1.19).clamp(78.0, 114.0);
    let scale = side / modules;
    let quiet = QUIET_MODULES * scale;
    let setting = Setting::new(sheet.caption, 1.4).align(Align::Center);
    let mut width = side;
    for line in &qr.caption {
        width = width.max(
            setter
                .width(&Text::new(line.as_str()), setting, "二维码说明")?
                .min(150.0)
                + 1.0,
        );
    }
    let x = (width - side) / 2.0;
    let mut draws = vec![Draw::Symbol {
        polygons: symbol.outline(),
        x: x + quiet,
        y: quiet,
        scale,
    }];
    // The caption is the quiet zone's neighbour below: white up to its first line.
    let mut height = side - quiet * 0.2;
    for line in &qr.caption {
        let (marks, line_height) = setter.block(&Text::new(line.as_str()), setting, (0.0, width), "二维码说明")?;
        draws.extend(moved(marks, 0.0, height));
        height += line_height;
    }
    Ok(Piece { draws, width, height })
}
