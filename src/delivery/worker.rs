//! Sends what is due, retries what failed, gives up what never leaves.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use futures::future::join_all;
use futures::stream::{self, FuturesUnordered, StreamExt};
use rand::RngExt;
use rand::rngs::StdRng;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Notices, SendError, Sender, Sent};
use crate::metrics::{Delivery, Metrics};
use crate::store::{LEASE, Outgoing, Store, StoreError};

/// A message that has not left after this time is given up.
const GIVE_UP_AFTER: TimeDelta = TimeDelta::hours(24);
/// One try may take this long. Well below [`crate::store::LEASE`], so that no other process takes the message meanwhile.
const LONGEST_TRY: Duration = Duration::from_secs(60);
/// The outbox is looked at no later than this: what a process that died had taken is not told as news.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// How long one tries to note what became of a message, and the pause between two tries: what is not noted as sent is sent
/// again.
const LONGEST_NOTE: Duration = Duration::from_secs(40);
const NOTE_PAUSE: Duration = Duration::from_millis(500);
/// The pause when the database cannot be asked.
const DATABASE_PAUSE: Duration = Duration::from_secs(5);
/// The pause when what is due is being taken by another process.
const LOOK_AGAIN: Duration = Duration::from_millis(100);
/// The pause before news of mass notices is looked after: nobody sits and waits for them, and news comes with every message.
const NOTICES_PAUSE: Duration = Duration::from_secs(1);
/// Messages the delivery loop has under way at a time, each of another conversation or channel. Many: some wait for a slip to
/// be typeset, and others must not wait for those.
const UNDER_WAY: usize = 256;
/// Messages taken at a time.
const BATCH: u32 = 32;
/// Messages sent at the same time, each of another conversation or channel.
const AT_ONCE: usize = 8;

/// A message that was taken, and the room it takes among those under way.
type Taken = (Outgoing, OwnedSemaphorePermit);

/// What comes next of mass notices.
enum Next {
    /// One to be sent.
    Send(Outgoing),
    /// Another look, after this pause.
    Look(Duration),
}

/// The leave to send the mass notices of a channel, which one process has at a time: so its pace is that of all.
struct Lead {
    /// Name of the lease.
    name: String,
    holder: Uuid,
    /// The time from one to the next.
    pause: Duration,
    /// Until then the lease need not be prolonged; none while it is another's.
    renew: Option<DateTime<Utc>>,
}

impl Lead {
    fn new(channel: &str, pause: Duration) -> Lead {
        Lead { name: format!("notices {channel}"), holder: Uuid::now_v7(), pause, renew: None }
    }
}

/// What became of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// It left.
    Sent(Sent),
    /// It will be tried again.
    Later {
        /// No earlier than then.
        due: DateTime<Utc>,
        /// Why it did not leave. No personal data.
        error: String,
    },
    /// It was given up.
    GivenUp {
        /// Why it did not leave. No personal data.
        error: String,
    },
}

/// Sends the messages of some channels.
pub struct Worker {
    store: Arc<dyn Store>,
    senders: BTreeMap<&'static str, Arc<dyn Sender>>,
    chance: Mutex<StdRng>,
    longest_try: Duration,
    lease: TimeDelta,
    metrics: Arc<Metrics>,
}

