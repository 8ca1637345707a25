//! What is mentioned in a row of items: days, times, and the words between them.

use chrono::{NaiveDate, Weekday};

use super::calendar::{Item, Part, Third, Unit};
use super::clock::{Clock, clock};
use super::items::{full_year, ymd};
use super::several::{several_days, several_stretches};

/// A day or several, as said; what they are depends on today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Full(NaiveDate),
    /// `loose` when the month may be something else ("5hb 9").
    MonthDay {
        month: u32,
        day: u32,
        loose: bool,
    },
    /// A day of a month not named: "5hb".
    Day(u32),
    /// Days from today.
    In(i64),
    InWeeks(i64),
    InMonths(i32),
    Weekday(Weekday, Which),
    /// "first monday of january"; -1 is the last.
    NthWeekday(i32, Weekday, Base),
    NthWeek(i32, Base),
    /// Weeks from this one.
    Week(i64, Option<Third>),
    Month(Base, Option<Third>),
    /// Years from this one.
    Year(i32, Option<Third>),
    Weekend(Option<i64>),
    Workdays,
    /// *minggu* alone: this week, or Sunday.
    Minggu,
    /// A day that does not exist.
    Impossible,
}

/// Which of the weekdays of one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Plain,
    This,
    Next,
    Last,
    AfterNext,
}

/// A month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    /// Months from this one.
    Ahead(i32),
    Named(u32, Option<i32>),
}

/// One thing in a text about dates and times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mention {
    /// `figures` when it is figures alone, as house numbers are.
    When {
        when: When,
        figures: bool,
    },
    Clock(Clock),
    Part(Part),
    /// Anything else, of which a number may still be a day or an hour.
    Other(Item),
}

/// Reads a row of items from left to right.
pub(super) fn mentions(items: &[Item]) -> Vec<Mention> {
    let mut mentions = Vec::new();
    let mut rest = items;
    while let [first, after @ ..] = rest {
        let used = if let Some((used, several)) = several_days(rest).or_else(|| several_stretches(rest)) {
            mentions.extend(several);
            used
        } else if let Some((used, clock)) = clock(rest) {
            mentions.push(Mention::Clock(clock));
            used
        } else if let Some((used, when)) = when(rest) {
            let figures = match rest.get(..used) {
                Some([Item::Ymd { full_year, .. }]) => !full_year,
                Some([Item::Pair { .. }]) => true,
                _ => false,
            };
            mentions.push(Mention::When { when, figures });
            used
        } else if let (Item::Num { .. }, Some(count @ (Item::Minggu | Item::Unit(_)))) =
            (first, after.first())
        {
            mentions.extend([Mention::Other(*first), Mention::Other(*count)]);
            2
        } else if let (Item::Part(part), Some(Item::This)) = (first, after.first()) {
            mentions.push(Mention::Part(*part));
            mentions.push(Mention::When { when: When::In(0), figures: false });
            2
        } else {
            mentions.push(if let Item::Part(part) = first {
                Mention::Part(*part)
            } else {
                Mention::Other(*first)
            });
            1
        };
        rest = rest.get(used..).unwrap_or_default();
    }
    mentions
}

/// A day, or several, at the start of the items.
fn when(items: &[Item]) -> Option<(usize, When)> {
    relative(items)
        .or_else(|| figure(items))
        .or_else(|| day_month(items))
        .or_else(|| month_day(items))
        .or_else(|| day_of_month(items))
        .or_else(|| super::stretch::weekday(items))
        .or_else(|| super::stretch::stretch(items))
}

fn figure(items: &[Item]) -> Option<(usize, When)> {
    match items {
        [Item::Ymd { date, .. }, ..] => Some((1, When::Full(*date))),
        [Item::Pair { a, mark: '/', b, .. }, rest @ ..] => {
            let (used, year) = year(rest).unzip();
            Some((1 + used.unwrap_or(0), When::month_day(*b, *a, year)))
        }
        [Item::Num { value: day, digits: 1 | 2 }, Item::Num { value: month, digits: 1 | 2 }, rest @ ..] => {
            let (used, year) = year(rest)?;
            Some((2 + used, When::month_day(*month, *day, Some(year))))
        }
        _ => None,
    }
}

