//! Where one chunk ends and the next begins: decided by each key alone.

use sha2::{Digest, Sha256};

use super::ChunkRow;

/// How many rows a chunk has on average. Smaller chunks move less in a refresh and compress worse; measured in
/// `benches/reference_data.rs`.
pub const MEAN_CHUNK_ROWS: u32 = 32;
/// No chunk has more rows.
pub const MAX_CHUNK_ROWS: usize = 512;
/// A chunk that has come to so many bytes ends, wherever it is.
const LONG_CHUNK: usize = 256 * 1024;

/// Cuts rows that are sorted by their keys into the runs that become chunks.
///
/// A chunk begins at a key whose hash says so, whatever stands around it. Only where such a key is long in coming the
/// size ends a chunk, and the keys put the cuts back in their places at the next one that says so.
pub fn cut(rows: &[ChunkRow]) -> Vec<&[ChunkRow]> {
    let mut runs = Vec::new();
    let (mut from, mut bytes) = (0, 0);
    for (at, row) in rows.iter().enumerate() {
        let full = at - from >= MAX_CHUNK_ROWS || bytes >= LONG_CHUNK;
        if at > from && (full || begins_chunk(&row.key)) {
            runs.push(&rows[from..at]);
            (from, bytes) = (at, 0);
        }
        bytes += row.key.len() + row.body.len();
    }
    if from < rows.len() {
        runs.push(&rows[from..]);
    }
    runs
}

fn begins_chunk(key: &[u8]) -> bool {
    let hash = Sha256::digest(key);
    u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]) < u32::MAX / MEAN_CHUNK_ROWS
}
