//! Where a database of the tests lives.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use tempfile::TempDir;
use temujanji::booking::Identity;
use temujanji::keys::Keys;
use temujanji::store::{PostgresStore, PostgresUrl, SqliteStore, Store, StoreError};

use crate::cluster::Cluster;

/// Where a database lives, and what only its own means can do.
#[async_trait]
pub(crate) trait Home: Send + Sync {
    /// Opens it as a program does that starts.
    async fn try_open(&self) -> Result<Arc<dyn Store>, StoreError>;
    /// The same, where nothing speaks against it.
    async fn open(&self) -> Arc<dyn Store> {
        self.try_open().await.unwrap()
    }
    /// Runs a statement behind the store's back.
    async fn run(&self, sql: &str);
    /// Counts rows behind the store's back.
    async fn count(&self, sql: &str) -> i64;
    /// Blocks an identity.
    async fn block(&self, identity: &Identity, until: DateTime<Utc>);
    /// Makes the counters forget, so that the guard never bites: for the negative control.
    async fn blind(&self);
    /// Ends that.
    async fn see(&self);
    /// Empties it, as before the first start.
    async fn erase(&self);
}

/// SQLite's home: a file.
pub(crate) struct File {
    pub(crate) folder: TempDir,
    pub(crate) keys: Arc<Keys>,
}

impl File {
    /// On the disk, where commits take their time.
    pub(crate) fn on_disk() -> File {
        File::within(tempfile::tempdir().unwrap())
    }

    /// In memory, where the system has such a folder: for tests that commit much and ask nothing of the disk.
    pub(crate) fn in_memory() -> File {
        let memory = Path::new("/dev/shm");
        match memory.is_dir() {
            true => File::within(tempfile::tempdir_in(memory).unwrap()),
            false => File::on_disk(),
        }
    }

    fn within(folder: TempDir) -> File {
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).unwrap());
        File { folder, keys }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("temujanji.db")
    }

    fn raw(&self) -> Connection {
        let raw = Connection::open(self.path()).unwrap();
        raw.busy_timeout(Duration::from_secs(10)).unwrap();
        raw
    }
}

#[async_trait]
impl Home for File {
    async fn try_open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(SqliteStore::open(&self.path(), Arc::clone(&self.keys)).await?))
    }

    async fn run(&self, sql: &str) {
        self.raw().execute_batch(sql).unwrap();
    }

    async fn count(&self, sql: &str) -> i64 {
        self.raw().query_row(sql, [], |row| row.get(0)).unwrap()
    }

    async fn block(&self, identity: &Identity, until: DateTime<Utc>) {
        let hash = self.keys.hash("identity", &identity.canonical());
        let row = rusqlite::params![hash, until.timestamp_micros()];
        self.raw().execute("INSERT INTO block (identity, until) VALUES (?, ?)", row).unwrap();
    }

    async fn blind(&self) {
        let forget = "UPDATE slot SET taken = 0 WHERE taken > 0; END";
        self.run(&format!("CREATE TRIGGER forget_new AFTER INSERT ON slot BEGIN {forget}")).await;
        self.run(&format!("CREATE TRIGGER forget AFTER UPDATE OF taken ON slot BEGIN {forget}")).await;
    }

    async fn see(&self) {
        self.run("DROP TRIGGER forget; DROP TRIGGER forget_new").await;
    }

    async fn erase(&self) {
        // Not the file: a connection that is still about would take the new one's log away with it.
        let raw = self.raw();
        for on in [true, false] {
            raw.set_db_config(DbConfig::SQLITE_DBCONFIG_RESET_DATABASE, on).unwrap();
            if on {
                raw.execute_batch("VACUUM").unwrap();
            }
        }
    }
}

/// PostgreSQL's home: a database of the tests' own server.
pub(crate) struct Server {
    url: PostgresUrl,
    keys: Arc<Keys>,
}

impl Server {
    pub(crate) fn database() -> Server {
        let folder = tempfile::tempdir().unwrap();
        let keys = Arc::new(Keys::load_or_create(&folder.path().join("keys")).unwrap());
        Server { url: Cluster::shared().database(), keys }
    }

    async fn raw(&self) -> PgConnection {
        PgConnection::connect(self.url.secret()).await.unwrap()
    }
}

#[async_trait]
impl Home for Server {
    async fn try_open(&self) -> Result<Arc<dyn Store>, StoreError> {
        Ok(Arc::new(PostgresStore::open(&self.url, 16, Arc::clone(&self.keys)).await?))
    }

    async fn run(&self, sql: &str) {
        sqlx::raw_sql(AssertSqlSafe(sql)).execute(&mut self.raw().await).await.unwrap();
    }

    async fn count(&self, sql: &str) -> i64 {
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_one(&mut self.raw().await).await.unwrap()
    }

    async fn block(&self, identity: &Identity, until: DateTime<Utc>) {
        let hash = self.keys.hash("identity", &identity.canonical()).to_vec();
        let block = sqlx::query("INSERT INTO block (identity, until) VALUES ($1, $2)").bind(hash).bind(until);
        block.execute(&mut self.raw().await).await.unwrap();
    }

    async fn blind(&self) {
        self.run(
            "CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.taken := 0; RETURN NEW; END';
            CREATE TRIGGER forget BEFORE INSERT OR UPDATE ON slot FOR EACH ROW EXECUTE FUNCTION forget()",
        )
        .await;
    }

    async fn see(&self) {
        self.run("DROP TRIGGER forget ON slot").await;
    }

    async fn erase(&self) {
        self.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public").await;
    }
}
