//! Takes one update: answers the tap, hands what was said to the assistant, and sees to it that the answers leave.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use futures::FutureExt;
use teloxide::payloads::{AnswerCallbackQuery, SendChatAction, SendMessage};
use teloxide::types::{CallbackQueryId, ChatAction, ChatId, Update};
use tokio::task::JoinHandle;
use tokio_util::task::TaskTracker;

use super::TELEGRAM;
use super::api::Api;
use super::flood::{Admission, Flood, Pace};
use super::update::{self, Heard};
use crate::assistant::{Assistant, Handled, Incoming};
use crate::delivery::worker::Worker;
use crate::dialogue::Language;
use crate::keys::Keys;
use crate::metrics::{Metrics, Outcome};
use crate::store::{Contact, Outgoing, Store, StoreError};
use crate::words::{Words, args};

/// A turn that takes longer than this shows that somebody is at work.
const TYPING_AFTER: Duration = Duration::from_millis(700);

/// How long a turn waits for a database that is away. What is polled can wait; a webhook is answered within the minute,
/// or Telegram sends the update again.
const POLL_PATIENCE: Duration = Duration::from_secs(60 * 60);
pub(super) const WEBHOOK_PATIENCE: Duration = Duration::from_secs(45);

/// How often a turn that fails is tried again, while the database is well, before its update is set aside.
const TRIES: u32 = 5;

/// What a desk needs.
pub struct Parts {
    /// Who handles messages.
    pub assistant: Assistant,
    /// The database.
    pub store: Arc<dyn Store>,
    /// Who sends.
    pub worker: Arc<Worker>,
    /// What signs slips, to know our own links.
    pub keys: Arc<Keys>,
    /// What is counted.
    pub metrics: Arc<Metrics>,
    /// How fast a chat may send.
    pub pace: Pace,
    /// The clock.
    pub clock: fn() -> DateTime<Utc>,
}

/// Where updates are taken.
pub(super) struct Desk {
    api: Api,
    parts: Parts,
    /// The bot's user name.
    bot: String,
    flood: Flood,
    /// What is being taken or sent.
    sending: TaskTracker,
}

impl Desk {
    pub(super) fn new(api: Api, parts: Parts, bot: String) -> Desk {
        let flood = Flood::new(parts.pace);
        Desk { api, parts, bot, flood, sending: TaskTracker::new() }
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        (self.parts.clock)()
    }

    pub(super) fn store(&self) -> &Arc<dyn Store> {
        &self.parts.store
    }

    pub(super) fn metrics(&self) -> &Arc<Metrics> {
        &self.parts.metrics
    }

    /// Waits until what is being taken is done and what is being sent has left, or has failed.
    pub(super) async fn finish(&self) {
        self.sending.close();
        self.sending.wait().await;
    }

    /// Takes an update; whoever sends too fast is slowed down the `first` time. Once this is done, it may be confirmed to
    /// Telegram.
    ///
    /// # Errors
    ///
    /// When the database failed: nothing was done, and the update is to be taken again.
    pub(super) async fn take(
        self: &Arc<Self>,
        update: Update,
        patience: Duration,
        first: bool,
    ) -> Result<(), StoreError> {
        let delivery = update.id.0.to_string();
        let written = update::written(&update);
        let (heard, tap) = update::read(update, &self.parts.keys, &self.bot);
        if let Some(tap) = tap {
            self.answer_tap(tap);
        }
        match heard {
            Heard::Nothing => Ok(()),
            Heard::Group { chat, language } => {
                self.invite(chat, language);
                Ok(())
            }
            Heard::Event { chat, event } => {
                let now = self.now();
                // What waited while this process or Telegram was away was not sent in a rush.
                let written = written.unwrap_or(now).min(now);
                let admission = if first { self.flood.admit(chat, written) } else { Admission::Welcome };
                if admission != Admission::Welcome {
                    self.slow_down(chat, admission);
                    return Ok(());
                }
                let from = Contact { channel: TELEGRAM.to_owned(), address: chat.to_string() };
                self.turn(chat, Incoming { from, delivery, event }, patience).await
            }
        }
    }

    /// One turn. A panic in it is counted, told in a neutral sentence, and concerns nobody else.
    async fn turn(
        self: &Arc<Self>,
        chat: i64,
        message: Incoming,
        patience: Duration,
    ) -> Result<(), StoreError> {
        let now = self.now();
        let begun = std::time::Instant::now();
        let one_moment = || self.tell(chat, "one-moment", Language::ALL);
        let handling =
            self.parts.assistant.handle_patiently(&message, self.parts.clock, patience, one_moment);
        let handling = AssertUnwindSafe(handling).catch_unwind();
        let handled = match self.with_typing(chat, handling).await {
            Ok(Ok(handled)) => handled,
            Ok(Err(error)) => {
                self.parts.metrics.turn(TELEGRAM, Outcome::Failed, begun.elapsed());
                return Err(error);
            }
            Err(_) => {
                tracing::error!(
                    telegram.update = message.delivery,
                    "a turn broke down; its message is set aside"
                );
                self.parts.metrics.turn(TELEGRAM, Outcome::BrokeDown, begun.elapsed());
                self.tell(chat, "fault", Language::ALL);
                return Ok(());
            }
        };
        match handled {
            Handled::Repeat => self.parts.metrics.turn(TELEGRAM, Outcome::Repeat, begun.elapsed()),
            Handled::Done(sent) => {
                self.parts.metrics.turn(TELEGRAM, Outcome::Done, begun.elapsed());
                self.send(sent, now);
            }
        }
        Ok(())
    }

