use serde::Serialize;

use crate::booking::{Attendance, BookingState, DayEntry};
use crate::dialogue::Language;
use crate::words::{Words, args};

/// What is known of an appointment on its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Confirmed; nothing has been noted yet.
    Booked,
    /// The person came in time.
    Arrived,
    /// The person came late.
    Late,
    /// The person did not come.
    NoShow,
    /// Called off.
    Cancelled,
}

impl Standing {
    /// Every one, in the order in which they are counted up.
    pub const ALL: [Standing; 5] =
        [Standing::Booked, Standing::Arrived, Standing::Late, Standing::NoShow, Standing::Cancelled];

    /// Where an appointment stands. That it was called off comes before what was noted of its person.
    pub fn of(entry: &DayEntry) -> Standing {
        match (entry.state, entry.attendance) {
            (BookingState::Cancelled, _) => Standing::Cancelled,
            (BookingState::Booked, None) => Standing::Booked,
            (BookingState::Booked, Some(Attendance::Arrived)) => Standing::Arrived,
            (BookingState::Booked, Some(Attendance::Late)) => Standing::Late,
            (BookingState::Booked, Some(Attendance::NoShow)) => Standing::NoShow,
        }
    }

    /// Its name in files and in the words.
    pub fn name(self) -> &'static str {
        match self {
            Standing::Booked => "booked",
            Standing::Arrived => "arrived",
            Standing::Late => "late",
            Standing::NoShow => "no_show",
            Standing::Cancelled => "cancelled",
        }
    }

    /// Its name for people.
    pub fn text(self, words: &Words, language: Language) -> String {
        words.text(language, "staff-standing", args![standing = self.name()])
    }
}
