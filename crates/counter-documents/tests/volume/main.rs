//! The promises of bound volumes. With `COUNTER_PAPERS_OUT` set, the volume is also written there,
//! to be looked at.

#[path = "../papers/samples.rs"]
#[allow(dead_code, reason = "the papers' samples hold more than a volume")]
mod samples;

mod broken;

use std::process::Command;

use counter_documents::Renderer;
use counter_documents::paper::acceptance_receipt::acceptance_receipt;
use counter_documents::paper::archive_cover::archive_cover;
use counter_documents::paper::supplement_notice::supplement_notice;
use counter_documents::volume::{Part, Volume, VolumeError, bind_volume, image_page, page_count};
use lopdf::Document;

/// What a tool of poppler (package poppler-utils) makes of a PDF, without a warning.
fn told(tool: &str, before: &[&str], pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("volume.pdf");
    std::fs::write(&file, pdf).expect("room for a file");
    let to_stdout = if tool == "pdftoppm" { None } else { Some("-") };
    let output = Command::new(tool)
        .args(before)
        .arg(&file)
        .args(to_stdout)
        .output()
        .expect("poppler is installed");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// The text of one page.
fn page_text(pdf: &[u8], page: u32) -> String {
    let page = page.to_string();
    let text = told("pdftotext", &["-layout", "-f", &page, "-l", &page], pdf);
    String::from_utf8(text)
        .expect("poppler writes UTF-8")
        .split_whitespace()
        .collect()
}

fn receipt() -> Vec<u8> {
    Renderer::new()
        .expect("fonts of ours")
        .render(&acceptance_receipt(&samples::receipt()))
        .expect("a paper of ours")
}

fn notice() -> Vec<u8> {
    Renderer::new()
        .expect("fonts of ours")
        .render(&supplement_notice(&samples::notice(31)))
        .expect("a paper of ours")
}

fn front() -> Vec<u8> {
    Renderer::new()
        .expect("fonts of ours")
        .render(&archive_cover(&samples::records::cover(5)))
        .expect("a paper of ours")
}

/// The receipt as a scanner would give it.
fn scan(format: &str) -> Vec<u8> {
    told("pdftoppm", &["-r", "90", format, "-singlefile"], &receipt())
}

fn part<'a>(name: &'a str, bytes: &'a [u8]) -> Part<'a> {
    Part { name, bytes }
}

fn bound(parts: &[Part<'_>]) -> Result<Volume, VolumeError> {
    bind_volume(&Renderer::new().expect("fonts of ours"), &front(), parts)
}

/// The file with something done to it.
fn changed(pdf: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut file = Document::load_mem(pdf).expect("a paper of ours");
    change(&mut file);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("room in memory");
    bytes
}

fn turned(pdf: &[u8], degrees: i64) -> Vec<u8> {
    changed(pdf, |file| {
        let pages: Vec<_> = file.page_iter().collect();
        for page in pages {
            file.get_dictionary_mut(page)
                .expect("a page of ours")
                .set("Rotate", degrees);
        }
    })
}

#[test]
fn a_volume_counts_its_pages_and_says_where_each_part_begins() {
    let (receipt, notice, jpeg, png) = (receipt(), notice(), scan("-jpeg"), scan("-png"));
    let across = turned(&receipt, 90);
    let parts = [
        part("收件回执", &receipt),
        part("一次性告知书", &notice),
        part("缴款凭证", &jpeg),
        part("横放的扫描件", &across),
        part("决定书", &png),
    ];
    let long = page_count(&parts[1]).unwrap();
    assert!(long >= 3);
    let volume = bound(&parts).unwrap();
    assert_eq!(volume.front_pages, 2);
    assert_eq!(volume.first_pages, [1, 2, 2 + long, 3 + long, 4 + long]);
    assert_eq!(volume.pages, 4 + long);
    if let Ok(folder) = std::env::var("COUNTER_PAPERS_OUT") {
        std::fs::write(format!("{folder}/volume.pdf"), &volume.bytes).unwrap();
    }
    let counted = Document::load_mem(&volume.bytes).unwrap().page_iter().count();
    assert_eq!(counted as u32, volume.front_pages + volume.pages);
    for number in 1..=volume.pages {
        let text = page_text(&volume.bytes, volume.front_pages + number);
        assert_eq!(
            text.matches(&format!("第{number}页")).count(),
            times(&text, number),
            "{text}"
        );
    }
    assert!(page_text(&volume.bytes, 3).contains("收件回执"));
}

/// Our own papers carry their own page number, too, which may be the same.
fn times(text: &str, number: u32) -> usize {
    1 + usize::from(text.contains(&format!("第{number}页共")))
}

#[test]
fn the_number_stands_at_the_lower_right_however_a_page_is_turned() {
    let receipt = receipt();
    let plain = turned(&receipt, 0);
    for degrees in [90, 180, 270, -90, 450] {
        let pdf = turned(&receipt, degrees);
        let volume = bound(&[part("正", &plain), part("转", &pdf)]).unwrap();
        let boxes = told("pdftotext", &["-bbox", "-f", "4", "-l", "4"], &volume.bytes);
        let boxes = String::from_utf8(boxes).unwrap();
        let upright = degrees.rem_euclid(180) == 0;
        let (width, height) = if upright { (595.3, 841.9) } else { (841.9, 595.3) };
        let found = boxes
            .lines()
            .filter(|line| line.contains("第") || line.contains("页"))
            .map(|line| {
                let number = |key: &str| -> f32 {
                    let at = line.find(key).unwrap() + key.len() + 2;
                    line[at..].split('"').next().unwrap().parse().unwrap()
                };
                (number("xMax"), number("yMax"))
            })
            .any(|(x, y)| (x - (width - 39.0)).abs() < 3.0 && (height - y) > 8.0 && (height - y) < 34.0);
        assert!(found, "{degrees}: {boxes}");
    }
}

#[test]
fn a_volume_is_the_same_bytes_twice() {
    let (receipt, jpeg, png) = (receipt(), scan("-jpeg"), scan("-png"));
    let parts = [part("回执", &receipt), part("照片", &jpeg), part("截图", &png)];
    assert_eq!(bound(&parts).unwrap(), bound(&parts).unwrap());
    assert_eq!(image_page(&png), image_page(&png));
}

#[test]
fn a_volume_of_nothing_is_its_front() {
    let volume = bound(&[]).unwrap();
    assert_eq!((volume.front_pages, volume.pages), (2, 0));
    assert!(page_text(&volume.bytes, 2).contains("卷内目录"));
}

#[test]
fn what_a_part_says_can_still_be_copied_and_its_fonts_are_embedded() {
    let receipt = receipt();
    let volume = bound(&[part("收件回执", &receipt)]).unwrap();
    assert!(page_text(&volume.bytes, 3).contains(samples::NAME));
    let fonts = String::from_utf8(told_fonts(&volume.bytes)).unwrap();
    for line in fonts.lines().skip(2) {
        assert!(line.contains(" yes yes yes "), "{fonts}");
    }
}

fn told_fonts(pdf: &[u8]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("volume.pdf");
    std::fs::write(&file, pdf).expect("room for a file");
    Command::new("pdffonts")
        .arg(&file)
        .output()
        .expect("poppler is installed")
        .stdout
}

#[test]
fn an_image_becomes_one_a4_page_and_a_jpeg_stays_as_it_is() {
    let jpeg = scan("-jpeg");
    for bytes in [&jpeg, &scan("-png")] {
        let page = image_page(bytes).unwrap();
        assert_eq!(page_count(&part("页", &page)).unwrap(), 1);
        assert_eq!(page_count(&part("图", bytes)).unwrap(), 1);
        let file = Document::load_mem(&page).unwrap();
        let id = file.page_iter().next().unwrap();
        let sheet = file
            .get_dictionary(id)
            .unwrap()
            .get(b"MediaBox")
            .unwrap()
            .as_array()
            .unwrap();
        assert!((sheet[2].as_float().unwrap() - 595.276).abs() < 0.01);
        assert!((sheet[3].as_float().unwrap() - 841.89).abs() < 0.01);
    }
    let page = image_page(&jpeg).unwrap();
    assert!(page.windows(jpeg.len()).any(|window| window == jpeg));
}

/// A JPEG that says how the camera was held (Exif, tag 0x0112).
fn held(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let mut file = jpeg[..2].to_vec();
    file.extend([0xff, 0xe1, 0, 34]);
    file.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0");
    file.extend([orientation, 0, 0, 0, 0, 0, 0]);
    file.extend(&jpeg[2..]);
    file
}

/// The page in grey, small: width, height and pixels.
fn grey(pdf: &[u8]) -> (usize, usize, Vec<u8>) {
    let image = told("pdftoppm", &["-r", "18", "-gray"], pdf);
    let mut lines = image.splitn(4, |byte| *byte == b'\n');
    let size = lines.nth(1).expect("a size");
    let size = String::from_utf8(size.to_vec()).expect("numbers");
    let (width, height) = size.split_once(' ').expect("width and height");
    let pixels = lines.nth(1).expect("pixels").to_vec();
    (
        width.parse().expect("a width"),
        height.parse().expect("a height"),
        pixels,
    )
}

#[test]
fn a_photograph_stands_as_the_camera_was_held() {
    let jpeg = scan("-jpeg");
    let (width, height, upright) = grey(&image_page(&jpeg).unwrap());
    let (right, foot) = (width - 1, height - 1);
    let there = |orientation: u8, x: usize, y: usize| match orientation {
        1 => (x, y),
        2 => (right - x, y),
        3 => (right - x, foot - y),
        4 => (x, foot - y),
        5 => (y, x),
        6 => (y, foot - x),
        7 => (right - y, foot - x),
        _ => (right - y, x),
    };
    for orientation in 1..=8 {
        let (wide, tall, pixels) = grey(&image_page(&held(&jpeg, orientation)).unwrap());
        assert_eq!(orientation >= 5, wide > tall);
        let unlike = |other: &u8| -> u64 {
            let each = pixels.iter().enumerate().map(|(at, pixel)| {
                let (x, y) = there(*other, at % wide, at / wide);
                u64::from(pixel.abs_diff(upright[y * width + x]))
            });
            each.sum()
        };
        let same_sheet = if wide > tall { 5..=8 } else { 1..=4 };
        assert_eq!(same_sheet.min_by_key(unlike), Some(orientation));
    }
}

#[test]
fn a_part_whose_objects_are_packed_is_bound_like_any_other() {
    let mut file = Document::load_mem(&receipt()).unwrap();
    let mut packed = Vec::new();
    file.save_modern(&mut packed).unwrap();
    assert!(packed.windows(7).any(|window| window == b"/ObjStm"));
    let volume = bound(&[part("收件回执", &packed)]).unwrap();
    assert_eq!(volume.pages, 1);
    assert!(page_text(&volume.bytes, 3).contains(samples::NAME));
}
