//! The loop that empties a mailbox. The database says what is done with; folders are only tidying up.

use std::collections::HashSet;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, TimeDelta, Utc};
use futures::FutureExt;
use rand::RngExt;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::imap::{Mailbox, Trouble};
use super::pace::Pace;
use super::{Mailroom, Verdict};
use crate::config::mail::Server;
use crate::delivery::worker::Worker;
use crate::store::{MailUid, Outgoing, Store, StoreError};

/// How long the mailbox belongs to the process that reads it, without its saying so again.
const LEASE: TimeDelta = TimeDelta::seconds(30);
/// How often it says so.
const RENEW: Duration = Duration::from_secs(10);
/// How often another process looks whether the mailbox is free.
const STAND_BY: Duration = Duration::from_secs(5);
/// The first pause after a connection broke; it doubles with each in a row.
const FIRST_PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const LONGEST_PAUSE: Duration = Duration::from_secs(120);
/// After so many tries a mail is set aside, so that it does not break every process that reads it, if the first was long ago:
/// a process that is killed several times for other reasons is no fault of the mail.
const MOST_TRIES: u32 = 5;
/// How long that is.
const LONG_AGO: TimeDelta = TimeDelta::minutes(10);
/// Mails handled between two looks into the mailbox.
const ROUND: usize = 100;
/// How often one says to the mailbox that one is still there while no more answers may leave.
const LOOK: Duration = Duration::from_secs(60);
/// Answers that are on their way at the same time.
const SENDING: u32 = 8;

