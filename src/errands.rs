//! Errands: telling people what did not begin with a message of theirs.
//!
//! What is to be told is a row ([`Errand`](crate::store::Errand)), written by the turn that makes it necessary. Of several
//! processes one does what is due, by a lease; each errand is a turn of its person's own conversation under a delivery
//! key of its own, so that it is done once, wherever a process is killed.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use crate::assistant::{Assistant, Handled, MAIL};
use crate::delivery::worker::Worker;
use crate::store::{Contact, DueErrand, ErrandEnd, Outgoing, Store, StoreError, reaches};

/// The name of the lease.
const LEASE: &str = "errands";
/// Errands are looked for no later than this: what another process has written on SQLite is no news here.
const LONGEST_SLEEP: Duration = Duration::from_secs(10);
/// News come in crowds; the errands are not looked for after each of them.
const GATHER: Duration = Duration::from_millis(100);
/// The pause when the database cannot be asked.
const DATABASE_PAUSE: Duration = Duration::from_secs(5);
/// Errands looked up at a time.
const BATCH: u32 = 32;
/// Messages sent at the same time while the next errands are done.
const AT_ONCE: usize = 16;
/// An errand that has failed so often, while the database is well, is given up.
const MOST_TRIES: u32 = 8;
/// The pause before an errand that failed is tried again; it doubles with each.
const FIRST_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// What doing errands needs.
pub struct Parts {
    /// Who talks.
    pub assistant: Arc<Assistant>,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Who sends what was said.
    pub worker: Arc<Worker>,
    /// How long after this process has died another one takes over.
    pub lease: TimeDelta,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// Does errands.
pub struct Errands {
    parts: Parts,
    me: Uuid,
}

impl Errands {
    /// Ready to run.
    pub fn new(parts: Parts) -> Errands {
        Errands { parts, me: Uuid::now_v7() }
    }

