//! A certificate as PDF, with its frame, two faces and QR symbol. Floor: printpdf writing one line of text.

use std::{hint::black_box, sync::LazyLock, time::Duration};

use counter_benches::{Aim, Failure, beside, timed};
use counter_documents::{
    Renderer,
    paper::{
        Issue, Party,
        training_certificate::{Certificate, training_certificate},
    },
};
use divan::Bencher;
use jiff::civil::date;
use printpdf::{Codepoint, Mm, Op, ParsedFont, PdfDocument, PdfFontHandle, PdfPage, PdfSaveOptions, Pt, TextItem};

static RENDERER: LazyLock<Renderer> = LazyLock::new(|| Renderer::new().expect("the fonts are built in"));
static BYTES: &[u8] = include_bytes!("../assets/fonts/NotoSerifCJKsc-common-Regular.otf");
static FONT: LazyLock<ParsedFont> =
    LazyLock::new(|| ParsedFont::from_bytes(BYTES, 0, &mut Vec::new()).expect("the font is built in"));
/// The line as glyphs: the character map printpdf looks into is left out of the font (assets/fonts/README.md).
static LINE: LazyLock<Vec<Codepoint>> = LazyLock::new(|| {
    let face = ttf_parser::Face::parse(BYTES, 0).expect("the font is built in");
    "广州市越秀区信用修复培训证明，学员考试合格。"
        .chars()
        .map(|c| Codepoint::with_cid(face.glyph_index(c).expect("the font has it").0, 0.0, c.to_string()))
        .collect()
});

fn main() -> Result<(), Failure> {
    divan::main();
    let mut number = 0;
    beside("certificate", Aim::PerSecond(500.0), 1_000, one_line, || {
        number += 1;
        certificate(number)
    })
}

#[divan::bench(name = "floor: printpdf, one line", sample_count = 300, sample_size = 1)]
fn floor(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| one_line().expect("it writes"));
}

#[divan::bench(name = "certificate", sample_count = 300, sample_size = 1)]
fn ours(bencher: Bencher<'_, '_>) {
    bencher.bench_local(|| certificate(1).expect("it writes"));
}

fn one_line() -> Result<Duration, Failure> {
    let font = &*FONT;
    timed(|| {
        let mut document = PdfDocument::new("floor");
        let font = PdfFontHandle::External(document.add_font(font));
        let text = TextItem::GlyphIds(LINE.clone());
        let operators = vec![
            Op::StartTextSection,
            Op::SetFont { font, size: Pt(12.0) },
            Op::ShowText { items: vec![text] },
            Op::EndTextSection,
        ];
        document.with_pages(vec![PdfPage::new(Mm(210.0), Mm(297.0), operators)]);
        Ok(black_box(document.save(&PdfSaveOptions::default(), &mut Vec::new())))
    })
}

fn certificate(number: u32) -> Result<Duration, Failure> {
    let certificate = Certificate {
        issue: Issue {
            office: "广州市越秀区信用修复培训".into(),
            issued_on: date(2026, 11, 24),
            clerk: "陈晓".into(),
            pack: None,
            data_as_of: None,
            watermark: None,
        },
        number: format!("YX-P-2026-{number:06}"),
        subject: Party {
            name: "广州市穗安诚样例装饰工程有限公司".into(),
            uscc: Some("91440104MAJ1XG612G".into()),
        },
        trainee: "欧阳某某".into(),
        class: "2026 年第 12 期信用修复培训班".into(),
        class_no: Some("YX-B-2026-012".into()),
        exam_on: date(2026, 11, 20),
        hours: 6,
        score: 92,
        issuer: "广州市越秀区社会信用体系建设办公室".into(),
        bodies: vec!["主办：区信用办".into(), "授课：某某信用服务有限公司".into()],
        qr_text: format!("{}{number:06}", "6BFOXN%TS3DHPVO13J /G-/2YRVA.Q/R8".repeat(7)),
    };
    timed(|| Ok(black_box(RENDERER.render(&training_certificate(&certificate))?)))
}
