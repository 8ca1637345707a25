//! Times as people type them: "2.30 ptg", "pukul 10", "9 setengah", "lepas lunch", "seawal mungkin".

use chrono::{NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

use super::Understood;
use super::calendar::Item;
use super::clock::{Clock, span};
use super::hours::{Word, words};
use super::items::items;
use super::mention::mentions;

/// The time of day a person wishes for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeWish {
    /// One of these times, best first; several are to be asked.
    At(Vec<NaiveTime>),
    /// From the first of these times on, and before the second.
    Between(NaiveTime, NaiveTime),
    /// The first free time.
    Earliest,
    /// Whichever time.
    Any,
}

/// Hours at which a slot may start, for wishes that name no time.
const HOURS: std::ops::Range<u32> = 8..17;

/// The times a text may mean, best first; a part of the day or a wish gives its full hours, to be asked.
///
/// Counters are open from about 7.30 to 21.00: "2.30" is in the afternoon and "8" in the morning.
pub fn time(text: &str) -> Understood<NaiveTime> {
    let full_hours =
        |hours: std::ops::Range<u32>| hours.filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
    match time_wish(text) {
        None => Understood::none(),
        Some(TimeWish::At(times)) => match times.as_slice() {
            [one] => Understood::sure(*one),
            _ => Understood::ask(times),
        },
        Some(TimeWish::Between(from, to)) => {
            let within = |time: &NaiveTime| (from..to).contains(time);
            let later = full_hours(0..24).filter(|time| within(time) && *time != from);
            Understood::ask([from].into_iter().chain(later).collect())
        }
        Some(TimeWish::Earliest | TimeWish::Any) => Understood::ask(full_hours(HOURS).collect()),
    }
}

/// The wish a text holds. What is doubtful comes as several times or as a span of them, never as one time.
pub fn time_wish(text: &str) -> Option<TimeWish> {
    let items = items(text).filter(|items| !items.contains(&Item::Name))?;
    let has = |item| items.contains(&item);
    let (words, unclear) = words(&mentions(&items), &items);
    let refusal = has(Item::Not) || has(Item::NotThis);
    let doubt = unclear || refusal || has(Item::Doubt);
    let wishes = wishes(&words);
    match wishes.as_slice() {
        [] if refusal || words.iter().any(|word| matches!(word, Word::Clock(_) | Word::Part(_))) => None,
        [] if has(Item::Any) => Some(TimeWish::Any),
        [] if has(Item::Earliest) => Some(TimeWish::Earliest),
        [] if has(Item::Latest) => between(LATE, CLOSE),
        [] => None,
        [Wish::Span(from, to)] => Some(TimeWish::Between(*from, *to)),
        [Wish::Clock(clock)] => match clock.times().as_slice() {
            [] => None,
            [time, ..] if has(Item::Latest) => {
                Some(TimeWish::Between(NaiveTime::from_hms_opt(OPEN, 0, 0)?.min(*time), *time))
            }
            [time] if doubt => Some(around(*time)),
            times => Some(TimeWish::At(times.to_vec())),
        },
        several => Some(alternatives(several)),
    }
}

/// What one part of a text wishes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Clock(Clock),
    Span(NaiveTime, NaiveTime),
}

/// The hour when the first counters open, in full hours, that when the last close, and when it gets late.
const OPEN: u32 = 8;
const CLOSE: u32 = 21;
const LATE: u32 = 16;

