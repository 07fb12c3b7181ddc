//! A file that was handed in: read off the form with its token first, kept at the hub by its content, and read again
//! when it is published. No process remembers anything between the two.

use axum::extract::{
    FromRequest, FromRequestParts, Multipart, Request,
    multipart::{Field, MultipartError},
};
use hub_api::{
    blob::{BlobHash, BlobProgress, BlobRef},
    dataset::DatasetKind,
    protocol::MAX_BLOB_RANGE,
};
use publicity_file::{ReadLimits, Source};
use sha2::{Digest, Sha256};

use super::mode_of;
use crate::{
    attachment::{BlobError, get_range, put_range},
    clock::day_in_china,
    dataset::{FileError, FileRows, Mode, Publication, rows_of_file},
    hub::Hub,
    officer::Action,
    store::{HubStore, StoreError, sqlite::off_the_runtime},
    web::{
        Web,
        answer::PageError,
        seat::{Fields, Seat, check},
    },
};

/// The longest file that is taken, in bytes: three times what a large district's decisions weigh.
pub(in crate::web) const LONGEST_BYTES: usize = 64 << 20;
/// What is longer than is taken is read to its end up to so many times that.
const READ_TO_THE_END: usize = 4;
/// The longest text field beside it.
const FIELD_LONGEST_BYTES: usize = 1024;
/// The longest name of a file that is kept, in characters.
const NAME_LONGEST: usize = 120;

/// The words of the two modes.
pub(super) const REPLACE: &str = "replace";
pub(super) const ADD: &str = "add";

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum UploadError {
    /// None was chosen.
    NoFile,
    /// It is longer than [`LONGEST_BYTES`].
    TooLong,
}

/// What was sent with the form.
pub(in crate::web) struct Upload {
    pub(super) seat: Seat,
    pub(super) kind: DatasetKind,
    pub(super) handed_in: Result<HandedIn, UploadError>,
}

/// A file with what it is to become.
#[derive(Debug)]
pub(super) struct HandedIn {
    pub kind: DatasetKind,
    pub mode: Mode,
    pub source: Source,
}

impl<S: HubStore> FromRequest<Web<S>> for Upload {
    type Rejection = PageError;

    async fn from_request(request: Request, web: &Web<S>) -> Result<Self, PageError> {
        let (mut parts, body) = request.into_parts();
        let seat = Seat::from_request_parts(&mut parts, web).await?;
        seat.allow(Action::Publish)?;
        let stale = || PageError::StaleForm(seat.language);
        let mut form = Multipart::from_request(Request::from_parts(parts, body), web)
            .await
            .map_err(|_| stale())?;
        let (mut fields, mut file, mut is_ours) = (Fields::default(), Err(UploadError::NoFile), false);
        while let Some(field) = form.next_field().await.map_err(|_| stale())? {
            let name = field.name().unwrap_or_default().to_owned();
            if name != "file" {
                let text = whole(field, FIELD_LONGEST_BYTES).await.map_err(|_| stale())?;
                let text = text.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(stale)?;
                fields.put(&name, text);
                continue;
            }
            // The token stands before the file: nobody else's file is read to its end.
            check(&fields, &seat.form_token, seat.language)?;
            is_ours = true;
            let called = named(field.file_name().unwrap_or_default());
            file = match whole(field, LONGEST_BYTES).await.map_err(|_| stale())? {
                Some(bytes) if bytes.is_empty() && called.is_empty() => Err(UploadError::NoFile),
                Some(bytes) => Ok((called, bytes)),
                None => Err(UploadError::TooLong),
            };
            if file.is_err() {
                break;
            }
        }
        if !is_ours {
            check(&fields, &seat.form_token, seat.language)?;
        }
        let kind = DatasetKind::from_word(fields.get("kind")).ok_or_else(stale)?;
        let mode = mode_of(kind, fields.get("mode"));
        let handed_in = file.and_then(|(name, bytes)| {
            // An empty file is one that was not chosen, or nothing to publish: both are said alike.
            let source = Source::from_bytes(name, bytes, &limits()).map_err(|_| UploadError::NoFile)?;
            Ok(HandedIn { kind, mode, source })
        });
        Ok(Self { seat, kind, handed_in })
    }
}

