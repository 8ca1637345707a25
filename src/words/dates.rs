//! Dates, times of day and durations in words, as Malaysian offices write them.

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Timelike};

use super::{Words, args};
use crate::dialogue::Language;

impl Words {
    /// A date in full: `Selasa, 5 Januari 2027`, `Tuesday, 5 January 2027`.
    pub fn long_date(&self, language: Language, date: NaiveDate) -> String {
        self.date(language, "date-long", date)
    }

    /// A date for a list or a button: `Sel, 5 Jan 2027`, `Tue, 5 Jan 2027`.
    pub fn short_date(&self, language: Language, date: NaiveDate) -> String {
        self.date(language, "date-short", date)
    }

    /// A date in a list of days near to one another: `Sel, 5 Jan`, `Tue, 5 Jan`.
    pub fn day_and_month(&self, language: Language, date: NaiveDate) -> String {
        let weekday = date.weekday().number_from_monday();
        self.text(language, "date-day", args![weekday = weekday, day = date.day(), month = date.month()])
    }

    /// A time of day: `9.30 pagi`, `12.15 tengah hari`, `2.30 p.m.`
    ///
    /// Malay parts of the day as fixed by Dewan Bahasa dan Pustaka: `tengah hari` lasts to 1.59 p.m.,
    /// `petang` to 6.59 p.m.
    pub fn time(&self, language: Language, time: NaiveTime) -> String {
        self.text(language, "time-of-day", args![clock = clock(time), part = part(time)])
    }

    /// A time of day without its part of the day, where that is plain: `9.30`.
    pub fn clock(&self, time: NaiveTime) -> String {
        clock(time)
    }

    /// The band of time a slot takes: `9.00 – 10.00 pagi`, `11.30 a.m. – 12.30 p.m.`
    pub fn band(&self, language: Language, start: NaiveTime, minutes: u32) -> String {
        let end = start.overflowing_add_signed(TimeDelta::minutes(i64::from(minutes))).0;
        let words = |time| self.text(language, "time-part", args![part = part(time)]);
        let from = if words(start) == words(end) { clock(start) } else { self.time(language, start) };
        self.text(language, "time-band", args![from = from, to = self.time(language, end)])
    }

    /// A length of time in whole minutes or hours, rounded down: `9 minit`, `1 hour 30 minutes`.
    pub fn duration(&self, language: Language, length: TimeDelta) -> String {
        let minutes = length.num_minutes();
        match (minutes / 60, minutes % 60) {
            (..=0, ..=0) => self.text(language, "duration-moment", args![]),
            (0, minutes) => self.text(language, "duration-minutes", args![minutes = minutes]),
            (hours, 0) => self.text(language, "duration-hours", args![hours = hours]),
            (hours, minutes) => {
                self.text(language, "duration-hours-minutes", args![hours = hours, minutes = minutes])
            }
        }
    }

    fn date(&self, language: Language, id: &str, date: NaiveDate) -> String {
        let weekday = date.weekday().number_from_monday();
        // The year goes in as text: Fluent may group the digits of a number.
        let year = date.year().to_string();
        self.text(language, id, args![weekday = weekday, day = date.day(), month = date.month(), year = year])
    }
}

/// `9.30`: the twelve-hour clock without the part of the day.
fn clock(time: NaiveTime) -> String {
    format!("{}.{:02}", time.hour12().1, time.minute())
}

/// The part of the day, by the name the Fluent files select on.
fn part(time: NaiveTime) -> &'static str {
    match (time.hour(), time.minute()) {
        (0, 0) => "midnight",
        (0, _) => "small-hours",
        (1..=11, _) => "morning",
        (12, 0) => "noon",
        (12..=13, _) => "midday",
        (14..=18, _) => "afternoon",
        (19.., _) => "night",
    }
}
