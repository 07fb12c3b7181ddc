//! Taking pages over from one file into another, with everything they need and nothing more.
//!
//! Leaves out on purpose: actions and scripts, links, attached files, structure and whatever else
//! hangs on the file and not on what a page shows.

use std::collections::BTreeMap;

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use super::Fault;
use super::source::SourcePage;

/// What a page says of its sheet.
const SHEET: [&[u8]; 5] = [b"MediaBox", b"CropBox", b"Rotate", b"UserUnit", b"Group"];
/// Annotations that are part of what a person sees on a sealed or filled-in page.
const SHOWN: [&[u8]; 8] = [
    b"Widget",
    b"Stamp",
    b"FreeText",
    b"Ink",
    b"Highlight",
    b"Square",
    b"Circle",
    b"Line",
];
/// What of them is looks; the rest is what they do.
const LOOKS: [&[u8]; 4] = [b"Rect", b"AP", b"AS", b"F"];
/// Direct objects within each other; deeper ones no writer makes.
const DEEPEST: usize = 200;
/// What may come over from one file: a byte of content or a direct object is one.
const MOST: usize = 512 << 20;

/// Copies out of one file; what two pages share is copied once.
pub(super) struct Copier<'s> {
    from: &'s Document,
    known: BTreeMap<ObjectId, ObjectId>,
    queue: Vec<(ObjectId, ObjectId)>,
    left: usize,
}

impl<'s> Copier<'s> {
    pub(super) fn new(from: &'s Document) -> Self {
        Self {
            from,
            known: BTreeMap::new(),
            queue: Vec::new(),
            left: MOST,
        }
    }

    /// A page without parent and number, its resources a dictionary of its own, its content a list.
    pub(super) fn page(&mut self, page: &SourcePage, to: &mut Document) -> Result<Dictionary, Fault> {
        let mut out = Dictionary::new();
        out.set("Type", "Page");
        for key in SHEET {
            match page.get(key, self.from) {
                Some(Object::Array(corners)) => {
                    let corners = corners.iter().map(|corner| self.resolved(corner).clone());
                    out.set(key, corners.collect::<Vec<_>>());
                }
                Some(value) => out.set(key, self.copied(value, to, 0)?),
                None => {}
            }
        }
        out.set("Resources", self.resources(page, to)?);
        out.set("Contents", self.contents(page, to)?);
        let annotations = self.annotations(page, to)?;
        if !annotations.is_empty() {
            out.set("Annots", annotations);
        }
        self.follow(to)?;
        Ok(out)
    }

    /// The resources of a page, the list of its drawn objects open for one more.
    pub(super) fn resources(&mut self, page: &SourcePage, to: &mut Document) -> Result<Dictionary, Fault> {
        let mut out = Dictionary::new();
        let Some(Object::Dictionary(resources)) = page.get(b"Resources", self.from) else {
            return Ok(out);
        };
        for (key, value) in resources.iter() {
            // One level down, so that what is added to it is not added to another page's.
            let value = if key == b"XObject" { self.resolved(value) } else { value };
            out.set(key.clone(), self.copied(value, to, 0)?);
        }
        self.follow(to)?;
        Ok(out)
    }

    fn contents(&mut self, page: &SourcePage, to: &mut Document) -> Result<Vec<Object>, Fault> {
        let Some(contents) = page.own(b"Contents") else {
            return Ok(Vec::new());
        };
        let listed = self.resolved(contents).as_array();
        let listed = listed.map_or(std::slice::from_ref(contents), Vec::as_slice);
        let mut out = Vec::new();
        for one in listed {
            if let (Object::Reference(_), Object::Stream(_)) = (one, self.resolved(one)) {
                out.push(self.copied(one, to, 0)?);
            }
        }
        Ok(out)
    }

