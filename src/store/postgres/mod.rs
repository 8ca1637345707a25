//! The shared database: one PostgreSQL, any number of processes on any number of machines.
//!
//! Here is what differs from other databases: connecting (`open`), a transaction of its own for each turn (`work`),
//! the forms of instants and identifiers (`form`), what its errors mean (`fault`), and news of the outbox over all
//! processes (`news`). Rows are locked one by one, in the order that `sql` keeps; transactions read what is committed.

pub(super) mod fault;
mod form;
mod news;
mod open;
mod work;

/// A message that another process is taking in this very moment is passed over.
macro_rules! skip_locked {
    () => {
        " FOR UPDATE OF o SKIP LOCKED"
    };
}
#[path = "../sql/mod.rs"]
mod sql;

use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::pool::PoolConnection;
use sqlx::{Connection as _, PgConnection as Connection, PgPool, Postgres as Db};
use tokio::sync::watch;

use self::PostgresStore as Database;
use super::{Result, StoreError};
use crate::booking::SlotKey;
use crate::keys::Keys;
use form::{At, Id};
use news::News;
use open::{damage, schema, version};
use sql::{Process, Remembered};
use work::Work;

pub(super) use open::migrated;
pub use open::{PostgresUrl, known_schema, schema_at};

/// How a plan is asked for, and the column it comes in.
const EXPLAIN: &str = "EXPLAIN (COSTS OFF)";
const PLAN_COLUMN: &str = "QUERY PLAN";

/// A statement may change several tables, which saves ways to the server and time under locks.
const JOINS: bool = true;
/// Rows are locked one by one.
const LOCKS_ROWS: bool = true;

/// How long one waits for a connection of the pool, or for a server that is starting.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database in a PostgreSQL server.
pub struct PostgresStore {
    keys: Arc<Keys>,
    pool: PgPool,
    listening: News,
    /// Counts what may be new in the outbox.
    news: watch::Sender<u64>,
    office: Remembered,
    process: Process,
}

impl PostgresStore {
    /// Connects, with at most so many connections, and brings the schema up to date.
    ///
    /// # Errors
    ///
    /// When the server cannot be reached or refuses, when a newer program has changed the schema, or when other keys
    /// sealed the data.
    pub async fn open(url: &PostgresUrl, connections: u32, keys: Arc<Keys>) -> Result<Self> {
        let pool = open::open(url, connections, &keys).await?;
        let news = watch::Sender::new(0);
        let listening = News::new(url.clone(), news.clone());
        Ok(Self { keys, pool, listening, news, office: Remembered::default(), process: Process::default() })
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
        Work::begin(&self.pool, "BEGIN").await
    }

    /// The catalogue is read under a lock that many turns share, so that a new one acts in all turns that begin after
    /// it was imported, and in none that began before ([`keep_turns_out`]).
    async fn begin_turn(&self) -> Result<Work> {
        Work::begin(&self.pool, "BEGIN; SELECT pg_advisory_xact_lock_shared(1, 1)").await
    }

    /// A connection that answers: one that a restarted server has left behind is passed over.
    async fn read(&self) -> Result<PoolConnection<Db>> {
        for _ in 0..self.pool.size() {
            let mut connection = self.pool.acquire().await?;
            if connection.ping().await.is_ok() {
                return Ok(connection);
            }
        }
        Ok(self.pool.acquire().await?)
    }

    fn subscribe(&self) -> watch::Receiver<u64> {
        self.listening.listen();
        self.news.subscribe()
    }

    async fn shut(&self) {
        self.listening.stop();
        self.pool.close().await;
    }
}

/// Waits for the turns under way and lets no other begin before the end of this transaction.
async fn keep_turns_out(db: &mut Connection) -> Result<()> {
    sqlx::query("SELECT pg_advisory_xact_lock(1, 1)").execute(db).await?;
    Ok(())
}

/// Keeps out other turns that concern the same person, until the end of this transaction.
async fn keep_out(db: &mut Connection, hash: &[u8]) -> Result<()> {
    let key = hash.first_chunk().map_or(0, |first| i64::from_be_bytes(*first));
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(key).execute(db).await?;
    Ok(())
}

/// Tells all processes, once this transaction is committed.
async fn announce(db: &mut Connection) -> Result<()> {
    sqlx::query("SELECT pg_notify($1, '')").bind(news::CHANNEL).execute(db).await?;
    Ok(())
}

/// A pool that gives no connection in time.
fn exhausted() -> StoreError {
    let why = format!("no connection within {} seconds", PATIENCE.as_secs());
    StoreError::Unreachable { why }
}
