//! Connections that answer.
//!
//! A server that was restarted leaves connections behind that fail at their first statement: they are passed over. One that
//! moved to another machine, or a network that forgot a connection, leaves ones on which nobody ever says anything again. So
//! nobody waits without end; and once somebody has waited in vain, every connection that comes back is tried before it
//! is used again.

use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{Connection, PgConnection, PgPool, Postgres, Transaction};

use super::PATIENCE;
use crate::store::{Result, StoreError};

/// How long one waits for the answer of a connection that has nothing else to do.
const ANSWER: Duration = Duration::from_secs(3);
/// A connection that was not used for so long is tried first.
const IDLE: Duration = Duration::from_secs(5);
/// The longest until a transaction has begun, with a wait for a connection and for a lock.
const BEGUN: Duration = Duration::from_secs(30);
/// The longest that a piece of work may take. The server ends a statement after one minute.
pub(super) const LONGEST_WORK: Duration = Duration::from_secs(100);
/// For so long after somebody waited in vain, connections are tried whenever they change hands.
const DOUBTFUL: Duration = Duration::from_secs(120);

/// The connections to a database.
#[derive(Clone)]
pub(super) struct Pool {
    connections: PgPool,
    doubt: Doubt,
}

/// When somebody last waited in vain.
#[derive(Clone, Default)]
pub(super) struct Doubt(Arc<Mutex<Option<Instant>>>);

impl Doubt {
    pub(super) fn raise(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(Instant::now());
    }

    fn is_raised(&self) -> bool {
        let last = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
        last.is_some_and(|last| last.elapsed() < DOUBTFUL)
    }
}

impl Pool {
    /// At most so many connections, made as they are needed.
    pub(super) fn open(options: PgConnectOptions, most: u32) -> Pool {
        let doubt = Doubt::default();
        let (taking, giving) = (doubt.clone(), doubt.clone());
        let connections = PgPoolOptions::new()
            .max_connections(most)
            .acquire_timeout(PATIENCE)
            // Whoever begins passes over connections that fail.
            .test_before_acquire(false)
            .before_acquire(move |connection, about| {
                let suspect = about.idle_for > IDLE || taking.is_raised();
                Box::pin(answers(connection, suspect))
            })
            .after_release(move |connection, _| Box::pin(answers(connection, giving.is_raised())))
            .connect_lazy_with(options);
        Pool { connections, doubt }
    }

    /// What is told of waits in vain.
    pub(super) fn doubt(&self) -> Doubt {
        self.doubt.clone()
    }

    /// Most connections.
    pub(super) fn most(&self) -> u32 {
        self.connections.options().get_max_connections()
    }

    /// Begins, with these statements.
    pub(super) async fn begin(&self, statements: &'static str) -> Result<Transaction<'static, Postgres>> {
        let begun = async {
            for _ in 0..self.connections.size() {
                match self.connections.begin_with(statements).await {
                    Err(error) if is_left_behind(&error) => {}
                    begun => return begun.map_err(meaning),
                }
            }
            self.connections.begin_with(statements).await.map_err(meaning)
        };
        self.within(BEGUN, begun).await
    }

    /// A connection, to read.
    pub(super) async fn read(&self) -> Result<PoolConnection<Postgres>> {
        let found = async {
            for _ in 0..self.connections.size() {
                let mut connection = self.connections.acquire().await.map_err(meaning)?;
                match tokio::time::timeout(ANSWER, connection.ping()).await {
                    Ok(Ok(())) => return Ok(connection),
                    Ok(Err(_)) => {}
                    Err(_) => self.doubt.raise(),
                }
            }
            self.connections.acquire().await.map_err(meaning)
        };
        self.within(BEGUN, found).await
    }

    /// Work that is given up when it takes longer than that.
    pub(super) async fn within<T>(
        &self,
        longest: Duration,
        work: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let mut work = pin!(work);
        match tokio::time::timeout(longest, work.as_mut()).await {
            Ok(done) => done,
            Err(_) => {
                // Before the work is dropped, and its connection comes back.
                self.doubt.raise();
                Err(StoreError::Unreachable {
                    why: format!("no answer within {} seconds", longest.as_secs()),
                })
            }
        }
    }

    pub(super) async fn close(&self) {
        self.connections.close().await;
    }
}

/// Whether a connection may be used; one that is suspect is asked. An error makes the pool close it without a word.
async fn answers(connection: &mut PgConnection, suspect: bool) -> sqlx::Result<bool> {
    if suspect {
        let pinged = tokio::time::timeout(ANSWER, connection.ping()).await;
        pinged.unwrap_or_else(|_| Err(sqlx::Error::Protocol("a connection does not answer".to_owned())))?;
    }
    Ok(true)
}

/// Whether a connection failed since its server has left, was crashed or is starting.
fn is_left_behind(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    matches!(error, sqlx::Error::Io(_) | sqlx::Error::Protocol(_))
        || code.is_some_and(|code| matches!(code.as_ref(), "57P01" | "57P02" | "57P03"))
}

fn meaning(error: sqlx::Error) -> StoreError {
    if matches!(error, sqlx::Error::PoolTimedOut) { super::exhausted() } else { error.into() }
}
