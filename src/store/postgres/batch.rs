//! Which turns travel together.
//!
//! A few transactions are under way at once; who comes meanwhile waits, and the next takes all who wait along, up to a
//! number. So a turn that finds nobody under way begins at once and alone, and the more come, the more share each statement.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use chrono::{DateTime, Utc};
use sqlx::postgres::PgRow;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::pool::{LONGEST_WORK, Pool};
use super::together;
use super::work::{Work, shared};
use crate::store::{Result, StoreError};

/// Most turns that share a transaction, unless it is set otherwise.
pub(super) const TOGETHER: usize = 64;
/// Shared transactions under way at once: enough that one has the processors while another waits for the disk, and few enough
/// that who wants the same slot does not queue for its lock.
const AT_ONCE: usize = 3;

/// How turns share transactions.
#[derive(Clone, Copy)]
pub(super) struct Sharing {
    most: usize,
    at_once: usize,
}

impl Sharing {
    /// At most so many turns in one, with so many connections. Turns that go alone may use them all.
    pub(super) fn of(most: usize, connections: usize) -> Sharing {
        Sharing { most, at_once: if most > 1 { AT_ONCE } else { connections } }
    }
}

/// After this, a transaction begins even so: those under way wait for a lock, and others need not wait with them.
const STALLED: Duration = Duration::from_millis(250);

/// A turn begins. The catalogue is read under a lock that many turns share, so that a new one acts in all turns that begin
/// after it was imported, and in none that began before ([`super::keep_turns_out`]).
pub(super) const BEGIN: &str = "BEGIN; SELECT pg_advisory_xact_lock_shared(1, 1)";

/// A turn that begins.
pub(super) struct Begin {
    pub(super) channel: String,
    /// A keyed hash.
    pub(super) contact: Vec<u8>,
    /// Sealed.
    pub(super) address: Vec<u8>,
    pub(super) delivery: String,
    pub(super) now: DateTime<Utc>,
}

/// A turn that has begun, and its conversation; none when its delivery was handled before.
type Begun = Option<(Work, PgRow)>;

type Waiting = (Begin, oneshot::Sender<Result<Begun>>);

/// Where turns wait until they begin.
pub(super) struct Gate(mpsc::UnboundedSender<Waiting>);

impl Gate {
    /// Lets turns begin on connections of a pool until it is dropped. Must be called within a Tokio runtime.
    pub(super) fn open(pool: Pool, sharing: Sharing) -> Gate {
        let (ask, asked) = mpsc::unbounded_channel();
        tokio::spawn(let_in(pool, asked, sharing));
        Gate(ask)
    }

    /// Finds or makes the conversation, locks it and notes the delivery.
    pub(super) async fn begin(&self, begin: Begin) -> Result<Begun> {
        let (tell, told) = oneshot::channel();
        let asked = self.0.send((begin, tell));
        asked.map_err(|_| StoreError::Repeat)?;
        told.await.unwrap_or(Err(StoreError::Repeat))
    }
}

async fn let_in(pool: Pool, mut asked: mpsc::UnboundedReceiver<Waiting>, sharing: Sharing) {
    let (room, alone) = (Arc::new(Semaphore::new(sharing.at_once)), Arc::new(AtomicUsize::new(0)));
    let mut waiting = VecDeque::new();
    loop {
        if waiting.is_empty() {
            match asked.recv().await {
                Some(one) => waiting.push_back(one),
                None => return,
            }
        }
        let place = tokio::time::timeout(STALLED, Arc::clone(&room).acquire_owned()).await;
        while let Ok(one) = asked.try_recv() {
            waiting.push_back(one);
        }
        let these = next(&mut waiting, if take_one(&alone) { 1 } else { sharing.most });
        if !these.is_empty() {
            let place = place.ok().and_then(std::result::Result::ok);
            tokio::spawn(begin(pool.clone(), these, place, Arc::clone(&alone)));
        }
    }
}

/// Whether the next is to travel alone.
fn take_one(alone: &AtomicUsize) -> bool {
    alone.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |alone| alone.checked_sub(1)).is_ok()
}

/// The first of those who wait, one of each conversation. Those who have left do not count.
fn next(waiting: &mut VecDeque<Waiting>, most: usize) -> Vec<Waiting> {
    let (mut these, mut later) = (Vec::new(), VecDeque::new());
    let mut contacts = HashSet::new();
    for (one, answer) in waiting.drain(..).filter(|(_, answer)| !answer.is_closed()) {
        if these.len() < most && contacts.insert(one.contact.clone()) {
            these.push((one, answer));
        } else {
            later.push_back((one, answer));
        }
    }
    *waiting = later;
    these
}

async fn begin(
    pool: Pool,
    these: Vec<Waiting>,
    place: Option<OwnedSemaphorePermit>,
    alone: Arc<AtomicUsize>,
) {
    let (asks, answers): (Vec<_>, Vec<_>) = these.into_iter().unzip();
    let begun = async {
        let mut transaction = pool.begin(BEGIN).await?;
        let rows = together::begin(&mut transaction, &asks).await?;
        Ok((transaction, rows))
    };
    match pool.within(LONGEST_WORK, begun).await {
        Ok((transaction, rows)) => {
            let new = rows.iter().flatten().flatten().count();
            let mut parts = shared(transaction, new, place, alone, pool.doubt()).into_iter();
            for (answer, row) in answers.into_iter().zip(rows) {
                let begun = row.map(|row| row.and_then(|row| Some((parts.next()?, row))));
                // Who has left meanwhile leaves their part to be dropped, which undoes it.
                let _left = answer.send(begun);
            }
        }
        Err(error) => {
            if answers.len() > 1 {
                alone.fetch_add(answers.len(), Ordering::Relaxed);
            }
            let mut error = Some(error);
            for answer in answers {
                let _left = answer.send(Err(error.take().unwrap_or(StoreError::Repeat)));
            }
        }
    }
}
