//! Somebody who writes to the bot.

use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::chat::{Chat, Entry, Posted};
use super::server::BotApi;

/// How long a person waits for an answer; a debug build on a busy machine is slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// Somebody with a private chat.
#[derive(Clone)]
pub struct Person {
    pub(super) api: Arc<BotApi>,
    /// The number of the person and of the chat.
    pub id: i64,
    /// What they are called.
    pub name: String,
    language: &'static str,
    patience: Duration,
}

impl Person {
    /// Somebody new.
    pub fn new(api: &Arc<BotApi>, id: i64, name: &str) -> Person {
        api.inner().chats.entry(id).or_default();
        Person { api: Arc::clone(api), id, name: name.to_owned(), language: "ms", patience: PATIENCE }
    }

    /// The same, who waits longer or shorter.
    pub fn waiting(self, patience: Duration) -> Person {
        Person { patience, ..self }
    }

    fn from(&self) -> Value {
        json!({ "id": self.id, "is_bot": false, "first_name": self.name, "language_code": self.language })
    }

    fn chat(&self) -> Value {
        json!({ "id": self.id, "type": "private", "first_name": self.name })
    }

    /// Sends a message of any kind; `shown` stands for it in the transcript.
    pub fn sends(&self, shown: &str, content: Value) {
        let number = {
            let mut inner = self.api.inner();
            let chat = inner.chats.entry(self.id).or_default();
            chat.entries.push(Entry::Person(shown.to_owned()));
            chat.number()
        };
        let mut message =
            json!({ "message_id": number, "date": now(), "from": self.from(), "chat": self.chat() });
        for (key, value) in content.as_object().unwrap() {
            message[key] = value.clone();
        }
        self.api.update(self.id, json!({ "message": message }));
    }

    /// Writes a text.
    pub fn says(&self, text: &str) {
        self.sends(text, json!({ "text": text }));
    }

    /// Edits an earlier text.
    pub fn edits(&self, text: &str) {
        self.api
            .inner()
            .chats
            .entry(self.id)
            .or_default()
            .entries
            .push(Entry::Person(format!("(edits) {text}")));
        let message = json!({ "message_id": 1, "date": now(), "edit_date": now(), "from": self.from(),
            "chat": self.chat(), "text": text });
        self.api.update(self.id, json!({ "edited_message": message }));
    }

    /// Taps the first live button whose label holds this.
    pub fn taps(&self, label: &str) {
        let found = self.with(|chat| {
            let live = chat.live()?;
            let key = live.buttons.iter().flatten().find(|(known, _)| known == label);
            let key = key.or_else(|| live.buttons.iter().flatten().find(|(known, _)| known.contains(label)));
            key.map(|(_, data)| (live.id, data.clone()))
        });
        let Some((message, data)) = found else {
            panic!("no button {label:?} for {}:\n{}", self.name, self.transcript())
        };
        self.taps_data(&format!("[{label}]"), message, &data);
    }

    /// Taps a button with this data, whether there is one or not.
    pub fn taps_data(&self, shown: &str, message: i64, data: &str) {
        let id = {
            let mut inner = self.api.inner();
            let id = format!("tap{}", inner.taps.len());
            inner.taps.insert(id.clone(), None);
            inner.tapped.insert(id.clone(), Instant::now());
            inner.chats.entry(self.id).or_default().entries.push(Entry::Person(shown.to_owned()));
            id
        };
        let message = json!({ "message_id": message, "date": now(), "chat": self.chat(), "text": "…" });
        let query =
            json!({ "id": id, "from": self.from(), "message": message, "chat_instance": "1", "data": data });
        self.api.update(self.id, json!({ "callback_query": query }));
    }

    /// Looks at the chat.
    pub fn with<T>(&self, look: impl FnOnce(&Chat) -> T) -> T {
        look(self.api.inner().chats.get(&self.id).unwrap())
    }

    /// How much has happened in the chat.
    pub fn mark(&self) -> usize {
        self.with(|chat| chat.entries.len())
    }

    /// Waits until the bot has said this, in anything since `mark`.
    pub async fn hears_since(&self, mark: usize, what: &str) {
        let heard = self
            .api
            .until_in(self.id, self.patience, |chat| {
                chat.entries.iter().skip(mark).any(|entry| match entry {
                    Entry::Bot(posted) => says(posted, what),
                    // One that only loses its buttons says nothing new.
                    Entry::Edited(posted) => !posted.buttons.is_empty() && says(posted, what),
                    Entry::Person(_) => false,
                })
            })
            .await;
        let refused = self.api.inner().refused.clone();
        assert!(heard, "waited in vain for {what:?}; refused: {refused:?}\n{}", self.transcript());
    }

    /// Waits until the bot has sent more messages than this; whether it did in time.
    pub async fn hears_more_than(&self, messages: usize) -> bool {
        self.api.until_in(self.id, self.patience, |chat| chat.posted.len() > messages).await
    }

    /// Writes a text and waits for an answer that holds `answer`.
    pub async fn asks(&self, text: &str, answer: &str) {
        let mark = self.mark();
        self.says(text);
        self.hears_since(mark, answer).await;
    }

    /// Taps a button and waits for an answer that holds `answer`.
    pub async fn picks(&self, label: &str, answer: &str) {
        let mark = self.mark();
        self.taps(label);
        self.hears_since(mark, answer).await;
    }

    /// The last lines of the chat: what a log shows of it when it is cut.
    pub fn end_of_transcript(&self) -> String {
        let transcript = self.transcript();
        let lines: Vec<_> = transcript.lines().collect();
        lines[lines.len().saturating_sub(60)..].join("\n")
    }

    /// The chat as it would be read aloud.
    pub fn transcript(&self) -> String {
        self.with(|chat| chat.transcript(&self.name))
    }
}

fn says(posted: &Posted, what: &str) -> bool {
    posted.text.contains(what)
        || posted.file.as_ref().is_some_and(|(name, _)| name.contains(what))
        || posted.buttons.iter().flatten().any(|(label, _)| label.contains(what))
}

fn now() -> i64 {
    temujanji::clock::now().timestamp()
}
