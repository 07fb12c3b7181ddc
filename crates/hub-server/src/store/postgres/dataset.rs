//! Tables `dataset` and `chunk`.

use hub_api::{blob::BlobHash, dataset::DatasetKind};

use super::{PostgresTransaction, fixed, signed, unsigned};
use crate::store::{DatasetRow, DatasetStore, Stored};

impl DatasetStore for PostgresTransaction {
    async fn dataset_versions(&mut self, district: &str, kind: DatasetKind) -> Stored<Vec<DatasetRow>> {
        let rows = self
            .rows(
                "SELECT version, manifest, entry, published_at, published_by FROM dataset
                 WHERE district = $1 AND kind = $2 ORDER BY version DESC",
                &[&district, &kind.as_str()],
            )
            .await?;
        rows.iter()
            .map(|row| {
                Ok(DatasetRow {
                    kind,
                    version: unsigned(row, 0)?,
                    manifest: BlobHash(fixed(row, 1)?),
                    entry: row.try_get(2)?,
                    published_at: row.try_get(3)?,
                    published_by: row.try_get(4)?,
                })
            })
            .collect()
    }

    async fn insert_dataset(&mut self, district: &str, row: &DatasetRow) -> Stored<()> {
        self.execute(
            "INSERT INTO dataset (district, kind, version, manifest, entry, published_at, published_by)
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
            &[
                &district,
                &row.kind.as_str(),
                &signed(row.version)?,
                &row.manifest.0.as_slice(),
                &row.entry,
                &row.published_at,
                &row.published_by,
            ],
        )
        .await?;
        Ok(())
    }

    async fn forget_dataset(&mut self, district: &str, kind: DatasetKind, version: u64) -> Stored<()> {
        self.execute(
            "DELETE FROM dataset WHERE district = $1 AND kind = $2 AND version = $3",
            &[&district, &kind.as_str(), &signed(version)?],
        )
        .await?;
        Ok(())
    }

    async fn chunk(&mut self, district: &str, chunk: BlobHash) -> Stored<Option<Vec<u8>>> {
        let found = self
            .row(
                "SELECT bytes FROM chunk WHERE district = $1 AND sha256 = $2",
                &[&district, &chunk.0.as_slice()],
            )
            .await?;
        Ok(found.map(|row| row.try_get(0)).transpose()?)
    }

    async fn put_chunk(&mut self, district: &str, chunk: BlobHash, bytes: &[u8]) -> Stored<()> {
        self.execute(
            "INSERT INTO chunk (district, sha256, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
            &[&district, &chunk.0.as_slice(), &bytes],
        )
        .await?;
        Ok(())
    }

    async fn forget_chunk(&mut self, district: &str, chunk: BlobHash) -> Stored<()> {
        self.execute(
            "DELETE FROM chunk WHERE district = $1 AND sha256 = $2",
            &[&district, &chunk.0.as_slice()],
        )
        .await?;
        Ok(())
    }
}
