//! Which days are meant by what was said, seen from today.

use chrono::{Datelike, Days, Months, NaiveDate, Weekday};

use super::calendar::Third;
use super::mention::{Base, When, Which};

/// How long ago a day without a year may be before next year's is meant instead.
const JUST_PAST_DAYS: i64 = 60;

/// Today, and the last day that can be booked.
#[derive(Debug, Clone, Copy)]
pub(super) struct Calendar {
    pub(super) today: NaiveDate,
    pub(super) last: NaiveDate,
}

/// What kind of thing was said; two of different kinds are about the same day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    /// A day of the calendar.
    Day,
    /// A day counted from today.
    Relative,
    Weekday,
    Stretch,
}

/// The days one thing may mean, best first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Meant {
    pub(super) days: Vec<NaiveDate>,
    /// One day, and no doubt about it.
    pub(super) sure: bool,
}

impl Meant {
    fn sure(day: Option<NaiveDate>) -> Self {
        Self { sure: day.is_some(), days: day.into_iter().collect() }
    }

    pub(super) fn ask(days: impl IntoIterator<Item = NaiveDate>) -> Self {
        Self { days: days.into_iter().collect(), sure: false }
    }
}

pub(super) fn kind(when: When) -> Kind {
    match when {
        When::Full(_) | When::MonthDay { .. } | When::Day(_) | When::NthWeekday(..) | When::Impossible => {
            Kind::Day
        }
        When::In(_) | When::InMonths(_) => Kind::Relative,
        When::Weekday(..) | When::Minggu => Kind::Weekday,
        When::NthWeek(..) | When::Week(..) | When::Month(..) | When::Year(..) => Kind::Stretch,
        When::InWeeks(_) | When::Weekend(_) | When::Workdays => Kind::Stretch,
    }
}

impl Calendar {
    pub(super) fn plus(self, days: i64) -> Option<NaiveDate> {
        self.today.checked_add_signed(chrono::TimeDelta::try_days(days)?)
    }

    pub(super) fn window(self) -> impl Iterator<Item = NaiveDate> {
        self.today.iter_days().skip(1).take_while(move |day| *day <= self.last)
    }

    /// The days meant by one thing said alone.
    pub(super) fn alone(self, when: When) -> Meant {
        match when {
            When::Impossible => Meant::ask([]),
            When::Full(date) => Meant::sure(Some(date)),
            When::MonthDay { month, day, loose } => self.month_day(month, day, loose),
            When::Day(day) => self.day_of_month(day),
            When::In(days) => Meant::sure(self.plus(days)),
            When::InWeeks(weeks) => Meant::sure(weeks.checked_mul(7).and_then(|days| self.plus(days))),
            When::InMonths(months) => Meant::sure(self.in_months(months)),
            When::Weekday(day, which) => self.weekday(day, which),
            When::NthWeekday(n, day, base) => Meant::sure(self.nth_weekday(n, day, base)),
            When::Minggu => {
                let sunday = self.coming(Weekday::Sun);
                Meant::ask(
                    sunday.into_iter().chain(
                        self.ahead(When::Week(0, None)).into_iter().filter(|day| Some(*day) != sunday),
                    ),
                )
            }
            When::NthWeek(..)
            | When::Week(..)
            | When::Month(..)
            | When::Year(..)
            | When::Weekend(_)
            | When::Workdays => Meant::ask(self.ahead(when)),
        }
    }

    /// Whether a day may be called so.
    pub(super) fn fits(self, when: When, date: NaiveDate) -> bool {
        match when {
            When::Weekday(day, Which::Plain) => date.weekday() == day,
            When::Minggu => date.weekday() == Weekday::Sun,
            When::MonthDay { month, day, .. } => date.month() == month && date.day() == day,
            When::Day(day) => date.day() == day,
            When::NthWeek(..) | When::Week(..) | When::Month(..) | When::Year(..) => {
                self.stretch(when).contains(&date)
            }
            When::InWeeks(_) | When::Weekend(_) | When::Workdays => self.stretch(when).contains(&date),
            When::Full(_) | When::In(_) | When::InMonths(_) | When::Impossible => {
                self.alone(when).days.contains(&date)
            }
            When::Weekday(..) | When::NthWeekday(..) => self.alone(when).days.contains(&date),
        }
    }

