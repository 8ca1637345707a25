//! Sends what the outbox has for Telegram.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, TimeDelta, Utc};
use data_encoding::BASE32_NOPAD;
use sha2::{Digest, Sha256};
use teloxide::payloads::{EditMessageReplyMarkup, EditMessageText, SendChatAction, SendMessage};
use teloxide::types::{ChatAction, ChatId, LinkPreviewOptions, MessageId, ParseMode};
use tokio::sync::Semaphore;

use super::api::{Api, ApiError, Attachment, Posted};
use super::memory::{Begun, Known, Memory};
use super::plan::{File, Plan, Step, plain, plan};
use crate::assistant::Letter;
use crate::booking::Booking;
use crate::delivery::papers;
use crate::delivery::slips::{Slips, file_name};
use crate::delivery::{Notices, SendError, Sender, Sent};
use crate::dialogue::Language;
use crate::office::Office;
use crate::slip::{Method, Slip};
use crate::staff::Paper;
use crate::store::{Outgoing, Store, StoreError};
use crate::typeset::PageError;
use crate::words::{Words, args};

/// Slips typeset at the same time: it is work for the processor.
const TYPESETTERS: usize = 2;

/// Mass notices sent a second, unless set otherwise. Telegram allows about 30 to many people at once
/// (<https://core.telegram.org/bots/faq#broadcasting-to-users>), and answers need some of that.
pub const NOTICES_PER_SECOND: u32 = 20;
/// Mass notices under way at a time: enough to keep the pace when Telegram is slow.
const NOTICES_AT_ONCE: usize = 16;

/// Sends messages of the outbox to chats.
pub struct TelegramSender {
    api: Api,
    store: Arc<dyn Store>,
    slips: Slips,
    typesetters: Semaphore,
    notices_per_second: u32,
}

impl TelegramSender {
    /// A sender that remembers in this store which message of a chat has the buttons.
    pub fn new(api: Api, store: Arc<dyn Store>, slips: Slips) -> TelegramSender {
        let typesetters = Semaphore::new(TYPESETTERS);
        TelegramSender { api, store, slips, typesetters, notices_per_second: NOTICES_PER_SECOND }
    }

    /// The same, which sends so many mass notices a second at most.
    #[must_use]
    pub fn with_notices_per_second(self, notices_per_second: u32) -> TelegramSender {
        TelegramSender { notices_per_second, ..self }
    }

    /// Takes one step, with or without the markup of its text.
    async fn perform(
        &self,
        chat: i64,
        step: &Step,
        office: &Office,
        memory: &Memory,
        markup: Markup,
    ) -> Result<Done, ApiError> {
        match step {
            Step::Strip { message } => {
                let strip = EditMessageReplyMarkup::new(ChatId(chat), MessageId(*message));
                edited(self.api.call_for::<_, serde_json::Value>(&strip).await)?;
                Ok(Done::Nothing)
            }
            Step::Edit { message, html, markup: buttons } => {
                let (text, mode) = markup.of(html);
                let mut edit = EditMessageText::new(ChatId(chat), MessageId(*message), text);
                edit.parse_mode = mode;
                edit.link_preview_options = Some(no_preview());
                edit.reply_markup.clone_from(buttons);
                let shown = edited(self.api.call_for::<_, serde_json::Value>(&edit).await)?;
                if let (false, Some(buttons)) = (shown, buttons) {
                    // The message is gone: its question is asked in a new one.
                    let again = Step::Text { html: html.clone(), markup: Some(buttons.clone().into()) };
                    return Box::pin(self.perform(chat, &again, office, memory, markup)).await;
                }
                Ok(Done::Nothing)
            }
            Step::Text { html, markup: buttons } => {
                let (text, mode) = markup.of(html);
                let mut text = SendMessage::new(ChatId(chat), text);
                text.parse_mode = mode;
                text.link_preview_options = Some(no_preview());
                text.reply_markup.clone_from(buttons);
                let posted: Posted = self.api.call_for(&text).await?;
                Ok(Done::Text(posted.message_id))
            }
            Step::Paper(paper, language) => {
                self.paper(chat, paper, *language, office).await?;
                Ok(Done::Nothing)
            }
            Step::File(file, booking) => {
                let known = self.file(chat, *file, booking, office, memory).await?;
                Ok(known.map_or(Done::Nothing, Done::File))
            }
        }
    }

