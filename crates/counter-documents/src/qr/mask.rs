//! Choosing the mask of a symbol.
//!
//! The standard scores each of the eight masks by what confuses a reader and takes the lowest
//! (ISO/IEC 18004, 7.8.3). Scored here on whole lines as bits, which is many times as fast as
//! module by module; a hall's certificates are mostly this. Symbols wider than a line of bits
//! (above version 27) are left to the encoder's own scoring.

use qrcode::canvas::{Canvas, MaskPattern};
use qrcode::types::Color;

const MASKS: [MaskPattern; 8] = [
    MaskPattern::Checkerboard,
    MaskPattern::HorizontalLines,
    MaskPattern::VerticalLines,
    MaskPattern::DiagonalLines,
    MaskPattern::LargeCheckerboard,
    MaskPattern::Fields,
    MaskPattern::Diamonds,
    MaskPattern::Meadow,
];

/// The modules under the mask with the lowest score, row by row, dark as true.
pub(super) fn best(canvas: &Canvas, width: usize) -> Vec<bool> {
    if width > u128::BITS as usize {
        return modules(canvas.apply_best_mask());
    }
    let masked = MASKS.map(|mask| {
        let mut canvas = canvas.clone();
        canvas.apply_mask(mask);
        modules(canvas)
    });
    let [first, rest @ ..] = masked;
    let mut lowest = (score(&first, width), first);
    for modules in rest {
        let score = score(&modules, width);
        if score < lowest.0 {
            lowest = (score, modules);
        }
    }
    lowest.1
}

fn modules(canvas: Canvas) -> Vec<bool> {
    canvas
        .into_colors()
        .into_iter()
        .map(|color| color == Color::Dark)
        .collect()
}

/// The four penalties together.
fn score(modules: &[bool], width: usize) -> u32 {
    let (mut rows, mut columns) = (vec![0u128; width], vec![0u128; width]);
    for (row, line) in modules.chunks_exact(width).enumerate() {
        for (column, dark) in line.iter().enumerate() {
            rows[row] |= u128::from(*dark) << column;
            columns[column] |= u128::from(*dark) << row;
        }
    }
    let lines: u32 = rows
        .iter()
        .chain(&columns)
        .map(|line| runs(*line, width) + finders(*line, width))
        .sum();
    let blocks: u32 = rows.windows(2).map(|pair| same_blocks(pair[0], pair[1], width)).sum();
    let dark: u32 = rows.iter().map(|row| row.count_ones()).sum();
    lines + 3 * blocks + imbalance(dark, (width * width) as u32)
}

/// The lowest `count` bits.
fn first(count: usize) -> u128 {
    if count >= u128::BITS as usize {
        u128::MAX
    } else {
        (1 << count) - 1
    }
}

/// Five or more of one colour in a row: three points, and one for each beyond the fifth.
fn runs(line: u128, width: usize) -> u32 {
    let of = |bits: u128| {
        let fives = bits & bits >> 1 & bits >> 2 & bits >> 3 & bits >> 4;
        let starts = fives & !(fives << 1);
        fives.count_ones() + 2 * starts.count_ones()
    };
    of(line) + of(!line & first(width))
}

/// 1:1:3:1:1 with four light modules on one side: forty points each.
fn finders(line: u128, width: usize) -> u32 {
    const LENGTH: usize = 11;
    let (dark, light) = (line, !line & first(width));
    let found = |pattern: u16| {
        let hits = (0..LENGTH).fold(first(width + 1 - LENGTH), |hits, nth| {
            hits & if pattern >> nth & 1 == 1 {
                dark >> nth
            } else {
                light >> nth
            }
        });
        hits.count_ones()
    };
    40 * (found(0b000_0101_1101) + found(0b101_1101_0000))
}

/// Squares of two by two in one colour.
fn same_blocks(upper: u128, lower: u128, width: usize) -> u32 {
    let across = !(upper ^ upper >> 1) & !(lower ^ lower >> 1) & !(upper ^ lower);
    (across & first(width - 1)).count_ones()
}

/// Ten points for every five hundredths away from one half.
fn imbalance(dark: u32, all: u32) -> u32 {
    (dark * 20).abs_diff(all * 10) / all * 10
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_penalties_are_those_of_the_standard() {
        assert_eq!(runs(0b11111, 21), 3 + 3 + 11);
        assert_eq!(runs(0b0101_0101_0101_0101_0101, 20), 0);
        assert_eq!(finders(0b101_1101, 21), 40);
        assert_eq!(finders(0b101_1101_0000, 12), 40);
        assert_eq!(same_blocks(0b0011, 0b0011, 4), 2);
        assert_eq!(
            (imbalance(50, 100), imbalance(44, 100), imbalance(60, 100)),
            (0, 10, 20)
        );
    }
}