/// What a reader needs.
pub struct Parts {
    /// Who takes the mail in.
    pub mailroom: Mailroom,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Who sends the answers.
    pub worker: Arc<Worker>,
    /// The mailbox.
    pub server: Server,
    /// How it is connected to.
    pub tls: TlsConnector,
    /// Answers that all addresses together get within an hour; beyond them mail waits in the mailbox.
    pub answers_hourly: u32,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// Reads one mailbox. Of several processes, one does.
pub struct Reader {
    parts: Parts,
    mailbox: String,
    me: Uuid,
    sending: Arc<Semaphore>,
    pace: Mutex<Pace>,
}

/// Why a connection was given up.
#[derive(Debug, thiserror::Error)]
enum Stopped {
    #[error(transparent)]
    Mailbox(#[from] Trouble),
    #[error(transparent)]
    Database(#[from] StoreError),
}

impl Reader {
    /// A reader.
    pub fn new(parts: Parts) -> Reader {
        let mailbox = parts.server.mailbox();
        let sending = Arc::new(Semaphore::new(SENDING as usize));
        let pace = Mutex::new(Pace::new(parts.answers_hourly));
        Reader { parts, mailbox, me: Uuid::now_v7(), sending, pace }
    }

    /// Reads until it is told to stop; then ends the mail in hand and waits for the answers under way.
    pub async fn run(self, stop: CancellationToken) {
        let lease = format!("mailbox {}", self.mailbox);
        while !stop.is_cancelled() {
            match self.take_lease(&lease).await {
                Ok(true) => {
                    let lost = stop.child_token();
                    tokio::select! {
                        () = self.keep_lease(&lease, &lost) => {}
                        () = self.read(&lost) => {}
                    }
                }
                Ok(false) => {}
                Err(error) => tracing::warn!(%error, "reading mail waits for the database"),
            }
            tokio::select! {
                () = tokio::time::sleep(STAND_BY) => {}
                () = stop.cancelled() => {}
            }
        }
        let _ = self.parts.store.end_lease(&lease, self.me).await;
        let _ = self.sending.acquire_many(SENDING).await;
    }

    async fn take_lease(&self, name: &str) -> Result<bool, StoreError> {
        let now = (self.parts.clock)();
        self.parts.store.lease(name, self.me, now + LEASE, now).await
    }

    /// Prolongs the lease; when it is lost, the reading is told to stop. Never ends before that.
    async fn keep_lease(&self, name: &str, lost: &CancellationToken) {
        let mut misses = 0;
        while !lost.is_cancelled() {
            tokio::time::sleep(RENEW).await;
            misses = match self.take_lease(name).await {
                Ok(true) => 0,
                Ok(false) => break,
                Err(_) => misses + 1,
            };
            // A third miss, and somebody else may have it.
            if misses >= 2 {
                break;
            }
        }
        lost.cancel();
        // The mail in hand is ended by the reading itself.
        std::future::pending::<()>().await;
    }

    /// Connects and reads, again and again, until it is told to stop.
    async fn read(&self, stop: &CancellationToken) {
        let mut pause = FIRST_PAUSE;
        while !stop.is_cancelled() {
            let mut worked = false;
            if let Err(why) = self.connected(stop, &mut worked).await {
                tracing::warn!(error = %why, mail.mailbox = %self.mailbox, "the mailbox is connected to again");
            }
            if worked {
                pause = FIRST_PAUSE;
            }
            // Not all processes at once.
            let jittered = pause.mul_f64(rand::rng().random_range(0.8..1.2));
            tokio::select! {
                () = tokio::time::sleep(jittered) => {}
                () = stop.cancelled() => {}
            }
            pause = (pause * 2).min(LONGEST_PAUSE);
        }
    }

    async fn connected(&self, stop: &CancellationToken, worked: &mut bool) -> Result<(), Stopped> {
        let mut mailbox = Mailbox::open(&self.parts.server, &self.parts.tls).await?;
        tracing::info!(mail.mailbox = %self.mailbox, "the mailbox is open");
        let mut known = HashSet::new();
        while !stop.is_cancelled() {
            self.slow_down(&mut mailbox, stop).await?;
            let found = self.round(&mut mailbox, &mut known, stop).await?;
            *worked = true;
            if !found && !stop.is_cancelled() {
                mailbox.rest(stop).await?;
            }
        }
        mailbox.close().await;
        Ok(())
    }

    /// Waits while as many answers have left within an hour as may.
    async fn slow_down(&self, mailbox: &mut Mailbox, stop: &CancellationToken) -> Result<(), Stopped> {
        let mut told = false;
        loop {
            let wait = self.pace().wait(Instant::now());
            if wait.is_zero() || stop.is_cancelled() {
                return Ok(());
            }
            if !told {
                let minutes = wait.as_secs().div_ceil(60);
                tracing::error!(
                    minutes,
                    "mail waits: as many answers have left within an hour as mail.answers_an_hour allows; look at the newest \
                     mails in Processed, which may be a machine's"
                );
                told = true;
            }
            tokio::select! {
                () = tokio::time::sleep(wait.min(LOOK)) => {}
                () = stop.cancelled() => {}
            }
            mailbox.waiting().await?;
        }
    }

    fn pace(&self) -> MutexGuard<'_, Pace> {
        self.pace.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Handles what is there, up to a number; says whether anything was settled. What failed by itself is tried again after a
    /// rest, and does not keep back what came later.
    async fn round(
        &self,
        mailbox: &mut Mailbox,
        known: &mut HashSet<u32>,
        stop: &CancellationToken,
    ) -> Result<bool, Stopped> {
        let waiting = mailbox.waiting().await?;
        let most = ROUND.min(self.pace().room(Instant::now()));
        let new: Vec<u32> = waiting.into_iter().filter(|uid| !known.contains(uid)).take(most).collect();
        if new.is_empty() {
            return Ok(false);
        }
        let mut any = false;
        for portion in mailbox.portions(&new).await? {
            let (mut processed, mut failed, mut again) = (Vec::new(), Vec::new(), Vec::new());
            let mut trouble = None;
            for (uid, mail) in mailbox.fetch(&portion).await? {
                if stop.is_cancelled() {
                    break;
                }
                match self.one(mailbox.validity, uid, mail).await {
                    Ok(Some(true)) => failed.push(uid),
                    Ok(Some(false)) => processed.push(uid),
                    // It stays, and is tried again in the next round.
                    Ok(None) => again.push(uid),
                    Err(error) => {
                        trouble = Some(error);
                        break;
                    }
                }
            }
            mailbox.put_away(&processed, false).await?;
            mailbox.put_away(&failed, true).await?;
            any |= !processed.is_empty() || !failed.is_empty();
            // What cannot be put away or has come without a body is not asked for again over this connection.
            let mut settled: HashSet<u32> = portion.into_iter().filter(|uid| !again.contains(uid)).collect();
            if mailbox.empties() {
                settled.retain(|uid| !processed.contains(uid) && !failed.contains(uid));
            }
            if trouble.is_none() && !stop.is_cancelled() {
                known.extend(settled);
            }
            if let Some(error) = trouble {
                return Err(error.into());
            }
        }
        Ok(any)
    }

    /// Handles one mail. Says whether it was refused; nothing when it has to be tried again.
    async fn one(&self, validity: u32, uid: u32, mail: Vec<u8>) -> Result<Option<bool>, StoreError> {
        let name = MailUid { mailbox: &self.mailbox, validity, uid };
        let now = (self.parts.clock)();
        let seen = self.parts.store.mail_seen(&name, now).await?;
        if seen.settled.is_some() {
            return Ok(seen.settled);
        }
        let hopeless = seen.tries > MOST_TRIES && now - seen.since > LONG_AGO;
        let verdict = if hopeless {
            Verdict::Refused("handling it failed again and again")
        } else {
            match AssertUnwindSafe(self.parts.mailroom.take(mail, now)).catch_unwind().await {
                // Of this mail or its conversation alone, while the database is well.
                Ok(Err(error @ (StoreError::Unreadable { .. } | StoreError::Other(_)))) => {
                    tracing::error!(mail.uid = uid, %error, "handling a mail failed; it is tried again");
                    return Ok(None);
                }
                Ok(verdict) => verdict?,
                Err(_) => {
                    tracing::error!(mail.uid = uid, "handling a mail broke down; it is tried again");
                    return Ok(None);
                }
            }
        };
        let refused = matches!(verdict, Verdict::Refused(_));
        self.parts.store.mail_settled(&name, refused, now).await?;
        match verdict {
            Verdict::Handled(answers) => {
                self.pace().note(answers.len(), Instant::now());
                self.send(answers).await;
            }
            Verdict::Refused(why) => tracing::warn!(mail.uid = uid, why, "a mail was set aside"),
        }
        Ok(Some(refused))
    }

    /// Sends answers while the next mail is read. A process that ends meanwhile leaves them to the next.
    async fn send(&self, answers: Vec<Outgoing>) {
        if answers.is_empty() {
            return;
        }
        let Ok(turn) = Arc::clone(&self.sending).acquire_owned().await else { return };
        let (worker, clock) = (Arc::clone(&self.parts.worker), self.parts.clock);
        tokio::spawn(async move {
            if let Err(error) = worker.send(&answers, clock()).await {
                tracing::warn!(%error, "it cannot be noted that answers were sent; they will be sent again");
            }
            drop(turn);
        });
    }
}
