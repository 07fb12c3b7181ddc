//! Which files a change cites.
//!
//! Found by their shape rather than listed type by type: a paper added to a new
//! kind of change must not be forgotten here, or the hub would never ask for it.

use std::collections::BTreeSet;

use ciborium::Value;
use counter_core::change::ChangeBody;

/// The contents (SHA-256, hexadecimal) of every `AttachmentRef` in `body`.
pub(crate) fn attachments(body: &ChangeBody) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let value = Value::serialized(body).expect("a change is plain data");
    walk(&value, &mut found);
    found
}

fn walk(value: &Value, found: &mut BTreeSet<String>) {
    if let Some(items) = value.as_array() {
        items.iter().for_each(|item| walk(item, found));
    }
    if let Some(entries) = value.as_map() {
        let text = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.as_text() == Some(name))
                .and_then(|(_, value)| value.as_text())
        };
        if let (Some(sha256), Some(_)) = (text("sha256"), text("mediaType")) {
            found.insert(sha256.to_owned());
        }
        entries.iter().for_each(|(_, value)| walk(value, found));
    }
}
