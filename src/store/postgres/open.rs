//! Connecting, and bringing the schema up to date.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Utc};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, PgConnection};

use super::pool::Pool;
use super::{PATIENCE, sql};
use crate::keys::Keys;
use crate::store::Result;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Where a PostgreSQL database is: `postgres://user:password@host:port/name?sslmode=verify-full`.
///
/// Shown without its password.
#[derive(Clone, PartialEq, Eq)]
pub struct PostgresUrl(String);

impl PostgresUrl {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// What is wrong with it, without the text itself.
    pub fn parse(text: &str) -> std::result::Result<PostgresUrl, String> {
        match PgConnectOptions::from_str(text) {
            Ok(_) => Ok(PostgresUrl(text.to_owned())),
            Err(sqlx::Error::Configuration(why)) => Err(why.to_string()),
            Err(error) => Err(error.to_string()),
        }
    }

    /// As it was written, with the password.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// How to connect. A process that hangs in the middle of a transaction must not keep others waiting for long. Every
    /// statement finds its rows by a key, so none is planned anew for other values, and none reads a whole table because it was
    /// still small when it was planned, or is compiled because it is estimated to be long.
    pub(super) fn options(&self) -> PgConnectOptions {
        let options = PgConnectOptions::from_str(&self.0).unwrap_or_default();
        options
            .application_name("temujanji")
            .options([
                ("idle_in_transaction_session_timeout", "30s"),
                ("lock_timeout", "10s"),
                ("statement_timeout", "60s"),
                ("plan_cache_mode", "force_generic_plan"),
                ("jit", "off"),
                ("enable_seqscan", "off"),
                ("enable_hashjoin", "off"),
                ("enable_mergejoin", "off"),
            ])
            .disable_statement_logging()
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let options = PgConnectOptions::from_str(&self.0).unwrap_or_default();
        let user = options.get_username();
        let name = options.get_database().unwrap_or(user);
        match options.get_socket() {
            Some(socket) => write!(f, "postgres://{user}@localhost/{name}?host={}", socket.display()),
            None => write!(f, "postgres://{user}@{}:{}/{name}", options.get_host(), options.get_port()),
        }
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A pool on a database with the schema this program knows.
pub(super) async fn open(url: &PostgresUrl, connections: u32, keys: &Keys) -> Result<Pool> {
    let options = url.options();
    let mut db = migrated(url).await?;
    let to_write = !in_recovery(&mut db).await?;
    sql::check_keys(&mut db, keys, to_write).await?;
    Ok(Pool::open(options, connections))
}

async fn connect(url: &PostgresUrl) -> Result<PgConnection> {
    match tokio::time::timeout(PATIENCE, url.options().connect()).await {
        Ok(connected) => Ok(connected?),
        Err(_) => Err(super::exhausted()),
    }
}

/// The newest migration applied in a database; 0 in an empty one. Changes nothing.
///
/// # Errors
///
/// When the server cannot be reached or refuses.
pub async fn schema_at(url: &PostgresUrl) -> Result<i64> {
    schema(&mut connect(url).await?).await
}

/// Whether the server is a replica, which lets nobody write. Changes nothing.
///
/// # Errors
///
/// When the server cannot be reached or refuses.
pub async fn is_replica(url: &PostgresUrl) -> Result<bool> {
    in_recovery(&mut connect(url).await?).await
}

async fn in_recovery(db: &mut PgConnection) -> Result<bool> {
    Ok(sqlx::query_scalar("SELECT pg_is_in_recovery()").fetch_one(db).await?)
}

/// The newest migration this program knows.
pub fn known_schema() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// A connection to a database with the schema this program knows.
pub(in super::super) async fn migrated(url: &PostgresUrl) -> Result<PgConnection> {
    let mut db = connect(url).await?;
    prepare(&mut db).await?;
    Ok(db)
}

/// Migrates. Of several processes that start together one does, and the others wait for it.
async fn prepare(db: &mut PgConnection) -> Result<()> {
    let (known, found) = (known_schema(), schema(db).await?);
    if found > known {
        return sql::check_floor(db, known, found).await;
    }
    // A replica has what its primary has, and can be read.
    if found == known && in_recovery(db).await? {
        return Ok(());
    }
    // Migrations wait for locks as long as it takes.
    sqlx::raw_sql("SET lock_timeout = 0; SET statement_timeout = 0").execute(&mut *db).await?;
    MIGRATIONS.run_direct(None, db, false).await?;
    Ok(())
}

/// The newest migration applied; 0 in an empty database.
pub(super) async fn schema(db: &mut PgConnection) -> Result<i64> {
    let table: bool =
        sqlx::query_scalar("SELECT to_regclass('_sqlx_migrations') IS NOT NULL").fetch_one(&mut *db).await?;
    if !table {
        return Ok(0);
    }
    let newest = "SELECT coalesce(max(version), 0) FROM _sqlx_migrations WHERE success";
    Ok(sqlx::query_scalar(newest).fetch_one(db).await?)
}

/// Its kind and version.
pub(super) async fn version(db: &mut PgConnection) -> Result<String> {
    let version: String =
        sqlx::query_scalar("SELECT current_setting('server_version')").fetch_one(db).await?;
    Ok(format!("PostgreSQL {version}"))
}

/// What time it is on the server.
pub(super) async fn time(db: &mut PgConnection) -> Result<Option<DateTime<Utc>>> {
    Ok(Some(sqlx::query_scalar("SELECT clock_timestamp()").fetch_one(db).await?))
}

/// Reads all of it and says what is wrong.
pub(super) async fn damage(db: &mut PgConnection) -> Result<Vec<String>> {
    let uneven = sql::uneven(db).await?;
    Ok((uneven > 0).then(|| format!("{uneven} slots count other than their places")).into_iter().collect())
}