    /// Sends a file to a member of staff.
    async fn paper(
        &self,
        chat: i64,
        paper: &Paper,
        language: Language,
        office: &Office,
    ) -> Result<(), ApiError> {
        let (paper, office) = (paper.clone(), office.clone());
        let turn = self.typesetters.acquire().await;
        let made = tokio::task::spawn_blocking(move || papers::make(&paper, &office, language)).await;
        drop(turn);
        let made = match made {
            Ok(Ok(made)) => made,
            Ok(Err(error)) => return Err(ApiError::Unreachable(format!("no file was made: {error}"))),
            Err(_) => return Err(ApiError::Unreachable("typesetting broke down".to_owned())),
        };
        for papers::Made { name, bytes, is_picture } in made {
            let (method, field) =
                if is_picture { ("sendPhoto", "photo") } else { ("sendDocument", "document") };
            let to = Attachment { chat, method, field, caption: String::new() };
            self.api.upload(&to, name, bytes).await?;
        }
        Ok(())
    }

    /// Sends a file of a slip: as the one that Telegram has, where it has that, else as a new one.
    async fn file(
        &self,
        chat: i64,
        file: File,
        booking: &Booking,
        office: &Office,
        memory: &Memory,
    ) -> Result<Option<Known>, ApiError> {
        let slip = self.slips.of(booking, office);
        let (method, field, ending, caption) = match file {
            File::Picture => ("sendPhoto", "photo", "png", "telegram-slip-caption"),
            File::Page => ("sendDocument", "document", "pdf", "telegram-slip-caption"),
            File::Calendar => ("sendDocument", "document", "ics", "telegram-ics-caption"),
        };
        let reference = slip.reference.to_string();
        let caption = Words::builtin().text(booking.language, caption, args![reference = reference]);
        let to = Attachment { chat, method, field, caption };
        let says = fingerprint(&slip, &self.slips.text(&slip));
        if let Some(id) = memory.known(file, &says) {
            match self.api.send_known(&to, id).await {
                // It may have forgotten the file; a person who is gone is found out by the next try.
                Err(ApiError::Refused { .. }) => {}
                sent => return sent.map(|_| None),
            }
        }
        let working = SendChatAction::new(ChatId(chat), ChatAction::UploadDocument);
        if let Err(error) = self.api.call(&working).await {
            tracing::debug!(%error, "the sign that something comes was not shown");
        }
        let (slips, name) = (self.slips.clone(), file_name(&slip, ending));
        let turn = self.typesetters.acquire().await;
        let made = tokio::task::spawn_blocking(move || match file {
            File::Picture => slips.png(&slip),
            File::Page => slips.pdf(&slip),
            File::Calendar => Ok::<_, PageError>(slips.ics(&slip, Method::Publish).into_bytes()),
        });
        let made = made.await;
        drop(turn);
        let bytes = match made {
            Ok(Ok(bytes)) => bytes,
            Ok(Err(error)) => return Err(ApiError::Unreachable(format!("no slip was made: {error}"))),
            Err(_) => return Err(ApiError::Unreachable("typesetting broke down".to_owned())),
        };
        let posted = self.api.upload(&to, name, bytes).await?;
        Ok(posted.file_id().map(|id| Known { file, says, id }))
    }
}

/// Stands for all that a slip says, and for the program that says it.
fn fingerprint(slip: &Slip, text: &str) -> String {
    let mut hash = Sha256::new();
    for part in [text, &slip.sequence.to_string(), env!("CARGO_PKG_VERSION")] {
        hash.update(part);
        hash.update([0]);
    }
    BASE32_NOPAD.encode(&hash.finalize())
}

/// What a step has left behind.
enum Done {
    Nothing,
    /// A text of this number.
    Text(i32),
    /// A file that Telegram has now.
    File(Known),
}

/// Whether the markup of a text is sent along.
#[derive(Debug, Clone, Copy)]
enum Markup {
    With,
    Without,
}

impl Markup {
    fn of(self, html: &str) -> (String, Option<ParseMode>) {
        match self {
            Markup::With => (html.to_owned(), Some(ParseMode::Html)),
            Markup::Without => (plain(html), None),
        }
    }
}

