//! Files that mean harm, or are none.

use proptest::prelude::*;

use super::{bench, fixture};
use crate::{
    Coded,
    import::{
        ReadLimits,
        read::{self, Source},
    },
};

#[test]
fn hostile_files_get_one_sentence_and_leave_nothing_behind() {
    let bench = bench();
    let before = bench.everything();
    for (name, bytes, code) in hostile_files() {
        let error = bench.import_bytes(name, bytes).unwrap_err();
        assert_eq!(error.code(), code, "{name}: {error}");
        let sentence = error.sentence();
        assert!(
            sentence.ends_with('。') && sentence.matches('。').count() == 1,
            "{sentence}"
        );
        assert_eq!(bench.everything(), before, "{name}");
    }
}

fn hostile_files() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let xlsx = std::fs::read(fixture("penalty_2021.xlsx")).unwrap();
    let header = "行政相对人名称,行政处罚决定书文号,处罚机关,处罚决定日期,处罚类别\n";
    let mut wide_sheet = String::from(r#"<worksheet><dimension ref="A1:XFD1048576"/><sheetData><row r="1">"#);
    wide_sheet.push_str(r#"<c r="CQHFT1" t="inlineStr"><is><t>x</t></is></c></row></sheetData></worksheet>"#);
    let mut ole = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    ole.resize(4096, 0);
    vec![
        ("空.csv", b" \r\n".to_vec(), "import_file_empty"),
        ("截断.xlsx", xlsx[..xlsx.len() / 2].to_vec(), "import_file_damaged"),
        ("炸弹.xlsx", book(&bomb()), "import_unpacks_too_far"),
        ("两百万列.csv", vec![b','; 2_000_000], "import_too_many_columns"),
        ("两百万列.xlsx", book(wide_sheet.as_bytes()), "import_too_many_columns"),
        (
            "空字节.csv",
            [header.as_bytes(), b"\0\0\0"].concat(),
            "import_not_a_spreadsheet",
        ),
        (
            "乱码.csv",
            [header.as_bytes(), &[0xFF, 0xFF, b',', 0x80, b'\n'].repeat(20)].concat(),
            "import_wrong_encoding",
        ),
        (
            "照片.xlsx",
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(),
            "import_not_a_spreadsheet",
        ),
        (
            "网页.xls",
            b"<html><table><tr><td>1</td></tr></table></html>".to_vec(),
            "import_web_page",
        ),
        ("旧格式.xls", ole, "import_file_damaged"),
        (
            "压缩包.xlsx",
            archive(&[("readme.txt", b"x")]),
            "import_not_a_spreadsheet",
        ),
        (
            "ods.xlsx",
            archive(&[("content.xml", b"<x/>")]),
            "import_unsupported_format",
        ),
        (
            "无表头.csv",
            "甲,乙,丙\n1,2,3\n".as_bytes().to_vec(),
            "import_no_known_header",
        ),
        (
            "少引号.csv",
            [header.as_bytes(), "\"".as_bytes(), "字,".repeat(40_000).as_bytes()].concat(),
            "import_cell_too_long",
        ),
    ]
}

/// 300 MiB of one character: 300 kB packed.
fn bomb() -> Vec<u8> {
    let mut sheet = b"<worksheet><sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>".to_vec();
    sheet.resize(300 << 20, b'A');
    sheet
}

fn book(sheet: &[u8]) -> Vec<u8> {
    archive(&[
        ("_rels/.rels", br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#),
        ("xl/workbook.xml", br#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#),
        ("xl/_rels/workbook.xml.rels", br#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    use std::io::{Cursor, Write};
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_make_the_reader_panic(
        which in 0..4_usize,
        cut in 0.0..1.0_f64,
        flips in prop::collection::vec((0.0..1.0_f64, any::<u8>()), 0..12),
    ) {
        let name = ["penalty_2021.xlsx", "penalty_2018.xls", "synthetic_xzcf_2021_gb18030.csv", "penalty_2016.xlsx"][which];
        let mut bytes = std::fs::read(fixture(name)).unwrap();
        for (at, byte) in flips {
            let at = (at * bytes.len() as f64) as usize;
            bytes[at] = byte;
        }
        if cut < 0.3 {
            bytes.truncate((cut / 0.3 * bytes.len() as f64) as usize);
        }
        let limits = ReadLimits::default();
        if let Ok(source) = Source::from_bytes(name.into(), bytes, &limits) {
            let _ = read::read(&source, &limits, &mut |_| true);
        }
    }
}
