//! Tables: with a head that repeats, and of names and values.
//!
//! A row taller than a third of a page is divided between lines, so nothing is ever cut.
//! Leaves out: joined cells other than the last value of a name-and-value row.

use std::rc::Rc;

use super::Sheeting;
use super::draw::{Colour, Draw};
use super::flow::Chunk;
use super::setter::{Setter, Setting, draw_line};
use crate::RenderError;
use crate::document::{Align, Table, Text};
use crate::text::Line;

const PAD_X: f32 = 6.5;
const PAD_Y: f32 = 5.0;
const BORDER: f32 = 0.6;
const BORDER_COLOUR: Colour = Colour::Grey(0.2);
const SHADE: Colour = Colour::Grey(0.945);
/// Lines a row may have before it is divided.
const LINES_TOGETHER: usize = 16;

struct Cell {
    lines: Vec<Line>,
    x: f32,
    width: f32,
    shaded: bool,
}

/// A table in chunks, a row each.
pub(crate) fn table(setter: Setter<'_>, sheet: &Sheeting, table: &Table) -> Result<Vec<Chunk>, RenderError> {
    let shares: f32 = table.columns.iter().map(|column| column.share).sum();
    let widths: Vec<f32> = table
        .columns
        .iter()
        .map(|column| column.share / shares * sheet.width())
        .collect();
    let setting = sheet.small();
    let mut x = sheet.left;
    let mut lefts = Vec::new();
    for width in &widths {
        lefts.push(x);
        x += width;
    }
    let mut head = Vec::new();
    for (nth, column) in table.columns.iter().enumerate() {
        let text = Text::new(column.title.as_str());
        let lines = setter.lines(
            &text,
            setting.bold().align(column.align),
            widths[nth] - 2.0 * PAD_X,
            "表头",
        )?;
        head.push(Cell {
            lines,
            x: lefts[nth],
            width: widths[nth],
            shaded: true,
        });
    }
    let head = Rc::new(row_chunk(head, setting, true, true));
    let mut chunks = Vec::new();
    for (number, row) in table.rows.iter().enumerate() {
        let place = format!("表格第 {} 行", number + 1);
        let mut cells = Vec::new();
        for (nth, column) in table.columns.iter().enumerate() {
            let empty = Text::default();
            let text = row.get(nth).unwrap_or(&empty);
            let lines = setter.lines(text, setting.align(column.align), widths[nth] - 2.0 * PAD_X, &place)?;
            cells.push(Cell {
                lines,
                x: lefts[nth],
                width: widths[nth],
                shaded: false,
            });
        }
        chunks.extend(divided(cells, setting).into_iter().map(|chunk| Chunk {
            repeat_above: Some(Rc::clone(&head)),
            ..chunk
        }));
    }
    let mut first = Chunk::clone(&head);
    first.space_before = sheet.gap();
    first.keep_with_next = true;
    chunks.insert(0, first);
    Ok(chunks)
}

/// Names and values in chunks, a row each.
pub(crate) fn key_value(
    setter: Setter<'_>,
    sheet: &Sheeting,
    rows: &[Vec<(String, Text)>],
) -> Result<Vec<Chunk>, RenderError> {
    let setting = sheet.small();
    let pairs = rows.iter().map(Vec::len).max().unwrap_or(1).max(1);
    let mut labels = vec![0.0f32; pairs];
    for row in rows {
        for (nth, (label, _)) in row.iter().enumerate() {
            let width = setter.width(&Text::new(label.as_str()), setting.bold(), "表格栏名")?;
            // Half a point more, so that a rounded width does not wrap its own text.
            labels[nth] = labels[nth].max(width + 2.0 * PAD_X + 0.5);
        }
    }
    let widest = sheet.width() / pairs as f32 * 0.5;
    for label in &mut labels {
        *label = label.min(widest);
    }
    let values = value_widths(setter, rows, pairs, sheet.width() - labels.iter().sum::<f32>(), setting)?;
    let mut chunks: Vec<Chunk> = Vec::new();
    for row in rows {
        let (mut cells, mut x) = (Vec::new(), sheet.left);
        for (nth, (label, text)) in row.iter().enumerate() {
            let label_setting = setting.bold();
            let text_of_label = Text::new(label.as_str());
            let lines = setter.lines(&text_of_label, label_setting, labels[nth] - 2.0 * PAD_X, "表格栏名")?;
            cells.push(Cell {
                lines,
                x,
                width: labels[nth],
                shaded: true,
            });
            x += labels[nth];
            let right = sheet.left + sheet.width();
            let width = if nth + 1 == row.len() { right - x } else { values[nth] };
            let lines = setter.lines(text, setting, width - 2.0 * PAD_X, &format!("「{label}」栏"))?;
            cells.push(Cell {
                lines,
                x,
                width,
                shaded: false,
            });
            x += width;
        }
        chunks.extend(divided(cells, setting));
    }
    if let Some(first) = chunks.first_mut() {
        first.space_before = sheet.gap();
    }
    Ok(chunks)
}

