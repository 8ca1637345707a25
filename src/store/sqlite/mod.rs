//! The embedded database: one file, any number of processes on one machine, nothing to install.
//!
//! Here is what differs from other databases: opening the file, one connection that writes for all (`writer`), how a
//! turn begins and ends (`alone`), the forms of instants and identifiers (`form`), and what its errors mean
//! (`fault`). Nothing is locked but the whole.

mod alone;
pub(super) mod fault;
mod form;
mod open;
mod writer;

/// One writer at a time: no row is ever passed over because another process works on it.
macro_rules! skip_locked {
    () => {
        ""
    };
}
#[path = "../sql/mod.rs"]
mod sql;

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::{Sqlite as Db, SqliteConnection as Connection, SqlitePool};
use tokio::sync::watch;

use self::SqliteStore as Database;
use super::{Contact, Result};
use crate::booking::SlotKey;
use crate::keys::Keys;
use form::{At, Id};
use open::{damage, schema, time, version};
use sql::conversation::Beginning;
use sql::{Process, Remembered};
use writer::{Work, Writer};

pub use open::{known_schema, schema_at};

/// How a plan is asked for, and the column it comes in.
const EXPLAIN: &str = "EXPLAIN QUERY PLAN";
const PLAN_COLUMN: &str = "detail";

/// Rows need not be locked one by one.
const LOCKS_ROWS: bool = false;

/// The database in one SQLite file.
pub struct SqliteStore {
    keys: Arc<Keys>,
    writer: Writer,
    readers: SqlitePool,
    /// Counts what may be new in the outbox.
    news: watch::Sender<u64>,
    office: Remembered,
    process: Process,
}

impl SqliteStore {
    /// Opens the file, making it if there is none, and brings its schema up to date.
    ///
    /// # Errors
    ///
    /// When it cannot be opened or written, when a newer program has changed it, or when other keys sealed it.
    pub async fn open(path: &Path, keys: Arc<Keys>) -> Result<Self> {
        let (writer, readers) = open::open(path, &keys).await?;
        let (writer, news) = (Writer::new(writer), watch::Sender::new(0));
        Ok(Self { keys, writer, readers, news, office: Remembered::default(), process: Process::default() })
    }

    /// How the database would find the day list of a slot's branch, and ninety days of its branch and service.
    ///
    /// # Errors
    ///
    /// When the database fails.
    pub async fn plans(&self, of: &SlotKey, now: DateTime<Utc>) -> Result<String> {
        sql::plans(&mut *self.read().await?, of, now).await
    }

    async fn begin(&self) -> Result<Work> {
        self.writer.begin().await
    }

    async fn begin_turn(
        &self,
        from: &Contact,
        delivery: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(Work, Beginning)>> {
        let mut work = self.begin().await?;
        let begun = alone::begin(work.db().await?, &self.keys, from, delivery, now).await;
        Ok(work.did(begun)?.map(|begun| (work, begun)))
    }

    /// For a turn in a conversation that is known.
    async fn begin_alone(&self) -> Result<Work> {
        self.begin().await
    }

    async fn read(&self) -> Result<PoolConnection<Db>> {
        Ok(self.readers.acquire().await?)
    }

    /// Work on this machine ends by itself.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        work.await
    }

    fn subscribe(&self) -> watch::Receiver<u64> {
        self.news.subscribe()
    }

    async fn shut(&self) {
        self.writer.settle().await;
        self.readers.close().await;
    }
}

/// The one writer keeps turns out anyway.
async fn keep_turns_out(_: &mut Connection) -> Result<()> {
    Ok(())
}

/// The one writer keeps out all others anyway.
async fn keep_out(_: &mut Connection, _: &[u8]) -> Result<()> {
    Ok(())
}

/// Other processes look by themselves.
async fn announce(_: &mut Connection) -> Result<()> {
    Ok(())
}