    /// Does what is due until it is told to stop. Sleeps until an errand is due or there is news of one.
    pub async fn run(&self, stop: CancellationToken) {
        let mut news = self.parts.store.outbox_news();
        while !stop.is_cancelled() {
            news.mark_unchanged();
            let pause = match self.look(&stop).await {
                Ok(pause) => pause,
                Err(error) => {
                    tracing::warn!(%error, "errands wait for the database");
                    DATABASE_PAUSE
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                _ = news.changed() => tokio::time::sleep(GATHER).await,
            }
        }
    }

    /// Does what is due, if no other process is at it; says how long until there is more to do.
    async fn look(&self, stop: &CancellationToken) -> Result<Duration, StoreError> {
        let Parts { store, clock, lease, .. } = &self.parts;
        let now = clock();
        let due = store.errand_due().await?;
        let pause = due.map_or(LONGEST_SLEEP, |due| (due - now).to_std().unwrap_or_default());
        if !pause.is_zero() && !store.closing_waits().await? {
            return Ok(pause.min(LONGEST_SLEEP));
        }
        if !store.lease(LEASE, self.me, now + *lease, now).await? {
            return Ok(LONGEST_SLEEP.min(lease.to_std().unwrap_or(LONGEST_SLEEP)));
        }
        let done = self.work(*clock, Some(stop)).await;
        store.end_lease(LEASE, self.me).await?;
        done.map(|_| Duration::ZERO)
    }

    /// Does everything that is due, whether or not another process is at it; says how many errands that were.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database fails. What was not done then is done later.
    pub async fn round(&self, now: DateTime<Utc>) -> Result<usize, StoreError> {
        self.work(|| now, None).await
    }

    async fn work(
        &self,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync,
        stop: Option<&CancellationToken>,
    ) -> Result<usize, StoreError> {
        let mut sending = JoinSet::new();
        let done = self.do_all(clock, stop, &mut sending).await;
        while sending.join_next().await.is_some() {}
        done
    }

    /// Carries closings out and does what is due, one errand after the other; what was said is sent beside it. With `stop`
    /// it ends when it is told to, and when the lease is lost.
    async fn do_all(
        &self,
        clock: impl Fn() -> DateTime<Utc> + Send + Sync,
        stop: Option<&CancellationToken>,
        sending: &mut JoinSet<()>,
    ) -> Result<usize, StoreError> {
        let Parts { store, lease, .. } = &self.parts;
        let (mut done, mut prolonged) = (0, clock());
        loop {
            while store.closing_step(clock()).await? {}
            let due = store.due_errands(BATCH, clock()).await?;
            if due.is_empty() && sending.is_empty() {
                return Ok(done);
            }
            if due.is_empty() {
                // A closing is over when what tells of it has left.
                while sending.join_next().await.is_some() {}
            }
            for errand in due {
                let now = clock();
                if let Some(stop) = stop {
                    let prolong = now - prolonged > *lease / 3;
                    if stop.is_cancelled()
                        || prolong && !store.lease(LEASE, self.me, now + *lease, now).await?
                    {
                        return Ok(done);
                    }
                    if prolong {
                        prolonged = now;
                    }
                }
                let messages = self.one(&errand, now).await?;
                done += 1;
                let worker = Arc::clone(&self.parts.worker);
                sending.spawn(async move {
                    if let Err(error) = worker.send(&messages, now).await {
                        tracing::warn!(%error, "what became of a message was not noted; it is sent again");
                    }
                });
                while sending.len() >= AT_ONCE {
                    sending.join_next().await;
                }
            }
        }
    }

    /// Does one errand, and gives what is to be sent. One that cannot be done is put off, and in the end given up.
    async fn one(&self, errand: &DueErrand, now: DateTime<Utc>) -> Result<Vec<Outgoing>, StoreError> {
        if errand.errand.is_none() {
            return self.ended(errand, "the errand cannot be read", now).await;
        }
        let to = reached_at(errand);
        let doing = self.parts.assistant.run_errand(errand, to.as_ref(), now);
        match AssertUnwindSafe(doing).catch_unwind().await {
            Ok(Ok(Handled::Done(messages))) => Ok(messages),
            // Another process has done it.
            Ok(Ok(Handled::Repeat)) => Ok(Vec::new()),
            Ok(Err(error)) if error.may_pass() || error.is_retryable() => Err(error),
            Ok(Err(error)) => self.failed(errand, &error.to_string(), now).await,
            Err(_) => self.failed(errand, "it broke down; the log says where", now).await,
        }
    }

    async fn failed(
        &self,
        errand: &DueErrand,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<Outgoing>, StoreError> {
        tracing::error!(errand.id = errand.id.0, why, "an errand failed");
        if errand.tries + 1 >= MOST_TRIES {
            return self.ended(errand, why, now).await;
        }
        let due = now + FIRST_PAUSE * (1 << errand.tries.min(MOST_TRIES));
        self.parts.store.errand_later(errand.id, due, why).await?;
        Ok(Vec::new())
    }

    async fn ended(
        &self,
        errand: &DueErrand,
        why: &str,
        now: DateTime<Utc>,
    ) -> Result<Vec<Outgoing>, StoreError> {
        match self.parts.store.errand_ended(errand.id, ErrandEnd::NotReached(why), now).await {
            Ok(()) | Err(StoreError::Repeat) => Ok(Vec::new()),
            Err(error) => Err(error),
        }
    }
}

/// Where the person of an errand is reached: where they write, or else at the address they have proved.
pub fn reached_at(errand: &DueErrand) -> Option<Contact> {
    let writes = errand.contact.clone().filter(|contact| reaches(&contact.channel));
    let mail = || {
        let applicant = &errand.booking.as_ref()?.applicant;
        let address = applicant.email.as_str().to_lowercase();
        applicant.email_proved.then(|| Contact { channel: MAIL.to_owned(), address })
    };
    writes.or_else(mail)
}
