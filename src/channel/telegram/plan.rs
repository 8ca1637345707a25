//! What is said in one turn, as the messages, edits and files that say it in a chat.
//!
//! One message has live buttons at a time. When it is answered it is edited: its answer stands below the question and
//! its buttons go. Another page of a list or a calendar, or a day that cannot be had, is shown in that same message.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use teloxide::types::{InlineKeyboardMarkup, KeyboardRemove, ReplyMarkup};

use super::keyboard::{Keyboard, Offer};
use super::memory::{Live, Memory};
use crate::booking::Booking;
use crate::dialogue::understand::Command;
use crate::dialogue::{Field, Language, Prompt, Question, Say, Value};
use crate::office::Office;
use crate::staff::Paper;
use crate::words::speak::{self, Button, Part};
use crate::words::{Words, args};

/// A message is split at this length, in UTF-16 units; Telegram refuses more than 4096.
const LONGEST: usize = 4000;

/// One thing to do in the chat.
#[derive(Debug, PartialEq)]
pub(super) enum Step {
    /// Gives a message another text. Without buttons, those it had go.
    Edit { message: i32, html: String, markup: Option<InlineKeyboardMarkup> },
    /// Takes the buttons of a message away.
    Strip { message: i32 },
    /// Sends a text.
    Text { html: String, markup: Option<ReplyMarkup> },
    /// Sends a file of a slip.
    File(File, Box<Booking>),
    /// Sends a file to a member of staff.
    Paper(Box<Paper>, Language),
}

/// A file of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum File {
    /// The picture.
    Picture,
    /// The page to print.
    Page,
    /// The calendar entry.
    Calendar,
}

/// The steps, and what is to be remembered once they are taken.
#[derive(Debug, PartialEq)]
pub(super) struct Plan {
    pub(super) steps: Vec<Step>,
    /// With the message number 0 where it is that of the last text sent.
    pub(super) memory: Memory,
}

/// Plans how to say it.
pub(super) fn plan(
    office: &Office,
    language: Option<Language>,
    now: DateTime<Utc>,
    say: &[Say],
    memory: &Memory,
) -> Plan {
    let asked =
        say.iter().rev().find_map(|said| if let Say::Ask(question) = said { Some(question) } else { None });
    let live = memory.live.as_ref().filter(|live| asked.is_some() && live.message > 0);
    let tapped = say.iter().find_map(|said| match (said, live) {
        (Say::Tapped { question, value }, Some(live)) if *question == live.question => Some(value),
        _ => None,
    });
    let same = asked.is_some_and(|question| {
        let refused = tapped.is_some()
            && live.is_some_and(|live| live.calendar)
            && is_calendar(question)
            && !say.iter().any(|said| matches!(said, Say::Took(_)));
        question.page.is_some() || refused
    });
    let mut draft = Draft {
        office,
        language: language.unwrap_or_default(),
        steps: Vec::new(),
        paragraphs: Vec::new(),
        in_place: live.filter(|_| same).map(|live| live.message),
        memory: Memory { begun: None, ..memory.clone() },
    };
    if let Some(live) = live.filter(|_| !same) {
        draft.answer(live, tapped);
    }
    // The answer then stands at the question; but old buttons below the text field go only with a message.
    let shown = tapped.is_some_and(|value| live.is_some_and(|live| live.label(value).is_some()));
    let quiet =
        shown && (memory.offer.is_none() || memory.offer == asked.and_then(|asked| draft.offer(asked)));
    let stands = say.iter().any(|said| matches!(said, Say::Confirmed(_) | Say::Moved(_)));
    for said in say {
        if quiet && matches!(said, Say::Took(given) if given.len() == 1) {
            continue;
        }
        let one = std::slice::from_ref(said);
        draft.say(said, speak::message(Words::builtin(), office, language, now, one).parts, stands);
    }
    draft.flush(None);
    Plan { steps: draft.steps, memory: draft.memory }
}

fn is_calendar(question: &Question) -> bool {
    matches!(question.prompt, Prompt::Date { .. })
}