/// The wishes that are not refused ("bukan 10, 11").
fn wishes(words: &[Word]) -> Vec<Wish> {
    let mut wishes: Vec<(Wish, bool)> = Vec::new();
    let (mut bound, mut range, mut between, mut refusing, mut open) = (None, false, false, false, false);
    for word in words {
        let wish = match word {
            Word::Clock(clock) => bounded(*clock, bound),
            Word::Part(part) => part_wish(span(*part), bound),
            // "saya kerja di kilang" is about no time, "lepas kerja" is.
            Word::Break(Item::Work) if bound.is_none() => continue,
            Word::Break(item) => part_wish(break_span(*item), bound),
            Word::Joint(item @ (Item::Before | Item::After | Item::Lepas | Item::From)) => {
                bound = Some(*item);
                continue;
            }
            Word::Joint(Item::Between) => {
                between = true;
                continue;
            }
            Word::Joint(Item::Onwards) => {
                if let Some((Wish::Clock(clock), _)) = wishes.last().copied()
                    && let Some(last) = wishes.last_mut()
                    && let Some(wish) = bounded(clock, Some(Item::From))
                {
                    last.0 = wish;
                }
                continue;
            }
            Word::Joint(item) => {
                range |= matches!(item, Item::To) || between && matches!(item, Item::And | Item::Ke);
                open &= matches!(item, Item::To);
                continue;
            }
            Word::Turn => {
                (refusing, open) = (false, false);
                continue;
            }
            Word::NotThis => {
                refusing = true;
                continue;
            }
            Word::Not => {
                match wishes.last_mut() {
                    Some(last) if open => last.1 = true,
                    _ => refusing = true,
                }
                open = false;
                continue;
            }
            Word::Other => continue,
        };
        let Some(wish) = wish else { continue };
        match wishes.last_mut() {
            Some((from, false)) if range && !refusing => match joined(*from, wish) {
                Some(joined) => *from = joined,
                None => wishes.push((wish, false)),
            },
            _ => wishes.push((wish, refusing)),
        }
        (bound, range, open) = (None, false, true);
    }
    wishes.into_iter().filter(|(_, refused)| !refused).map(|(wish, _)| wish).collect()
}

/// "lepas pukul 3", "sebelum 11", "dari pukul 10".
fn bounded(clock: Clock, bound: Option<Item>) -> Option<Wish> {
    let time = *clock.times().first()?;
    match bound {
        Some(Item::Before) => Some(Wish::Span(NaiveTime::from_hms_opt(OPEN, 0, 0)?.min(time), time)),
        Some(_) => Some(Wish::Span(time, NaiveTime::from_hms_opt(CLOSE, 0, 0)?.max(time))),
        None => Some(Wish::Clock(clock)),
    }
}

/// "lepas lunch", "sebelum tengah hari", "petang".
fn part_wish(span: Option<(NaiveTime, NaiveTime)>, bound: Option<Item>) -> Option<Wish> {
    let (from, to) = span?;
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    match bound {
        Some(Item::Before) => Some(Wish::Span(at(OPEN)?, from)),
        Some(Item::After | Item::Lepas) => Some(Wish::Span(to, at(19)?.max(to))),
        _ => Some(Wish::Span(from, to)),
    }
}

/// Hours people go by: the lunch break, the noon prayer and the end of work.
fn break_span(item: Item) -> Option<(NaiveTime, NaiveTime)> {
    let hours = [(Item::Lunch, 12, 14), (Item::Prayer, 13, 14), (Item::Work, 9, 17)];
    let (_, from, to) = hours.into_iter().find(|(of, ..)| *of == item)?;
    NaiveTime::from_hms_opt(from, 0, 0).zip(NaiveTime::from_hms_opt(to, 0, 0))
}

/// "9 hingga 11", "pagi hingga petang".
fn joined(from: Wish, to: Wish) -> Option<Wish> {
    let first = match from {
        Wish::Clock(clock) => *clock.times().first()?,
        Wish::Span(from, _) => from,
    };
    let last = match to {
        Wish::Clock(clock) => clock.times().into_iter().find(|time| *time > first)?,
        Wish::Span(_, to) => to,
    };
    (first < last).then_some(Wish::Span(first, last))
}

fn between(from: u32, to: u32) -> Option<TimeWish> {
    let at = |hour| NaiveTime::from_hms_opt(hour, 0, 0);
    at(from).zip(at(to)).map(|(from, to)| TimeWish::Between(from, to))
}

/// The hour from a time that is not quite sure.
fn around(time: NaiveTime) -> TimeWish {
    let (to, wrapped) = time.overflowing_add_signed(TimeDelta::hours(1));
    let last = NaiveTime::from_hms_opt(23, 59, 59).unwrap_or(time);
    TimeWish::Between(time, if wrapped == 0 { to } else { last })
}

fn alternatives(wishes: &[Wish]) -> TimeWish {
    let mut times: Vec<NaiveTime> = Vec::new();
    for wish in wishes {
        let more = match wish {
            Wish::Clock(clock) => clock.times(),
            Wish::Span(from, to) => {
                let hours = (0..24).filter_map(|hour| NaiveTime::from_hms_opt(hour, 0, 0));
                hours.filter(|time| (*from..*to).contains(time)).collect()
            }
        };
        for time in more {
            if !times.contains(&time) {
                times.push(time);
            }
        }
    }
    match times.as_slice() {
        [time] => around(*time),
        _ => TimeWish::At(times),
    }
}
