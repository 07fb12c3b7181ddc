//! From the blocks of a document to chunks.

use super::Sheeting;
use super::draw::{Colour, Draw};
use super::flow::Chunk;
use super::setter::Setter;
use super::{table, verdict};
use crate::RenderError;
use crate::document::{Align, Block, CheckItem, Paragraph, Text};

/// Blank between a heading and a table under it.
const HEADING_GAP: f32 = 2.0;

/// The chunks of some blocks in order.
pub(crate) fn chunks(setter: Setter<'_>, sheet: &Sheeting, blocks: &[Block]) -> Result<Vec<Chunk>, RenderError> {
    let mut out: Vec<Chunk> = Vec::new();
    let mut space = 0.0;
    let mut page_break = false;
    let mut after_heading = false;
    for block in blocks {
        let mut made = match block {
            Block::Paragraph(one) => paragraph(setter, sheet, one)?,
            Block::Heading(text) => heading(setter, sheet, text)?,
            Block::KeyValue(rows) => table::key_value(setter, sheet, rows)?,
            Block::Table(one) => table::table(setter, sheet, one)?,
            Block::Numbered(items) => numbered(setter, sheet, items)?,
            Block::CheckList(items) => check_list(setter, sheet, items)?,
            Block::Callout { title, text } => callout(setter, sheet, title, text)?,
            Block::Verdict(one) => vec![verdict::verdict(setter, sheet, one)?],
            Block::WordGrid { columns, words } => vec![table::word_grid(setter, sheet, *columns, words)?],
            Block::Frames { height, words } => vec![frames(setter, sheet, *height, words)?],
            Block::Space(points) => {
                space += points;
                continue;
            }
            Block::Together(inner) => {
                let mut made = chunks(setter, sheet, inner)?;
                let keep = made.len().saturating_sub(1);
                for chunk in made.iter_mut().take(keep) {
                    chunk.keep_with_next = true;
                }
                made
            }
            Block::PageBreak => {
                page_break = true;
                continue;
            }
        };
        if let Some(first) = made.first_mut() {
            // A paragraph after a boxed block gets the same air that the block had above.
            let after_box = matches!(block, Block::Paragraph(_) | Block::Numbered(_) | Block::CheckList(_))
                && out.last().is_some_and(|chunk| chunk.boxed);
            // What a heading is about stands close under it.
            if after_heading {
                first.space_before = HEADING_GAP;
            }
            first.space_before += std::mem::take(&mut space) + if after_box { sheet.gap() } else { 0.0 };
            after_heading = matches!(block, Block::Heading(_));
            first.page_break = std::mem::take(&mut page_break);
        }
        out.extend(made);
    }
    Ok(out)
}

fn paragraph(setter: Setter<'_>, sheet: &Sheeting, paragraph: &Paragraph) -> Result<Vec<Chunk>, RenderError> {
    let mut setting = sheet.body();
    setting.size *= paragraph.scale;
    setting.leading *= paragraph.scale;
    setting.align = paragraph.align;
    setting.indent = paragraph.indent;
    if paragraph.muted {
        setting.colour = Colour::Grey(0.3);
        setting.leading = setting.size * 1.55;
    }
    setter.paragraph(&paragraph.text, setting, (sheet.left, sheet.width()), "正文")
}

fn heading(setter: Setter<'_>, sheet: &Sheeting, text: &Text) -> Result<Vec<Chunk>, RenderError> {
    let (draws, height) = setter.block(text, sheet.body().bold(), (sheet.left, sheet.width()), "小标题")?;
    Ok(vec![Chunk {
        height,
        draws,
        space_before: sheet.gap(),
        keep_with_next: true,
        ..Chunk::default()
    }])
}

fn numbered(setter: Setter<'_>, sheet: &Sheeting, items: &[Text]) -> Result<Vec<Chunk>, RenderError> {
    let setting = sheet.body();
    let indent = 2.0 * setting.size;
    let mut out = Vec::new();
    for (nth, item) in items.iter().enumerate() {
        let number = Text::new(format!("{}．", nth + 1));
        let x = sheet.left + indent + setting.size * if nth + 1 < 10 { 1.4 } else { 1.9 };
        let width = sheet.left + sheet.width() - x;
        let mut made = setter.paragraph(item, setting.align(Align::Justify), (x, width), "条目")?;
        if let Some(first) = made.first_mut() {
            let (marks, _) = setter.block(&number, setting, (sheet.left + indent, x), "条目")?;
            first.draws.splice(0..0, marks);
        }
        out.extend(made);
    }
    Ok(out)
}

