//! Opening the file and bringing its schema up to date.

use std::fs::OpenOptions;
use std::path::Path;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteError, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection as _, SqliteConnection, SqlitePool};

use super::{fault, sql};
use crate::keys::Keys;
use crate::store::{Result, StoreError};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// How long one waits for another process that is writing.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that read beside the writer.
const READERS: u32 = 4;
/// Rows that a connection reads ahead: more than a branch has appointments on a day.
const ROWS: usize = 1000;

/// The connection that writes, and those that read.
pub(super) async fn open(path: &Path, keys: &Keys) -> Result<(SqliteConnection, SqlitePool)> {
    create(path)?;
    let options = SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // A list is read without the two threads waking each other in the middle of it.
        .row_buffer_size(ROWS)
        .disable_statement_logging();
    let mut writer = options.connect().await.map_err(|error| cannot_open(error, path))?;
    prepare(&mut writer, keys).await?;
    let reading = options.pragma("query_only", "on");
    let readers = SqlitePoolOptions::new().max_connections(READERS).connect_lazy_with(reading);
    Ok((writer, readers))
}

/// Makes the file for its owner only; SQLite gives the files beside it the same rights.
fn create(path: &Path) -> Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(StoreError::CannotOpen { path: path.to_owned(), why: error.to_string() }),
    }
}

fn cannot_open(error: sqlx::Error, path: &Path) -> StoreError {
    let sqlx::Error::Database(inner) = error else { return error.into() };
    match inner.try_downcast::<SqliteError>() {
        Ok(raw) => fault::opening(fault::meaning(&raw), path, Some(&raw)),
        Err(other) => StoreError::Other(other.message().to_owned()),
    }
}

/// Migrates and checks the keys, in one transaction that keeps other processes out.
async fn prepare(db: &mut SqliteConnection, keys: &Keys) -> Result<()> {
    let mut transaction = db.begin_with("BEGIN IMMEDIATE").await?;
    let (known, found) = (known_schema(), schema(&mut transaction).await?);
    if found > known {
        sql::check_floor(&mut transaction, known, found).await?;
    } else {
        MIGRATIONS.run_direct(None, &mut *transaction, false).await?;
    }
    sql::check_keys(&mut transaction, keys, true).await?;
    transaction.commit().await?;
    Ok(())
}

/// The newest migration applied in a file; 0 where there is none. Changes nothing.
///
/// # Errors
///
/// When it cannot be opened or read.
pub async fn schema_at(path: &Path) -> Result<i64> {
    if !path.metadata().is_ok_and(|file| file.len() > 0) {
        return Ok(0);
    }
    let options =
        SqliteConnectOptions::new().filename(path).busy_timeout(PATIENCE).pragma("query_only", "on");
    let mut db = options.connect().await.map_err(|error| cannot_open(error, path))?;
    schema(&mut db).await
}

/// The newest migration this program knows.
pub fn known_schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// The newest migration applied; 0 in an empty database.
pub(super) async fn schema(db: &mut SqliteConnection) -> Result<i64> {
    let table = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'";
    let migrated: i64 = sqlx::query_scalar(table).fetch_one(&mut *db).await?;
    if migrated == 0 {
        return Ok(0);
    }
    let newest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations";
    Ok(sqlx::query_scalar(newest).fetch_one(db).await?)
}

/// Its kind and version.
pub(super) async fn version(db: &mut SqliteConnection) -> Result<String> {
    let version: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(db).await?;
    Ok(format!("SQLite {version}"))
}

/// The clock is this machine's.
pub(super) async fn time(_: &mut SqliteConnection) -> Result<Option<DateTime<Utc>>> {
    Ok(None)
}

/// Reads the whole file and says what is wrong with it.
pub(super) async fn damage(db: &mut SqliteConnection) -> Result<Vec<String>> {
    let mut found: Vec<String> = sqlx::query_scalar("PRAGMA integrity_check(20)").fetch_all(&mut *db).await?;
    found.retain(|line| line != "ok");
    let broken = sqlx::query("PRAGMA foreign_key_check").fetch_all(&mut *db).await?.len();
    if broken > 0 {
        found.push(format!("{broken} rows point to rows that are not there"));
    }
    let uneven = sql::uneven(db).await?;
    if uneven > 0 {
        found.push(format!("{uneven} slots count other than their places"));
    }
    Ok(found)
}
