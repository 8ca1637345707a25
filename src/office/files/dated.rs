//! The dated rules: `periods.toml`, `exceptions.csv`, `closures.csv`, `holidays.csv`.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::super::catalogue::{Change, Closure, Exception, Holiday, Period, Reason};
use super::super::code::{BranchCode, Place, StateCode};
use super::super::hours::{DAYS, HoursError, Span, Week, parse_hours, parse_time};
use super::branches::set_hours;
use super::page::{Page, suggest};
use super::sheet::{Row, rows};
use super::table::{At, Table, document};

pub(super) const EXCEPTION_COLUMNS: [&str; 5] = ["places", "date", "hours", "reason_ms", "reason_en"];
pub(super) const CLOSURE_COLUMNS: [&str; 5] = ["places", "from", "to", "reason_ms", "reason_en"];
/// The column of closures that may be left out.
pub(super) const CLOSURE_HOURS: &str = "hours";
pub(super) const HOLIDAY_COLUMNS: [&str; 6] =
    ["date", "name_ms", "name_en", "states", "in_lieu", "estimated"];

/// The codes a place may have; `None` where they could not be read.
pub(super) struct Known {
    pub(super) states: Option<BTreeSet<StateCode>>,
    pub(super) branches: Option<BTreeSet<BranchCode>>,
}

impl Known {
    /// Reads a place and notes if there is no such place.
    fn place(&self, page: &mut Page<'_>, line: usize, text: &str) -> Option<Place> {
        let place = match Place::parse(text) {
            Ok(place) => place,
            Err(error) => {
                page.wrong(line, error.to_string(), PLACES);
                return None;
            }
        };
        let (there, kin): (bool, Vec<&str>) = match &place {
            Place::Nation => (true, Vec::new()),
            Place::State(code) => is_known(self.states.as_ref(), code, StateCode::as_str),
            Place::Branch(code) => is_known(self.branches.as_ref(), code, BranchCode::as_str),
        };
        if !there {
            page.wrong(line, format!("there is no branch or state {place}"), suggest(text, kin, PLACES));
        }
        there.then_some(place)
    }

    /// Reads places with semicolons between them; `None` if one is wrong or there is none.
    fn places(&self, page: &mut Page<'_>, row: &Row<'_>, column: &'static str) -> Option<Vec<Place>> {
        let written = row.text(page, column)?;
        let places: Vec<_> = written.split(';').map(|text| self.place(page, row.line, text)).collect();
        places.into_iter().collect()
    }
}

const PLACES: &str = "write MY, states as MY-01 or branches as JHR-HQ";

fn is_known<'k, K: Ord>(
    codes: Option<&'k BTreeSet<K>>,
    code: &K,
    text: fn(&K) -> &str,
) -> (bool, Vec<&'k str>) {
    match codes {
        Some(codes) => (codes.contains(code), codes.iter().map(text).collect()),
        None => (true, Vec::new()),
    }
}

/// Reads `periods.toml`; there may be none in it.
pub(super) fn periods(page: &mut Page<'_>, known: &Known) -> Vec<Period> {
    let (document, sound) = document(page);
    if !sound {
        return Vec::new();
    }
    let mut top = Table::top(&document);
    let mut read: Vec<At<Period>> = Vec::new();
    for mut table in top.tables(page, "period") {
        let line = table.line;
        let period = period(page, &mut table, known);
        table.end(page);
        let Some(period) = period else { continue };
        if let Some(other) = read.iter().find(|other| undecided(&other.value, &period)) {
            let what = format!(
                "the period begins on the day of the one in line {} and names the same place and day of the week",
                other.line
            );
            page.wrong(line, what, "join the two, or let them begin on different days");
        }
        read.push(At { line, value: period });
    }
    top.end(page);
    read.into_iter().map(|period| period.value).collect()
}

/// Whether neither of two periods wins over the other.
fn undecided(one: &Period, other: &Period) -> bool {
    one.from == other.from
        && one.places.iter().any(|place| other.places.contains(place))
        && DAYS.iter().any(|(day, _)| one.hours.on(*day).is_some() && other.hours.on(*day).is_some())
}

fn period(page: &mut Page<'_>, table: &mut Table<'_>, known: &Known) -> Option<Period> {
    let line = table.line;
    let written = table.texts(page, "places");
    if written.is_empty() {
        page.wrong(line, "the period has no places", "add places = [\"JHR-HQ\"]");
    }
    let places: Vec<_> = written.iter().map(|text| known.place(page, text.line, &text.value)).collect();
    let from = table.date(page, "from");
    let to = table.date_if_any(page, "to");
    if let (Some(from), Some(to)) = (&from, &to) {
        in_order(page, to.line, from.value, to.value);
    }
    let reason = match (table.text_if_any(page, "reason_ms"), table.text_if_any(page, "reason_en")) {
        (Some(ms), Some(en)) => Some(Reason { ms: ms.value, en: en.value }),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            page.wrong(
                line,
                "the reason is in one language only",
                "give reason_ms and reason_en, or neither",
            );
            None
        }
    };
    let hours = table.table(page, "hours", "the days that differ, as hours.monday = \"08:00-16:30\"").map(
        |mut days| {
            let mut week = Week::default();
            for (day, key) in DAYS {
                if let Some(hours) = days.text_if_any(page, key) {
                    set_hours(page, &mut week, day, &hours);
                }
            }
            days.end(page);
            week
        },
    );
    let places: Option<Vec<Place>> = places.into_iter().collect();
    Some(Period { places: places?, from: from?.value, to: to.map(|to| to.value), reason, hours: hours? })
}