/// A plan in the making.
struct Draft<'a> {
    office: &'a Office,
    language: Language,
    steps: Vec<Step>,
    /// Said, and not yet in a step; whether the first line is to stand out.
    paragraphs: Vec<(String, bool)>,
    /// The message to show the question in, when it is the one with the buttons.
    in_place: Option<i32>,
    memory: Memory,
}

impl Draft<'_> {
    /// Shows at its question what was answered, where it was tapped; the buttons go in any case.
    fn answer(&mut self, live: &Live, tapped: Option<&Value>) {
        let message = live.message;
        let label =
            tapped.filter(|value| **value != Value::Do(Command::Back)).and_then(|value| live.label(value));
        self.steps.push(match label {
            Some(label) => {
                let html = live.html.replace(&format!("\n\n{}", escape(&self.text("telegram-legend"))), "");
                Step::Edit { message, html: format!("{html}\n\n✅ <i>{}</i>", escape(label)), markup: None }
            }
            None => Step::Strip { message },
        });
        self.memory.live = None;
    }

    fn say(&mut self, said: &Say, parts: Vec<Part>, stands: bool) {
        let mut buttons = Vec::new();
        for part in parts {
            match part {
                Part::Text(text) => self.paragraphs.push((text, matches!(said, Say::Ask(_)))),
                Part::Choices { buttons: choices, .. } => buttons = choices,
                Part::Files(booking) => self.files(booking, stands),
                Part::Paper(paper) => {
                    self.flush(None);
                    self.steps.push(Step::Paper(paper, self.language));
                }
            }
        }
        if let Say::Ask(question) = said {
            self.ask(question, &buttons);
        }
    }

    /// The picture to look at, the page to print, the entry for the calendar.
    fn files(&mut self, booking: Box<Booking>, stands: bool) {
        if !stands {
            // Shown again: what the files say is said in words, too.
            let text = speak::booking_text(Words::builtin(), self.office, self.language, &booking);
            self.paragraphs.push((text, false));
        }
        self.flush(None);
        for file in [File::Picture, File::Page, File::Calendar] {
            self.steps.push(Step::File(file, booking.clone()));
        }
    }

    fn ask(&mut self, question: &Question, buttons: &[Button]) {
        let keyboard = Keyboard::of(question, buttons, self.language);
        if is_calendar(question) {
            self.paragraphs.push((self.text("telegram-legend"), false));
        }
        if !keyboard.lines.is_empty() {
            self.paragraphs.push((keyboard.lines.join("\n"), false));
        }
        let offer = self.offer(question);
        let outdated = self.memory.offer.is_some() && self.memory.offer != offer;
        if keyboard.rows.is_empty() {
            let markup = match offer {
                Some(offer) => Some(offer.markup(self.language).into()),
                None if outdated => Some(KeyboardRemove::new().into()),
                None => None,
            };
            self.memory.offer = offer;
            return self.flush(markup);
        }
        let asking = self.paragraphs.iter().position(|(_, asks)| *asks).unwrap_or(0);
        let own = self.paragraphs.split_off(asking);
        match offer {
            Some(offer) if self.memory.offer != Some(offer) => {
                self.paragraphs.push((self.text("telegram-location-hint"), false));
                self.flush(Some(offer.markup(self.language).into()));
                self.memory.offer = Some(offer);
            }
            None if outdated && !self.paragraphs.is_empty() && self.in_place.is_none() => {
                self.flush(Some(KeyboardRemove::new().into()));
                self.memory.offer = None;
            }
            Some(_) | None => {}
        }
        self.paragraphs.extend(own);
        let html = self.paragraphs.iter().map(html).collect::<Vec<_>>().join("\n\n");
        let labels = keyboard.labels.clone();
        let live = |message| Live {
            message,
            question: question.number,
            html,
            labels,
            calendar: is_calendar(question),
        };
        if let Some(message) = self.in_place.filter(|_| length(&self.paragraphs) <= LONGEST) {
            let live = live(message);
            self.steps.push(Step::Edit { message, html: live.html.clone(), markup: Some(keyboard.markup()) });
            self.paragraphs.clear();
            self.memory.live = Some(live);
            return;
        }
        self.memory.live = Some(live(0));
        self.flush(Some(keyboard.markup().into()));
        if let (Some(live), Some(Step::Text { html, .. })) = (&mut self.memory.live, self.steps.last()) {
            // Of a text that was split, the last piece has the buttons.
            live.html.clone_from(html);
        }
    }

    /// What the buttons below the text field may offer for this question.
    fn offer(&self, question: &Question) -> Option<Offer> {
        let asks_where =
            matches!(&question.prompt, Prompt::Field { field: Field::State, .. } | Prompt::Branch { .. });
        if matches!(&question.prompt, Prompt::Field { field: Field::Phone, current: None }) {
            return Some(Offer::Contact);
        }
        let known = self.office.branches().any(|branch| branch.position.is_some());
        (asks_where && known).then_some(Offer::Location)
    }

    /// Makes texts of what was said, the last with this markup.
    fn flush(&mut self, markup: Option<ReplyMarkup>) {
        let mut pieces = split(std::mem::take(&mut self.paragraphs));
        let last = pieces.pop();
        self.steps.extend(pieces.into_iter().map(|html| Step::Text { html, markup: None }));
        self.steps.extend(last.map(|html| Step::Text { html, markup }));
    }

    fn text(&self, id: &str) -> String {
        Words::builtin().text(self.language, id, args![])
    }
}

