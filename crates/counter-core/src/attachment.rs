//! Files that changes cite by their content.

use serde::{Deserialize, Serialize};

/// A file kept beside the database, named by what is in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct AttachmentRef {
    /// SHA-256 of the content, 64 hexadecimal digits.
    pub sha256: String,
    /// The name it came under.
    pub name: String,
    /// Its media type, such as `application/pdf`.
    pub media_type: String,
    /// Its length in bytes.
    #[specta(type = f64)]
    pub length: u64,
}
