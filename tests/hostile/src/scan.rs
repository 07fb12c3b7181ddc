use counter_documents::{
    scan::scan_page,
    volume::{Part, page_count},
};

/// Reads bytes as what a scanner, a camera or an applicant's stick brings: a picture that becomes a page, a PDF that is
/// counted before it is bound.
///
/// # Panics
/// Where a picture is taken in that is not exactly one page afterwards.
pub fn read_scan(bytes: &[u8]) {
    if let Ok(page) = scan_page(bytes) {
        let part = Part {
            name: "page",
            bytes: &page,
        };
        assert_eq!(page_count(&part), Ok(1), "a picture is one page");
    }
    let _ = page_count(&Part { name: "scan", bytes });
}
