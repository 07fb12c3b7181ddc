//! Tables `blob` and `blob_range`.

use hub_api::blob::BlobRef;

use super::{PostgresTransaction, signed, unsigned};
use crate::store::{BlobRow, BlobStore, StoreError, Stored};

impl BlobStore for PostgresTransaction {
    async fn blob(&mut self, district: &str, blob: BlobRef) -> Stored<Option<BlobRow>> {
        let found = self
            .row(
                "SELECT received, receipt FROM blob WHERE district = $1 AND sha256 = $2 AND length = $3",
                &[&district, &blob.sha256.0.as_slice(), &signed(blob.length)?],
            )
            .await?;
        let Some(row) = found else {
            return Ok(None);
        };
        Ok(Some(BlobRow {
            received: unsigned(&row, 0)?,
            receipt: row.try_get(1)?,
        }))
    }

    async fn whole_blobs(&mut self, district: &str, blobs: &[BlobRef]) -> Stored<Vec<bool>> {
        let names: Vec<&[u8]> = blobs.iter().map(|blob| blob.sha256.0.as_slice()).collect();
        let lengths: Vec<i64> = blobs.iter().map(|blob| signed(blob.length)).collect::<Stored<_>>()?;
        let rows = self
            .rows(
                "SELECT EXISTS (SELECT 1 FROM blob WHERE district = $1 AND blob.sha256 = asked.sha256
                    AND blob.length = asked.length AND receipt IS NOT NULL)
                 FROM unnest($2::bytea[], $3::bigint[]) WITH ORDINALITY AS asked (sha256, length, place)
                 ORDER BY asked.place",
                &[&district, &names, &lengths],
            )
            .await?;
        rows.iter().map(|row| Ok(row.try_get(0)?)).collect()
    }

    async fn append_blob(&mut self, district: &str, blob: BlobRef, offset: u64, bytes: &[u8]) -> Stored<()> {
        let (sha256, length) = (blob.sha256.0.as_slice(), signed(blob.length)?);
        let end = signed(offset + bytes.len() as u64)?;
        // Moves only from where this range begins: of two processes that were sent it at once, one has to look again.
        let sql = if offset == 0 {
            "INSERT INTO blob (district, sha256, length, received) VALUES ($1, $2, $3, $4)
             ON CONFLICT (district, sha256, length) DO UPDATE SET received = excluded.received
             WHERE blob.received = $5 AND blob.receipt IS NULL"
        } else {
            "UPDATE blob SET received = $4
             WHERE district = $1 AND sha256 = $2 AND length = $3 AND received = $5 AND receipt IS NULL"
        };
        let at_offset = signed(offset)?;
        let moved = self
            .execute(sql, &[&district, &sha256, &length, &end, &at_offset])
            .await?;
        if moved == 0 {
            return Err(StoreError::Busy);
        }
        self.execute(
            "INSERT INTO blob_range (district, sha256, length, at_offset, bytes) VALUES ($1, $2, $3, $4, $5)",
            &[&district, &sha256, &length, &at_offset, &bytes],
        )
        .await?;
        Ok(())
    }

    async fn blob_range(&mut self, district: &str, blob: BlobRef, offset: u64) -> Stored<Option<Vec<u8>>> {
        let found = self
            .row(
                "SELECT bytes FROM blob_range WHERE district = $1 AND sha256 = $2 AND length = $3 AND at_offset = $4",
                &[
                    &district,
                    &blob.sha256.0.as_slice(),
                    &signed(blob.length)?,
                    &signed(offset)?,
                ],
            )
            .await?;
        Ok(found.map(|row| row.try_get(0)).transpose()?)
    }

    async fn forget_blob(&mut self, district: &str, blob: BlobRef) -> Stored<()> {
        let (sha256, length) = (blob.sha256.0.as_slice(), signed(blob.length)?);
        for sql in [
            "DELETE FROM blob WHERE district = $1 AND sha256 = $2 AND length = $3",
            "DELETE FROM blob_range WHERE district = $1 AND sha256 = $2 AND length = $3",
        ] {
            self.execute(sql, &[&district, &sha256, &length]).await?;
        }
        Ok(())
    }

    async fn complete_blob(&mut self, district: &str, blob: BlobRef, receipt: &[u8]) -> Stored<()> {
        self.execute(
            "UPDATE blob SET receipt = $4 WHERE district = $1 AND sha256 = $2 AND length = $3",
            &[&district, &blob.sha256.0.as_slice(), &signed(blob.length)?, &receipt],
        )
        .await?;
        Ok(())
    }
}
