//! Bringing the schema up to date while other programs, older or newer, may work on the same database.
//!
//! A new version first only expands the schema; the one after it takes away what is not used any
//! more and raises `min_program_version` in the same migration. So two versions that follow each
//! other run side by side, and a program that is too old is refused instead of failing somewhere.

use deadpool_postgres::{Object, Pool};

use crate::store::{StoreError, Stored};

mod embedded {
    refinery::embed_migrations!("../../migrations/hub-postgres");
}

/// Held by whoever looks at the schema's version or changes it; "credithub" as a number, shortened to what fits.
const MIGRATION_LOCK: i64 = 0x0063_7265_6468_7562;

pub(super) async fn migrate(pool: &Pool) -> Stored<()> {
    let mut connection = pool.get().await?;
    // A first start may wait for another's migration for as long as that takes.
    connection
        .batch_execute("SET lock_timeout = 0; SET statement_timeout = 0")
        .await?;
    connection
        .execute("SELECT pg_advisory_lock($1)", &[&MIGRATION_LOCK])
        .await?;
    let done = bring_up_to_date(&mut connection).await;
    // The session ends, and with it the lock and its own limits, whatever happened.
    drop(Object::take(connection));
    done
}

async fn bring_up_to_date(connection: &mut Object) -> Stored<()> {
    let runner = embedded::migrations::runner();
    let supported = runner
        .get_migrations()
        .iter()
        .map(|migration| i64::from(migration.version()))
        .max()
        .unwrap_or(0);
    if let Some(asked) = min_program_version(connection).await?
        && asked > supported
    {
        return Err(StoreError::NewerSchema {
            found: asked,
            supported,
        });
    }
    let runner = runner.set_grouped(true).set_abort_missing(false);
    runner
        .run_async(&mut ***connection)
        .await
        .map_err(|error| StoreError::Failed(Box::new(error)))?;
    Ok(())
}

/// The least version a program must know; `None` where the database is new.
async fn min_program_version(connection: &Object) -> Stored<Option<i64>> {
    let there: bool = connection
        .query_one("SELECT to_regclass('min_program_version') IS NOT NULL", &[])
        .await?
        .try_get(0)?;
    if !there {
        return Ok(None);
    }
    let row = connection
        .query_opt("SELECT version FROM min_program_version", &[])
        .await?;
    Ok(row.map(|row| row.try_get::<_, i32>(0)).transpose()?.map(i64::from))
}
