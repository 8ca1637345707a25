//! The buttons of a question.

use teloxide::types::{
    ButtonRequest, InlineKeyboardButton, InlineKeyboardMarkup, KeyboardButton, KeyboardMarkup,
};

use super::calendar::calendar;
use super::update::NOTHING;
use crate::dialogue::understand::Command;
use crate::dialogue::{Language, Prompt, Question, Value};
use crate::staff::Tap;
use crate::words::speak::Button;
use crate::words::{Words, args};

/// Longest data of a button, in bytes, <https://core.telegram.org/bots/api#inlinekeyboardbutton>.
const LONGEST_DATA: usize = 64;
/// A list of more rows than this is shown in pages …
const MOST_ROWS: usize = 12;
/// … of so many choices.
const PAGE: usize = 8;
/// Buttons of staff that stand side by side.
const SIDE_BY_SIDE: usize = 3;
/// Labels up to this many characters stand two in a row.
const SHORT: usize = 22;

/// The buttons of a question, and what else is needed to show and to answer it.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Keyboard {
    pub(super) rows: Vec<Vec<InlineKeyboardButton>>,
    /// What each button's choice is called, by its data, to show later what was tapped.
    pub(super) labels: Vec<(String, String)>,
    /// Lines for choices that fit no button and may be typed by their number.
    pub(super) lines: Vec<String>,
}

/// What a button sends back.
pub(super) fn data(question: u32, value: &Value) -> String {
    format!("{question}.{value}")
}

pub(super) fn nothing(label: impl Into<String>) -> InlineKeyboardButton {
    InlineKeyboardButton::callback(label, NOTHING)
}

impl Keyboard {
    /// Draws the buttons of a question.
    pub(super) fn of(question: &Question, buttons: &[Button], language: Language) -> Keyboard {
        let mut keyboard = Keyboard::default();
        if let Prompt::Staff(_) = question.prompt {
            keyboard.staff(question.number, buttons, language);
            return keyboard;
        }
        let (list, ways): (Vec<_>, Vec<_>) =
            (1..).zip(buttons).partition(|(_, button)| in_list(&question.prompt, &button.value));
        let in_pairs = list.len() > 3 && list.iter().all(|(_, button)| button.label.chars().count() <= SHORT);
        let rows = if in_pairs { list.len().div_ceil(2) } else { list.len() };
        if let Prompt::Date { first, last, days, .. } = &question.prompt {
            calendar(&mut keyboard, question, (*first, *last), days, language);
        } else if rows > MOST_ROWS {
            keyboard.pages(question, &list, language);
        } else {
            for (at, (number, button)) in list.iter().enumerate() {
                keyboard.add(question.number, *number, button, language, !in_pairs || at % 2 == 0);
            }
        }
        for (number, button) in ways {
            keyboard.add(question.number, number, button, language, true);
        }
        if has_way_back(&question.prompt) {
            let back = data(question.number, &Value::Do(Command::Back));
            let label = Words::builtin().text(language, "telegram-back", args![]);
            keyboard.rows.push(vec![InlineKeyboardButton::callback(label, back)]);
        }
        keyboard
    }

    pub(super) fn markup(self) -> InlineKeyboardMarkup {
        InlineKeyboardMarkup::new(self.rows)
    }

    /// The buttons of staff: appointments and branches below each other, what can be done side by side.
    fn staff(&mut self, question: u32, buttons: &[Button], language: Language) {
        let mut in_row = SIDE_BY_SIDE;
        for (number, button) in (1..).zip(buttons) {
            let alone = matches!(&button.value, Value::Staff(Tap::Card(_) | Tap::At(..) | Tap::Close(_)));
            let new_row = alone || in_row >= SIDE_BY_SIDE;
            self.add(question, number, button, language, new_row);
            in_row = if alone {
                SIDE_BY_SIDE
            } else if new_row {
                1
            } else {
                in_row + 1
            };
        }
    }

    /// A long list in pages, each choice with the number that may be typed instead.
    fn pages(&mut self, question: &Question, list: &[(usize, &Button)], language: Language) {
        let pages = list.len().div_ceil(PAGE);
        let page = question.page.map_or(0, |page| page as usize).min(pages - 1);
        for (number, button) in list.iter().skip(page * PAGE).take(PAGE) {
            let numbered = Button { label: numbered(*number, &button.label, language), ..(*button).clone() };
            self.add(question.number, *number, &numbered, language, true);
        }
        let shown = Words::builtin().text(language, "telegram-page", args![page = page + 1, pages = pages]);
        self.turner(question.number, page, pages, shown);
    }

    /// The row that turns pages.
    pub(super) fn turner(&mut self, question: u32, page: usize, pages: usize, shown: String) {
        let to = |label: &str, page: usize| {
            let value = Value::Page(u32::try_from(page).unwrap_or_default());
            InlineKeyboardButton::callback(label, data(question, &value))
        };
        let before = if page > 0 { to("◀", page - 1) } else { nothing("·") };
        let after = if page + 1 < pages { to("▶", page + 1) } else { nothing("·") };
        self.rows.push(vec![before, nothing(shown), after]);
    }

    /// Adds a button; a choice that fits none becomes a line with its number.
    fn add(&mut self, question: u32, number: usize, button: &Button, language: Language, new_row: bool) {
        let data = data(question, &button.value);
        if data.len() > LONGEST_DATA {
            return self.lines.push(numbered(number, &button.label, language));
        }
        self.labels.push((data.clone(), button.label.clone()));
        let key = InlineKeyboardButton::callback(button.label.clone(), data);
        match self.rows.last_mut() {
            Some(row) if !new_row => row.push(key),
            _ => self.rows.push(vec![key]),
        }
    }
}

fn numbered(number: usize, label: &str, language: Language) -> String {
    Words::builtin().text(language, "telegram-number", args![number = number, label = label])
}

/// Whether a choice is one of the things asked for, not another way to go on.
fn in_list(prompt: &Prompt, value: &Value) -> bool {
    let way = matches!(value, Value::Keep | Value::Field(_) | Value::Do(_));
    let of_ways = matches!(
        prompt,
        Prompt::Change(_) | Prompt::Blocked | Prompt::Resume | Prompt::Idle | Prompt::Code(_)
    );
    of_ways || !way
}

/// Whether the question has one before it, and buttons to put the way back to.
fn has_way_back(prompt: &Prompt) -> bool {
    matches!(
        prompt,
        Prompt::IdentityKind
            | Prompt::Field { field: crate::dialogue::Field::State, .. }
            | Prompt::Branch { .. }
            | Prompt::Service { .. }
            | Prompt::Date { .. }
            | Prompt::Time { .. }
            | Prompt::OtherSlot(_)
            | Prompt::Change(_)
            | Prompt::Booking(_)
    )
}

/// What the buttons below the text field offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Offer {
    /// The person's own telephone number.
    Contact,
    /// Where the person is.
    Location,
}

impl Offer {
    /// The buttons below the text field.
    pub(super) fn markup(self, language: Language) -> KeyboardMarkup {
        let (id, request) = match self {
            Offer::Contact => ("telegram-share-contact", ButtonRequest::Contact),
            Offer::Location => ("telegram-share-location", ButtonRequest::Location),
        };
        let label = Words::builtin().text(language, id, args![]);
        KeyboardMarkup::new([[KeyboardButton::new(label).request(request)]])
            .resize_keyboard()
            .one_time_keyboard()
    }
}
