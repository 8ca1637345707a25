//! A piece of work: one transaction, of one turn or of several that travel together.
//!
//! A bare commit costs little more than its way to the server, and a turn is several such ways, so turns that came while
//! others were under way share a transaction ([`super::batch`] says which). Each goes on by itself, but where all of them ask
//! (for a place, for an appointment, for the commit) one statement does it for all. Whoever asks waits until the others
//! ask, too, or have asked for their commit before; whatever else a turn does in between, it does alone.
//!
//! Their fate is one: when one of them fails or is dropped, all are undone, and the others are told [`StoreError::Repeat`].
//! They are then handled again, each in a transaction of its own.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use std::{iter, mem};

use sqlx::{PgConnection, Postgres, Transaction};
use tokio::sync::{OwnedMappedMutexGuard, OwnedMutexGuard, OwnedSemaphorePermit, oneshot};

use super::pool::{Doubt, LONGEST_WORK, Pool};
use super::together;
use crate::booking::Hold;
use crate::store::together::{Booked, ConfirmAsk, Ending, HoldAsk};
use crate::store::{Result, StoreError};

/// The longest wait for those one travels with. Longer than the server lets anybody wait for a lock.
const PATIENCE: Duration = Duration::from_secs(20);

/// A transaction and those who share it.
struct Journey {
    /// None once it has ended.
    transaction: Arc<tokio::sync::Mutex<Option<Transaction<'static, Postgres>>>>,
    line: Mutex<Line>,
    /// Its room among the transactions that are under way at once.
    _room: Option<OwnedSemaphorePermit>,
    /// How many turns are to travel alone, since they were in a journey that broke.
    alone: Arc<AtomicUsize>,
    begun: Instant,
    /// Raised when it breaks up late: somebody may have waited on a connection that does not answer.
    doubt: Doubt,
}

/// Where those who share a transaction are.
struct Line {
    turns: usize,
    /// Those who neither ask for anything nor have asked for their commit.
    at_work: usize,
    asks: Asks,
    broken: bool,
}

#[derive(Default)]
struct Asks {
    holds: Vec<Asked<HoldAsk, Option<Hold>>>,
    confirms: Vec<Asked<ConfirmAsk, Option<Booked>>>,
    endings: Vec<Asked<Ending, Vec<bool>>>,
}

/// What somebody asks for, and where the answer goes.
struct Asked<Ask, Answer> {
    ask: Ask,
    answer: oneshot::Sender<Result<Answer>>,
}

/// A turn's part in a transaction. Dropping it undoes it.
pub(super) struct Work {
    journey: Arc<Journey>,
    sound: bool,
    ended: bool,
}

/// The connection, for one step.
pub(super) type Step = OwnedMappedMutexGuard<Option<Transaction<'static, Postgres>>, PgConnection>;

/// Parts in a transaction for so many turns.
pub(super) fn shared(
    transaction: Transaction<'static, Postgres>,
    turns: usize,
    room: Option<OwnedSemaphorePermit>,
    alone: Arc<AtomicUsize>,
    doubt: Doubt,
) -> Vec<Work> {
    let transaction = Arc::new(tokio::sync::Mutex::new(Some(transaction)));
    let line = Mutex::new(Line { turns, at_work: turns, asks: Asks::default(), broken: false });
    let journey = Arc::new(Journey { transaction, line, _room: room, alone, begun: Instant::now(), doubt });
    (0..turns).map(|_| Work { journey: Arc::clone(&journey), sound: true, ended: false }).collect()
}

impl Work {
    /// A transaction of one's own.
    pub(super) async fn begin(pool: &Pool, statements: &'static str) -> Result<Work> {
        let transaction = pool.begin(statements).await?;
        shared(transaction, 1, None, Arc::default(), pool.doubt()).pop().ok_or(StoreError::Repeat)
    }

    /// The connection, for one step, whose result must be passed through [`Work::did`].
    ///
    /// After a step that failed, or was left halfway, the work can only be undone.
    pub(super) async fn db(&mut self) -> Result<Step> {
        self.step()?;
        let transaction = Arc::clone(&self.journey.transaction).lock_owned().await;
        // While one waited for the connection, another's step may have failed.
        if self.journey.line().broken {
            return Err(StoreError::Repeat);
        }
        OwnedMutexGuard::try_map(transaction, Option::as_deref_mut).map_err(|_| StoreError::Repeat)
    }

    /// Notes how a step went.
    pub(super) fn did<T>(&mut self, result: Result<T>) -> Result<T> {
        self.sound = result.is_ok();
        if !self.sound {
            self.journey.break_up();
        }
        result
    }

    /// Holds a place, if this is a plain case.
    pub(super) async fn hold(&mut self, ask: impl FnOnce() -> Option<HoldAsk>) -> Result<Option<Hold>> {
        let Some(ask) = ask() else { return Ok(None) };
        self.ask(|asks, answer| asks.holds.push(Asked { ask, answer })).await
    }

    /// Turns a hold into an appointment, if this is a plain case.
    pub(super) async fn confirm(
        &mut self,
        ask: impl FnOnce() -> Option<ConfirmAsk>,
    ) -> Result<Option<Booked>> {
        let Some(ask) = ask() else { return Ok(None) };
        self.ask(|asks, answer| asks.confirms.push(Asked { ask, answer })).await
    }

    /// Writes what the turn leaves behind and keeps the work; returns once the server has it on its disk. Says which
    /// messages are taken by this process.
    pub(super) async fn end(mut self, ask: Ending) -> Result<Vec<bool>> {
        let ended = self.ask(|asks, answer| asks.endings.push(Asked { ask, answer })).await;
        self.ended = ended.is_ok();
        ended
    }

