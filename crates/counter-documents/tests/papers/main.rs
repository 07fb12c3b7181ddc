//! The promises of the papers. With `COUNTER_PAPERS_OUT` set, every paper is also written there,
//! to be looked at.

mod samples;

use std::process::Command;

use counter_documents::document::{Document, Paragraph};
use counter_documents::paper::objection_reply::{ObjectionOutcome, ObjectionReply};
use counter_documents::paper::referral_slip::referral_slip;
use counter_documents::paper::supplement_notice::supplement_notice;
use counter_documents::paper::training_certificate::{Certificate, training_certificate};
use counter_documents::{RenderError, Renderer, qr_text_of_pdf};
use samples::{NAME, certificate, notice};

/// What a tool of poppler (package poppler-utils) says about the PDF, without a warning.
fn told(tool: &str, before: &[&str], pdf: &[u8], after: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("paper.pdf");
    std::fs::write(&file, pdf).expect("room for a file");
    let output = Command::new(tool)
        .args(before)
        .arg(&file)
        .args(after)
        .output()
        .expect("poppler is installed");
    assert!(
        output.status.success() && output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).expect("poppler writes UTF-8")
}

/// What a person copies out of the PDF.
fn copied(pdf: &[u8]) -> String {
    told("pdftotext", &["-layout"], pdf, &["-"])
}

fn compact(text: &str) -> String {
    text.split_whitespace().collect()
}

fn pages_of(pdf: &[u8]) -> usize {
    let needle = b"/Type/Page/";
    pdf.windows(needle.len()).filter(|window| *window == needle).count()
}

#[test]
fn every_paper_is_the_same_bytes_twice_and_in_another_renderer() {
    let renderer = Renderer::new().unwrap();
    for document in samples::all() {
        let first = renderer.render(&document).unwrap();
        assert_eq!(first, renderer.render(&document).unwrap(), "{}", document.kind);
        assert_eq!(
            first,
            Renderer::new().unwrap().render(&document).unwrap(),
            "{}",
            document.kind
        );
        if let Ok(folder) = std::env::var("COUNTER_PAPERS_OUT") {
            std::fs::write(format!("{folder}/{}.pdf", document.kind), first).unwrap();
        }
    }
}

/// Runs the test above once more on its own: hash maps and counters start afresh there.
#[test]
fn every_paper_is_the_same_bytes_in_another_process() {
    let folder = tempfile::tempdir().unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "every_paper_is_the_same_bytes_twice_and_in_another_renderer"])
        .env("COUNTER_PAPERS_OUT", folder.path())
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let renderer = Renderer::new().unwrap();
    for document in samples::all() {
        let file = folder.path().join(format!("{}.pdf", document.kind));
        let there = std::fs::read(file).unwrap();
        assert!(there == renderer.render(&document).unwrap(), "{}", document.kind);
    }
}

#[test]
fn the_fonts_of_every_paper_are_embedded_cut_and_readable() {
    let renderer = Renderer::new().unwrap();
    for document in samples::all() {
        let fonts = told("pdffonts", &[], &renderer.render(&document).unwrap(), &[]);
        let lines: Vec<&str> = fonts.lines().skip(2).collect();
        assert!(!lines.is_empty(), "{}", document.kind);
        for line in lines {
            // Embedded, subset, to Unicode.
            assert!(
                line.contains("+NotoSerifCJKsc-") && line.contains(" yes yes yes "),
                "{fonts}"
            );
        }
    }
}

#[test]
fn the_information_of_a_paper_can_be_read() {
    let document = supplement_notice(&notice(1));
    let pdf = Renderer::new().unwrap().render(&document).unwrap();
    let own = told("pdfinfo", &["-custom"], &pdf, &[]);
    assert!(own.contains("supplement_notice"), "{own}");
    let told = told("pdfinfo", &["-rawdates"], &pdf, &[]);
    for entry in [document.title.as_str(), document.head.as_str(), "595.276 x 841.89 pts"] {
        assert!(told.contains(entry), "{entry} not in {told}");
    }
    let day = document.issued_on.strftime("D:%Y%m%d000000+08'00'").to_string();
    assert!(told.contains(&day), "{told}");
}