    /// Annotations with looks of their own, as stamps: a seal or a filled-in field does nothing any
    /// more, and is still seen.
    fn annotations(&mut self, page: &SourcePage, to: &mut Document) -> Result<Vec<Object>, Fault> {
        let mut out = Vec::new();
        let Some(Object::Array(annotations)) = page.get(b"Annots", self.from) else {
            return Ok(out);
        };
        for one in annotations {
            let Object::Dictionary(annotation) = self.resolved(one) else {
                continue;
            };
            let subtype = annotation.get(b"Subtype").and_then(Object::as_name).unwrap_or_default();
            if !SHOWN.contains(&subtype) || !annotation.has(b"AP") {
                continue;
            }
            let mut stamp = Dictionary::new();
            stamp.set("Type", "Annot");
            stamp.set("Subtype", "Stamp");
            for key in LOOKS {
                if let Ok(value) = annotation.get(key) {
                    stamp.set(key, self.copied(value, to, 0)?);
                }
            }
            out.push(Object::Reference(to.add_object(stamp)));
        }
        Ok(out)
    }

    fn resolved<'a>(&self, object: &'a Object) -> &'a Object
    where
        's: 'a,
    {
        self.from.dereference(object).map_or(object, |(_, object)| object)
    }

    /// A copy of the object; what it refers to is queued.
    fn copied(&mut self, object: &Object, to: &mut Document, depth: usize) -> Result<Object, Fault> {
        if depth > DEEPEST {
            return Err(Fault::Damaged);
        }
        self.spend(1)?;
        Ok(match object {
            Object::Reference(id) => self.referred(*id, to),
            Object::Array(items) => {
                let items = items.iter().map(|item| self.copied(item, to, depth + 1));
                Object::Array(items.collect::<Result<_, _>>()?)
            }
            Object::Dictionary(dict) => Object::Dictionary(self.copied_dict(dict, to, depth)?),
            Object::Stream(stream) => {
                self.spend(stream.content.len())?;
                let mut dict = self.copied_dict(&stream.dict, to, depth)?;
                // Content that lies in another file is not looked for.
                dict.remove(b"F");
                Object::Stream(Stream::new(dict, stream.content.clone()).with_compression(false))
            }
            Object::String(text, _) => {
                self.spend(text.len())?;
                object.clone()
            }
            Object::Null | Object::Boolean(_) | Object::Integer(_) | Object::Real(_) | Object::Name(_) => {
                object.clone()
            }
        })
    }

    fn copied_dict(&mut self, dict: &Dictionary, to: &mut Document, depth: usize) -> Result<Dictionary, Fault> {
        let mut out = Dictionary::new();
        for (key, value) in dict.iter() {
            out.set(key.clone(), self.copied(value, to, depth + 1)?);
        }
        Ok(out)
    }

    fn spend(&mut self, amount: usize) -> Result<(), Fault> {
        self.left = self.left.checked_sub(amount).ok_or(Fault::TooLarge)?;
        Ok(())
    }

    /// The new number of an object; nothing where it is missing or leads back to the page tree.
    fn referred(&mut self, id: ObjectId, to: &mut Document) -> Object {
        if let Some(new) = self.known.get(&id) {
            return Object::Reference(*new);
        }
        let leads_back = |object: &Object| {
            object
                .as_dict()
                .and_then(Dictionary::get_type)
                .is_ok_and(|name| matches!(name, b"Page" | b"Pages" | b"Catalog"))
        };
        match self.from.objects.get(&id) {
            Some(object) if !leads_back(object) => {
                let new = to.new_object_id();
                self.known.insert(id, new);
                self.queue.push((id, new));
                Object::Reference(new)
            }
            Some(_) | None => Object::Null,
        }
    }

    /// Copies what is queued, and what that refers to.
    fn follow(&mut self, to: &mut Document) -> Result<(), Fault> {
        while let Some((id, new)) = self.queue.pop() {
            if let Some(object) = self.from.objects.get(&id) {
                let object = self.copied(object, to, 0)?;
                to.set_object(new, object);
            }
        }
        Ok(())
    }
}