/// "5 jan", "5th of january 2027", "5 bulan 1", "5hb 1", "5-jan-2027".
fn day_month(items: &[Item]) -> Option<(usize, When)> {
    let (mut used, day) = day(items)?;
    let after_word = matches!(items.get(used.checked_sub(1)?), Some(Item::DayOfMonth));
    used += usize::from(matches!(items.get(used), Some(Item::Mark('-' | '/'))));
    let rest = items.get(used..)?;
    let (taken, month, loose) = match (month(rest), rest) {
        (Some((taken, month)), _) => (taken, month, false),
        // "5hb 1", but not "5hb 1 petang"
        (None, [Item::Num { value: month @ 1..=12, digits: 0..=2 }, ..])
            if after_word && clock(rest).is_none() =>
        {
            (1, *month, true)
        }
        (None, [Item::Num { value: month, .. }, Item::MonthSign, ..]) if after_word => (2, *month, false),
        _ => return None,
    };
    used += taken;
    let (taken, year) = year(items.get(used..)?).unzip();
    used += taken.unwrap_or(0);
    let mut when = When::month_day(month, day, year);
    if let When::MonthDay { loose: month_may_be_another, .. } = &mut when {
        *month_may_be_another = loose;
    }
    Some((used, when))
}

/// "jan 5", "january 5th, 2027", "bulan 1 5hb", "1月5日".
fn month_day(items: &[Item]) -> Option<(usize, When)> {
    let (mut used, month) = match items {
        [Item::Num { value: month @ 1..=12, .. }, Item::MonthSign, ..] => (2, *month),
        _ => month(items)?,
    };
    // "dec, 7", "bulan 12 tarikh 4"
    if let Some([Item::Mark(',') | Item::Date, Item::Num { digits: 1 | 2, .. }]) = items.get(used..) {
        used += 1;
    }
    let (taken, day) = day(items.get(used..)?)?;
    used += taken;
    if day > 31 || matches!(items.get(used), Some(Item::Month(_) | Item::MonthSign | Item::Unit(_))) {
        return None;
    }
    let (taken, year) = year(items.get(used..)?).unzip();
    Some((used + taken.unwrap_or(0), When::month_day(month, day, year)))
}

/// "5hb", "the 15th", "tanggal 5", "tarikh 5".
fn day_of_month(items: &[Item]) -> Option<(usize, When)> {
    let (used, day) = match items {
        [Item::DayOfMonth | Item::Date, Item::Num { value, digits: 0..=2 }, ..] => (2, *value),
        [Item::Num { value, digits: 0..=2 }, Item::DayOfMonth | Item::Suffix, Item::DayOfMonth, ..] => {
            (3, *value)
        }
        [Item::Num { value, digits: 0..=2 }, Item::DayOfMonth | Item::Suffix, ..] => (2, *value),
        _ => return None,
    };
    Some((used, if (1..=31).contains(&day) { When::Day(day) } else { When::Impossible }))
}

/// "esok", "3 hari lagi", "in 2 weeks", "2 hari lepas", "seminggu dari esok".
fn relative(items: &[Item]) -> Option<(usize, When)> {
    let (used, count, unit) = match items {
        [Item::Ahead(days), ..] => return Some((1, When::In(*days))),
        [Item::Unit(Unit::Day), Item::After | Item::Lepas, Item::Ahead(days), ..] => {
            return Some((3, When::In(days + 1)));
        }
        [Item::FromNow | Item::In | Item::About | Item::Lepas | Item::After | Item::Next, rest @ ..] => {
            let (used, count, unit) = amount(rest)?;
            // "next week" is no amount, "in a week" and "selepas 2 hari" are.
            (1 + used, count, unit)
        }
        _ => {
            let (used, count, unit) = amount(items)?;
            match items.get(used..)? {
                [Item::FromNow, ..] => (used + 1, count, unit),
                [Item::From | Item::After | Item::Lepas, Item::Ahead(days), ..]
                    if matches!(unit, Unit::Day | Unit::Week) =>
                {
                    let unit_days = if unit == Unit::Week { 7 } else { 1 };
                    return Some((used + 2, When::In(days + count * unit_days)));
                }
                // "3 hari lepas cuti" is after it.
                [Item::Lepas | Item::Last] | [Item::Lepas | Item::Last, Item::Mark(_), ..] => {
                    (used + 1, -count, unit)
                }
                _ => return None,
            }
        }
    };
    let when = match unit {
        Unit::Day => When::In(count),
        Unit::Week => When::InWeeks(count),
        Unit::Month => When::InMonths(i32::try_from(count).ok()?),
        Unit::Year => When::InMonths(i32::try_from(count).ok()?.checked_mul(12)?),
    };
    Some((used, when))
}