/// Text of people in Telegram's HTML, <https://core.telegram.org/bots/api#html-style>.
pub(super) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What is read of a text in our own HTML.
pub(super) fn plain(html: &str) -> String {
    let tags = ["<b>", "</b>", "<i>", "</i>"];
    let text = tags.iter().fold(html.to_owned(), |text, tag| text.replace(tag, ""));
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn html((text, stands_out): &(String, bool)) -> String {
    match text.split_once('\n') {
        _ if !stands_out => escape(text),
        Some((first, rest)) => format!("<b>{}</b>\n{}", escape(first), escape(rest)),
        None => format!("<b>{}</b>", escape(text)),
    }
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn length(paragraphs: &[(String, bool)]) -> usize {
    paragraphs.iter().map(|(text, _)| units(text) + 2).sum()
}

/// Puts paragraphs together to messages that are not too long.
fn split(paragraphs: Vec<(String, bool)>) -> Vec<String> {
    let mut pieces: Vec<(String, usize)> = Vec::new();
    for (text, stands_out) in paragraphs {
        for (at, part) in cut(&text).into_iter().enumerate() {
            let length = units(&part) + 2;
            let part = html(&(part, stands_out && at == 0));
            match pieces.last_mut() {
                Some((piece, taken)) if at == 0 && *taken + length <= LONGEST => {
                    piece.push_str("\n\n");
                    piece.push_str(&part);
                    *taken += length;
                }
                _ => pieces.push((part, length)),
            }
        }
    }
    pieces.into_iter().map(|(piece, _)| piece).filter(|piece| !piece.trim().is_empty()).collect()
}

/// Cuts one paragraph that is too long by itself, between lines where it has any.
fn cut(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut taken = 0;
    for piece in text.split_inclusive('\n') {
        if taken + units(piece) > LONGEST && taken > 0 {
            parts.push(String::new());
            taken = 0;
        }
        for c in piece.chars() {
            if taken + c.len_utf16() > LONGEST {
                parts.push(String::new());
                taken = 0;
            }
            taken += c.len_utf16();
            if let Some(part) = parts.last_mut() {
                part.push(c);
            }
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_markup_a_text_is_what_it_was() {
        for text in ["Pilih masa\n& tarikh", "<b>tebal</b> &lt;i&gt; &amp;amp;", "a < b > c & d"] {
            assert_eq!(plain(&html(&(text.to_owned(), true))), text);
        }
    }
}