    /// Keeps the work of a transaction of one's own.
    pub(super) async fn commit(mut self) -> Result<()> {
        self.step()?;
        let transaction = self.journey.transaction.lock().await.take().ok_or(StoreError::Repeat)?;
        transaction.commit().await?;
        self.ended = true;
        Ok(())
    }

    fn step(&mut self) -> Result<()> {
        let may = mem::replace(&mut self.sound, false) && !self.journey.line().broken;
        if may { Ok(()) } else { Err(StoreError::Repeat) }
    }

    async fn ask<Answer>(
        &mut self,
        ask: impl FnOnce(&mut Asks, oneshot::Sender<Result<Answer>>),
    ) -> Result<Answer> {
        self.step()?;
        let (tell, told) = oneshot::channel();
        if let Some(asks) = self.journey.line().enter(|asks| ask(asks, tell)) {
            // In a task of its own, so that nobody who leaves leaves it halfway.
            let serving = Arc::clone(&self.journey).serve(asks);
            tokio::spawn(tokio::time::timeout(LONGEST_WORK, serving));
        }
        let answer = match tokio::time::timeout(PATIENCE, told).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) | Err(_) => Err(StoreError::Repeat),
        };
        self.did(answer)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if !self.ended {
            self.journey.break_up();
        }
    }
}

impl Line {
    /// Asks; gives back what all ask, if this was the last.
    fn enter(&mut self, ask: impl FnOnce(&mut Asks)) -> Option<Asks> {
        if !self.broken {
            ask(&mut self.asks);
            self.at_work -= 1;
        }
        (!self.broken && self.at_work == 0).then(|| mem::take(&mut self.asks))
    }
}

impl Journey {
    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Undoes everything. Whoever waits is told.
    fn break_up(&self) {
        if self.begun.elapsed() > PATIENCE {
            self.doubt.raise();
        }
        let mut line = self.line();
        if !mem::replace(&mut line.broken, true) && line.turns > 1 {
            self.alone.fetch_add(line.turns, Ordering::Relaxed);
        }
        line.asks = Asks::default();
    }

    /// Does what all ask: holds first, then confirmations, so that slots are locked before what comes after them, and the
    /// commit once nobody asks for anything else. Those who ask for what comes later wait.
    async fn serve(self: Arc<Self>, asks: Asks) {
        let Asks { holds, confirms, endings } = asks;
        if !holds.is_empty() {
            let (holds, answers) = apart(holds);
            let held = self.hold(holds, &confirms).await;
            self.go_on(Asks { holds: Vec::new(), confirms, endings }, held, answers);
        } else if !confirms.is_empty() {
            let (confirms, answers) = apart(confirms);
            let booked = self.confirm(confirms).await;
            self.go_on(Asks { endings, ..Asks::default() }, booked, answers);
        } else {
            self.end(endings).await;
        }
    }

    async fn hold(
        &self,
        holds: Vec<HoldAsk>,
        others: &[Asked<ConfirmAsk, Option<Booked>>],
    ) -> Result<Vec<Option<Hold>>> {
        let mut transaction = self.transaction.lock().await;
        let db: &mut PgConnection = transaction.as_mut().ok_or(StoreError::Repeat)?;
        together::keep_out(db, others.iter().map(|asked| &asked.ask)).await?;
        together::hold(db, holds).await
    }

    async fn confirm(&self, confirms: Vec<ConfirmAsk>) -> Result<Vec<Option<Booked>>> {
        let mut transaction = self.transaction.lock().await;
        let db: &mut PgConnection = transaction.as_mut().ok_or(StoreError::Repeat)?;
        together::keep_out(db, &confirms).await?;
        together::confirm(db, confirms).await
    }

    /// Answers those whose turn it was; the others wait on.
    fn go_on<Answer>(
        &self,
        others: Asks,
        answers: Result<Vec<Answer>>,
        to: Vec<oneshot::Sender<Result<Answer>>>,
    ) {
        match answers {
            Ok(answers) => {
                let mut line = self.line();
                if !line.broken {
                    line.at_work = to.len();
                    line.asks = others;
                    drop(line);
                    answer(to, answers.into_iter().map(Ok));
                }
            }
            Err(error) => {
                self.break_up();
                answer(to, failures(error));
            }
        }
    }

    async fn end(&self, endings: Vec<Asked<Ending, Vec<bool>>>) {
        let (endings, answers) = apart(endings);
        let ended = async {
            let mut transaction = self.transaction.lock().await.take().ok_or(StoreError::Repeat)?;
            let taken = together::end(&mut transaction, &endings).await?;
            transaction.commit().await?;
            Ok(taken)
        };
        match ended.await {
            Ok(taken) => answer(answers, taken.into_iter().map(Ok)),
            Err(error) => {
                self.break_up();
                answer(answers, failures(error));
            }
        }
    }
}

fn apart<Ask, Answer>(asked: Vec<Asked<Ask, Answer>>) -> (Vec<Ask>, Vec<oneshot::Sender<Result<Answer>>>) {
    asked.into_iter().map(|asked| (asked.ask, asked.answer)).unzip()
}

fn answer<Answer>(
    to: Vec<oneshot::Sender<Result<Answer>>>,
    answers: impl IntoIterator<Item = Result<Answer>>,
) {
    for (to, answer) in to.into_iter().zip(answers) {
        // One who has left has broken the journey up already.
        let _left = to.send(answer);
    }
}

/// The failure for one of those whose work is undone by it, and for the others that they may repeat theirs.
fn failures<Answer>(error: StoreError) -> impl Iterator<Item = Result<Answer>> {
    iter::once(Err(error)).chain(iter::repeat_with(|| Err(StoreError::Repeat)))
}
