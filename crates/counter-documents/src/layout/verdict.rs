//! The answer of an assessment on paper: the word, the day, and the publicity period as a bar.

use jiff::civil::Date;

use super::Sheeting;
use super::draw::{Colour, Draw};
use super::flow::Chunk;
use super::setter::{Setter, Setting};
use crate::RenderError;
use crate::document::{Text, Timeline, Verdict};

const PAD: f32 = 12.0;
const BAR: f32 = 7.0;

/// The card in one chunk.
pub(crate) fn verdict(setter: Setter<'_>, sheet: &Sheeting, verdict: &Verdict) -> Result<Chunk, RenderError> {
    let word = Setting::new(21.0, 1.45).bold();
    let line = sheet.small();
    let text_of_word = Text::new(verdict.word.as_str());
    let (x, width) = (sheet.left + PAD, sheet.width() - 2.0 * PAD);
    let word_width = setter.width(&text_of_word, word, "判定")?.min(width * 0.5);
    let (mut draws, word_height) = setter.block(&text_of_word, word, (x, word_width + 1.0), "判定")?;
    let beside = x + word_width + 18.0;
    let (mut marks, line_height) = setter.block(&verdict.line, line, (beside, x + width - beside), "判定说明")?;
    let mut height = word_height.max(line_height);
    centre(&mut draws, word_height, height);
    centre(&mut marks, line_height, height);
    draws.extend(marks);
    if let Some(timeline) = &verdict.timeline
        && let Some((mut marks, bar_height)) = bar(setter, timeline, x, width)?
    {
        for draw in &mut marks {
            draw.shift(0.0, height + 4.0);
        }
        height += bar_height + 4.0;
        draws.extend(marks);
    }
    for draw in &mut draws {
        draw.shift(0.0, PAD * 0.6);
    }
    height += PAD * 1.2;
    draws.insert(
        0,
        Draw::Frame {
            x: sheet.left,
            y: 0.0,
            width: sheet.width(),
            height,
            stroke: 1.0,
            colour: Colour::Grey(0.2),
        },
    );
    draws.insert(
        0,
        Draw::Fill {
            x: sheet.left,
            y: 0.0,
            width: sheet.width(),
            height,
            colour: Colour::Grey(0.985),
        },
    );
    Ok(Chunk {
        height,
        draws,
        space_before: sheet.gap(),
        boxed: true,
        ..Chunk::default()
    })
}

fn centre(draws: &mut [Draw], own: f32, height: f32) {
    for draw in draws {
        draw.shift(0.0, (height - own) / 2.0);
    }
}

/// The bar with its days below and today above; none where there are not two different days.
fn bar(setter: Setter<'_>, timeline: &Timeline, x: f32, width: f32) -> Result<Option<(Vec<Draw>, f32)>, RenderError> {
    let (Some(first), Some(last)) = (timeline.marks.first(), timeline.marks.last()) else {
        return Ok(None);
    };
    let span = days(first.on, last.on);
    if span <= 0 {
        return Ok(None);
    }
    let at = |day: Date| x + width * (days(first.on, day) as f32 / span as f32).clamp(0.0, 1.0);
    let small = Setting::new(9.0, 1.35);
    let mut draws = Vec::new();
    let bar_top = small.leading + 6.0;
    for (nth, pair) in timeline.marks.windows(2).enumerate() {
        let shade = [0.55, 0.8, 0.9][nth.min(2)];
        let (from, to) = (at(pair[0].on), at(pair[1].on));
        draws.push(Draw::Fill {
            x: from,
            y: bar_top,
            width: to - from,
            height: BAR,
            colour: Colour::Grey(shade),
        });
    }
    draws.push(Draw::Frame {
        x,
        y: bar_top,
        width,
        height: BAR,
        stroke: 0.6,
        colour: Colour::Grey(0.2),
    });
    let today = at(timeline.today);
    let tip = bar_top - 1.0;
    draws.push(Draw::Stroke {
        points: vec![(today, tip - 5.0), (today, bar_top + BAR)],
        width: 1.4,
        colour: Colour::Black,
    });
    let beyond = days(last.on, timeline.today) > 0 || days(timeline.today, first.on) > 0;
    let words = Text::new(format!(
        "今日 {}{}",
        timeline.today,
        if beyond { "（期外）" } else { "" }
    ));
    let words_width = setter.width(&words, small, "时间轴")?;
    let left = (today - words_width / 2.0).clamp(x, (x + width - words_width).max(x));
    draws.extend(setter.block(&words, small, (left, words_width + 1.0), "时间轴")?.0);

    let labels = labels(setter, timeline, small, x, width, &at)?;
    let text_top = bar_top + BAR + 8.0;
    for label in labels {
        let points = vec![
            (label.tick, bar_top),
            (label.tick, bar_top + BAR + 2.0),
            (label.centre, text_top),
        ];
        draws.push(Draw::Stroke {
            points,
            width: 0.6,
            colour: Colour::Grey(0.2),
        });
        for mut draw in label.draws {
            draw.shift(0.0, text_top);
            draws.push(draw);
        }
    }
    Ok(Some((draws, text_top + 2.0 * small.leading)))
}

struct Label {
    tick: f32,
    centre: f32,
    draws: Vec<Draw>,
}

/// The labels under the bar, moved apart where days lie close.
fn labels(
    setter: Setter<'_>,
    timeline: &Timeline,
    small: Setting,
    x: f32,
    width: f32,
    at: &dyn Fn(Date) -> f32,
) -> Result<Vec<Label>, RenderError> {
    let mut texts = Vec::new();
    for mark in &timeline.marks {
        let (label, day) = (Text::new(mark.label.as_str()), Text::new(mark.on.to_string()));
        let wide = setter
            .width(&label, small, "时间轴")?
            .max(setter.width(&day, small, "时间轴")?);
        texts.push((label, day, wide, at(mark.on)));
    }
    let mut lefts: Vec<f32> = texts
        .iter()
        .map(|(_, _, wide, tick)| (tick - wide / 2.0).max(x))
        .collect();
    for nth in 1..lefts.len() {
        lefts[nth] = lefts[nth].max(lefts[nth - 1] + texts[nth - 1].2 + 10.0);
    }
    let mut end = x + width;
    for nth in (0..lefts.len()).rev() {
        lefts[nth] = lefts[nth].min(end - texts[nth].2);
        end = lefts[nth] - 10.0;
    }
    let mut labels = Vec::new();
    for ((label, day, wide, tick), left) in texts.into_iter().zip(lefts) {
        let setting = small.align(crate::document::Align::Center);
        let (mut draws, height) = setter.block(&label, setting, (left, wide + 1.0), "时间轴")?;
        for mut draw in setter.block(&day, setting, (left, wide + 1.0), "时间轴")?.0 {
            draw.shift(0.0, height);
            draws.push(draw);
        }
        labels.push(Label {
            tick,
            centre: left + wide / 2.0,
            draws,
        });
    }
    Ok(labels)
}

fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
