//! What an update of Telegram means to the assistant.

use chrono::{DateTime, Utc};
use teloxide::types::{
    CallbackQuery, CallbackQueryId, Chat, MaybeInaccessibleMessage, Message, MessageKind, Update, UpdateKind,
};

use crate::dialogue::{Event, Language, Unread, Value};
use crate::keys::Keys;
use crate::office::{BranchCode, Position};
use crate::slip;

/// Begins the payload of a link to a branch: `/start b_JHR-HQ`.
const BRANCH: &str = "b_";

/// Begins the payload of an invitation to staff: `/start j_…`.
const INVITATION: &str = "j_";

/// The link of an invitation to staff.
pub fn invitation_link(bot: &str, invitation: &str) -> String {
    format!("https://t.me/{bot}?start={INVITATION}{invitation}")
}

/// The data of a button that only shows something.
pub(super) const NOTHING: &str = "-";

/// An update, as far as it concerns the assistant.
#[derive(Debug, PartialEq)]
pub(super) enum Heard {
    /// Something for the conversation of a private chat.
    Event {
        /// The chat.
        chat: i64,
        /// What happened.
        event: Event,
    },
    /// The bot was called in a group.
    Group {
        /// The group.
        chat: i64,
        /// The language of whoever called.
        language: Language,
    },
    /// Nothing to answer.
    Nothing,
}

/// What an update means, and the tap to be answered, if it is one.
pub(super) fn read(update: Update, keys: &Keys, bot: &str) -> (Heard, Option<CallbackQueryId>) {
    if let UpdateKind::CallbackQuery(query) = update.kind {
        let heard = tap(&query);
        return (heard, Some(query.id));
    }
    let heard = if let UpdateKind::Message(message) = update.kind {
        match &message.chat {
            chat if chat.is_private() => private(message.chat.id.0, message, keys),
            chat if chat.is_channel() => Heard::Nothing,
            _ => group(&message, bot),
        }
    } else if let UpdateKind::EditedMessage(message) = update.kind
        && message.chat.is_private()
        && message.text().is_some()
    {
        Heard::Event { chat: message.chat.id.0, event: Event::Unread(Unread::Edited) }
    } else {
        Heard::Nothing
    };
    (heard, None)
}

fn private(chat: i64, message: Message, keys: &Keys) -> Heard {
    if message.from.as_ref().is_some_and(|from| from.is_bot) {
        return Heard::Nothing;
    }
    let event = |event| Heard::Event { chat, event };
    if message.forward_origin().is_some() {
        return event(Event::Unread(Unread::Forwarded));
    }
    if let Some(text) = message.text() {
        return event(match start(text) {
            Some(payload) => opened(payload, keys),
            None => Event::Text(text.to_owned()),
        });
    }
    if let Some(contact) = message.contact() {
        let own = contact.user_id.is_some_and(|id| id.0.cast_signed() == chat);
        return event(match own {
            true => Event::Contact(format!("+{}", contact.phone_number.trim_start_matches('+'))),
            // Somebody else's card: it may be typed, and is not taken from the telephone book in passing.
            false => Event::Unreadable,
        });
    }
    if let Some(at) = message.location() {
        return event(Event::Location(Position { latitude: at.latitude, longitude: at.longitude }));
    }
    // A picture, a voice, a sticker, a poll, something newer than this program: not read. What the service itself notes
    // (a pinned message) says nothing.
    let content =
        matches!(message.kind, MessageKind::Common(_) | MessageKind::Dice(_) | MessageKind::Empty {});
    if content { event(Event::Unreadable) } else { Heard::Nothing }
}

/// The payload of `/start`, empty when it has none.
fn start(text: &str) -> Option<&str> {
    let (command, payload) = text.trim().split_once(char::is_whitespace).unwrap_or((text.trim(), ""));
    let command = command.split('@').next()?;
    (command == "/start").then(|| payload.trim())
}

fn opened(payload: &str, keys: &Keys) -> Event {
    let branch = payload.strip_prefix(BRANCH).and_then(|code| BranchCode::parse(code).ok());
    if let Some(branch) = branch {
        return Event::OpenedAt(branch);
    }
    if let Some(invitation) = payload.strip_prefix(INVITATION) {
        return Event::Invited(invitation.to_owned());
    }
    match slip::read_link(payload, keys) {
        Some((reference, sequence)) => Event::SlipOpened { reference, sequence },
        None => Event::Opened,
    }
}

fn tap(query: &CallbackQuery) -> Heard {
    let private = query.message.as_ref().is_none_or(|message| chat_of(message).is_private());
    let data = query.data.as_deref().unwrap_or(NOTHING);
    if !private || data == NOTHING {
        return Heard::Nothing;
    }
    // A private chat has the number of its person.
    let chat = query.from.id.0.cast_signed();
    Heard::Event { chat, event: tapped(data) }
}

/// The tap of a button: `12.d:261224`, the question and the choice. What is none of ours is as good as stale.
fn tapped(data: &str) -> Event {
    let read = data
        .split_once('.')
        .and_then(|(number, value)| Some((number.parse::<u32>().ok()?, value.parse::<Value>().ok()?)));
    match read {
        Some((number, value)) => Event::Chose { value, question: Some(number) },
        None => Event::Chose { value: Value::Keep, question: None },
    }
}

fn chat_of(message: &MaybeInaccessibleMessage) -> &Chat {
    message.chat()
}

/// A group: only who calls the bot is answered, and then told to come to the private chat.
fn group(message: &Message, bot: &str) -> Heard {
    let called = message.text().is_some_and(|text| {
        text.starts_with('/') || text.to_lowercase().contains(&format!("@{}", bot.to_lowercase()))
    });
    let by_a_person = message.from.as_ref().is_some_and(|from| !from.is_bot);
    if !called || !by_a_person {
        return Heard::Nothing;
    }
    let english = message
        .from
        .as_ref()
        .and_then(|from| from.language_code.as_deref())
        .is_some_and(|code| !code.starts_with("ms"));
    Heard::Group { chat: message.chat.id.0, language: if english { Language::En } else { Language::Ms } }
}

/// When the update's message was written, as far as it says.
pub(super) fn written(update: &Update) -> Option<DateTime<Utc>> {
    if let UpdateKind::Message(message) = &update.kind { Some(message.date) } else { None }
}

/// The chat whose updates are to be taken in order; those without one may be taken at any time.
pub(super) fn lane(update: &Update) -> i64 {
    if let UpdateKind::CallbackQuery(query) = &update.kind {
        return query.from.id.0.cast_signed();
    }
    update.chat().map_or(0, |chat| chat.id.0)
}
