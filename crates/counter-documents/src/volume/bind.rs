//! Front and parts put together in one file.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary, text_string};

use super::copy::Copier;
use super::source::{self, Source};
use super::{Part, Volume, VolumeError, stamp};
use crate::{RenderError, Renderer, pdf};

/// Compression of what is made here; parts come packed as they are.
const COMPRESSION: u8 = 6;

/// Binds cover and catalogue (`front`, a PDF of `paper::archive_cover`) and the parts into one PDF.
/// The content's pages are numbered from 1 at the lower right. The same input gives the same bytes.
///
/// # Errors
/// `Part` names the first part that cannot be bound, `Front` when the front cannot.
pub fn bind_volume(renderer: &Renderer, front: &[u8], parts: &[Part<'_>]) -> Result<Volume, VolumeError> {
    let front = source::open(front).map_err(VolumeError::Front)?;
    let mut volume = Binder::new();
    volume.take(&front).map_err(VolumeError::Front)?;
    let front_pages = volume.pages.len();
    let (mut first_pages, mut marks) = (Vec::new(), Vec::new());
    for part in parts {
        let source = source::open(part.bytes).map_err(|fault| part.faulty(fault))?;
        let first = volume.pages.len();
        first_pages.push(number(first - front_pages + 1));
        marks.push((part.name, first));
        source::guarded(|| volume.take(&source)).map_err(|fault| part.faulty(fault))?;
    }
    let pages = number(volume.pages.len() - front_pages);
    let stamps = stamp::stamps(renderer, pages, &mut volume.file)?;
    for (page, stamp) in volume.pages.iter_mut().skip(front_pages).zip(&stamps) {
        stamp.put(page, &mut volume.file);
    }
    Ok(Volume {
        bytes: volume.finish(&front, &marks)?,
        front_pages: number(front_pages),
        pages,
        first_pages,
    })
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

struct Binder {
    file: Document,
    tree: ObjectId,
    pages: Vec<Dictionary>,
}

impl Binder {
    fn new() -> Self {
        let mut file = Document::with_version("1.7");
        let tree = file.new_object_id();
        Self {
            file,
            tree,
            pages: Vec::new(),
        }
    }

    fn take(&mut self, source: &Source) -> Result<(), super::Fault> {
        let mut copier = Copier::new(&source.file);
        for page in &source.pages {
            let mut page = copier.page(page, &mut self.file)?;
            page.set("Parent", Object::Reference(self.tree));
            self.pages.push(page);
        }
        Ok(())
    }

    /// The bytes, with an outline of the parts and the front's document information.
    fn finish(mut self, front: &Source, marks: &[(&str, usize)]) -> Result<Vec<u8>, RenderError> {
        let pages = std::mem::take(&mut self.pages);
        let ids: Vec<ObjectId> = pages.into_iter().map(|page| self.file.add_object(page)).collect();
        let tree = dictionary! {
            "Type" => "Pages",
            "Count" => i64::from(number(ids.len())),
            "Kids" => ids.iter().map(|id| Object::Reference(*id)).collect::<Vec<_>>(),
        };
        self.file.set_object(self.tree, tree);
        let mut catalog = dictionary! {
            "Type" => "Catalog",
            "Pages" => self.tree,
            "Lang" => text_string("zh-CN"),
            "ViewerPreferences" => dictionary! { "DisplayDocTitle" => true },
        };
        if let Some(outline) = outline(&mut self.file, marks, &ids) {
            catalog.set("Outlines", outline);
            catalog.set("PageMode", "UseOutlines");
        }
        let catalog = self.file.add_object(catalog);
        let about = self.file.add_object(about(&front.file));
        self.file.trailer.set("Root", catalog);
        self.file.trailer.set("Info", about);
        self.pack();
        pdf::seal(self.file)
    }

    fn pack(&mut self) {
        for object in self.file.objects.values_mut() {
            if let Object::Stream(stream) = object
                && !stream.dict.has(b"Filter")
                && !stream.content.is_empty()
            {
                let packed = miniz_oxide::deflate::compress_to_vec_zlib(&stream.content, COMPRESSION);
                stream.dict.remove(b"DecodeParms");
                stream.dict.set("Filter", "FlateDecode");
                stream.set_content(packed);
            }
        }
    }
}

/// One line for every part, which leads to its first page.
fn outline(file: &mut Document, marks: &[(&str, usize)], pages: &[ObjectId]) -> Option<ObjectId> {
    let root = file.new_object_id();
    let ids: Vec<ObjectId> = marks.iter().map(|_| file.new_object_id()).collect();
    for (nth, (name, page)) in marks.iter().enumerate() {
        let mut line = dictionary! {
            "Title" => text_string(name),
            "Parent" => root,
            "Dest" => vec![Object::Reference(*pages.get(*page)?), "Fit".into()],
        };
        if let Some(before) = nth.checked_sub(1).and_then(|nth| ids.get(nth)) {
            line.set("Prev", *before);
        }
        if let Some(after) = ids.get(nth + 1) {
            line.set("Next", *after);
        }
        file.set_object(ids[nth], line);
    }
    let outline = dictionary! {
        "Type" => "Outlines",
        "First" => *ids.first()?,
        "Last" => *ids.last()?,
        "Count" => i64::from(number(ids.len())),
    };
    file.set_object(root, outline);
    Some(root)
}

/// The front's document information: its texts.
fn about(front: &Document) -> Dictionary {
    let mut about = Dictionary::new();
    let theirs = front
        .trailer
        .get_deref(b"Info", front)
        .and_then(Object::as_dict)
        .map(Dictionary::iter);
    for (key, value) in theirs.into_iter().flatten() {
        if let Object::String(..) = value {
            about.set(key.clone(), value.clone());
        }
    }
    about
}
