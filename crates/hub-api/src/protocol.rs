//! Versions, addresses, header names and limits that both ends agree on.

use std::ops::RangeInclusive;

/// The version this program speaks. 2: changes that settle parked ones.
pub const PROTOCOL: u16 = 2;

/// The versions a hub built from this source answers, and those a counter can speak: this one and the one before. A
/// counter outside of it is told to update.
pub const PROTOCOLS: RangeInclusive<u16> = (PROTOCOL - 1)..=PROTOCOL;

/// The media type of every body.
pub const CONTENT_TYPE: &str = "application/cbor";

/// `POST`: binds a counter to the hub with a one-time code.
pub const ENROL_PATH: &str = "/v1/enrol";
/// `POST`: a batch of changes.
pub const PUSH_PATH: &str = "/v1/push";
/// `GET ?after=…&wait=…`: what happened at the hub.
pub const FEED_PATH: &str = "/v1/feed";
/// `POST`: which attachments are there and from where the others go on.
pub const BLOB_OFFER_PATH: &str = "/v1/blobs/offer";
/// `PUT /v1/blobs/{sha256}?offset=…&length=…`: one range of an attachment. `GET` gives one back.
pub const BLOB_PATH: &str = "/v1/blobs";
/// `POST`: a new delegation for the key that signs, where its own ends soon.
pub const RENEW_PATH: &str = "/v1/renew";
/// `POST`: what a restored hub lost, from a counter that was told it.
pub const HAND_BACK_PATH: &str = "/v1/hand-back";
/// `GET`: the signed list of the reference data in force.
pub const DATASETS_PATH: &str = "/v1/datasets";
/// `POST`: manifests and chunks of reference data, by name.
pub const CHUNKS_PATH: &str = "/v1/chunks";
/// `GET`: the signed trust bundle.
pub const TRUST_PATH: &str = "/v1/trust";
/// `GET`: whether the hub can work; the only address without a signature beside enrolment and trust.
pub const HEALTH_PATH: &str = "/health";

/// The version of the program that asks. Not signed: it is shown to whoever looks after the counters, and decides nothing.
pub const PROGRAM_HEADER: &str = "credit-program";
/// The protocol version a request is written in.
pub const PROTOCOL_HEADER: &str = "credit-protocol";
/// The key a request is signed with, 16 hexadecimal digits.
pub const KEY_HEADER: &str = "credit-key";
/// The life of the counter's database that sends, 32 hexadecimal digits.
pub const INCARNATION_HEADER: &str = "credit-incarnation";
/// When the request was signed, milliseconds since 1970 UTC.
pub const TIMESTAMP_HEADER: &str = "credit-timestamp";
/// Never the same twice for one key, 32 hexadecimal digits.
pub const NONCE_HEADER: &str = "credit-nonce";
/// The signature, 128 hexadecimal digits.
pub const SIGNATURE_HEADER: &str = "credit-signature";

/// How long a hub that had no time asks a counter to wait, in seconds (`Retry-After`).
pub const BUSY_RETRY_S: u64 = 5;

/// How far the clock in a request may be from the hub's, in milliseconds.
pub const CLOCK_WINDOW_MS: i64 = 5 * 60 * 1000;

/// The most changes in a batch.
pub const MAX_BATCH_CHANGES: usize = 500;
/// The most bytes of one stored change.
pub const MAX_CHANGE_BYTES: usize = 256 * 1024;
/// The most bytes of the changes in one batch, counted as stored.
pub const MAX_BATCH_BYTES: usize = 2 * 1024 * 1024;
/// The most bytes of a push request's body.
pub const MAX_PUSH_BODY: usize = MAX_BATCH_BYTES + 512 * 1024;
/// The most bytes of what is handed back in one request: a page and as many changes as a batch holds.
pub const MAX_HAND_BACK_BODY: usize = MAX_ANSWER_BODY + MAX_PUSH_BODY;
/// The most bytes of any other request's body, ranges of attachments aside.
pub const MAX_SMALL_BODY: usize = 64 * 1024;
/// The most bytes of one range of an attachment.
pub const MAX_BLOB_RANGE: usize = 1024 * 1024;
/// The most bytes of an attachment.
pub const MAX_BLOB_BYTES: u64 = 200 * 1024 * 1024;
/// The most attachments offered at once.
pub const MAX_BLOB_OFFERS: usize = 500;
/// The most chunks asked for at once.
pub const MAX_CHUNKS_ASKED: usize = 512;
/// The bytes of chunks after which an answer ends.
pub const MAX_CHUNK_ANSWER_BYTES: usize = 2 * 1024 * 1024;
/// The most entries of a page of the feed.
pub const MAX_FEED_ENTRIES: usize = 500;
/// The bytes of changes after which a page of the feed ends.
pub const MAX_FEED_BYTES: usize = 1024 * 1024;
/// The most bytes a counter reads of any answer.
pub const MAX_ANSWER_BODY: usize = 4 * 1024 * 1024;
/// The longest a request for the feed is held open, in seconds.
pub const MAX_FEED_WAIT_S: u64 = 25;