/// Whether a message shows what it was to show. That it cannot be edited any more harms nobody.
fn edited(answer: Result<serde_json::Value, ApiError>) -> Result<bool, ApiError> {
    match answer {
        Ok(_) => Ok(true),
        Err(error) if error.is_done() => Ok(true),
        Err(error) if error.is_gone() || error.is_wrong_token() || error.is_unreadable() => Err(error),
        Err(ApiError::Refused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

fn no_preview() -> LinkPreviewOptions {
    LinkPreviewOptions {
        is_disabled: true,
        url: None,
        prefer_small_media: false,
        prefer_large_media: false,
        show_above_text: false,
    }
}

#[async_trait]
impl Sender for TelegramSender {
    async fn send(&self, message: &Outgoing, now: DateTime<Utc>) -> Result<Sent, SendError> {
        let chat = message.to.address.parse::<i64>();
        let chat = chat.map_err(|_| SendError::GiveUp("its address is no chat".to_owned()))?;
        let letter = serde_json::from_str(&message.body).map_err(|error| {
            SendError::GiveUp(format!("the letter cannot be read: {:?}", error.classify()))
        })?;
        let Letter::Talk { language, say } = letter else {
            return Err(SendError::GiveUp("a letter of this kind is not for Telegram".to_owned()));
        };
        let retry = |error: StoreError| SendError::Retry(error.to_string());
        let (_, office) =
            self.store.office().await.map_err(retry)?.ok_or_else(|| retry(StoreError::NoOffice))?;
        let kept = self.store.memory(message.id.conversation).await.map_err(retry)?;
        let mut memory = Memory::read(kept.as_deref());
        let kept = memory.clone();
        let Plan { steps, memory: mut next } = plan(&office, language, now, &say, &memory);
        let before = memory.steps_of(message.id);
        for (at, step) in steps.iter().enumerate().skip(before) {
            let mut done = self.perform(chat, step, &office, &memory, Markup::With).await;
            if done.as_ref().is_err_and(ApiError::is_unreadable) {
                tracing::error!(outbox.id = %message.id, "Telegram cannot read the markup of a text; it is sent without");
                done = self.perform(chat, step, &office, &memory, Markup::Without).await;
            }
            match done {
                Ok(Done::Nothing) => {}
                // A file that follows may take longer than a try may: what has left is then not sent again.
                Ok(Done::Text(number)) => {
                    if let (Some(live), true) = (&mut next.live, at + 1 == steps.len()) {
                        live.message = number;
                    }
                    if let Some(Step::File(..) | Step::Paper(..)) = steps.get(at + 1) {
                        memory.begun = Some(Begun { id: message.id, steps: at + 1 });
                        self.remember(message, &memory, now).await;
                    }
                }
                Ok(Done::File(known)) => {
                    memory.know(known.clone());
                    next.know(known);
                    memory.begun = Some(Begun { id: message.id, steps: at + 1 });
                    self.remember(message, &memory, now).await;
                }
                Err(error) => {
                    if at > before {
                        memory.begun = Some(Begun { id: message.id, steps: at });
                        self.remember(message, &memory, now).await;
                    }
                    return Err(meaning(error));
                }
            }
        }
        if next != kept || next != memory {
            self.remember(message, &next, now).await;
        }
        Ok(Sent::default())
    }

    fn first_pause(&self) -> TimeDelta {
        TimeDelta::seconds(1)
    }

    fn notices(&self) -> Notices {
        let pause = Duration::from_secs(1) / self.notices_per_second.max(1);
        Notices { at_once: NOTICES_AT_ONCE, pause: Some(pause) }
    }

    /// Somebody sits and waits.
    fn longest_pause(&self) -> TimeDelta {
        TimeDelta::seconds(15)
    }
}

impl TelegramSender {
    /// That it could not be remembered is no reason to send the message again.
    async fn remember(&self, message: &Outgoing, memory: &Memory, now: DateTime<Utc>) {
        let kept = self.store.remember(message.id.conversation, &memory.write(), now).await;
        if let Err(error) = kept {
            tracing::warn!(%error, outbox.id = %message.id, "which message has the buttons was not noted");
        }
    }
}

fn meaning(error: ApiError) -> SendError {
    match error {
        ApiError::Wait(pause) => SendError::Wait {
            error: "Telegram asked to wait".to_owned(),
            pause: TimeDelta::from_std(pause + Duration::from_millis(100)).unwrap_or(TimeDelta::minutes(1)),
        },
        error if error.is_gone() => SendError::GiveUp(format!("the person cannot be reached: {error}")),
        error if error.is_wrong_token() => SendError::Retry(error.to_string()),
        ApiError::Refused { .. } => SendError::GiveUp(error.to_string()),
        ApiError::Unreachable(_) => SendError::Retry(error.to_string()),
    }
}