impl Worker {
    /// A worker with a sender for each of its channels. `chance` spreads retries.
    pub fn new(
        store: Arc<dyn Store>,
        senders: impl IntoIterator<Item = (&'static str, Arc<dyn Sender>)>,
        chance: StdRng,
    ) -> Worker {
        Worker {
            store,
            senders: senders.into_iter().collect(),
            chance: Mutex::new(chance),
            longest_try: LONGEST_TRY,
            lease: LEASE,
            metrics: Arc::default(),
        }
    }

    /// The same, whose work another process takes over when nothing is heard of it for so long.
    #[must_use]
    pub fn taken_over_after(self, lease: TimeDelta) -> Worker {
        Worker { lease, ..self }
    }

    /// The same, counting with others of the process.
    #[must_use]
    pub fn counting(self, metrics: Arc<Metrics>) -> Worker {
        Worker { metrics, ..self }
    }

    /// Delivers until it is told to stop. Sleeps until a message is due or there is news of one.
    ///
    /// Keeps as many messages under way as it may: a slow one does not hold up the others. Taking and sending go on side by
    /// side; one that waited for the other could wait for the database's writer for ever. Mass notices are taken apart.
    pub async fn run(&self, clock: fn() -> DateTime<Utc>, stop: CancellationToken) {
        let (give, mut given) = mpsc::unbounded_channel();
        let sending = async {
            let mut under_way = FuturesUnordered::new();
            loop {
                tokio::select! {
                    one = given.recv() => match one {
                        Some(one) => under_way.push(self.send_off(one, clock).boxed()),
                        None => break,
                    },
                    Some(()) = under_way.next(), if !under_way.is_empty() => {}
                }
            }
            while under_way.next().await.is_some() {}
        };
        let notices: Vec<_> = self
            .senders
            .iter()
            .map(|(channel, sender)| self.take_notices(channel, sender.notices(), clock, &stop, give.clone()))
            .collect();
        let answers: Vec<_> =
            self.senders.keys().map(|channel| self.take_all(channel, clock, &stop, give.clone())).collect();
        drop(give);
        tokio::join!(join_all(answers), join_all(notices), sending);
    }

    /// Notes that this process lives, however long the database lets it wait. What a process takes before that carries
    /// no name, and nobody takes it over when the process dies: so nothing may take turns or messages any earlier.
    pub async fn announce(&self, clock: fn() -> DateTime<Utc>) {
        while !self.lives(clock()).await {
            tokio::time::sleep(DATABASE_PAUSE).await;
        }
    }

    /// Says again and again that this process lives, so that another takes over what it has taken when it does not. To go
    /// on until all of the process has ended that takes turns or messages.
    pub async fn live(&self, clock: fn() -> DateTime<Utc>) {
        loop {
            tokio::time::sleep((self.lease / 3).to_std().unwrap_or_default()).await;
            self.lives(clock()).await;
        }
    }

    /// Whether it could be noted that this process lives.
    async fn lives(&self, now: DateTime<Utc>) -> bool {
        let noted = self.store.alive(now + self.lease, now).await;
        if let Err(error) = &noted {
            tracing::warn!(%error, "that this process lives could not be noted");
        }
        noted.is_ok()
    }

    async fn send_off(&self, (message, room): Taken, clock: fn() -> DateTime<Utc>) {
        if let Err(error) = self.deliver(&message, clock()).await {
            tracing::warn!(%error, "what became of a message was not noted; it is sent again");
        }
        drop(room);
    }

    /// Hands on what is due on a channel, as long as there is room, until it is told to stop.
    async fn take_all(
        &self,
        channel: &str,
        clock: fn() -> DateTime<Utc>,
        stop: &CancellationToken,
        give: mpsc::UnboundedSender<Taken>,
    ) {
        let mut news = self.store.outbox_news();
        let room = Arc::new(Semaphore::new(UNDER_WAY));
        while !stop.is_cancelled() {
            let Ok(some) = Arc::clone(&room).acquire_owned().await else { return };
            drop(some);
            news.mark_unchanged();
            let (taken, pause) = match self.take_due(channel, room.available_permits(), clock()).await {
                Ok(taken) => taken,
                Err(error) => {
                    tracing::warn!(%error, "delivery waits for the database");
                    (Vec::new(), DATABASE_PAUSE)
                }
            };
            for message in taken {
                let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
                // The other end is there as long as this one is.
                let _there = give.send((message, place));
            }
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(pause) => {}
                _ = news.changed() => {}
            }
        }
    }

    /// Hands on the mass notices of a channel, no faster than they may leave, until it is told to stop.
    async fn take_notices(
        &self,
        channel: &str,
        may: Notices,
        clock: fn() -> DateTime<Utc>,
        stop: &CancellationToken,
        give: mpsc::UnboundedSender<Taken>,
    ) {
        let mut news = self.store.outbox_news();
        let room = Arc::new(Semaphore::new(may.at_once));
        let mut lead = may.pause.map(|pause| Lead::new(channel, pause));
        while !stop.is_cancelled() {
            let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
            news.mark_unchanged();
            let next = self.take_notice(channel, lead.as_mut(), clock()).await.unwrap_or_else(|error| {
                tracing::warn!(%error, outbox.channel = channel, "mass notices wait for the database");
                Next::Look(DATABASE_PAUSE)
            });
            match next {
                Next::Send(notice) => {
                    // The other end is there as long as this one is.
                    let _there = give.send((notice, place));
                    if let Some(lead) = &lead {
                        let _stopped = timeout(lead.pause, stop.cancelled()).await;
                    }
                }
                Next::Look(pause) => {
                    drop(place);
                    let something = async {
                        tokio::select! {
                            () = tokio::time::sleep(pause) => {}
                            _ = news.changed() => tokio::time::sleep(pause.min(NOTICES_PAUSE)).await,
                        }
                    };
                    let _stopped = stop.run_until_cancelled(something).await;
                }
            }
        }
        if let Some(lead) = lead
            && let Err(error) = self.store.end_lease(&lead.name, lead.holder).await
        {
            tracing::debug!(%error, "another process sends mass notices a little later");
        }
    }

