//! The calendar entry of an appointment (iCalendar, RFC 5545).

use chrono::TimeDelta;
use icalendar::{Alarm, Calendar, Class, Component, Event, EventLike, EventStatus, Property};

use super::Slip;
use crate::words::{Words, args};

/// What a calendar is to do with the entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Add it, or replace the one of the same appointment.
    Publish,
    /// Take it away.
    Cancel,
}

impl Method {
    /// Its name in the file; a mail's `Content-Type` must name the same.
    pub fn name(self) -> &'static str {
        match self {
            Method::Publish => "PUBLISH",
            Method::Cancel => "CANCEL",
        }
    }
}

/// The appointment as an `.ics` file.
///
/// The UID stays the same through every move. It has no attendee, so that no calendar answers to it, and
/// says nothing of the service, which may be nobody else's business.
pub fn ics(slip: &Slip, method: Method, words: &Words) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//temujanji//slip//EN"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method.name()),
    ] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.push(event(slip, method, words));
    calendar.to_string()
}

fn event(slip: &Slip, method: Method, words: &Words) -> Event {
    let start = slip.key.starts_at();
    let by = words.time(slip.language, slip.be_there());
    let mut event = Event::new();
    event
        .uid(&format!("{}@temujanji", slip.reference.as_str()))
        .timestamp(slip.issued_at)
        .starts(start)
        .ends(start + TimeDelta::minutes(i64::from(slip.minutes)))
        .location(&place(slip))
        .class(Class::Private);
    match method {
        Method::Publish => {
            let (reference, branch) = (slip.reference.to_string(), slip.branch_name.as_str());
            let about = args![reference = reference, queue = slip.queue, time = by.as_str()];
            let tomorrow = words.text(slip.language, "calendar-alarm-day", args![]);
            let soon = words.text(slip.language, "calendar-alarm-soon", args![time = by.as_str()]);
            event
                .sequence(slip.sequence)
                .status(EventStatus::Confirmed)
                .summary(&words.text(slip.language, "calendar-summary", args![branch = branch]))
                .description(&words.text(slip.language, "calendar-description", about))
                .alarm(alarm(slip, "day", &tomorrow, TimeDelta::days(1)))
                .alarm(alarm(slip, "soon", &soon, TimeDelta::minutes(90)));
        }
        Method::Cancel => {
            let branch = slip.branch_name.as_str();
            event.sequence(slip.sequence + 1).status(EventStatus::Cancelled).summary(&words.text(
                slip.language,
                "calendar-cancelled",
                args![branch = branch],
            ));
        }
    }
    event.done()
}

/// An alarm that long before the start. Named and dated here, lest the library do it by chance and clock.
fn alarm(slip: &Slip, name: &str, about: &str, before: TimeDelta) -> Alarm {
    Alarm::display(about, -before)
        .uid(&format!("{}-{name}@temujanji", slip.reference.as_str()))
        .timestamp(slip.issued_at)
        .done()
}

fn place(slip: &Slip) -> String {
    let address: Vec<_> = slip.branch_address.lines().map(str::trim).collect();
    format!("{}, {}", slip.branch_name, address.join(" "))
}