fn in_order(page: &mut Page<'_>, line: usize, from: NaiveDate, to: NaiveDate) -> bool {
    if to < from {
        page.wrong(
            line,
            format!("the last day, {to}, is before the first, {from}"),
            "put the earlier date into from",
        );
    }
    from <= to
}

/// Reads `exceptions.csv`.
pub(super) fn exceptions(page: &mut Page<'_>, known: &Known) -> Vec<Exception> {
    let mut read = Vec::new();
    let mut seen: BTreeMap<(NaiveDate, Place), usize> = BTreeMap::new();
    rows(page, &EXCEPTION_COLUMNS, &[], |page, row| {
        let places = known.places(page, &row, "places");
        let date = row.date(page, "date");
        let change = change(row.raw("hours"));
        let change = change.map_err(|error| page.wrong(row.line, error.to_string(), CHANGES)).ok();
        let reason = reason(page, &row, "reason_ms", "reason_en");
        let (Some(places), Some(date), Some(change), Some(reason)) = (places, date, change, reason) else {
            return;
        };
        for place in &places {
            if let Some(line) = seen.insert((date, place.clone()), row.line) {
                let what = format!("{place} has an exception for {date} in line {line} already");
                page.wrong(row.line, what, "keep the one that is meant");
            }
        }
        read.push(Exception { places, date, change, reason });
    });
    read
}

const CHANGES: &str = "write hours as 08:00-13:00;14:00-16:00, or closed, or until 13:00, or from 10:00";

fn change(text: &str) -> Result<Change, HoursError> {
    if let Some(time) = text.strip_prefix("until ") {
        return parse_time(time).map(Change::Until);
    }
    if let Some(time) = text.strip_prefix("from ") {
        return parse_time(time).map(Change::From);
    }
    let spans = parse_hours(text)?;
    Ok(if spans.is_empty() { Change::Closed } else { Change::Open(spans) })
}

fn reason(page: &mut Page<'_>, row: &Row<'_>, ms: &'static str, en: &'static str) -> Option<Reason> {
    let (ms, en) = (row.text(page, ms), row.text(page, en));
    Some(Reason { ms: ms?, en: en? })
}

/// One span of hours, or none for the whole day; `None` if it is neither.
fn closed_hours(page: &mut Page<'_>, row: &Row<'_>) -> Option<Option<Span>> {
    let text = row.raw(CLOSURE_HOURS);
    if text.is_empty() {
        return Some(None);
    }
    match parse_hours(text).as_deref() {
        Ok([one]) => Some(Some(*one)),
        Ok(_) | Err(_) => {
            let what = format!("hours: \"{text}\" is not one span of hours");
            page.wrong(
                row.line,
                what,
                "write the hours that are closed as 14:00-16:30, or nothing for whole days",
            );
            None
        }
    }
}

/// Reads `closures.csv`.
pub(super) fn closures(page: &mut Page<'_>, known: &Known) -> Vec<Closure> {
    let mut read = Vec::new();
    rows(page, &CLOSURE_COLUMNS, &[CLOSURE_HOURS], |page, row| {
        let places = known.places(page, &row, "places");
        let (from, to) = (row.date(page, "from"), row.date(page, "to"));
        let reason = reason(page, &row, "reason_ms", "reason_en");
        let hours = closed_hours(page, &row);
        let (Some(places), Some(from), Some(to), Some(reason)) = (places, from, to, reason) else { return };
        let Some(hours) = hours else { return };
        if in_order(page, row.line, from, to) {
            read.push(Closure { places, from, to, hours, reason });
        }
    });
    read
}

/// Reads `holidays.csv`.
pub(super) fn holidays(page: &mut Page<'_>, known: &Known) -> Vec<Holiday> {
    let mut read = Vec::new();
    let mut seen: BTreeMap<(NaiveDate, String, Place), usize> = BTreeMap::new();
    rows(page, &HOLIDAY_COLUMNS, &[], |page, row| {
        let date = row.date(page, "date");
        let name = reason(page, &row, "name_ms", "name_en");
        let places = known.places(page, &row, "states");
        let (in_lieu, estimated) = (row.yes_no(page, "in_lieu"), row.yes_no(page, "estimated"));
        let (Some(date), Some(name), Some(places)) = (date, name, places) else { return };
        let (Some(in_lieu), Some(estimated)) = (in_lieu, estimated) else { return };
        for place in &places {
            if let Place::Branch(branch) = place {
                let mend = "write MY or states as MY-01; to close one branch, use closures.csv";
                page.wrong(row.line, format!("{branch} is a branch, not a state"), mend);
            }
            if let Some(line) = seen.insert((date, name.ms.clone(), place.clone()), row.line) {
                page.wrong(
                    row.line,
                    format!("{} on {date} is in line {line} already", name.ms),
                    "take one out",
                );
            }
        }
        read.push(Holiday { date, name, places, in_lieu, estimated });
    });
    read
}
