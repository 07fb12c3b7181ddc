//! What stands around the body: the document head, the running head of later pages, the
//! footer with rules and page number, the watermark, the frame of a certificate.

use super::Sheeting;
use super::draw::{Colour, Draw, Page};
use super::setter::{Setter, Setting};
use crate::RenderError;
use crate::document::{Align, Document, Footer, Sheet, Text};

/// Head, title, number and addressee of the first page; returns where the body starts.
pub(crate) fn head(
    setter: Setter<'_>,
    sheet: &Sheeting,
    document: &Document,
    draws: &mut Vec<Draw>,
) -> Result<f32, RenderError> {
    let column = (sheet.left, sheet.width());
    let certificate = document.sheet == Sheet::Certificate;
    let mut y = sheet.top;
    let mut put = |text: &str, setting: Setting, place: &str, y: &mut f32| -> Result<(), RenderError> {
        let (marks, height) = setter.block(&Text::new(text), setting.align(Align::Center), column, place)?;
        draws.extend(marks.into_iter().map(|mut draw| {
            draw.shift(0.0, *y);
            draw
        }));
        *y += height;
        Ok(())
    };
    if certificate {
        put(
            &document.head,
            Setting::new(15.0, 1.6).tracking(0.16).colour(Colour::Grey(0.2)),
            "文头",
            &mut y,
        )?;
        y += 12.0;
        put(
            &document.title,
            Setting::new(38.0, 1.4).bold().tracking(0.42).colour(Colour::Accent),
            "标题",
            &mut y,
        )?;
        if let Some(number) = &document.number {
            put(
                number,
                Setting::new(11.0, 1.5).colour(Colour::Grey(0.2)),
                "编号",
                &mut y,
            )?;
        }
        return Ok(y + 20.0);
    }
    put(
        &document.head,
        Setting::new(11.5, 1.5).tracking(0.12).colour(Colour::Grey(0.15)),
        "文头",
        &mut y,
    )?;
    y += 7.0;
    let rules_at = y;
    y += 19.0;
    put(
        &document.title,
        Setting::new(22.0, 1.35).bold().tracking(0.2),
        "标题",
        &mut y,
    )?;
    if let Some(number) = &document.number {
        y += 2.0;
        put(number, Setting::new(10.5, 1.5), "编号", &mut y)?;
    }
    y += 13.0;
    for (at, width) in [(rules_at, 1.6), (rules_at + 2.9, 0.55)] {
        let (from, to) = ((sheet.left, at), (sheet.left + sheet.width(), at));
        draws.push(Draw::Rule {
            from,
            to,
            width,
            colour: Colour::Black,
        });
    }
    if let Some(addressee) = &document.addressee {
        let text = Text::new(format!("{addressee}："));
        let (marks, height) = setter.block(&text, sheet.body(), column, "抬头")?;
        draws.extend(marks.into_iter().map(|mut draw| {
            draw.shift(0.0, y);
            draw
        }));
        y += height;
    }
    Ok(y)
}

/// Title and number on the second page and later, above a thin rule.
pub(crate) fn running_head(
    setter: Setter<'_>,
    sheet: &Sheeting,
    document: &Document,
) -> Result<Vec<Draw>, RenderError> {
    let setting = Setting::new(9.0, 1.4).colour(Colour::Grey(0.3));
    let column = (sheet.left, sheet.width());
    let (mut draws, height) = setter.block(&Text::new(document.title.as_str()), setting, column, "标题")?;
    if let Some(number) = &document.number {
        draws.extend(
            setter
                .block(&Text::new(number.as_str()), setting.align(Align::Right), column, "编号")?
                .0,
        );
    }
    let y = height + 3.0;
    draws.push(Draw::Rule {
        from: (sheet.left, y),
        to: (sheet.left + sheet.width(), y),
        width: 0.5,
        colour: Colour::Grey(0.3),
    });
    for draw in &mut draws {
        draw.shift(0.0, sheet.top - height - 8.0);
    }
    Ok(draws)
}

