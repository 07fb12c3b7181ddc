//! A part opened: a PDF's pages with what they inherit, or an image made a page.

use std::collections::BTreeSet;
use std::rc::Rc;

use lopdf::{Dictionary, Document, LoadOptions, Object, ObjectId};

use super::{Fault, picture, purse};

/// Bytes of a part; a hundred pages of colour scans are less.
const LARGEST_PART: usize = 256 << 20;
const MOST_PAGES: usize = 5_000;
/// Levels of a page tree; writers make two or three.
const DEEPEST_TREE: usize = 64;
/// What a page takes from the tree above it (ISO 32000-1, 7.7.3.4).
const INHERITED: [&[u8]; 4] = [b"Resources", b"MediaBox", b"CropBox", b"Rotate"];

/// An opened part.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) file: Document,
    pub(super) pages: Vec<SourcePage>,
}

/// A page as it stands in its file.
#[derive(Debug)]
pub(super) struct SourcePage {
    own: Dictionary,
    /// What the tree above says; shared, because one tree may be above thousands of pages.
    above: Rc<Dictionary>,
}

impl Source {
    pub(super) fn count(&self) -> u32 {
        u32::try_from(self.pages.len()).unwrap_or(u32::MAX)
    }
}

impl SourcePage {
    /// A page that inherits nothing.
    pub(super) fn alone(own: Dictionary) -> Self {
        let above = Rc::default();
        Self { own, above }
    }

    /// What the page says, or the tree above it.
    pub(super) fn get<'a>(&'a self, key: &[u8], file: &'a Document) -> Option<&'a Object> {
        let value = self.own.get(key).or_else(|_| self.above.get(key)).ok()?;
        file.dereference(value).ok().map(|(_, object)| object)
    }

    /// What the page itself says, a reference as it is.
    pub(super) fn own(&self, key: &[u8]) -> Option<&Object> {
        self.own.get(key).ok()
    }
}

/// Opens a part; there is at least one page.
pub(super) fn open(bytes: &[u8]) -> Result<Source, Fault> {
    if bytes.len() > LARGEST_PART {
        return Err(Fault::TooLarge);
    }
    guarded(|| {
        let file = match picture::page(bytes)? {
            Some(file) => file,
            None => load(bytes)?,
        };
        let pages = pages(&file)?;
        Ok(Source { file, pages })
    })
}

/// A panic of the PDF or PNG library is a damaged part, not the end of the program.
pub(super) fn guarded<T>(work: impl FnOnce() -> Result<T, Fault>) -> Result<T, Fault> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work)).unwrap_or(Err(Fault::Damaged))
}

fn load(bytes: &[u8]) -> Result<Document, Fault> {
    // Readers look for the head in the first kilobyte.
    let head = bytes.get(..1024).unwrap_or(bytes);
    if !head.windows(5).any(|window| window == b"%PDF-") {
        return Err(Fault::Unknown);
    }
    let options = LoadOptions {
        filter: Some(purse::pay),
        ..LoadOptions::with_max_decompressed_size(purse::LARGEST_STREAM)
    };
    purse::fill(bytes.len());
    let file = Document::load_mem_with_options(bytes, options).map_err(|_| Fault::Damaged)?;
    if purse::is_overdrawn() {
        return Err(Fault::TooLarge);
    }
    // One that opens without a password is refused, too: its owner locked it for a reason.
    if file.is_encrypted() || file.was_encrypted() {
        return Err(Fault::Encrypted);
    }
    Ok(file)
}

/// The pages in order.
fn pages(file: &Document) -> Result<Vec<SourcePage>, Fault> {
    let catalog = file.catalog().map_err(|_| Fault::Damaged)?;
    let root = catalog.get(b"Pages").map_err(|_| Fault::Damaged)?;
    let mut seen: BTreeSet<ObjectId> = BTreeSet::new();
    let mut pages = Vec::new();
    let mut rest = vec![(root, Rc::new(Dictionary::new()), 0)];
    while let Some((node, mut above, depth)) = rest.pop() {
        let (id, object) = file.dereference(node).map_err(|_| Fault::Damaged)?;
        let dict = object.as_dict().map_err(|_| Fault::Damaged)?;
        // A node that is met twice is a circle, or a page bound twice, which no writer makes.
        if id.is_some_and(|id| !seen.insert(id)) || depth > DEEPEST_TREE {
            return Err(Fault::Damaged);
        }
        if let Ok(kids) = dict.get_deref(b"Kids", file).and_then(Object::as_array) {
            if rest.len() + kids.len() > MOST_PAGES {
                return Err(Fault::TooLarge);
            }
            for key in INHERITED {
                if let Ok(value) = dict.get(key) {
                    Rc::make_mut(&mut above).set(key, value.clone());
                }
            }
            let kids = kids.iter().rev();
            rest.extend(kids.map(|kid| (kid, Rc::clone(&above), depth + 1)));
            continue;
        }
        if pages.len() >= MOST_PAGES {
            return Err(Fault::TooLarge);
        }
        let own = dict.clone();
        pages.push(SourcePage { own, above });
    }
    if pages.is_empty() {
        Err(Fault::NoPages)
    } else {
        Ok(pages)
    }
}