/// Widths of the value columns: what each needs and a part of the rest, or in proportion.
fn value_widths(
    setter: Setter<'_>,
    rows: &[Vec<(String, Text)>],
    pairs: usize,
    room: f32,
    setting: Setting,
) -> Result<Vec<f32>, RenderError> {
    let mut needs = vec![2.0 * PAD_X + 20.0; pairs];
    for row in rows.iter().filter(|row| row.len() == pairs) {
        for (nth, (label, text)) in row.iter().enumerate() {
            let width = setter.width(text, setting, &format!("「{label}」栏"))? + 2.0 * PAD_X + 0.5;
            needs[nth] = needs[nth].max(width.min(room * 0.7));
        }
    }
    let sum: f32 = needs.iter().sum();
    let spare = (room - sum).max(0.0) / pairs as f32;
    let squeeze = (room / sum).min(1.0);
    Ok(needs.into_iter().map(|need| need * squeeze + spare).collect())
}

fn divided(cells: Vec<Cell>, setting: Setting) -> Vec<Chunk> {
    let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0);
    if most <= LINES_TOGETHER {
        return vec![row_chunk(cells, setting, true, true)];
    }
    let bands = most.div_ceil(LINES_TOGETHER);
    (0..bands)
        .map(|band| {
            let from = band * LINES_TOGETHER;
            let part = cells
                .iter()
                .map(|cell| Cell {
                    lines: cell.lines.iter().skip(from).take(LINES_TOGETHER).cloned().collect(),
                    ..*cell
                })
                .collect();
            row_chunk(part, setting, band == 0, band + 1 == bands)
        })
        .collect()
}

fn row_chunk(cells: Vec<Cell>, setting: Setting, opens: bool, closes: bool) -> Chunk {
    let most = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
    let above = if opens { PAD_Y } else { 0.0 };
    let height = most as f32 * setting.leading + above + if closes { PAD_Y } else { 0.0 };
    let mut draws = Vec::new();
    let left = cells.first().map_or(0.0, |cell| cell.x);
    let right = cells.last().map_or(0.0, |cell| cell.x + cell.width);
    let rule = |from, to| Draw::Rule {
        from,
        to,
        width: BORDER,
        colour: BORDER_COLOUR,
    };
    for cell in &cells {
        if cell.shaded {
            draws.push(Draw::Fill {
                x: cell.x,
                y: 0.0,
                width: cell.width,
                height,
                colour: SHADE,
            });
        }
    }
    for cell in &cells {
        draws.push(rule((cell.x, 0.0), (cell.x, height)));
    }
    draws.push(rule((right, 0.0), (right, height)));
    let outer = BORDER / 2.0;
    let across = |y| rule((left - outer, y), (right + outer, y));
    if opens {
        draws.push(across(0.0));
    }
    if closes {
        draws.push(across(height));
    }
    for cell in cells {
        for (nth, line) in cell.lines.into_iter().enumerate() {
            let baseline = above + nth as f32 * setting.leading + setting.baseline();
            draw_line(&mut draws, line, cell.x + PAD_X, baseline, setting.colour);
        }
    }
    // A part of a divided row is closed at the foot of a page and opened again on the next.
    let closing = if closes { Vec::new() } else { vec![across(0.0)] };
    let above = if opens { Vec::new() } else { vec![across(0.0)] };
    let repeat_above = (!opens).then(|| {
        Rc::new(Chunk {
            draws: above,
            ..Chunk::default()
        })
    });
    Chunk {
        height,
        draws,
        closing,
        repeat_above,
        boxed: true,
        ..Chunk::default()
    }
}

/// Numbered words in equal cells, in one chunk.
pub(crate) fn word_grid(
    setter: Setter<'_>,
    sheet: &Sheeting,
    columns: usize,
    words: &[String],
) -> Result<Chunk, RenderError> {
    let columns = columns.max(1);
    let width = sheet.width() / columns as f32;
    let (height, number, word) = (
        46.0,
        Setting::new(9.0, 1.3).colour(Colour::Grey(0.35)),
        Setting::new(20.0, 1.4).align(Align::Center),
    );
    let rows = words.len().div_ceil(columns);
    let mut draws = Vec::new();
    for (nth, text) in words.iter().enumerate() {
        let (x, y) = (
            sheet.left + (nth % columns) as f32 * width,
            (nth / columns) as f32 * height,
        );
        draws.push(Draw::Frame {
            x,
            y,
            width,
            height,
            stroke: BORDER,
            colour: BORDER_COLOUR,
        });
        let (mut marks, _) = setter.block(&Text::new((nth + 1).to_string()), number, (x + 5.0, width), "词序")?;
        let (word_marks, _) = setter.block(&Text::new(text.as_str()), word, (x, width), "恢复词")?;
        for mut mark in word_marks {
            mark.shift(0.0, 9.0);
            marks.push(mark);
        }
        draws.extend(marks.into_iter().map(|mut mark| {
            mark.shift(0.0, y + 2.0);
            mark
        }));
    }
    Ok(Chunk {
        height: rows as f32 * height,
        draws,
        space_before: sheet.gap(),
        boxed: true,
        ..Chunk::default()
    })
}
