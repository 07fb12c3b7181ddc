//! What a PDF may take while it is loaded. A small file can say the same long stream a thousand
//! times, or pack objects that unpack to gigabytes; an honest file's streams are no longer than it.

use std::cell::Cell;

use lopdf::{Object, ObjectId, Stream};

/// What one stream of objects may unpack to.
pub(super) const LARGEST_STREAM: usize = 16 << 20;
/// What all of them may.
const LARGEST_STREAMS: usize = 64 << 20;

#[derive(Debug, Clone, Copy)]
struct Purse {
    content: usize,
    objects: usize,
    overdrawn: bool,
}

thread_local! {
    /// The library loads on one thread and asks a function that can hold nothing of its own.
    static PURSE: Cell<Purse> = const {
        Cell::new(Purse { content: 0, objects: 0, overdrawn: false })
    };
}

/// For a file of so many bytes.
pub(super) fn fill(length: usize) {
    PURSE.set(Purse {
        content: length,
        objects: LARGEST_STREAMS,
        overdrawn: false,
    });
}

/// Whether objects were left away since the purse was filled.
pub(super) fn is_overdrawn() -> bool {
    PURSE.get().overdrawn
}

/// Keeps an object that can be paid for.
pub(super) fn pay(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let Object::Stream(stream) = object else {
        return Some((id, object.clone()));
    };
    let mut purse = PURSE.get();
    let left = purse.content.checked_sub(stream.content.len());
    let unpacked = left.and_then(|_| purse.objects.checked_sub(unpacked(stream)));
    match (left, unpacked) {
        (Some(content), Some(objects)) if !purse.overdrawn => {
            (purse.content, purse.objects) = (content, objects);
        }
        _ => purse.overdrawn = true,
    }
    PURSE.set(purse);
    // Of a stream the library keeps what it has and only asks whether to.
    (!purse.overdrawn).then_some((id, Object::Null))
}

/// What a stream of objects unpacks to; one that is too large is not unpacked by the library either.
fn unpacked(stream: &Stream) -> usize {
    if stream.dict.has_type(b"ObjStm") {
        stream
            .decompressed_content_with_limit(LARGEST_STREAM)
            .map_or(0, |content| content.len())
    } else {
        0
    }
}
