//! Where a database of the tests lives.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use rusqlite::Connection;
use tempfile::TempDir;
use temujanji::booking::Identity;
use temujanji::keys::Keys;
use temujanji::store::{SqliteStore, Store, StoreError};

/// Where a database lives, and what only its own means can do.
#[async_trait]
pub(crate) trait Home: Send + Sync {
    /// Opens it as a program does that starts.
    async fn open(&self) -> Arc<dyn Store>;
    /// Runs a statement behind the store's back.
    async fn run(&self, sql: &str);
    /// Counts rows behind the store's back.
    async fn count(&self, sql: &str) -> i64;
    /// Blocks an identity.
    async fn block(&self, identity: &Identity, until: DateTime<Utc>);
    /// Makes the counters forget, so that the guard never bites: for the negative control.
    async fn blind(&self);
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

    pub(crate) async fn try_open(&self) -> Result<SqliteStore, StoreError> {
        SqliteStore::open(&self.path(), Arc::clone(&self.keys)).await
    }
}

#[async_trait]
impl Home for File {
    async fn open(&self) -> Arc<dyn Store> {
        Arc::new(self.try_open().await.unwrap())
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
}
