//! What is said, turned from data into words: the same message for every channel.
//!
//! # Layout
//!
//! `voice` the names of things in one language; `say` sentences; `day` why a day or a slot cannot be had;
//! `unclear` what was expected; `refuse` why an answer was not accepted; `prompt` questions; `choice` their labels;
//! `detail` the lines that show what was given or booked; [`mail`] the mails sent beside the conversation, [`post`] those
//! of a conversation by mail.

mod choice;
mod day;
mod detail;
pub mod mail;
pub mod post;
mod prompt;
mod refuse;
mod say;
mod staff;
mod unclear;
mod voice;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use self::voice::Voice;
use super::Words;
use crate::booking::Booking;
use crate::dialogue::{Language, Prompt, Question, Say, Value};
use crate::office::Office;
use crate::staff::Paper;

/// One answer of the assistant, ready for any channel: plain text, no markup, in the order in which it is read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Message {
    /// What it consists of.
    pub parts: Vec<Part>,
}

/// A piece of a [`Message`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// A paragraph, or several with empty lines between them. Lines are broken only where a list needs it.
    Text(String),
    /// What may be chosen: numbers, buttons or lines of a form, as the channel likes.
    Choices {
        /// The question they belong to; comes back with a tap, so that a late one is noticed.
        question: u32,
        /// In the order of their numbers, beginning with 1.
        buttons: Vec<Button>,
    },
    /// The files of this booking's slip.
    Files(Box<Booking>),
    /// A file for a member of staff.
    Paper(Box<Paper>),
}

/// One choice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    /// What is read: no number, since the channel numbers.
    pub label: String,
    /// What comes back.
    pub value: Value,
    /// Places left, for a channel that wants to show them in its own way; they stand in the label, too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub places: Option<u32>,
}

/// Puts everything said in one turn into words.
///
/// `language` is the one chosen. Before one is chosen, everything is said in each, Malay first; so is the question
/// for the language at any time, because it is asked by those who cannot read the answer. `now` tells how long a
/// place is still held.
pub fn message(
    words: &Words,
    office: &Office,
    language: Option<Language>,
    now: DateTime<Utc>,
    say: &[Say],
) -> Message {
    let mut parts = Vec::new();
    for said in say {
        let languages = match language {
            Some(language) if !asks_for_language(said) => vec![language],
            _ => Language::ALL.to_vec(),
        };
        let voices: Vec<_> =
            languages.into_iter().map(|language| Voice::new(words, office, language)).collect();
        if !matches!(said, Say::Tapped { .. } | Say::Paper(_)) {
            parts.extend(voices.iter().map(|voice| Part::Text(voice.say(said, now))));
        }
        if let Say::Ask(question) = said {
            parts.extend(choices(&voices, question));
        }
        if let Say::Paper(paper) = said {
            parts.push(Part::Paper(paper.clone()));
        }
        if let Say::Slip(booking) = said {
            parts.push(Part::Files(booking.clone()));
        }
    }
    Message { parts }
}

/// Everything known of an appointment, a line each.
pub fn booking_text(words: &Words, office: &Office, language: Language, booking: &Booking) -> String {
    Voice::new(words, office, language).booking_lines(booking).join("\n")
}

fn asks_for_language(said: &Say) -> bool {
    matches!(said, Say::Ask(Question { prompt: Prompt::Language, .. }))
}

fn choices(voices: &[Voice<'_>], question: &Question) -> Option<Part> {
    if question.choices.is_empty() {
        return None;
    }
    let button = |choice| {
        let mut labels: Vec<_> = voices.iter().map(|voice| voice.label(&question.prompt, choice)).collect();
        labels.dedup();
        Button { label: labels.join(" / "), value: choice.value.clone(), places: choice.places }
    };
    let buttons = question.choices.iter().map(button).collect();
    Some(Part::Choices { question: question.number, buttons })
}
