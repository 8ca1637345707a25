//! The one connection that writes, and the commits that turns share.
//!
//! SQLite has one writer and a commit waits for the disk, so turns that queue for the writer share a commit: each
//! works in a savepoint of its own, and while others are waiting (and the batch is neither large nor old) a finished
//! turn leaves the transaction open for the next one and waits for the commit that closes the batch. A turn that
//! finds nobody waiting commits at once, with all that was left to it. Nobody is answered before their commit.
//!
//! A turn that is dropped, by an error, a panic or a cancelled future, is undone by whoever gets the writer next, down
//! to its savepoint. When nobody does, the closer does: a task that is woken whenever somebody leaves out of turn,
//! so that a batch is never left hanging.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use sqlx::SqliteConnection;
use tokio::sync::{Mutex, Notify, OwnedMutexGuard, oneshot};
use tokio::task::JoinHandle;

use super::alone;
use crate::booking::Hold;
use crate::store::together::{Booked, ConfirmAsk, Ending, HoldAsk};
use crate::store::{Result, StoreError};

/// A commit is shared by at most so many turns …
const BATCH: usize = 128;

/// … and begun no later than this after the first of them.
const PATIENCE: Duration = Duration::from_millis(50);

/// The writer, waited for in order of arrival.
pub(super) struct Writer {
    line: Arc<Line>,
    closer: JoinHandle<()>,
}

struct Line {
    desk: Arc<Mutex<Desk>>,
    waiting: AtomicUsize,
    left: Notify,
}

/// What belongs to whoever has the writer.
struct Desk {
    db: SqliteConnection,
    stage: Stage,
    /// The finished turns of the open transaction, each to be told how its commit went.
    batch: Vec<oneshot::Sender<bool>>,
    since: Instant,
}

/// How far the open transaction is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// There is none.
    Idle,
    /// A turn is at work, the first: undoing it undoes the transaction.
    First,
    /// A later turn is at work, in a savepoint.
    Later,
    /// The last turn is finished; its savepoint, if it had one, is still open.
    Between {
        /// Whether it had one.
        savepoint: bool,
    },
    /// A statement that begins or ends something was under way when its caller left.
    Unsure,
}

impl Writer {
    /// Takes over a connection. Must be called within a Tokio runtime.
    pub(super) fn new(db: SqliteConnection) -> Self {
        let desk = Desk { db, stage: Stage::Idle, batch: Vec::new(), since: Instant::now() };
        let line = Arc::new(Line {
            desk: Arc::new(Mutex::new(desk)),
            waiting: AtomicUsize::new(0),
            left: Notify::new(),
        });
        let closer = tokio::spawn(close_what_is_left(Arc::clone(&line)));
        Self { line, closer }
    }

    /// Waits for the writer and begins a piece of work: all of it is kept by [`Work::commit`], none of it else.
    pub(super) async fn begin(&self) -> Result<Work> {
        let place = Waiting::new(&self.line);
        let desk = Arc::clone(&self.line.desk).lock_owned().await;
        place.served();
        let mut work = Work { desk: Some(desk), line: Arc::clone(&self.line), sound: true };
        work.desk()?.begin().await?;
        Ok(work)
    }

    /// Waits until nothing is under way.
    pub(super) async fn settle(&self) {
        self.line.desk.lock().await.finish().await;
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.closer.abort();
    }
}

async fn close_what_is_left(line: Arc<Line>) {
    loop {
        line.left.notified().await;
        line.desk.lock().await.finish().await;
    }
}

/// Somebody in the line. One who leaves it unserved may have been the one a batch was left open for.
struct Waiting<'a> {
    line: &'a Line,
    served: bool,
}

impl<'a> Waiting<'a> {
    fn new(line: &'a Line) -> Self {
        line.waiting.fetch_add(1, Ordering::SeqCst);
        Self { line, served: false }
    }

    fn served(mut self) {
        self.served = true;
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.line.waiting.fetch_sub(1, Ordering::SeqCst);
        if !self.served {
            self.line.left.notify_one();
        }
    }
}

/// A piece of work at the writer. Dropping it undoes it.
pub(super) struct Work {
    desk: Option<OwnedMutexGuard<Desk>>,
    line: Arc<Line>,
    sound: bool,
}

#[expect(clippy::unused_async, reason = "where turns share a transaction, these wait for the others")]
impl Work {
    /// The connection, for one step, whose result must be passed through [`Work::did`].
    ///
    /// After a step that failed, or was left halfway, the work can only be undone: SQLite may have undone some of it.
    pub(super) async fn db(&mut self) -> Result<&mut SqliteConnection> {
        if !std::mem::replace(&mut self.sound, false) {
            return Err(StoreError::Repeat);
        }
        Ok(&mut self.desk()?.db)
    }

