//! What is remembered of a chat from one message to the next, in the database: whichever process sends the next one
//! finds the buttons of the last.

use serde::{Deserialize, Serialize};

use super::keyboard::Offer;
use super::plan::File;
use crate::dialogue::Value;
use crate::store::OutgoingId;

use super::keyboard::data;

/// What is remembered of a chat.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Memory {
    /// The message with the live buttons.
    pub(super) live: Option<Live>,
    /// What the buttons below the text field offer.
    pub(super) offer: Option<Offer>,
    /// How far a message of the outbox got that could not be sent whole.
    pub(super) begun: Option<Begun>,
    /// Files that Telegram has, the newest last: they need not be made and sent up again.
    pub(super) files: Vec<Known>,
}

/// So many files are remembered of a chat: those of a family's slips.
const FILES: usize = 15;

/// A file that Telegram has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Known {
    pub(super) file: File,
    /// Stands for all that is in it.
    pub(super) says: String,
    /// Telegram's name for it.
    pub(super) id: String,
}

/// The message with the live buttons.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Live {
    /// Its number in the chat.
    pub(super) message: i32,
    /// The question it asks.
    pub(super) question: u32,
    /// Its text, so that the answer can be put below.
    pub(super) html: String,
    /// What its choices are called, by their data.
    pub(super) labels: Vec<(String, String)>,
    /// Whether it is a calendar.
    pub(super) calendar: bool,
}

/// A message of the outbox of which a part has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) id: OutgoingId,
    pub(super) steps: usize,
}

impl Memory {
    /// Reads what was kept; what cannot be read is forgotten.
    pub(super) fn read(text: Option<&str>) -> Memory {
        text.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default()
    }

    pub(super) fn write(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// What Telegram calls a file in which this is said.
    pub(super) fn known(&self, file: File, says: &str) -> Option<&str> {
        let mut known = self.files.iter().filter(|known| known.file == file && known.says == says);
        known.next_back().map(|known| known.id.as_str())
    }

    /// Remembers a file in place of the one that said the same.
    pub(super) fn know(&mut self, new: Known) {
        self.files.retain(|known| (known.file, &known.says) != (new.file, &new.says));
        self.files.push(new);
        let too_many = self.files.len().saturating_sub(FILES);
        self.files.drain(..too_many);
    }

    /// How many steps of this message have been taken.
    pub(super) fn steps_of(&self, id: OutgoingId) -> usize {
        self.begun.filter(|begun| begun.id == id).map_or(0, |begun| begun.steps)
    }
}

impl Live {
    /// What the tapped choice is called.
    pub(super) fn label(&self, value: &Value) -> Option<&str> {
        let data = data(self.question, value);
        self.labels.iter().find(|(known, _)| *known == data).map(|(_, label)| label.as_str())
    }
}