    /// The days of a stretch that are not past, or all of them if they are.
    fn ahead(self, when: When) -> Vec<NaiveDate> {
        let days = self.stretch(when);
        let ahead: Vec<NaiveDate> = days.iter().copied().filter(|day| *day > self.today).collect();
        if ahead.is_empty() { days } else { ahead }
    }

    /// All days of a stretch.
    pub(super) fn stretch(self, when: When) -> Vec<NaiveDate> {
        match when {
            When::Week(weeks, third) => self.week(weeks, third),
            When::InWeeks(weeks) => self.week(weeks, None),
            When::NthWeek(n, base) => self.nth_week(n, base),
            When::Month(base, third) => self.month(base, third),
            When::Year(years, third) => self.year(years, third),
            When::Weekend(weeks) => self.weekend(weeks),
            When::Workdays => {
                self.window().filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).collect()
            }
            When::Full(_) | When::MonthDay { .. } | When::Day(_) | When::In(_) | When::InMonths(_) => {
                Vec::new()
            }
            When::Weekday(..) | When::NthWeekday(..) | When::Minggu | When::Impossible => Vec::new(),
        }
    }

    /// The next such day of the month. On that very day it is the next month's, but one may mean today.
    fn day_of_month(self, day: u32) -> Meant {
        let next = (0..12).find_map(|months| {
            let date = self.in_months_from_first(months)?.with_day(day)?;
            (date > self.today).then_some(date)
        });
        if day == self.today.day() {
            return Meant::ask(next.into_iter().chain([self.today]));
        }
        Meant::sure(next)
    }

    /// The one within the window; else the next one, unless it was only just.
    fn month_day(self, month: u32, day: u32, loose: bool) -> Meant {
        let year = self.today.year();
        let dates: Vec<NaiveDate> =
            (year - 1..=year + 8).filter_map(|year| NaiveDate::from_ymd_opt(year, month, day)).collect();
        if let Some(date) = dates.iter().find(|date| (self.today..=self.last).contains(*date)) {
            return Meant::sure(Some(*date));
        }
        let next = dates.iter().copied().find(|date| *date > self.today);
        let past = dates.iter().copied().rfind(|date| *date < self.today);
        match past.filter(|date| (self.today - *date).num_days() <= JUST_PAST_DAYS) {
            _ if loose => Meant::ask(self.day_of_month(day).days.into_iter().chain(next)),
            Some(past) => Meant::ask([past].into_iter().chain(next)),
            None => Meant::sure(next),
        }
    }

    /// The next day of that name, never today.
    fn coming(self, day: Weekday) -> Option<NaiveDate> {
        self.today.iter_days().skip(1).find(|date| date.weekday() == day)
    }

    fn weekday(self, day: Weekday, which: Which) -> Meant {
        let Some(coming) = self.coming(day) else { return Meant::ask([]) };
        let later = |weeks: u64| coming.checked_add_days(Days::new(7 * weeks));
        match which {
            Which::This if self.today.weekday() == day => Meant::ask([coming, self.today]),
            Which::Plain | Which::This => Meant::sure(Some(coming)),
            Which::Last => Meant::sure(
                self.today
                    .checked_sub_days(Days::new(7))
                    .and_then(|from| from.iter_days().take(7).find(|date| date.weekday() == day)),
            ),
            Which::Next if coming.iso_week() == self.today.iso_week() => {
                Meant::ask(later(1).into_iter().chain([coming]))
            }
            Which::Next => Meant::ask([coming].into_iter().chain(later(1))),
            Which::AfterNext => Meant::ask(later(1).into_iter().chain(later(2))),
        }
    }

    /// Some count weeks from Monday and some from Sunday; both are in it where they differ.
    fn week(self, weeks: i64, third: Option<Third>) -> Vec<NaiveDate> {
        let from_monday = i64::from(self.today.weekday().num_days_from_monday());
        let from_sunday = i64::from(self.today.weekday().num_days_from_sunday());
        let (from, to) = match third {
            None => (0, 6),
            Some(Third::Start) => (0, 2),
            Some(Third::Middle) => (1, 3),
            Some(Third::End) => (3, 6),
        };
        if third.is_some() {
            let monday = (7 * weeks).saturating_sub(from_monday);
            return (monday + from..=monday + to).filter_map(|days| self.plus(days)).collect();
        }
        let first = (7 * weeks).saturating_sub(from_monday.max(from_sunday)) + from;
        let last = (7 * weeks).saturating_sub(from_monday.min(from_sunday)) + to;
        (first..=last).filter_map(|days| self.plus(days)).collect()
    }

    fn in_months(self, months: i32) -> Option<NaiveDate> {
        let by = Months::new(months.unsigned_abs());
        if months < 0 { self.today.checked_sub_months(by) } else { self.today.checked_add_months(by) }
    }

    fn in_months_from_first(self, months: i32) -> Option<NaiveDate> {
        self.in_months(months)?.with_day(1)
    }

    /// First day of a month: a month named without a year is this one or the next of that name.
    fn first_of(self, base: Base) -> Option<NaiveDate> {
        match base {
            Base::Ahead(months) => self.in_months_from_first(months),
            Base::Named(month, Some(year)) => NaiveDate::from_ymd_opt(year, month, 1),
            Base::Named(month, None) => {
                let year = self.today.year() + i32::from(month < self.today.month());
                NaiveDate::from_ymd_opt(year, month, 1)
            }
        }
    }

    fn month(self, base: Base, third: Option<Third>) -> Vec<NaiveDate> {
        let Some(first) = self.first_of(base) else { return Vec::new() };
        let within = |day: u32| match third {
            None => true,
            Some(Third::Start) => day <= 10,
            Some(Third::Middle) => (11..=20).contains(&day),
            Some(Third::End) => day > 20,
        };
        let days = first.iter_days().take_while(|day| day.month() == first.month());
        days.filter(|day| within(day.day())).collect()
    }

    fn nth_weekday(self, n: i32, day: Weekday, base: Base) -> Option<NaiveDate> {
        let mut days = self.month(base, None).into_iter().filter(|date| date.weekday() == day);
        match usize::try_from(n) {
            Ok(n) => days.nth(n.checked_sub(1)?),
            Err(_) => days.next_back(),
        }
    }

    /// Weeks of a month are counted in sevens from its first day.
    fn nth_week(self, n: i32, base: Base) -> Vec<NaiveDate> {
        let days = self.month(base, None);
        match usize::try_from(n) {
            Ok(n) => days.into_iter().skip(7 * n.saturating_sub(1)).take(7).collect(),
            Err(_) => days.iter().copied().skip(days.len().saturating_sub(7)).collect(),
        }
    }

    fn year(self, years: i32, third: Option<Third>) -> Vec<NaiveDate> {
        let year = self.today.year() + years;
        let (from, to) = match third {
            None => (1, 12),
            Some(Third::Start) => (1, 2),
            Some(Third::Middle) => (5, 8),
            Some(Third::End) => (12, 12),
        };
        let Some(first) = NaiveDate::from_ymd_opt(year, from, 1) else { return Vec::new() };
        first.iter_days().take_while(|day| day.year() == year && day.month() <= to).collect()
    }

    fn weekend(self, weeks: Option<i64>) -> Vec<NaiveDate> {
        let days = self.window().filter(|day| matches!(day.weekday(), Weekday::Sat | Weekday::Sun));
        match weeks {
            None => days.collect(),
            Some(0) => days.take(2).collect(),
            Some(_) => days.take(4).collect(),
        }
    }
}