    /// Takes a mass notice that is due, if this process is the one that sends them.
    async fn take_notice(
        &self,
        channel: &str,
        lead: Option<&mut Lead>,
        now: DateTime<Utc>,
    ) -> Result<Next, StoreError> {
        // Looking costs nothing; taking is a transaction.
        let due = self.store.notices_due(channel).await?;
        let pause = due.map_or(LONGEST_SLEEP, |due| (due - now).to_std().unwrap_or_default());
        if !pause.is_zero() {
            return Ok(Next::Look(pause.min(LONGEST_SLEEP)));
        }
        if let Some(lead) = lead
            && !self.leads(lead, now).await?
        {
            return Ok(Next::Look((self.lease / 3).to_std().unwrap_or_default()));
        }
        let taken = self.store.claim_notices(channel, 1, now).await?.pop();
        Ok(taken.map_or(Next::Look(LOOK_AGAIN), Next::Send))
    }

    /// Whether this process sends the channel's mass notices, so that the pace is kept over all of them.
    async fn leads(&self, lead: &mut Lead, now: DateTime<Utc>) -> Result<bool, StoreError> {
        if lead.renew.is_some_and(|renew| now < renew) {
            return Ok(true);
        }
        let leads = self.store.lease(&lead.name, lead.holder, now + self.lease, now).await?;
        lead.renew = leads.then(|| now + self.lease / 3);
        Ok(leads)
    }

    /// Takes what is due on a channel, at most so much; says how long until there is more to take.
    async fn take_due(
        &self,
        channel: &str,
        room: usize,
        now: DateTime<Utc>,
    ) -> Result<(Vec<Outgoing>, Duration), StoreError> {
        // Looking costs nothing; taking is a transaction.
        let due = self.store.outbox_due(&[channel]).await?;
        let pause = due.map_or(LONGEST_SLEEP, |due| (due - now).to_std().unwrap_or_default());
        if !pause.is_zero() {
            return Ok((Vec::new(), pause.min(LONGEST_SLEEP)));
        }
        let taken = self.store.claim_outbox(&[channel], u32::try_from(room).unwrap_or(BATCH), now).await?;
        // What is due and was not given out is on its way in another process.
        let pause = if taken.is_empty() { LOOK_AGAIN } else { Duration::ZERO };
        Ok((taken, pause))
    }

    /// Takes and sends everything that is due on the worker's channels; of mass notices a few, where they have no pace to
    /// keep.
    ///
    /// # Errors
    ///
    /// [`StoreError`] when the database fails. What was sent but could not be noted as sent will be sent again.
    pub async fn round(&self, now: DateTime<Utc>) -> Result<Vec<Fate>, StoreError> {
        let channels: Vec<&str> = self.senders.keys().copied().collect();
        let mut fates = Vec::new();
        // Looking costs nothing; taking is a transaction.
        while self.store.outbox_due(&channels).await?.is_some_and(|due| due <= now) {
            let due = self.store.claim_outbox(&channels, BATCH, now).await?;
            if due.is_empty() {
                break;
            }
            fates.extend(self.deliver_these(&due, now, AT_ONCE).await?);
        }
        for (channel, sender) in &self.senders {
            let may = sender.notices();
            let due = self.store.notices_due(channel).await?.is_some_and(|due| due <= now);
            if may.pause.is_none() && due {
                let due = self.store.claim_notices(channel, BATCH, now).await?;
                fates.extend(self.deliver_these(&due, now, may.at_once).await?);
            }
        }
        Ok(fates)
    }

    async fn deliver_these(
        &self,
        messages: &[Outgoing],
        now: DateTime<Utc>,
        at_once: usize,
    ) -> Result<Vec<Fate>, StoreError> {
        let sending: Vec<_> = messages.iter().map(|message| self.deliver(message, now).boxed()).collect();
        let settled: Vec<_> = stream::iter(sending).buffered(at_once).collect().await;
        let fates: Result<Vec<Option<Fate>>, StoreError> = settled.into_iter().collect();
        Ok(fates?.into_iter().flatten().collect())
    }

