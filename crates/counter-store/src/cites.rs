//! Which files a change cites.
//!
//! Found by their shape rather than listed type by type: a paper added to a new
//! kind of change must not be forgotten here, or the hub would never ask for it.

use std::collections::{BTreeMap, BTreeSet};

use ciborium::Value;
use counter_core::change::ChangeBody;

/// The contents (SHA-256, hexadecimal) of every `AttachmentRef` in `body`.
pub(crate) fn attachments(body: &ChangeBody) -> BTreeSet<String> {
    files(body).into_keys().collect()
}

/// The contents of every `AttachmentRef` in `body`, each with its length in bytes.
pub(crate) fn files(body: &ChangeBody) -> BTreeMap<String, u64> {
    let mut found = BTreeMap::new();
    let value = Value::serialized(body).expect("a change is plain data");
    walk(&value, &mut found);
    found
}

fn walk(value: &Value, found: &mut BTreeMap<String, u64>) {
    if let Some(items) = value.as_array() {
        items.iter().for_each(|item| walk(item, found));
    }
    if let Some(entries) = value.as_map() {
        let get = |name: &str| {
            entries
                .iter()
                .find(|(key, _)| key.as_text() == Some(name))
                .map(|(_, value)| value)
        };
        let text = |name: &str| get(name).and_then(Value::as_text);
        if let (Some(sha256), Some(_)) = (text("sha256"), text("mediaType")) {
            let length = get("length").and_then(Value::as_integer);
            let length = length.and_then(|length| length.try_into().ok()).unwrap_or(0);
            found.insert(sha256.to_owned(), length);
        }
        entries.iter().for_each(|(_, value)| walk(value, found));
    }
}