/// The footer of one page.
pub(crate) fn footer(
    setter: Setter<'_>,
    sheet: &Sheeting,
    footer: &Footer,
    page: usize,
    pages: usize,
) -> Result<Vec<Draw>, RenderError> {
    let setting = Setting::new(8.5, 1.4).colour(Colour::Grey(0.15));
    let column = (sheet.left, sheet.width());
    let parts: Vec<String> = [
        footer.pack.as_ref().map(|pack| format!("规则 {pack}")),
        footer.data_as_of.map(|day| format!("数据截至 {day}")),
    ]
    .into_iter()
    .flatten()
    .collect();
    let mut draws = Vec::new();
    if !parts.is_empty() {
        draws.extend(setter.block(&Text::new(parts.join(" · ")), setting, column, "页脚")?.0);
    }
    let number = Text::new(format!("第 {page} 页　共 {pages} 页"));
    draws.extend(setter.block(&number, setting.align(Align::Right), column, "页脚")?.0);
    for draw in &mut draws {
        draw.shift(0.0, sheet.foot + 3.5);
    }
    // A certificate has its frame.
    if sheet.rules {
        let (from, to) = ((sheet.left, sheet.foot), (sheet.left + sheet.width(), sheet.foot));
        draws.push(Draw::Rule {
            from,
            to,
            width: 0.55,
            colour: Colour::Black,
        });
    }
    Ok(draws)
}

/// The number of a page in a volume, on white, so that it is read on a dark scan, too.
pub(crate) fn page_stamp(setter: Setter<'_>, words: &str) -> Result<Page, RenderError> {
    let (setting, text, pad) = (Setting::new(10.5, 1.4), Text::new(words), 3.0);
    let width = setter.width(&text, setting, "页码")?;
    let (marks, height) = setter.block(&text, setting, (pad, width + 1.0), "页码")?;
    let width = width + 2.0 * pad;
    let mut draws = vec![Draw::Fill {
        x: 0.0,
        y: 0.0,
        width,
        height,
        colour: Colour::Grey(1.0),
    }];
    draws.extend(marks);
    Ok(Page { width, height, draws })
}

/// The words across a page that is not valid.
pub(crate) fn watermark(setter: Setter<'_>, sheet: &Sheeting, words: &str) -> Result<Vec<Draw>, RenderError> {
    let text = Text::new(words);
    let narrow = Setting::new(10.0, 1.0).bold().tracking(0.3);
    // As large as the diagonal allows, so that long words are not cut either.
    let size = (10.0 * 0.62 * sheet.page.1 / setter.width(&text, narrow, "水印")?.max(1.0)).min(84.0);
    let mut draws = Vec::new();
    for line in setter.lines(&text, Setting::new(size, 1.0).bold().tracking(0.3), f32::MAX, "水印")? {
        draws.push(Draw::Watermark {
            line,
            x: sheet.page.0 / 2.0,
            y: sheet.page.1 / 2.0,
        });
    }
    Ok(draws)
}

/// The frame of a certificate: a heavy and a fine line with stepped corners.
pub(crate) fn frame(page: &mut Page) {
    let (width, height) = (page.width, page.height);
    let mut frame = |inset: f32, stroke: f32| {
        page.draws.push(Draw::Frame {
            x: inset,
            y: inset,
            width: width - 2.0 * inset,
            height: height - 2.0 * inset,
            stroke,
            colour: Colour::Accent,
        });
    };
    frame(26.0, 2.6);
    frame(34.0, 0.7);
    let (inset, step) = (34.0, 16.0);
    for (x, y, right, down) in [
        (inset, inset, 1.0, 1.0),
        (width - inset, inset, -1.0, 1.0),
        (inset, height - inset, 1.0, -1.0),
        (width - inset, height - inset, -1.0, -1.0),
    ] {
        for (reach, stroke) in [(step, 0.7), (step * 0.62, 0.7)] {
            let points = vec![
                (x + right * reach, y),
                (x + right * reach, y + down * reach),
                (x, y + down * reach),
            ];
            page.draws.push(Draw::Stroke {
                points,
                width: stroke,
                colour: Colour::Accent,
            });
        }
    }
}
