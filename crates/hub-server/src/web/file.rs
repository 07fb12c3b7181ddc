//! An attachment of a case, streamed out of the store range by range; a browser saves it and never shows it here.

use axum::{
    body::{Body, Bytes},
    extract::{Path, State},
    http::{HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
};
use futures_util::stream;
use hub_api::blob::BlobRef;

use super::{
    Web,
    answer::PageError,
    case::{attachments, blob_of, seen, visit},
    seat::Seat,
};
use crate::store::{BlobStore, HubStore, StoreError};

/// The media types a file may be said to have; anything else is only bytes.
const KNOWN_TYPES: [&str; 3] = ["application/pdf", "image/png", "image/jpeg"];
/// Nothing in a file may run or load, should a browser open it after all.
const POLICY: &str = "default-src 'none'; sandbox";

pub(super) async fn download<S: HubStore>(
    State(web): State<Web<S>>,
    seat: Seat,
    Path((no, sha256)): Path<(String, String)>,
) -> Result<Response, PageError> {
    let case = seen(&web, &seat, &no).await?.case;
    let not_found = || PageError::NotFound(seat.language);
    let district = seat.officer.district.clone();
    let mut transaction = web.hub.store.begin_read().await?;
    let visit = visit(&mut transaction, &district, &case.received.visit).await?;
    let file = attachments(&case, visit.as_ref())
        .find(|file| file.sha256 == sha256)
        .ok_or_else(not_found)?;
    let blob = blob_of(file).ok_or_else(not_found)?;
    let whole = transaction
        .blob(&district, blob)
        .await?
        .is_some_and(|row| row.receipt.is_some());
    drop(transaction);
    if !whole {
        return Err(not_found());
    }
    let known = KNOWN_TYPES.into_iter().find(|known| *known == file.media_type);
    tracing::info!(
        district,
        case = no,
        sha256,
        account = seat.officer.account,
        "attachment opened"
    );
    let headers: [(HeaderName, HeaderValue); 4] = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(known.unwrap_or("application/octet-stream")),
        ),
        (header::CONTENT_LENGTH, HeaderValue::from(blob.length)),
        (header::CONTENT_DISPOSITION, disposition(&file.name)),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    Ok((headers, Body::from_stream(ranges(web, district, blob))).into_response())
}

/// The ranges of an attachment, each read in a transaction of its own, so that a slow reader holds nobody up.
fn ranges<S: HubStore>(
    web: Web<S>,
    district: String,
    blob: BlobRef,
) -> impl stream::Stream<Item = Result<Bytes, StoreError>> {
    stream::try_unfold((web, district, 0), move |(web, district, offset)| async move {
        if offset >= blob.length {
            return Ok(None);
        }
        let mut transaction = web.hub.store.begin_read().await?;
        let range = transaction.blob_range(&district, blob, offset).await?;
        drop(transaction);
        let range = range
            .filter(|range| !range.is_empty())
            .ok_or_else(|| StoreError::Damaged(format!("attachment {} lacks a range", blob.sha256)))?;
        let next = offset + range.len() as u64;
        Ok(Some((Bytes::from(range), (web, district, next))))
    })
}

/// To be saved under its name (RFC 6266), whatever is in it.
fn disposition(name: &str) -> HeaderValue {
    let mut encoded = String::from("attachment; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') {
            encoded.push(char::from(byte));
        } else {
            encoded.push_str(&format!("%{byte:02X}"));
        }
    }
    HeaderValue::from_str(&encoded).unwrap_or(HeaderValue::from_static("attachment"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_reach_out_of_its_header() {
        assert_eq!(
            disposition("决定书\"\r\nX: 1.pdf"),
            "attachment; filename*=UTF-8''%E5%86%B3%E5%AE%9A%E4%B9%A6%22%0D%0AX%3A%201.pdf"
        );
    }
}
