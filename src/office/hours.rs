//! Opening hours: spans of a day and the days of a week.

use std::fmt;

use chrono::{Datelike as _, NaiveDate, NaiveTime, TimeDelta, Weekday};
use serde::{Deserialize, Serialize};

/// One unbroken stretch of opening on a day, in the branch's local time. `from` is before `to`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Span {
    from: NaiveTime,
    to: NaiveTime,
}

impl Span {
    /// A span, unless it would be empty or run backwards.
    pub fn new(from: NaiveTime, to: NaiveTime) -> Option<Self> {
        (from < to).then_some(Self { from, to })
    }

    /// When the counter opens.
    pub fn from(&self) -> NaiveTime {
        self.from
    }

    /// When the counter closes.
    pub fn to(&self) -> NaiveTime {
        self.to
    }

    /// Its length in minutes.
    pub fn minutes(&self) -> i64 {
        (self.to - self.from).num_minutes()
    }

    /// Starts of the slots of that many minutes that lie wholly inside the span, one after another.
    pub(crate) fn starts(self, minutes: u32) -> impl Iterator<Item = NaiveTime> {
        let step = i64::from(minutes.max(1));
        (0..self.minutes() / step).map(move |nth| self.from + TimeDelta::minutes(nth * step))
    }

    /// What is left of it before and after another.
    pub(crate) fn without(self, gap: Self) -> impl Iterator<Item = Self> {
        let before = Self::new(self.from, self.to.min(gap.from));
        let after = Self::new(self.from.max(gap.to), self.to);
        before.into_iter().chain(after)
    }

    /// Whether so many minutes from `start` on share time with it.
    pub fn meets(self, start: NaiveTime, minutes: u32) -> bool {
        start < self.to && (self.from - start).num_minutes() < i64::from(minutes)
    }

    /// What is left of it between two times of day.
    pub(crate) fn within(self, from: NaiveTime, to: NaiveTime) -> Option<Self> {
        Self::new(self.from.max(from), self.to.min(to))
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.from.format("%H:%M"), self.to.format("%H:%M"))
    }
}

impl From<Span> for String {
    fn from(span: Span) -> Self {
        span.to_string()
    }
}

impl TryFrom<String> for Span {
    type Error = HoursError;
    fn try_from(text: String) -> Result<Self, HoursError> {
        span(&text)
    }
}

/// Why a text is not a day's opening hours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// No hyphen between two times.
    #[error("\"{0}\" is not a span of opening")]
    Shape(String),
    /// Not a time of day.
    #[error("\"{0}\" is not a time")]
    Time(String),
    /// The end is not after the start.
    #[error("the span {0} ends before it starts")]
    Backwards(String),
    /// Two spans share time, or stand in the wrong order.
    #[error("the span {later} starts before {earlier} has ended")]
    Overlap {
        /// The span written first.
        earlier: Span,
        /// The one after it.
        later: Span,
    },
}

impl HoursError {
    /// What the operator should write instead.
    pub(crate) fn mend(&self) -> &'static str {
        match self {
            Self::Shape(_) => "write spans as \"08:00-13:00, 14:00-17:00\", or \"closed\"",
            Self::Time(_) => {
                "write times by the 24-hour clock with a colon, from 00:00 to 23:59, as 08:00 or 14:45"
            }
            Self::Backwards(_) => {
                "put the opening time first; times are by the 24-hour clock, so 5 p.m. is 17:00"
            }
            Self::Overlap { .. } => {
                "put the spans in order and leave the break between them, or join them into one"
            }
        }
    }
}

/// Reads a day's hours: spans with commas or semicolons between them, or `closed`, which gives none.
///
/// # Errors
///
/// [`HoursError`] for the first thing wrong.
pub fn parse_hours(text: &str) -> Result<Vec<Span>, HoursError> {
    if text.trim().eq_ignore_ascii_case("closed") {
        return Ok(Vec::new());
    }
    let spans = text.split([',', ';']).map(span).collect::<Result<Vec<_>, _>>()?;
    let clash = spans.iter().zip(spans.iter().skip(1)).find(|(earlier, later)| later.from < earlier.to);
    match clash {
        Some((&earlier, &later)) => Err(HoursError::Overlap { earlier, later }),
        None => Ok(spans),
    }
}

