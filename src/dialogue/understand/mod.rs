//! What a typed text means: dates, times, places, services, yes and no, commands, whole forms.
//!
//! Pure functions of the text, of today's date and of the office catalogue. What can be taken in more
//! than one way comes back as [`Understood::ask`], to be shown and asked, and what is not clearly one
//! of ours comes back as [`Understood::none`]: a wrong guess in silence costs a person a journey.

pub mod branch;
mod calendar;
mod calendar_words;
pub mod change;
mod clock;
pub mod command;
mod command_words;
pub mod date;
mod days;
pub mod field;
pub mod form;
mod fuzzy;
mod groups;
mod hours;
mod items;
mod mention;
pub mod number;
mod phrase;
pub mod service;
mod several;
pub mod state;
mod stretch;
pub mod text;
pub mod time;
mod tongue;
mod unlabelled;
pub mod yes_no;

pub use branch::branch;
pub use change::change_to;
pub use command::{Command, command};
pub use date::{DateWish, date, date_wish};
pub use field::field;
pub use form::{Entry, form};
pub use service::service;
pub use state::state;
pub use time::{TimeWish, time, time_wish};
pub use tongue::tongue;
pub use unlabelled::{Details, details};
pub use yes_no::yes_no;

/// What a text may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Understood<T> {
    /// Every meaning, best first; empty when nothing was understood.
    pub candidates: Vec<T>,
    /// Whether the candidates must be shown and asked, even if there is only one.
    pub ambiguous: bool,
}

impl<T> Understood<T> {
    /// Not understood.
    pub fn none() -> Self {
        Self { candidates: Vec::new(), ambiguous: false }
    }

    /// Understood in one way, which may be taken without asking.
    pub fn sure(meaning: T) -> Self {
        Self { candidates: vec![meaning], ambiguous: false }
    }

    /// To be shown and asked. No candidates at all means not understood.
    pub fn ask(candidates: Vec<T>) -> Self {
        Self { ambiguous: !candidates.is_empty(), candidates }
    }

    /// The one meaning that may be taken without asking.
    pub fn certain(&self) -> Option<&T> {
        if self.ambiguous { None } else { self.candidates.first() }
    }

    /// Whether nothing was understood.
    pub fn is_none(&self) -> bool {
        self.candidates.is_empty()
    }

    /// The same with every meaning turned into another.
    pub fn map<U>(self, meaning: impl FnMut(T) -> U) -> Understood<U> {
        Understood {
            candidates: self.candidates.into_iter().map(meaning).collect(),
            ambiguous: self.ambiguous,
        }
    }
}
