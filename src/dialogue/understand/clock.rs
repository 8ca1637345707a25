//! Times of the day within a row of items, and the parts of the day.

use chrono::NaiveTime;

use super::calendar::{Item, Part};

/// An hour and minute as said, and the part of the day said with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clock {
    pub(super) hour: u32,
    pub(super) minute: u32,
    pub(super) part: Option<Part>,
    /// "setengah sepuluh": 9.30 in Indonesian, and for a Malaysian who says it 10.30.
    pub(super) half_to: bool,
}

impl Clock {
    /// The times it may be, best first. Counters are open from about 7.30 in the morning to 9 at night,
    /// so an hour without a word is taken as the one of the two that falls into that.
    pub(super) fn times(self) -> Vec<NaiveTime> {
        let hours = self.part.map_or_else(|| plain(self.hour), |part| hours(self.hour, part));
        let at = |hour: u32, minute: u32| NaiveTime::from_hms_opt(hour, minute, 0);
        let mut times: Vec<NaiveTime> = Vec::new();
        for hour in hours {
            if self.half_to {
                times.extend(hour.checked_sub(1).and_then(|before| at(before, 30)));
            }
            times.extend(at(hour, self.minute));
        }
        times
    }

    pub(super) fn with(self, part: Part) -> Clock {
        Clock { part: Some(part), ..self }
    }
}

/// The hours meant by an hour of one or two digits without a word.
fn plain(hour: u32) -> Vec<u32> {
    match hour {
        1..=6 => vec![hour + 12],
        7 => vec![7, 19],
        _ => vec![hour],
    }
}

fn hours(hour: u32, part: Part) -> Vec<u32> {
    use Part::{
        Afternoon, Am, EarlyMorning, Evening, LatePetang, Midday, Midnight, Morning, Night, Petang, Pm, Siang,
    };
    match (part, hour) {
        (Am | Morning | EarlyMorning, 12) => vec![12, 0],
        (Am | Morning | EarlyMorning, 0..12) => vec![hour],
        (Am | Morning | EarlyMorning, _) => vec![],
        (Midnight, 12) | (Night, 12) => vec![0],
        (Midnight, _) => vec![hour],
        (_, 12..) => vec![hour],
        (_, 0) => vec![],
        (Pm | Evening, _) => vec![hour + 12],
        (Afternoon | Petang | LatePetang, 9..) => vec![hour + 12, hour],
        (Afternoon | Petang | LatePetang, _) => vec![hour + 12],
        (Midday | Siang, 8..) => vec![hour],
        (Midday | Siang, _) => vec![hour + 12],
        (Night, 6..) => vec![hour + 12],
        (Night, _) => vec![hour + 12, hour],
    }
}

/// From when until when a part of the day lasts at a counter; the end does not belong to it.
pub(super) fn span(part: Part) -> Option<(NaiveTime, NaiveTime)> {
    let (from, to) = match part {
        Part::Am | Part::Pm | Part::Midnight => return None,
        Part::EarlyMorning => (8, 10),
        Part::Morning => (8, 12),
        Part::Midday => (12, 14),
        Part::Afternoon => (12, 18),
        Part::Petang => (14, 19),
        Part::LatePetang => (16, 19),
        Part::Siang => (11, 15),
        Part::Evening => (17, 21),
        Part::Night => (19, 21),
    };
    NaiveTime::from_hms_opt(from, 0, 0).zip(NaiveTime::from_hms_opt(to, 0, 0))
}

/// A time at the start of the items that can be nothing else: with a word ("pukul", "pagi"), a colon or
/// a half. How many items it takes, and the time.
pub(super) fn clock(items: &[Item]) -> Option<(usize, Clock)> {
    if let [Item::Noon, ..] = items {
        return Some((1, Clock { hour: 12, minute: 0, part: None, half_to: false }));
    }
    let mut used = 0;
    let mut before = None;
    let mut said = false;
    loop {
        match items.get(used..)? {
            [Item::At, ..] => said = true,
            [Item::Part(part), ..] if !matches!(part, Part::Am | Part::Pm) => before = Some(*part),
            _ => break,
        }
        used += 1;
    }
    let (taken, read) = figure(items.get(used..)?)?;
    used += taken;
    while let Some(Item::Oclock | Item::Hour) = items.get(used) {
        said = true;
        used += 1;
    }
    let after = match items.get(used) {
        Some(Item::Part(part)) => Some(*part),
        _ => None,
    };
    used += usize::from(after.is_some());
    let part = after.or(before);
    // Two numbers beside each other are an hour and minutes only where a word says so.
    let sure = said || part.is_some() || read.marked;
    let clock = Clock { hour: read.hour, minute: read.minute, part, half_to: read.half_to };
    sure.then_some((used, clock))
}

