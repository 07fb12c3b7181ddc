//! Tables `blob` and `blob_range`.

use hub_api::blob::BlobRef;
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{BlobRow, BlobStore, StoreError};

impl BlobStore for SqliteTransaction {
    async fn blob(&mut self, district: &str, blob: BlobRef) -> Result<Option<BlobRow>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT received, receipt FROM blob WHERE district = ?1 AND sha256 = ?2 AND length = ?3")?
            .query_row(params![district, blob.sha256.0, signed(blob.length)?], |row| {
                Ok(BlobRow {
                    received: unsigned(row.get(0)?),
                    receipt: row.get(1)?,
                })
            })
            .optional()?;
        Ok(found)
    }

    async fn append_blob(
        &mut self,
        district: &str,
        blob: BlobRef,
        offset: u64,
        bytes: &[u8],
    ) -> Result<(), StoreError> {
        let (length, offset, end) = (
            signed(blob.length)?,
            signed(offset)?,
            signed(offset + bytes.len() as u64)?,
        );
        self.connection
            .prepare_cached(
                "INSERT INTO blob_range (district, sha256, length, at_offset, bytes) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![district, blob.sha256.0, length, offset, bytes])?;
        self.connection
            .prepare_cached(
                "INSERT INTO blob (district, sha256, length, received) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET received = excluded.received",
            )?
            .execute(params![district, blob.sha256.0, length, end])?;
        Ok(())
    }

    async fn blob_range(&mut self, district: &str, blob: BlobRef, offset: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self
            .connection
            .prepare_cached(
                "SELECT bytes FROM blob_range WHERE district = ?1 AND sha256 = ?2 AND length = ?3 AND at_offset = ?4",
            )?
            .query_row(
                params![district, blob.sha256.0, signed(blob.length)?, signed(offset)?],
                |row| row.get(0),
            )
            .optional()?;
        Ok(found)
    }

    async fn forget_blob(&mut self, district: &str, blob: BlobRef) -> Result<(), StoreError> {
        for table in ["blob_range", "blob"] {
            self.connection
                .prepare_cached(&format!(
                    "DELETE FROM {table} WHERE district = ?1 AND sha256 = ?2 AND length = ?3"
                ))?
                .execute(params![district, blob.sha256.0, signed(blob.length)?])?;
        }
        Ok(())
    }

    async fn complete_blob(&mut self, district: &str, blob: BlobRef, receipt: &[u8]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("UPDATE blob SET receipt = ?4 WHERE district = ?1 AND sha256 = ?2 AND length = ?3")?
            .execute(params![district, blob.sha256.0, signed(blob.length)?, receipt])?;
        Ok(())
    }
}