#[test]
fn the_text_of_every_paper_can_be_copied_out_of_it() {
    let renderer = Renderer::new().unwrap();
    for document in samples::all() {
        let pdf = renderer.render(&document).unwrap();
        let text = copied(&pdf);
        let text = compact(&text);
        for line in [
            document.title.as_str(),
            document.head.as_str(),
            document.number.as_deref().unwrap_or_default(),
        ] {
            assert!(text.contains(&compact(line)), "{}: {line} not in {text}", document.kind);
        }
        assert!(text.contains("第1页"), "{text}");
    }
}

#[test]
fn what_the_qr_says_stands_in_the_metadata() {
    let renderer = Renderer::new().unwrap();
    for document in samples::all() {
        let pdf = renderer.render(&document).unwrap();
        assert_eq!(qr_text_of_pdf(&pdf), document.qr.map(|qr| qr.text), "{}", document.kind);
    }
}

#[test]
fn a_character_no_font_has_is_named_with_its_place_and_nothing_is_printed() {
    let renderer = Renderer::new().unwrap();
    let mut document = supplement_notice(&notice(1));
    document.addressee = Some("广州\u{10ffff}公司".into());
    let error = renderer.render(&document).unwrap_err();
    let place = "抬头「广州\u{10ffff}公司：」".to_owned();
    assert_eq!(
        error,
        RenderError::MissingGlyph {
            character: '\u{10ffff}',
            place
        }
    );
    document.addressee = None;
    document.blocks = vec![Paragraph::body("한국").into()];
    assert!(matches!(
        renderer.render(&document),
        Err(RenderError::MissingGlyph { character: '한', .. })
    ));
}

#[test]
fn a_rare_character_of_a_name_is_printed() {
    let renderer = Renderer::new().unwrap();
    let mut document = supplement_notice(&notice(1));
    // 㮾 is in extension A, 𬭚 in extension E: neither is in the common set.
    document.addressee = Some("广州㮾𬭚商贸有限公司".into());
    let pdf = renderer.render(&document).unwrap();
    let text = copied(&pdf);
    assert!(compact(&text).contains("广州㮾𬭚商贸有限公司"), "{text}");
}

#[test]
fn two_characters_that_share_a_glyph_are_copied_as_they_were_typed() {
    let renderer = Renderer::new().unwrap();
    let mut document = supplement_notice(&notice(1));
    // The radicals ⺓ (U+2E93) and ⼳ (U+2F33) are one glyph.
    document.addressee = Some("广州⺓⼳⼳⺓商贸有限公司".into());
    let pdf = renderer.render(&document).unwrap();
    let text = copied(&pdf);
    assert!(compact(&text).contains("广州⺓⼳⼳⺓商贸有限公司"), "{text}");
}

/// As the desk makes it for a court's record: what the rules say of it names its document twice.
#[test]
fn a_referral_to_the_court_fits_on_one_page() {
    let order = "《信用修复管理办法》（国家发展改革委令第36号）";
    let court = "失信被执行人信息由执行法院办理。持转办单和履行凭证向作出纳入决定的执行法院申请删除失信信息；柜台不受理、不提交";
    let mut referral = samples::referral();
    (referral.address, referral.phone, referral.hours) = (None, None, None);
    referral.handed_over.clear();
    referral.materials = [
        "柜台转办单",
        "生效法律文书和执行案号",
        "已履行完毕的凭证或者和解协议",
        "当前公示页面的打印件",
    ]
    .map(|name| samples::needed(name, true, ""))
    .into();
    referral.reasons = vec![
        samples::reason(
            &format!("申请日2026年11月29日适用{order}，自2026年4月1日起施行"),
            &format!("{order} 条号待核"),
            false,
        ),
        samples::reason(
            court,
            "《最高人民法院关于公布失信被执行人名单信息的若干规定》 条号待核",
            true,
        ),
    ];
    let pdf = Renderer::new().unwrap().render(&referral_slip(&referral)).unwrap();
    assert_eq!(pages_of(&pdf), 1, "{}", copied(&pdf));
    assert_eq!(compact(&copied(&pdf)).matches("国家发展改革委令第36号").count(), 1);
}