    /// Notes how a step went.
    pub(super) fn did<T>(&mut self, result: Result<T>) -> Result<T> {
        self.sound = result.is_ok();
        result
    }

    /// Keeps the work; returns once it is on the disk.
    pub(super) async fn commit(mut self) -> Result<()> {
        if !self.sound {
            return Err(StoreError::Repeat);
        }
        let others = self.line.waiting.load(Ordering::SeqCst) > 0;
        let desk = self.desk()?;
        if !others || desk.is_full() {
            desk.stage = desk.stage.finished();
            let kept = desk.commit().await;
            self.desk = None;
            return kept;
        }
        let (tell, told) = oneshot::channel();
        desk.batch.push(tell);
        desk.stage = desk.stage.finished();
        self.desk = None;
        if told.await == Ok(true) { Ok(()) } else { Err(StoreError::Repeat) }
    }

    /// Holds a place as others do theirs; here nobody else is at work, and it is done step by step.
    pub(super) async fn hold(&mut self, _: impl FnOnce() -> Option<HoldAsk>) -> Result<Option<Hold>> {
        Ok(None)
    }

    /// Confirms as others do; step by step, too.
    pub(super) async fn confirm(&mut self, _: impl FnOnce() -> Option<ConfirmAsk>) -> Result<Option<Booked>> {
        Ok(None)
    }

    /// Writes what the turn leaves behind and keeps the work. Says which messages are taken by this process.
    pub(super) async fn end(mut self, ending: Ending) -> Result<Vec<bool>> {
        let taken = alone::end(self.db().await?, &ending).await;
        let taken = self.did(taken)?;
        self.commit().await?;
        Ok(taken)
    }

    fn desk(&mut self) -> Result<&mut Desk> {
        self.desk.as_deref_mut().ok_or(StoreError::Repeat)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if self.desk.take().is_some() {
            self.line.left.notify_one();
        }
    }
}

impl Stage {
    fn finished(self) -> Self {
        Stage::Between { savepoint: self == Stage::Later }
    }
}

impl Desk {
    fn is_full(&self) -> bool {
        self.batch.len() + 1 >= BATCH || self.since.elapsed() >= PATIENCE
    }

    async fn begin(&mut self) -> Result<()> {
        self.undo().await;
        let (statement, next) = match self.stage {
            Stage::Idle => ("BEGIN IMMEDIATE", Stage::First),
            Stage::Between { savepoint: false } => ("SAVEPOINT turn", Stage::Later),
            Stage::Between { savepoint: true } => ("RELEASE turn; SAVEPOINT turn", Stage::Later),
            Stage::First | Stage::Later | Stage::Unsure => return Err(StoreError::Repeat),
        };
        if self.stage == Stage::Idle {
            self.since = Instant::now();
        }
        self.run(statement, next).await
    }

    /// Runs a statement that begins or ends something; when it fails or is left halfway, all is undone by the next.
    async fn run(&mut self, statement: &'static str, next: Stage) -> Result<()> {
        self.stage = Stage::Unsure;
        sqlx::query(statement).execute(&mut self.db).await?;
        self.stage = next;
        Ok(())
    }

    /// Undoes a turn that was dropped, and more only where that fails.
    async fn undo(&mut self) {
        if self.stage == Stage::Later {
            let between = Stage::Between { savepoint: false };
            // An error leaves the stage unsure, which is seen to below.
            let _unsure = self.run("ROLLBACK TO turn; RELEASE turn", between).await;
        }
        match self.stage {
            Stage::Idle | Stage::Between { .. } => {}
            Stage::First | Stage::Later | Stage::Unsure => self.roll_back().await,
        }
    }

    /// Commits the transaction and tells everybody in it.
    async fn commit(&mut self) -> Result<()> {
        match self.run("COMMIT", Stage::Idle).await {
            Ok(()) => {
                self.tell(true);
                Ok(())
            }
            Err(error) => {
                self.roll_back().await;
                Err(error)
            }
        }
    }

    async fn roll_back(&mut self) {
        // It fails when SQLite has rolled back already, or when the commit had gone through after all.
        let _none_open = sqlx::query("ROLLBACK").execute(&mut self.db).await;
        self.stage = Stage::Idle;
        self.tell(false);
    }

    /// Undoes what was left halfway and commits what is finished.
    async fn finish(&mut self) {
        self.undo().await;
        if self.stage != Stage::Idle {
            // Whoever waits for it is told of the failure.
            let _told = self.commit().await;
        }
    }

    fn tell(&mut self, kept: bool) {
        for waiting in self.batch.drain(..) {
            // One who is not there any more will ask again.
            let _gone = waiting.send(kept);
        }
    }
}

#[cfg(test)]
mod tests;
