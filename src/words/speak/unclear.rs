//! What was expected of an answer that was not understood.

use chrono::{DateTime, Datelike, Days, NaiveDate, Utc};

use super::voice::Voice;
use crate::dialogue::{Expected, Field};
use crate::office::MALAYSIA;
use crate::words::args;

/// How far ahead the date of an example lies, so that it is one that may be booked.
const EXAMPLE_AHEAD: Days = Days::new(14);

impl Voice<'_> {
    pub(super) fn unclear(&self, expected: Expected, now: DateTime<Utc>) -> String {
        let id = match expected {
            Expected::Field(Field::Email) => "unclear-email",
            Expected::Field(Field::Name) => "unclear-name",
            Expected::Field(Field::Identity) => "unclear-identity",
            Expected::Field(Field::Address) => "unclear-address",
            Expected::Field(Field::Phone) => "unclear-phone",
            Expected::Field(Field::State) => "unclear-state",
            Expected::Field(Field::Branch) => "unclear-branch",
            Expected::Field(Field::Service) => "unclear-service",
            Expected::Field(Field::Date) => {
                let today = now.with_timezone(&MALAYSIA).date_naive();
                return self.text("unclear-date", args![example = example(today)]);
            }
            Expected::Field(Field::Slot) => "unclear-slot",
            Expected::Form => "unclear-form",
            Expected::Choice => "unclear-choice",
            Expected::YesNo => "unclear-yes-no",
            Expected::Code => "unclear-code",
            Expected::Language => "unclear-language",
            Expected::WhichField => "unclear-which-field",
        };
        self.plain(id)
    }
}

/// A date as people type it, `5/1/2027`, some time after `day`.
pub(super) fn example(day: NaiveDate) -> String {
    let date = day.checked_add_days(EXAMPLE_AHEAD).unwrap_or(day);
    format!("{}/{}/{}", date.day(), date.month(), date.year())
}