    /// Sends messages that the caller has been given by [`crate::store::Turn::commit`], in their order.
    ///
    /// Behind one that did not leave, those of the same conversation and channel wait for their turn. Messages of
    /// channels that are not the worker's are put back for a process that serves them.
    ///
    /// # Errors
    ///
    /// As [`Worker::round`].
    pub async fn send(&self, messages: &[Outgoing], now: DateTime<Utc>) -> Result<Vec<Fate>, StoreError> {
        let mut fates = Vec::new();
        let mut waiting = BTreeMap::new();
        for message in messages {
            let line = (message.id.conversation, message.to.channel.as_str());
            if let Some(due) = waiting.get(&line) {
                self.store.outbox_retry(message.id, *due, "waits behind an earlier one").await?;
                continue;
            }
            let Some(fate) = self.deliver(message, now).await? else {
                self.store.outbox_retry(message.id, now, "is for another process").await?;
                continue;
            };
            if let Fate::Later { due, .. } = &fate {
                waiting.insert(line, *due);
            }
            fates.push(fate);
        }
        Ok(fates)
    }

    /// Sends one message and notes what became of it; `None` when no channel of ours is meant.
    async fn deliver(&self, message: &Outgoing, now: DateTime<Utc>) -> Result<Option<Fate>, StoreError> {
        let Some(sender) = self.senders.get(message.to.channel.as_str()) else { return Ok(None) };
        let fate = match self.attempt(sender.as_ref(), message, now).await {
            Ok(sent) => Fate::Sent(sent),
            Err(SendError::GiveUp(error)) => Fate::GivenUp { error },
            Err(SendError::Retry(error)) => {
                let pause = self.pause(sender.as_ref(), message.tries);
                later(message, now + pause, error)
            }
            Err(SendError::Wait { error, pause }) => later(message, now + pause, error),
        };
        let outcome = match &fate {
            Fate::Sent(_) => Delivery::Sent,
            Fate::Later { .. } => Delivery::Later,
            Fate::GivenUp { .. } => Delivery::GivenUp,
        };
        self.metrics.delivery(&message.to.channel, outcome);
        self.note(message, &fate, now).await?;
        Ok(Some(fate))
    }

    /// One try. A panic or a try without end is a failure like others.
    async fn attempt(
        &self,
        sender: &dyn Sender,
        message: &Outgoing,
        now: DateTime<Utc>,
    ) -> Result<Sent, SendError> {
        let sending = AssertUnwindSafe(sender.send(message, now)).catch_unwind();
        match tokio::time::timeout(self.longest_try, sending).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(_)) => Err(SendError::Retry("the sender broke down; the log says where".to_owned())),
            Err(_) => Err(SendError::Retry(format!("no answer within {} s", self.longest_try.as_secs()))),
        }
    }

    /// Notes what became of a message, with patience.
    async fn note(&self, message: &Outgoing, fate: &Fate, now: DateTime<Utc>) -> Result<(), StoreError> {
        let (id, kind) = (message.id, &message.kind);
        match fate {
            Fate::Sent(_) => {}
            Fate::Later { due, error } => {
                tracing::warn!(outbox.id = %id, outbox.kind = kind, %due, error, "a message did not leave");
            }
            Fate::GivenUp { error } => {
                tracing::error!(outbox.id = %id, outbox.kind = kind, error, "a message was given up");
            }
        }
        let end = Instant::now() + LONGEST_NOTE;
        loop {
            let noted = match fate {
                Fate::Sent(_) => self.store.outbox_sent(&[id], now).await,
                Fate::Later { due, error } => self.store.outbox_retry(id, *due, error).await,
                Fate::GivenUp { error } => self.store.outbox_gave_up(id, error, now).await,
            };
            match noted {
                Err(error) if error.is_retryable() && Instant::now() < end => {
                    tokio::time::sleep(NOTE_PAUSE).await;
                }
                noted => return noted,
            }
        }
    }

    /// The pause before the next try of a message that had been tried so often before, give or take a fifth: not all
    /// that failed together shall come back together.
    fn pause(&self, sender: &dyn Sender, tries: u32) -> TimeDelta {
        let doubled = i32::try_from(1_u64 << tries.min(16)).unwrap_or(i32::MAX);
        let longest = sender.longest_pause();
        let pause = sender.first_pause().checked_mul(doubled).unwrap_or(longest).min(longest);
        let mut chance = self.chance.lock().unwrap_or_else(PoisonError::into_inner);
        pause * chance.random_range(80..=120) / 100
    }
}

/// What becomes of a message that might leave then.
fn later(message: &Outgoing, due: DateTime<Utc>, error: String) -> Fate {
    if due - message.written_at > GIVE_UP_AFTER {
        Fate::GivenUp { error }
    } else {
        Fate::Later { due, error }
    }
}