/// A day's hours as [`parse_hours`] reads them.
pub(crate) fn write_hours(spans: &[Span]) -> String {
    if spans.is_empty() {
        return "closed".to_owned();
    }
    spans.iter().map(Span::to_string).collect::<Vec<_>>().join(", ")
}

fn span(text: &str) -> Result<Span, HoursError> {
    let text = text.trim();
    let (from, to) = text.split_once(['-', '–']).ok_or_else(|| HoursError::Shape(text.to_owned()))?;
    Span::new(parse_time(from)?, parse_time(to)?).ok_or_else(|| HoursError::Backwards(text.to_owned()))
}

/// Reads a time of day, `HH:MM`.
pub(crate) fn parse_time(text: &str) -> Result<NaiveTime, HoursError> {
    let text = text.trim();
    NaiveTime::parse_from_str(text, "%H:%M").map_err(|_| HoursError::Time(text.to_owned()))
}

/// The days of a week in the order they are written, with their keys.
pub(crate) const DAYS: [(Weekday, &str); 7] = [
    (Weekday::Mon, "monday"),
    (Weekday::Tue, "tuesday"),
    (Weekday::Wed, "wednesday"),
    (Weekday::Thu, "thursday"),
    (Weekday::Fri, "friday"),
    (Weekday::Sat, "saturday"),
    (Weekday::Sun, "sunday"),
];

/// Hours by day of the week. A day may be unnamed (a period leaves it as usual) or have no span (closed).
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Week([Option<Vec<Span>>; 7]);

impl Week {
    /// The hours of that day of the week; `None` if the day is not named.
    pub fn on(&self, day: Weekday) -> Option<&[Span]> {
        self.0.get(day.num_days_from_monday() as usize)?.as_deref()
    }

    /// The hours of that date's day of the week.
    pub(crate) fn of(&self, date: NaiveDate) -> Option<&[Span]> {
        self.on(date.weekday())
    }

    /// Names a day's hours; none means closed.
    pub(crate) fn set(&mut self, day: Weekday, spans: Vec<Span>) {
        if let Some(slot) = self.0.get_mut(day.num_days_from_monday() as usize) {
            *slot = Some(spans);
        }
    }

    /// Every span of the week, Monday first.
    pub(crate) fn spans(&self) -> impl Iterator<Item = &Span> {
        self.0.iter().flatten().flatten()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_spans_in_order() {
        let spans = parse_hours("08:00-12:15; 14:45 - 17:00").unwrap();
        assert_eq!(write_hours(&spans), "08:00-12:15, 14:45-17:00");
        assert_eq!(parse_hours(" Closed ").unwrap(), []);
        assert_eq!(parse_hours("08:00-13:00,13:00-17:00").unwrap().len(), 2);
        for bad in
            ["", "08:00", "8am-5pm", "08:00-25:00", "17:00-08:00", "09:00-09:00", "08:00-13:00,12:00-17:00"]
        {
            assert!(parse_hours(bad).is_err(), "{bad}");
        }
        assert!(parse_hours("14:00-17:00, 08:00-13:00").is_err(), "out of order");
    }

    #[test]
    fn slots_lie_wholly_inside_their_span() {
        let starts = |text: &str, minutes| {
            let spans = parse_hours(text).unwrap();
            spans
                .iter()
                .flat_map(|span| span.starts(minutes))
                .map(|t| t.format("%H:%M").to_string())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            starts("08:00-12:15, 14:45-17:00", 60),
            ["08:00", "09:00", "10:00", "11:00", "14:45", "15:45"]
        );
        assert_eq!(starts("08:00-09:00", 60), ["08:00"]);
        assert_eq!(starts("08:00-08:59", 60), [""; 0]);
        assert_eq!(starts("22:00-23:59", 60), ["22:00"]);
        assert_eq!(starts("11:00-12:00", 25), ["11:00", "11:25"]);
    }
}
