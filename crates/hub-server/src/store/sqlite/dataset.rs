//! Tables `dataset` and `chunk`.

use hub_api::{blob::BlobHash, dataset::DatasetKind};
use rusqlite::{OptionalExtension, params};

use super::{SqliteTransaction, signed, unsigned};
use crate::store::{DatasetRow, DatasetStore, StoreError};

impl DatasetStore for SqliteTransaction {
    async fn dataset_versions(&mut self, district: &str, kind: DatasetKind) -> Result<Vec<DatasetRow>, StoreError> {
        let mut statement = self.connection.prepare_cached(
            "SELECT version, manifest, entry, published_at, published_by FROM dataset
             WHERE district = ?1 AND kind = ?2 ORDER BY version DESC",
        )?;
        let rows = statement.query_map(params![district, kind.as_str()], |row| {
            Ok(DatasetRow {
                kind,
                version: unsigned(row.get(0)?),
                manifest: BlobHash(row.get(1)?),
                entry: row.get(2)?,
                published_at: row.get(3)?,
                published_by: row.get(4)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    async fn insert_dataset(&mut self, district: &str, row: &DatasetRow) -> Result<(), StoreError> {
        self.connection
            .prepare_cached(
                "INSERT INTO dataset (district, kind, version, manifest, entry, published_at, published_by)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                district,
                row.kind.as_str(),
                signed(row.version)?,
                row.manifest.0,
                row.entry,
                row.published_at,
                row.published_by
            ])?;
        Ok(())
    }

    async fn forget_dataset(&mut self, district: &str, kind: DatasetKind, version: u64) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM dataset WHERE district = ?1 AND kind = ?2 AND version = ?3")?
            .execute(params![district, kind.as_str(), signed(version)?])?;
        Ok(())
    }

    async fn chunk(&mut self, district: &str, chunk: BlobHash) -> Result<Option<Vec<u8>>, StoreError> {
        let found = self
            .connection
            .prepare_cached("SELECT bytes FROM chunk WHERE district = ?1 AND sha256 = ?2")?
            .query_row(params![district, chunk.0], |row| row.get(0))
            .optional()?;
        Ok(found)
    }

    async fn put_chunk(&mut self, district: &str, chunk: BlobHash, bytes: &[u8]) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT INTO chunk (district, sha256, bytes) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
            .execute(params![district, chunk.0, bytes])?;
        Ok(())
    }

    async fn forget_chunk(&mut self, district: &str, chunk: BlobHash) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("DELETE FROM chunk WHERE district = ?1 AND sha256 = ?2")?
            .execute(params![district, chunk.0])?;
        Ok(())
    }
}