/// A time without any word, for a text that holds nothing else: `10`, `2.30`, `1430`, `9 30`.
pub(super) fn bare(items: &[Item]) -> Option<(usize, Clock)> {
    let (used, read) = figure(items)?;
    Some((used, Clock { hour: read.hour, minute: read.minute, part: None, half_to: read.half_to }))
}

struct Read {
    hour: u32,
    minute: u32,
    /// Written as only a time is written.
    marked: bool,
    half_to: bool,
}

fn read(hour: u32, minute: u32, marked: bool) -> Option<Read> {
    (hour < 24 && minute < 60).then_some(Read { hour, minute, marked, half_to: false })
}

/// An hour with its minutes.
fn figure(items: &[Item]) -> Option<(usize, Read)> {
    match items {
        [Item::Pair { a, mark: ':' | 'h' | ';', b, b_digits: 2 }, ..] => Some((1, read(*a, *b, true)?)),
        [Item::Pair { a, mark: '.', b, b_digits: 2 }, rest @ ..] if !dated(rest) => {
            Some((1, read(*a, *b, false)?))
        }
        [Item::Half, Item::Num { value, .. }, ..] => Some((2, read(*value, 30, true)?)),
        [Item::Setengah, Item::Num { value, .. }, ..] => {
            Some((2, Read { half_to: true, ..read(*value, 30, true)? }))
        }
        [Item::Quarter, Item::Past | Item::Lepas, Item::Num { value, .. }, ..] => {
            Some((3, read(*value, 15, true)?))
        }
        [Item::Quarter, Item::To, Item::Num { value, .. }, ..] => {
            Some((3, read(value.checked_sub(1)?, 45, true)?))
        }
        [Item::Num { value, digits: 3 | 4 }, rest @ ..] if !dated(rest) => {
            Some((1, read(value / 100, value % 100, false)?))
        }
        [Item::Num { value, .. }, rest @ ..] if *value < 24 => after_hour(*value, rest),
        _ => None,
    }
}

fn after_hour(hour: u32, rest: &[Item]) -> Option<(usize, Read)> {
    match rest {
        [Item::Half | Item::Setengah, ..] => Some((2, read(hour, 30, true)?)),
        [Item::ThreeQuarters, ..] => Some((2, read(hour, 45, true)?)),
        [Item::Quarter, ..] => Some((2, read(hour, 15, true)?)),
        [Item::Oclock, Item::Half | Item::Setengah, ..] => Some((3, read(hour, 30, true)?)),
        [Item::Oclock, Item::Num { value, .. }, Item::Minute, ..] => Some((4, read(hour, *value, true)?)),
        [Item::Past, Item::Num { value, .. }, Item::Minute, ..] => Some((4, read(hour, *value, true)?)),
        [Item::Past, Item::Num { value, .. }, after @ ..] if !dated(after) => {
            Some((3, read(hour, *value, true)?))
        }
        [Item::Past, Item::Quarter, ..] => Some((3, read(hour, 15, true)?)),
        [Item::Less, Item::Num { value, .. }, ..] => {
            Some((3, read(hour.checked_sub(1)?, 60_u32.checked_sub(*value)?, true)?))
        }
        [Item::Less, Item::Quarter, ..] => Some((3, read(hour.checked_sub(1)?, 45, true)?)),
        [Item::Mark(','), Item::Num { value: minute @ (15 | 30 | 45), digits: 2 }, after @ ..]
            if !dated(after) =>
        {
            Some((3, read(hour, *minute, false)?))
        }
        // "ten thirty", "9 30"
        [Item::Num { value, digits: 0 | 2 }, after @ ..]
            if (10..60).contains(value) && value.is_multiple_of(5) && !dated(after) =>
        {
            Some((2, read(hour, *value, false)?))
        }
        _ if dated(rest) => None,
        _ => Some((1, read(hour, 0, false)?)),
    }
}

/// Whether what follows makes the number before it part of a date, or a count of something.
fn dated(rest: &[Item]) -> bool {
    // "2 jam" are hours, "2 jam 3" is a slip.
    let hours = matches!(rest, [Item::At, after @ ..] if !matches!(after, [Item::Num { .. } | Item::Pair { .. }, ..]));
    hours
        || matches!(
            rest,
            [
                Item::Month(_)
                    | Item::DayOfMonth
                    | Item::Suffix
                    | Item::Unit(_)
                    | Item::Minggu
                    | Item::MonthSign
                    | Item::Slot
                    | Item::Minute,
                ..
            ] | [Item::Mark('-' | '/'), Item::Month(_), ..]
        )
}
