//! What stands in a chat.

use std::fmt::Write as _;

/// A message of the bot.
#[derive(Debug, Clone)]
pub struct Posted {
    /// Its number.
    pub id: i64,
    /// As it is read.
    pub text: String,
    /// Its buttons: label and data.
    pub buttons: Vec<Vec<(String, String)>>,
    /// The buttons below the text field it brought.
    pub offer: Option<String>,
    /// Name and bytes of its file.
    pub file: Option<(String, Vec<u8>)>,
}

/// Something that happened in a chat, in the order in which it did.
#[derive(Debug, Clone)]
pub enum Entry {
    /// The person wrote or did something.
    Person(String),
    /// The bot sent a message.
    Bot(Posted),
    /// The bot edited one.
    Edited(Posted),
}

/// One chat.
#[derive(Debug, Default)]
pub struct Chat {
    /// Everything.
    pub entries: Vec<Entry>,
    /// The bot's messages as they stand now.
    pub posted: Vec<Posted>,
    /// The last number given to a message.
    pub last: i64,
    /// The person has blocked the bot.
    pub blocked: bool,
}

impl Chat {
    /// A new number.
    pub fn number(&mut self) -> i64 {
        self.last += 1;
        self.last
    }

    /// The message with live buttons; there is never more than one.
    pub fn live(&self) -> Option<&Posted> {
        let mut live = self.posted.iter().filter(|posted| !posted.buttons.is_empty());
        live.next_back()
    }

    /// How many messages have buttons.
    pub fn alive(&self) -> usize {
        self.posted.iter().filter(|posted| !posted.buttons.is_empty()).count()
    }

    /// Whether the bot had the last word.
    pub fn is_answered(&self) -> bool {
        !matches!(self.entries.last(), None | Some(Entry::Person(_)))
    }

    /// Names of the files that have arrived, in order.
    pub fn files(&self) -> Vec<&str> {
        self.posted.iter().filter_map(|posted| posted.file.as_ref()).map(|(name, _)| name.as_str()).collect()
    }

    /// As a person would read it aloud.
    pub fn transcript(&self, name: &str) -> String {
        let mut text = String::new();
        for entry in &self.entries {
            match entry {
                Entry::Person(what) => writeln!(text, "{name}> {}", what.replace('\n', "\n    ")),
                Entry::Bot(posted) => writeln!(text, "bot> {}", show(posted)),
                Entry::Edited(posted) => writeln!(text, "bot edits> {}", show(posted)),
            }
            .unwrap();
        }
        text
    }
}

fn show(posted: &Posted) -> String {
    let mut text = String::new();
    if let Some((name, _)) = &posted.file {
        write!(text, "[{name}] ").unwrap();
    }
    text.push_str(&posted.text);
    for row in &posted.buttons {
        let row: Vec<_> = row.iter().map(|(label, _)| format!("[{label}]")).collect();
        write!(text, "\n{}", row.join("")).unwrap();
    }
    if let Some(offer) = &posted.offer {
        write!(text, "\n({offer})").unwrap();
    }
    text.replace('\n', "\n     ")
}