#[test]
fn a_table_repeats_its_head_on_every_page_and_loses_no_row() {
    let renderer = Renderer::new().unwrap();
    let pdf = renderer.render(&supplement_notice(&notice(40))).unwrap();
    let pages = pages_of(&pdf);
    assert!(pages >= 3, "{pages} pages");
    let text = copied(&pdf);
    let heads = text.lines().filter(|line| compact(line) == "序缺项怎么补依据").count();
    assert!(heads >= pages - 1, "{heads} heads on {pages} pages\n{text}");
    assert_eq!(compact(&text).matches("整改情况说明").count(), 20, "{text}");
    assert!(compact(&text).contains(&format!("第{pages}页共{pages}页")), "{text}");
}

#[test]
fn a_cell_taller_than_a_page_goes_on_over_the_page() {
    let renderer = Renderer::new().unwrap();
    let mut notice = notice(1);
    notice.gaps[0].remedy = (0..1200).map(|nth| format!("第{nth}句。")).collect();
    let pdf = renderer.render(&supplement_notice(&notice)).unwrap();
    assert!(pages_of(&pdf) >= 3);
    let text = copied(&pdf);
    let text = compact(&text);
    assert!(text.contains("第0句。") && text.contains("第1199句。"), "{text}");
}

fn long_named() -> Certificate {
    let name = format!(
        "{}（{}）",
        "穗安诚装饰工程设计施工总承包".repeat(5),
        "广州自由贸易试验区南沙新区片区分公司"
    );
    let mut certificate = certificate(1);
    certificate.subject.name = name;
    certificate.trainee = "阿不都热西提·买买提吐尔逊·艾合买提江".into();
    certificate
}

#[test]
fn a_long_name_is_never_cut_and_a_certificate_stays_one_page() {
    let renderer = Renderer::new().unwrap();
    let certificate = long_named();
    let pdf = renderer.render(&training_certificate(&certificate)).unwrap();
    assert_eq!(pages_of(&pdf), 1);
    if let Ok(folder) = std::env::var("COUNTER_PAPERS_OUT") {
        std::fs::write(format!("{folder}/training_certificate_long.pdf"), &pdf).unwrap();
    }
    let text = copied(&pdf);
    let text = compact(&text);
    assert!(
        text.contains(&certificate.subject.name) && text.contains(&certificate.trainee),
        "{text}"
    );
    let mut endless = certificate;
    endless.subject.name = NAME.repeat(200);
    assert_eq!(
        renderer.render(&training_certificate(&endless)),
        Err(RenderError::TooLong)
    );
}

#[test]
fn the_input_of_a_paper_survives_json() {
    let certificate = certificate(7);
    let text = serde_json::to_string(&certificate).unwrap();
    assert_eq!(serde_json::from_str::<Certificate>(&text).unwrap(), certificate);
    assert!(serde_json::from_str::<Certificate>(&text.replace("trainee", "trainer")).is_err());
    survives(&samples::records::materials());
    survives(&samples::of_a_case::reply(samples::of_a_case::counter()));
    survives(&ObjectionReply {
        outcome: ObjectionOutcome::Upheld {
            reason: "一致".into()
        },
        ..samples::objections::reply()
    });
}

fn survives<T: serde::Serialize + serde::de::DeserializeOwned + PartialEq + std::fmt::Debug>(input: &T) {
    let text = serde_json::to_string(input).expect("plain input");
    assert_eq!(&serde_json::from_str::<T>(&text).expect("plain input"), input);
}

#[test]
fn a_watermark_is_on_every_page() {
    let renderer = Renderer::new().unwrap();
    let mut document: Document = supplement_notice(&notice(20));
    document.watermark = Some("测试无效".into());
    let pdf = renderer.render(&document).unwrap();
    let plain = renderer
        .render(&Document {
            watermark: None,
            ..document
        })
        .unwrap();
    assert_eq!(pages_of(&pdf), pages_of(&plain));
    assert_ne!(pdf, plain);
}