/// "3 hari", "dua minggu", "seminggu".
fn amount(items: &[Item]) -> Option<(usize, i64, Unit)> {
    match items {
        [Item::One(unit), ..] => Some((1, 1, *unit)),
        [Item::Num { value: count @ 1..=366, .. }, Item::Unit(unit), rest @ ..]
            if *unit != Unit::Month || !matches!(rest, [Item::Num { .. }, ..]) =>
        {
            Some((2, i64::from(*count), *unit))
        }
        [Item::Num { value: count @ 1..=366, .. }, Item::Minggu, ..] => {
            Some((2, i64::from(*count), Unit::Week))
        }
        _ => None,
    }
}

fn day(items: &[Item]) -> Option<(usize, u32)> {
    match items {
        [Item::Num { value, digits: 0..=2 }, Item::DayOfMonth | Item::Suffix, Item::DayOfMonth, ..] => {
            Some((3, *value))
        }
        [Item::Num { value, digits: 0..=2 }, Item::DayOfMonth | Item::Suffix, ..] => Some((2, *value)),
        [Item::DayOfMonth, Item::Num { value, digits: 0..=2 }, ..] => Some((2, *value)),
        [Item::Num { value, digits: 0..=2 }, ..] => Some((1, *value)),
        [Item::Nth(value), ..] => Some((1, u32::try_from(*value).ok()?)),
        _ => None,
    }
}

/// A month by name or as "bulan 1".
pub(super) fn month(items: &[Item]) -> Option<(usize, u32)> {
    match items {
        [Item::Month(month), ..] => Some((1, *month)),
        [Item::Unit(Unit::Month), Item::Month(month), ..] => Some((2, *month)),
        [Item::Unit(Unit::Month), Item::Num { value: month @ 1..=12, digits: 0..=2 }, ..] => {
            Some((2, *month))
        }
        _ => None,
    }
}

/// A year of four digits, or of two where nothing makes it something else.
pub(super) fn year(items: &[Item]) -> Option<(usize, u32)> {
    match items {
        [
            Item::Mark(',' | '-' | '/') | Item::Unit(Unit::Year),
            Item::Num { value: year @ 1900..=2100, digits: 4 },
            ..,
        ] => Some((2, *year)),
        [Item::Num { value: year @ 1900..=2100, digits: 4 }, ..] => Some((1, *year)),
        [Item::Num { value: year @ 24..=40, digits: 2 }, rest @ ..]
            if !matches!(rest, [Item::Month(_) | Item::DayOfMonth | Item::Suffix | Item::Unit(_), ..]) =>
        {
            Some((1, full_year(*year, 2)))
        }
        _ => None,
    }
}

impl When {
    /// A day and month as typed, which need not exist.
    pub(super) fn month_day(month: u32, day: u32, year: Option<u32>) -> When {
        /// A leap year: every day that exists in some year exists in it.
        const LEAP: u32 = 2024;
        match (ymd(year.unwrap_or(LEAP), month, day), year) {
            (None, _) => When::Impossible,
            (Some(date), Some(_)) => When::Full(date),
            (Some(_), None) => When::MonthDay { month, day, loose: false },
        }
    }
}