    /// Sends answers without keeping the next update waiting.
    fn send(self: &Arc<Self>, sent: Vec<Outgoing>, now: DateTime<Utc>) {
        // A mail that is long on its way must not keep the answer here waiting.
        let (here, elsewhere): (Vec<_>, Vec<_>) =
            sent.into_iter().partition(|out| out.to.channel == TELEGRAM);
        for sent in [here, elsewhere].into_iter().filter(|sent| !sent.is_empty()) {
            let desk = Arc::clone(self);
            self.sending.spawn(async move {
                if let Err(error) = desk.parts.worker.send(&sent, now).await {
                    tracing::warn!(%error, "what became of an answer was not noted; it is sent again");
                }
            });
        }
    }

    /// Whether a failure counts against the update: not where the database is away, or says that it cannot be written.
    pub(super) async fn counts(&self, error: &StoreError) -> bool {
        error.may_be_of_the_message() && self.parts.store.health(false).await.is_ok()
    }

    /// Takes an update until it is done. One whose turn fails again and again although the database is well is set
    /// aside with a record, so that it does not keep back those behind it.
    pub(super) async fn take_at_last(self: &Arc<Self>, update: Update) {
        let mut tries = 0;
        let mut first = true;
        let mut pause = Duration::from_millis(100);
        loop {
            let taken = self.take(update.clone(), POLL_PATIENCE, std::mem::take(&mut first)).await;
            let Err(error) = taken else { return };
            tries += u32::from(self.counts(&error).await);
            tracing::warn!(%error, telegram.update = update.id.0, tries, "a turn failed");
            if tries >= TRIES {
                return self.set_aside(&update);
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(Duration::from_secs(5));
        }
    }

    /// Takes updates of one chat, one after the other, in a task that goes on to its end.
    pub(super) fn take_in_order(self: Arc<Self>, updates: Vec<Update>) -> JoinHandle<()> {
        let sending = self.sending.clone();
        sending.spawn(async move {
            for update in updates {
                self.take_at_last(update).await;
            }
        })
    }

    pub(super) fn set_aside(self: &Arc<Self>, update: &Update) {
        tracing::error!(
            telegram.update = update.id.0,
            "an update is set aside: its turn failed again and again"
        );
        self.parts.metrics.turn(TELEGRAM, Outcome::SetAside, Duration::ZERO);
        self.tell(update::lane(update), "fault", Language::ALL);
    }

    /// Answers a tap at once: until then the person's telephone shows that it waits. That it fails harms nobody.
    fn answer_tap(self: &Arc<Self>, tap: CallbackQueryId) {
        let api = self.api.clone();
        self.sending.spawn(async move {
            match api.call(&AnswerCallbackQuery::new(tap)).await {
                Err(error) if !error.is_done() => tracing::debug!(%error, "a tap was not answered"),
                Ok(_) | Err(_) => {}
            }
        });
    }

    fn slow_down(self: &Arc<Self>, chat: i64, slow: Admission) {
        self.parts.metrics.dropped(TELEGRAM);
        if slow == Admission::TooFast {
            self.tell(chat, "telegram-slow", Language::ALL);
        }
    }

    fn invite(self: &Arc<Self>, chat: i64, language: Language) {
        if self.flood.admit(chat, self.now()) != Admission::Welcome {
            return self.parts.metrics.dropped(TELEGRAM);
        }
        let link = format!("https://t.me/{}", self.bot);
        self.say(chat, Words::builtin().text(language, "telegram-group", args![link = link]));
    }

    /// Says something outside of the conversation, at most once.
    fn tell<const N: usize>(self: &Arc<Self>, chat: i64, id: &str, languages: [Language; N]) {
        let texts = languages.map(|language| Words::builtin().text(language, id, args![]));
        self.say(chat, texts.join("\n\n"));
    }

    fn say(self: &Arc<Self>, chat: i64, text: String) {
        let api = self.api.clone();
        self.sending.spawn(async move {
            let said = api.call_for::<_, serde_json::Value>(&SendMessage::new(ChatId(chat), text)).await;
            if let Err(error) = said {
                tracing::debug!(%error, "a word beside the conversation was not said");
            }
        });
    }

    /// Waits for work, and shows that somebody is at it when it takes long.
    async fn with_typing<T>(&self, chat: i64, work: impl Future<Output = T>) -> T {
        tokio::pin!(work);
        tokio::select! {
            biased;
            done = &mut work => return done,
            () = tokio::time::sleep(TYPING_AFTER) => {}
        }
        let api = self.api.clone();
        self.sending.spawn(async move {
            if let Err(error) = api.call(&SendChatAction::new(ChatId(chat), ChatAction::Typing)).await {
                tracing::debug!(%error, "the sign that somebody is at work was not shown");
            }
        });
        work.await
    }
}
