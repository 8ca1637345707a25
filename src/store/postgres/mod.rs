//! The shared database: one PostgreSQL, any number of processes on any number of machines.
//!
//! Here is what differs from other databases: connecting (`open`), connections that answer (`pool`), transactions, which
//! turns that come at the same time share (`work`; `batch` says which, `together` has the statements for many), the forms of
//! instants and identifiers (`form`), what its errors mean (`fault`), and news of the outbox over all processes (`news`).
//! Rows are locked one by one, in the order that `sql` keeps; transactions read what is committed.

mod batch;
pub(super) mod fault;
mod form;
mod news;
mod open;
mod pool;
mod together;
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
use sqlx::{PgConnection as Connection, Postgres as Db};
use tokio::sync::watch;

use self::PostgresStore as Database;
use super::{Contact, Result, StoreError};
use crate::booking::SlotKey;
use crate::keys::Keys;
use batch::{Begin, Gate, Sharing, TOGETHER};
use form::{At, Id};
use news::News;
use open::{damage, schema, time, version};
use pool::{LONGEST_WORK, Pool};
use sql::conversation::{Beginning, beginning};
use sql::sealed::{self, Spot};
use sql::{Process, Remembered};
use work::Work;

pub(super) use open::migrated;
pub use open::{PostgresUrl, is_replica, known_schema, schema_at};

/// How a plan is asked for, and the column it comes in.
const EXPLAIN: &str = "EXPLAIN (COSTS OFF)";
const PLAN_COLUMN: &str = "QUERY PLAN";

/// Rows are locked one by one.
const LOCKS_ROWS: bool = true;

/// How long one waits for a connection of the pool, or for a server that is starting.
const PATIENCE: Duration = Duration::from_secs(10);

/// A database in a PostgreSQL server.
pub struct PostgresStore {
    keys: Arc<Keys>,
    pool: Pool,
    gate: Gate,
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
        let gate = Gate::open(pool.clone(), Sharing::of(TOGETHER, connections as usize));
        let (office, process) = (Remembered::default(), Process::default());
        Ok(Self { keys, pool, gate, listening, news, office, process })
    }

    /// The same, where at most so many turns share a transaction. With one, each has its own: for a database that is spread
    /// over machines, where a transaction should touch few of them.
    #[must_use]
    pub fn with_turns_together(self, most: u32) -> Self {
        let connections = self.pool.most();
        let sharing = Sharing::of(most as usize, connections as usize);
        Self { gate: Gate::open(self.pool.clone(), sharing), ..self }
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

    async fn begin_turn(
        &self,
        from: &Contact,
        delivery: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<(Work, Beginning)>> {
        let contact = sealed::contact(&self.keys, from);
        let address = Spot::Address(&contact).seal(&self.keys, &from.address);
        let (channel, delivery) = (from.channel.clone(), delivery.to_owned());
        let begin = Begin { channel, contact, address, delivery, now };
        let Some((work, row)) = self.gate.begin(begin).await? else { return Ok(None) };
        Ok(Some((work, beginning(&self.keys, &row)?)))
    }

    /// For a turn in a conversation that is known.
    async fn begin_alone(&self) -> Result<Work> {
        Work::begin(&self.pool, batch::BEGIN).await
    }

    /// A connection that answers.
    async fn read(&self) -> Result<PoolConnection<Db>> {
        self.pool.read().await
    }

    /// Work that ends, whatever becomes of its connection.
    async fn bounded<T>(&self, work: impl Future<Output = Result<T>>) -> Result<T> {
        self.pool.within(LONGEST_WORK, work).await
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
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(advisory_key(hash)).execute(db).await?;
    Ok(())
}

/// What a hash is locked by.
fn advisory_key(hash: &[u8]) -> i64 {
    hash.first_chunk().map_or(0, |first| i64::from_be_bytes(*first))
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