fn check_list(setter: Setter<'_>, sheet: &Sheeting, items: &[CheckItem]) -> Result<Vec<Chunk>, RenderError> {
    let setting = sheet.body();
    let indent = 2.0 * setting.size;
    let mut out = Vec::new();
    for item in items {
        let x = sheet.left + indent + 1.6 * setting.size;
        let width = sheet.left + sheet.width() - x;
        let mut made = setter.paragraph(&item.text, setting, (x, width), "选项")?;
        if let Some(first) = made.first_mut() {
            let mut boxes = tick_box(setter, sheet, item.ticked)?;
            for draw in &mut boxes {
                draw.shift(sheet.left + indent, 0.0);
            }
            first.draws.splice(0..0, boxes);
        }
        out.extend(made);
    }
    Ok(out)
}

/// A box of one em, which reads □ or ☑.
fn tick_box(setter: Setter<'_>, sheet: &Sheeting, ticked: bool) -> Result<Vec<Draw>, RenderError> {
    let setting = sheet.body();
    let (mut draws, _) = setter.block(&Text::new("□"), setting, (0.0, 100.0), "选项")?;
    if ticked {
        for draw in &mut draws {
            if let Draw::Text { line, .. } = draw {
                line.reads = Some("☑".to_owned());
            }
        }
        let (size, base) = (setting.size, setting.baseline());
        let at = |x: f32, y: f32| (x * size, base + y * size);
        let points = vec![at(0.22, -0.38), at(0.43, -0.12), at(0.92, -0.84)];
        draws.push(Draw::Stroke {
            points,
            width: 0.12 * size,
            colour: Colour::Black,
        });
    }
    Ok(draws)
}

fn frames(setter: Setter<'_>, sheet: &Sheeting, height: f32, words: &[String]) -> Result<Chunk, RenderError> {
    let between = 10.0;
    let count = words.len().max(1) as f32;
    let width = (sheet.width() - between * (count - 1.0)) / count;
    let setting = sheet.small().colour(Colour::Grey(0.6)).align(Align::Center);
    let mut draws = Vec::new();
    for (nth, text) in words.iter().enumerate() {
        let x = sheet.left + nth as f32 * (width + between);
        draws.push(Draw::Frame {
            x,
            y: 0.0,
            width,
            height,
            stroke: 0.6,
            colour: Colour::Grey(0.6),
        });
        let (mut marks, own) = setter.block(&Text::new(text.as_str()), setting, (x, width), "粘贴处")?;
        for draw in &mut marks {
            draw.shift(0.0, (height - own) / 2.0);
        }
        draws.extend(marks);
    }
    Ok(Chunk {
        height,
        draws,
        space_before: sheet.gap(),
        boxed: true,
        ..Chunk::default()
    })
}

fn callout(setter: Setter<'_>, sheet: &Sheeting, title: &str, text: &Text) -> Result<Vec<Chunk>, RenderError> {
    let setting = sheet.small();
    let (pad, bar) = (8.0, 2.5);
    let (x, width) = (sheet.left + bar + pad + 2.0, sheet.width() - bar - 2.0 * pad - 2.0);
    let (mut marks, title_height) = setter.block(&Text::new(title), setting.bold(), (x, width), "提示")?;
    let (mut body, body_height) = setter.block(text, setting, (x, width), "提示")?;
    for draw in &mut body {
        draw.shift(0.0, title_height);
    }
    marks.extend(body);
    for draw in &mut marks {
        draw.shift(0.0, pad * 0.75);
    }
    let height = title_height + body_height + 1.5 * pad;
    let mut draws = vec![
        Draw::Fill {
            x: sheet.left,
            y: 0.0,
            width: sheet.width(),
            height,
            colour: Colour::Grey(0.955),
        },
        Draw::Fill {
            x: sheet.left,
            y: 0.0,
            width: bar,
            height,
            colour: Colour::Grey(0.25),
        },
    ];
    draws.extend(marks);
    Ok(vec![Chunk {
        height,
        draws,
        space_before: sheet.gap(),
        boxed: true,
        ..Chunk::default()
    }])
}