/// The field's bytes; none where there are more than `limit`. What is a little too long is read to its end and dropped:
/// a browser shows an answer only after it has sent everything.
async fn whole(mut field: Field<'_>, limit: usize) -> Result<Option<Vec<u8>>, MultipartError> {
    let (mut bytes, mut came) = (Vec::new(), 0);
    while let Some(part) = field.chunk().await? {
        came += part.len();
        if came > READ_TO_THE_END * limit {
            return Ok(None);
        }
        if came > limit {
            bytes = Vec::new();
        } else {
            bytes.extend_from_slice(&part);
        }
    }
    Ok((came <= limit).then_some(bytes))
}

/// A name without folders, as short as a list can show it.
fn named(sent: &str) -> String {
    let name = sent.rsplit(['/', '\\']).next().unwrap_or_default().trim();
    let shown = name.chars().filter(|letter| !letter.is_control());
    shown.take(NAME_LONGEST).collect()
}

fn limits() -> ReadLimits {
    ReadLimits {
        file_bytes: LONGEST_BYTES as u64,
        ..ReadLimits::default()
    }
}

impl HandedIn {
    /// The file by its content.
    pub fn blob(&self) -> BlobRef {
        let bytes = self.source.bytes();
        BlobRef {
            sha256: BlobHash(Sha256::digest(bytes).into()),
            length: bytes.len() as u64,
        }
    }

    /// Keeps the file at the hub, range by range; one that is there stays.
    pub async fn keep<S: HubStore>(&self, hub: &Hub<S>, seat: &Seat) -> Result<(), StoreError> {
        let (blob, bytes) = (self.blob(), self.source.bytes());
        let mut offset = 0;
        loop {
            let end = bytes.len().min(offset + MAX_BLOB_RANGE);
            let put = put_range(hub, &seat.officer.district, blob, offset as u64, &bytes[offset..end]).await;
            match put {
                // Where another process got a range of the same file first, this one goes on behind it.
                Ok(BlobProgress::Wanted { offset: wanted }) => offset = usize::try_from(wanted).unwrap_or(bytes.len()),
                Ok(BlobProgress::Complete { .. }) => return Ok(()),
                Ok(BlobProgress::TooLong) => return Err(StoreError::Failed("a file that was not too long".into())),
                Err(BlobError::Store(error)) => return Err(error),
                Err(error) => return Err(StoreError::Failed(Box::new(error))),
            }
        }
    }

    /// The file that a form names; none where it is not kept here whole.
    pub async fn kept<S: HubStore>(hub: &Hub<S>, seat: &Seat, fields: &Fields) -> Result<Option<Self>, StoreError> {
        let kind = DatasetKind::from_word(fields.get("kind"));
        let sha256 = BlobHash::from_hex(fields.get("sha256"));
        let length = fields
            .get("length")
            .parse::<u64>()
            .ok()
            .filter(|length| *length <= LONGEST_BYTES as u64);
        let (Some(kind), Some(sha256), Some(length)) = (kind, sha256, length) else {
            return Ok(None);
        };
        let (blob, mut bytes) = (BlobRef { sha256, length }, Vec::new());
        while (bytes.len() as u64) < length {
            let range = get_range(hub, &seat.officer.district, blob, bytes.len() as u64).await?;
            match range.filter(|range| !range.is_empty()) {
                Some(range) => bytes.extend_from_slice(&range),
                None => return Ok(None),
            }
        }
        let source = Source::from_bytes(named(fields.get("name")), bytes, &limits()).ok();
        Ok(source.map(|source| Self {
            kind,
            mode: mode_of(kind, fields.get("mode")),
            source,
        }))
    }

    /// The rows in it, held against the standard. Takes seconds for a large file.
    pub fn rows<S: HubStore>(&self, hub: &Hub<S>) -> Result<FileRows, FileError> {
        let today = day_in_china(hub.world.now());
        off_the_runtime(|| rows_of_file(&self.source, self.kind, today))
    }

    /// The version it is to become.
    pub fn publication<'a>(&'a self, seat: &'a Seat, file: &FileRows) -> Publication<'a> {
        Publication {
            district: &seat.officer.district,
            kind: self.kind,
            source: &self.source.name,
            data_as_of: file.data_as_of,
            mode: self.mode,
            by: &seat.officer.account,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_without_folders_and_control_characters() {
        assert_eq!(named("C:\\数据\\处罚.xlsx"), "处罚.xlsx");
        assert_eq!(named("../../etc/\u{1}passwd\n"), "passwd");
        assert_eq!(named(&"长".repeat(300)).chars().count(), NAME_LONGEST);
    }
}
